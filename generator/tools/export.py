"""Export: a selection of entries as one article, in a file to send."""

from __future__ import annotations

import base64
import mimetypes
import re
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape, unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from generator.ground.dates import Day
from generator.ground.errors import Fault, Problem, in_order
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model import urls
from generator.model.content import Entry
from generator.model.options import Options
from generator.model.outputs import Output
from generator.model.pages import Page, SiteChrome
from generator.pipeline.build import unless_broken
from generator.pipeline.cache.store import Cache
from generator.pipeline.make.image_pipeline import Darkroom
from generator.pipeline.make.image_store import Store
from generator.pipeline.make.privacy_scan import Leak, guard
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.build_plan import templates_of
from generator.pipeline.plan.inputs import kept, stop_at
from generator.pipeline.plan.source_records import Originals, read
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.snapshot import Look
from generator.render.documents import docx, markdown
from generator.site.plan import article, components
from generator.site.references import pictures_of
from generator.site.site import Site
from generator.site.suggestions import nearest

_LINK: Final = re.compile(r' href="(/[^"]*)"')
_PICTURE: Final = re.compile(r' src="(/(?:files|pictures)/[^"]*)"')


@frozen(kw_only=True)
class Selected:
    """Which entries are wanted, and how."""

    first: Day | None
    """Entries that end earlier are left out; None for all from the beginning."""
    last: Day | None
    """Entries that begin later are left out; None for all to the end."""
    target: str | None
    """The id of the service target that they are about; None for all."""
    format: str
    """``docx``, ``html`` or ``md``."""
    name: str
    """The name of the file without its ending; the pictures of Markdown go into a folder called after it."""


@frozen
class Exported:
    """The file, and the pictures that go beside it."""

    files: tuple[Output, ...]
    """The document first; paths from the folder that it goes into."""
    entries: int
    warnings: tuple[Problem, ...]


def chronicle(options: Options, found: Look, selected: Selected, cache: Cache) -> Exported:
    """The selection as one document.

    Raises BuildError where anything is wrong with the site or private data would leave it, and Fault where
    nothing is selected.
    """
    return unless_broken(partial(_chronicle, options, found, selected), cache)


def _chronicle(options: Options, found: Look, selected: Selected, cache: Cache) -> Exported:
    with Store.of(options, STATE) as store:
        darkroom = Darkroom(Originals(found.sources.files, cache, found.moment), store)
        return _exported(options, found, selected, cache, darkroom)


def _exported(options: Options, found: Look, selected: Selected, cache: Cache, darkroom: Darkroom) -> Exported:
    readings = read(found.sources, cache, options.jobs, found.moment)
    problems: list[Problem] = []
    site, theme = assembled(options, found, readings, cache, problems)
    darkroom.develop(pictures_of(site), options.jobs)
    made = kept(components(site, partial(darkroom.measure, keeps_original=False)), problems)
    stop_at(problems, options)
    assert theme is not None
    assert made is not None
    entries = _chosen(site, selected)
    target = site.targets.get(selected.target or "")
    page = article(entries, made, f"{site.settings.title} · {target.shown_name}" if target else "")
    watch = guard(site.content, site.settings)
    templates = templates_of(theme, site.settings, SiteChrome(), readings, cache, elsewhere=partial(urls.absolute, ""))
    html = templates.document(page) if selected.format == "html" else templates.article(page)
    pictures = {src: _Shown(src, darkroom) for src in map(unescape, dict.fromkeys(_PICTURE.findall(html)))}
    leaks = [Leak(selected.name, page.texts, one) for one in watch.found("chronicle.html", html.encode())]
    leaks += [
        Leak(one.path, (one.path,), finding) for one in pictures.values() for finding in watch.found(one.path, one.body)
    ]
    told = in_order([*problems, *watch.problems(leaks, found.sources.texts)])
    stop_at(told, options)
    files = _files(_linked(html, site.settings.base_url), site, page, selected, pictures)
    return Exported(tuple(files), len(entries), told)


def _chosen(site: Site, selected: Selected) -> list[Entry]:
    """The entries that are wanted. Raises Fault where there are none."""
    if selected.target is not None and selected.target not in site.targets:
        names = {one.id: (one.name, one.shown_name, *one.aliases) for one in site.targets.values()}
        raise Fault(say('there is no target "{id}"', id=selected.target), nearest(selected.target, names))
    chosen = [
        entry
        for entry in site.entries
        if (selected.first is None or entry.span.end >= selected.first)
        and (selected.last is None or entry.span.start <= selected.last)
        and (selected.target is None or selected.target in entry.targets)
    ]
    if not chosen:
        raise Fault(say("no published entry is among those"), say("choose other days or another target"))
    return chosen


def _linked(html: str, base_url: str | None) -> str:
    """The article with its links to the site whole; where nobody knows its address, without them."""
    if base_url is None:
        return _LINK.sub("", html)
    return _LINK.sub(lambda link: f' href="{escape(base_url.rstrip("/"))}{link[1]}"', html)


def _files(html: str, site: Site, page: Page, selected: Selected, pictures: Mapping[str, _Shown]) -> Iterator[Output]:
    """The document, and what goes beside it."""
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
            places = {src: f"{name}-files/{shown.place.partition('/')[2]}" for src, shown in pictures.items()}
            text = markdown(html, address=lambda address: places.get(address, address))
            yield Output(f"{name}.md", text.encode(errors="replace"))
            yield from (Output(places[src], shown.body) for src, shown in pictures.items())


class _Shown:
    """A picture of the article."""

    def __init__(self, src: str, darkroom: Darkroom) -> None:
        """``src`` is its URL on the site, as the article writes it."""
        self.place = unquote(src)[1:]
        self.path = urls.original(self.place)
        self.body = darkroom.published(self.place)

    def as_data(self) -> str:
        """The picture as an address that holds it."""
        kind = mimetypes.guess_type(self.place)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(self.body).decode()}"


def write(exported: Exported, folder: Path, *, force: bool) -> None:
    """Writes the files into ``folder``, each whole or not at all.

    Raises OSError, and Fault where one would take the place of another, on which somebody may have worked, unless
    ``force`` is given.
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
