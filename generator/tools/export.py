"""The export of selected entries as one article, in a Word, HTML or Markdown file."""

from __future__ import annotations

import base64
import mimetypes
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote

from generator.ground.dates import Day
from generator.ground.errors import Fault, Problem, in_order
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.text import nfc
from generator.model import urls
from generator.model.content import Entry, Target
from generator.model.outputs import Output
from generator.model.pages import Page, SiteChrome
from generator.pipeline.make.consequences import leaks_to_tell
from generator.pipeline.make.image_pipeline import ImagePipeline, opened_images
from generator.pipeline.make.privacy_scan import Leak, guard
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.inputs import kept, stop_at
from generator.pipeline.plan.sources import read_sources
from generator.pipeline.plan.templates import templates_of
from generator.pipeline.session import Session
from generator.render.documents import docx, markdown
from generator.site.plan.chronicle import article
from generator.site.plan.components import components
from generator.site.references import pictures_of
from generator.site.site import Site

_LINK: Final = re.compile(r' href="(/[^"]*)"')
_PICTURE: Final = re.compile(r' src="(/(?:files|pictures)/[^"]*)"')


@frozen(kw_only=True)
class Selected:
    """Which entries to export, and in which format."""

    first: Day | None
    """Entries that end before this day are left out; None for no limit."""
    last: Day | None
    """Entries that begin after this day are left out; None for no limit."""
    target: str | None
    """The id or name of the service target that they have to be about; None for all entries."""
    format: str
    """``docx``, ``html`` or ``md``."""
    name: str
    """The file name without its ending. For Markdown, the pictures' folder has this name too."""


@frozen
class Exported:
    """The files of an export."""

    files: tuple[Output, ...]
    """The document first, then its pictures; paths are relative to the target folder."""
    entries: int
    warnings: tuple[Problem, ...]


def chronicle(selected: Selected, session: Session) -> Exported:
    """The selection as one document.

    Raises BuildError where the site has problems or private data would be exported, and Fault where nothing is
    selected.
    """
    with opened_images(session) as images:
        return _exported(selected, session, images)


def _exported(selected: Selected, session: Session, images: ImagePipeline) -> Exported:
    options, snapshot, cache = session.options, session.snapshot, session.cache
    source_set = read_sources(snapshot, cache, options.jobs)
    problems: list[Problem] = []
    site, theme = assembled(options, snapshot, source_set, cache, problems)
    images.encode_all(pictures_of(site), options.jobs)
    made = kept(components(site, partial(images.measure, keeps_original=False)), problems)
    if theme is None:
        stop_at(problems, options)
    assert theme is not None
    assert made is not None
    check = partial(stop_at, problems, options)
    target = None if selected.target is None else _target(site, selected.target, check)
    entries = _chosen(site, selected, target, check)
    page = article(entries, made, f"{site.settings.title} · {target.shown_name}" if target else "")
    watch = guard(site.content, site.settings)
    templates = templates_of(
        theme, site.settings, SiteChrome(), source_set, cache, elsewhere=partial(urls.absolute, "")
    )
    html = templates.document(page) if selected.format == "html" else templates.article(page)
    pictures = {src: _ArticlePicture(src, images) for src in map(unescape, dict.fromkeys(_PICTURE.findall(html)))}
    # It is one page of many texts, each of which is looked through for itself.
    found = watch.found("chronicle.html", html.encode())
    leaks = [Leak(selected.name, (path,), one) for one in found for path in page.texts]
    leaks += [
        Leak(one.path, (one.path,), finding) for one in pictures.values() for finding in watch.found(one.path, one.body)
    ]
    told = leaks_to_tell(leaks, problems, site.unread)
    warnings = in_order([*problems, *watch.problems(told, snapshot.sources.texts)])
    stop_at(warnings, options)
    files = _files(_linked(html, site.settings.base_url), site, page, selected, pictures)
    return Exported(tuple(files), len(entries), warnings)


def _target(site: Site, name: str, check: Callable[[], None]) -> Target:
    """The target that somebody calls so. Raises Fault where there is none; before that, ``check`` may say why."""
    found, fault = site.target_names.id_of(nfc(name)), site.target_names.fault(nfc(name))
    if found is None:
        check()
        assert fault is not None
        raise fault
    return site.targets[found]


def _chosen(site: Site, selected: Selected, target: Target | None, check: Callable[[], None]) -> list[Entry]:
    """The selected entries. Raises Fault where there are none; before that, ``check`` may say why."""
    chosen = [
        entry
        for entry in site.entries
        if (selected.first is None or entry.span.end >= selected.first)
        and (selected.last is None or entry.span.start <= selected.last)
        and (target is None or target.id in entry.targets)
    ]
    if not chosen:
        check()
        raise Fault(say("no published entry is among those"), say("choose other days or another target"))
    return chosen


def _linked(html: str, base_url: str | None) -> str:
    """The article with absolute links to the site; without links where the site's address is not set."""
    if base_url is None:
        return _LINK.sub("", html)
    return _LINK.sub(lambda link: f' href="{escape(base_url.rstrip("/"))}{link[1]}"', html)


def _files(
    html: str, site: Site, page: Page, selected: Selected, pictures: Mapping[str, _ArticlePicture]
) -> Iterator[Output]:
    """The document, and its pictures where they are separate files."""
    name, settings = selected.name, site.settings
    match selected.format:
        case "html":
            whole = _PICTURE.sub(lambda found: f' src="{pictures[unescape(found[1])].as_data()}"', html)
            yield Output(f"{name}.html", whole.encode(errors="replace"))
        case "docx":
            title = page.title or settings.title
            author = settings.organization or settings.title
            body = docx(
                html,
                title=title,
                language=settings.language,
                author=author,
                picture=lambda src: pictures[src].body if src in pictures else None,
            )
            yield Output(f"{name}.docx", body)
        case _:
            places = {src: f"{name}-files/{shown.name}" for src, shown in pictures.items()}
            text = markdown(html, address=lambda address: places.get(address, address))
            yield Output(f"{name}.md", text.encode(errors="replace"))
            yield from (Output(places[src], shown.body) for src, shown in pictures.items())


class _ArticlePicture:
    """A picture of the article."""

    def __init__(self, src: str, images: ImagePipeline) -> None:
        """``src`` is its URL on the site, as the article writes it."""
        self.place = unquote(src)[1:]
        self.path = urls.original(self.place)
        self.body = images.published(self.place)

    @property
    def name(self) -> str:
        """Its path among the files that go with the article: that of the original, with the ending of this version."""
        name, ending = self.path.removeprefix("content/"), PurePosixPath(self.place).suffix
        if PurePosixPath(name).suffix.lower() in (ending, ".jpeg" if ending == ".jpg" else ending):
            return name
        return f"{name}/{PurePosixPath(self.place).name}"

    def as_data(self) -> str:
        """The picture as a ``data:`` URL."""
        kind = mimetypes.guess_type(self.place)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(self.body).decode()}"


def write(exported: Exported, folder: Path, *, force: bool) -> None:
    """Writes the files into ``folder``, each atomically.

    Raises OSError, and Fault where a file exists with other content, since somebody may have edited it. ``force``
    overwrites it.
    """
    for file in exported.files:
        place = folder / file.path
        if not force and place.exists() and place.read_bytes() != file.body:
            raise Fault(say("{place} is there already", place=place), say("choose another name, or add --force"))
    for file in exported.files:
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".rizhi-", delete=False) as new:
            new.write(file.body)
        Path(new.name).chmod(0o644)
        Path(new.name).replace(place)
