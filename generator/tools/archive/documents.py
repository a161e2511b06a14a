"""The documents of a bundle: the chronicle as Word file and PDF, and each entry as a PDF, which is an item (件)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from generator.ground.errors import BuildError, Problem
from generator.model import urls
from generator.model.content import Entry
from generator.model.pages import SiteChrome
from generator.pipeline.checks.privacy_scan import Leak
from generator.pipeline.plan.templates import templates_of
from generator.render.documents import docx
from generator.render.templates import Templates
from generator.render.typefaces import Fonts
from generator.site.plan.chronicle import article
from generator.site.plan.diary import entry_pages
from generator.site.references import pictures_of
from generator.tools.archive.contents import Contents
from generator.tools.articles import Article, article_of
from generator.tools.items import Item, items
from generator.tools.volumes import Volume, pdfs, volumes

FOLDER: Final = "data/documents"
ITEMS: Final = "data/items"
_NAME: Final = "chronicle"
_DAY: Final = re.compile("([0-9]{4})-?([0-9]{1,2})-?([0-9]{1,2})(?:-|$)")
"""What a slug begins with if its entry is called by its date alone."""


class Documents(NamedTuple):
    """What is known of the documents when they are written."""

    pages: Mapping[str, tuple[str, int]]
    """The PDF of each entry's path, and its number of pages; nothing without PDF."""
    warnings: tuple[Problem, ...]
    """Those of PDFs that are less than PDF/A-2a and PDF/UA-1."""


def documents(contents: Contents) -> Documents:
    """Writes them. Raises BuildError for private data, and for characters that no font has."""
    site, jobs = contents.site, contents.session.options.jobs
    contents.images.encode_all(pictures_of(site), jobs, contents.session.request.progress)
    elsewhere = partial(urls.absolute, "")
    templates = templates_of(
        contents.theme, site.settings, SiteChrome(), contents.source_set, contents.session.cache, elsewhere=elsewhere
    )
    whole = Volume(entries=site.entries, title="")
    first = _written(whole, contents, templates)
    contents.refuse(first.leaks(contents.guard, _NAME))
    _put_word(contents, first)
    faces = contents.order.fonts
    if faces is None:
        return Documents({}, ())
    write = partial(_written, contents=contents, templates=templates)
    parts = [(one, first if one is whole else write(one)) for one in volumes(whole, site.settings)]
    files, warnings = pdfs(_NAME, parts, write, site.settings, fonts=faces, jobs=jobs)
    for file in files:
        contents.put(f"{FOLDER}/{file.path}", file.body)
    pages = dict(_items(contents, templates, faces, warnings))
    # What an entry's own PDF lacks, the chronicle with it lacks, too.
    return Documents(pages, tuple(dict.fromkeys(warnings)))


def _written(volume: Volume, contents: Contents, templates: Templates) -> Article:
    page = article(volume.entries, contents.components, volume.title)
    return article_of(page, templates.article(page), contents.images)


def _put_word(contents: Contents, whole: Article) -> None:
    text = whole.manuscript(contents.site.settings)
    picture = text.pictures.get
    body = docx(
        text.html,
        title=text.title,
        language=text.language,
        author=text.author,
        created=text.created,
        picture=picture,
    )
    contents.put(f"{FOLDER}/{_NAME}.docx", body)


def _items(
    contents: Contents, templates: Templates, faces: Fonts, warnings: list[Problem]
) -> Iterator[tuple[str, tuple[str, int]]]:
    """Writes each entry as PDF, and adds to the ``warnings``; gives its path, the file and the number of pages."""
    site, problems, names = contents.site, list[Problem](), set[str]()
    pages = entry_pages(contents.components, has_cards=False)
    made = items(pages, templates, contents.images, site.settings, fonts=faces, jobs=contents.session.options.jobs)
    for entry, item in zip(site.entries, made, strict=True):
        contents.refuse(_leaks(contents, item))
        (warnings if item.body else problems).extend(item.problems)
        if item.body:
            name = _item_name(entry, names)
            names.add(name)
            path = f"{ITEMS}/{name}.pdf"
            contents.put(path, item.body)
            yield entry.path, (path, item.pages)
    if problems:
        raise BuildError(*problems)


def _item_name(entry: Entry, taken: Collection[str]) -> str:
    """The name of an entry's PDF: its day and its slug. A day that is said twice looks like a number of a bank card."""
    day = f"{entry.span.start:%Y%m%d}"
    said = _DAY.match(entry.slug)
    is_own = said is not None and f"{int(said[1]):04}{int(said[2]):02}{int(said[3]):02}" == day
    rest = entry.slug[said.end() :] if said and is_own else entry.slug
    name = f"{day}-{rest}" if rest else day
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)


def _leaks(contents: Contents, item: Item) -> Iterator[Leak]:
    for finding in contents.guard.found("item.html", item.html.encode()):
        yield Leak(item.path, (item.path,), finding)
