"""The documents of a bundle: the chronicle as a Word file and as PDF/A, and each entry as an item in PDF/A."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.ground.errors import BuildError, Problem
from generator.model import urls
from generator.model.pages import SiteChrome
from generator.pipeline.make.privacy_scan import Leak
from generator.pipeline.plan.templates import templates_of
from generator.render.typefaces import Fonts, fonts
from generator.site.plan.diary import entry_pages
from generator.tools.archive.contents import Contents
from generator.tools.export import Selected, chronicle
from generator.tools.items import Item, items

FOLDER = "data/documents"
ITEMS = "data/items"


def documents(contents: Contents) -> Mapping[str, tuple[str, int]]:
    """Writes them; returns the PDF of each entry's path, and its number of pages. Raises BuildError."""
    _write_chronicle(contents, "docx")
    if not contents.order.has_pdf:
        return {}
    _write_chronicle(contents, "pdf")
    return _write_items(contents, fonts())


def require_pdf() -> None:
    """Raises Fault, which names the remedy, where no PDF can be made."""
    fonts()


def _write_chronicle(contents: Contents, form: str) -> None:
    selected = Selected(first=None, last=None, target=None, format=form, name="chronicle")
    for file in chronicle(selected, contents.session).files:
        contents.put(f"{FOLDER}/{file.path}", file.body)


def _write_items(contents: Contents, faces: Fonts) -> dict[str, tuple[str, int]]:
    width = len(str(len(contents.site.entries)))
    numbers = {entry.path: number for number, entry in enumerate(contents.site.entries, start=1)}
    written: dict[str, tuple[str, int]] = {}
    problems: list[Problem] = []
    for item in _items(contents, faces):
        problems += item.problems
        name = f"{ITEMS}/{numbers[item.path]:0{width}}.pdf"
        problems += _leaks(contents, item, name)
        if not item.problems:
            contents.put(name, item.body)
            written[item.path] = (name, item.pages)
    if any(not one.is_warning for one in problems):
        raise BuildError(*problems)
    return written


def _items(contents: Contents, faces: Fonts) -> Iterator[Item]:
    session, settings = contents.session, contents.site.settings
    templates = templates_of(
        contents.theme,
        settings,
        SiteChrome(),
        contents.source_set,
        session.cache,
        elsewhere=partial(urls.absolute, ""),
    )
    return items(
        entry_pages(contents.components, has_cards=False),
        templates,
        contents.images,
        settings,
        fonts=faces,
        created=contents.plan.day,
        jobs=session.options.jobs,
    )


def _leaks(contents: Contents, item: Item, name: str) -> list[Problem]:
    """The private data in an item, apart from what may be published."""
    found = (Leak(name, (item.path,), one) for one in contents.guard.found(name, item.html.encode()))
    return contents.guard.problems(found, contents.session.snapshot.sources.texts)
