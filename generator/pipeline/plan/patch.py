"""The last plan with what it shows of some entries exchanged: their titles, places and summaries.

An entry reaches the pages of others as its Row, its Line and its Link, and its text as a Body. Where its outline is
as it was (``site/outlines``), the plan of today is the last one with these exchanged, so nothing is planned anew.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Final

from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.components import Body, Line, Link, Row
from generator.model.content import Entry
from generator.model.outputs import Output
from generator.model.pages import Page
from generator.model.prose import Text
from generator.model.search import SearchBlock, SearchDocument, present
from generator.model.views import EntryDataView, EntryView, RedirectView
from generator.pipeline.cache.page_packs import Shelf
from generator.pipeline.cache.schema import PageRow
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.page_serializer import Telling
from generator.pipeline.snapshot import Stood
from generator.render.data_files import record_line
from generator.site.structure_digest import plain_summary

_DATA: Final = urls.output_path(urls.ENTRY_DATA)


@frozen
class Change:
    """An entry that says something else than when the site was planned."""

    entry: Entry
    before: bytes
    """The fingerprint of what it said then."""
    now: bytes


@frozen
class Exchanged:
    """What the last plan has otherwise, by path from the output folder."""

    things: dict[str, Page | Output] = field(default_factory=dict)
    told: dict[str, bytes] = field(default_factory=dict)
    """What these hold, told."""
    blocks: dict[str, SearchBlock] = field(default_factory=dict)
    """By name, what the search finds of these entries otherwise, and what it finds beside them."""


@dataclass(slots=True)
class _Swaps:
    """What stands in the place of what."""

    rows: dict[str, tuple[Row, Row]] = field(default_factory=dict)
    """By URL, the row as it was and as it is."""
    lines: dict[Line, Line] = field(default_factory=dict)
    links: dict[Link, Link] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    """By the path of the file that they stand in."""

    def page(self, page: Page) -> Page:
        """The page with everything exchanged."""
        view = self.value(page.view)
        # These two are titled after their entry.
        match view:
            case EntryView():
                return replace(page, view=view, title=view.row.title, description=view.row.summary)
            case RedirectView():
                return replace(page, view=view, title=view.target.title)
        return replace(page, view=view)

    def value(self, value: Any) -> Any:
        """A value of the model, with everything in it exchanged."""
        if isinstance(value, Row):
            return self.rows[value.url][1] if value.url in self.rows else value
        if isinstance(value, Line):
            return self.lines.get(value, value)
        if isinstance(value, Link):
            return self.links.get(value, value)
        if isinstance(value, Body):
            text = self.texts.get(value.text.path)
            return value if text is None else replace(value, text=text)
        if isinstance(value, tuple):
            new = tuple(map(self.value, value))
            return new if any(one is not other for one, other in zip(new, value, strict=True)) else value
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {
            one.name: new for one in fields(value) if (new := self.value(old := getattr(value, one.name))) is not old
        }
        return replace(value, **changed) if changed else value


def exchanged(changes: Iterable[Change], cache: Cache, frames: Mapping[str, bytes], stood: Stood) -> Exchanged | None:
    """What the last plan has otherwise for these changes; None where only a new plan can tell.

    ``frames`` are those of today, by view.
    """
    rows = stood.rows
    changes = [change for change in changes if _url(change.entry) in rows]
    if not changes:
        return Exchanged()
    swaps = _Swaps()
    for change in changes:
        if not _take(change.entry, swaps, cache, rows):
            return None
    shelves = cache.every_told(rows)
    if shelves is None:
        return None
    found, telling = Exchanged(), Telling()
    paths = {change.entry.path for change in changes}
    for path in _holding(_signs(swaps), shelves, paths, rows):
        page = cache.slice(path, rows[path].mark)
        if page is None:
            return None
        found.things[path] = new = swaps.page(page)
        found.told[path] = telling.page(new)
    # Whoever lost the row of a file has to plan it.
    if _DATA not in rows or rows[_DATA].frame != frames[EntryDataView.__name__]:
        return None
    told = next(shelf.told[_DATA] for shelf in shelves if _DATA in shelf.marks)
    data = _data(changes, swaps, told, stood.read(_DATA), is_clean=rows[_DATA].noticed is None)
    if data is None:
        return None
    found.things[_DATA], found.told[_DATA] = data
    found.blocks.update(_blocks([change.entry for change in changes], cache))
    return found


def _blocks(entries: Iterable[Entry], cache: Cache) -> Iterator[tuple[str, SearchBlock]]:
    """The blocks of the search in which one of these entries is another now. Raises BrokenCacheError."""
    by_url = {urls.entry(entry.span.start, entry.slug): entry for entry in entries}
    months = tuple({f"{entry.span.start:%Y-%m}-" for entry in by_url.values()})
    for name, row in cache.blocks().items():
        if name.startswith(months):
            old: SearchBlock = pickle.loads(cache.block(name, row.mark))  # noqa: S301 - our own, unchanged
            new = tuple(_found(one, by_url.get(one.url)) for one in old.documents)
            if new != old.documents:
                yield name, replace(old, documents=new)


def _found(document: SearchDocument, entry: Entry | None) -> SearchDocument:
    if entry is None:
        return document
    return replace(document, title=entry.title, lines=present(entry.place, entry.summary))


def _url(entry: Entry) -> str:
    return urls.output_path(urls.entry(entry.span.start, entry.slug))


def _take(entry: Entry, swaps: _Swaps, cache: Cache, rows: Mapping[str, PageRow]) -> bool:
    """Finds out what stands for an entry; whether that can be known."""
    page = cache.slice(_url(entry), rows[_url(entry)].mark)
    summary = plain_summary(entry)
    if not isinstance(page, Page) or not isinstance(page.view, EntryView) or page.source != entry.path:
        return False
    if summary is None:
        return False
    old = page.view.row
    new = replace(old, title=entry.title, place=entry.place, summary=summary)
    swaps.rows[old.url] = (old, new)
    swaps.lines[Line.of(old)] = Line.of(new)
    swaps.links[Link(old.title, old.url)] = Link(new.title, new.url)
    swaps.texts[entry.path] = entry.text
    return True


def _signs(swaps: _Swaps) -> list[bytes]:
    """What in a told page shows that it holds a row, line or link that is another now."""
    telling = Telling()
    pairs: list[tuple[Row, Row] | tuple[Line, Line] | tuple[Link, Link]] = [
        *swaps.rows.values(),
        *swaps.lines.items(),
        *swaps.links.items(),
    ]
    return [telling.sign(old) for old, new in pairs if old != new]


def _holding(
    signs: Iterable[bytes], shelves: Iterable[Shelf], paths: set[str], rows: Mapping[str, PageRow]
) -> Iterator[str]:
    """The pages that hold something of it, in the order of ``rows``: told so, or as one of the texts they show."""
    holding = {path for shelf in shelves for sign in signs for path in shelf.holding(sign)}
    for path, row in rows.items():
        is_shown = row.sources and not paths.isdisjoint(row.sources.split("\n"))
        if row.kind and path != _DATA and (is_shown or path in holding):
            yield path


def _data(
    changes: Iterable[Change], swaps: _Swaps, told: bytes, body: bytes | None, *, is_clean: bool
) -> tuple[Output, bytes] | None:
    """The file with the records of all entries, a line each, with the lines of these exchanged; and what it holds.

    It is by far the longest of all, so it is made of what stands, which has the bytes ``body``; and where nothing was
    found in that (it ``is_clean``), only its new lines are looked through: nothing goes on from one to another.
    """
    if body is None:
        return None
    telling, lines, new_lines = Telling(), body.decode().split("\n"), []
    for change in changes:
        old, new = swaps.rows[urls.entry(change.entry.span.start, change.entry.slug)]
        line = record_line(change.entry, new)
        # Its last field names the file that it comes from.
        end = line[line.rindex('"source": ') :]
        places = [number for number, one in enumerate(lines) if one.removesuffix(",").endswith(end)]
        if len(places) != 1:
            return None
        new_lines.append(line)
        lines[places[0]] = line + ("," if lines[places[0]].endswith(",") else "")
        told = told.replace(change.before, change.now).replace(telling.sign(old), telling.sign(new))
    new_body = "\n".join(new_lines).encode(errors="replace") if is_clean else None
    return Output(_DATA, "\n".join(lines).encode(errors="replace"), new_body), told
