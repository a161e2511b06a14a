"""The last plan, patched: edits of titles, places, summaries and texts, for which nothing has to be planned again.

An entry reaches the pages of others as components: its Row, Line, Link, Body and EntryRecord. As long as its structure
digest is unchanged (``site/structure_digest``), today's plan is the last one with today's components in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Final

from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.components import Body, EntryRecord, Line, Link, Row
from generator.model.content import Entry
from generator.model.outputs import Output
from generator.model.search import SearchBlock, SearchDocument, present
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.page_serializer import (
    Component,
    PageLoader,
    component_id,
    page_digest,
    serialized_component,
)
from generator.pipeline.snapshot import PublishedFiles
from generator.site.plan.entry_records import entry_record, request_notes
from generator.site.structure_digest import plain_summary

ENTRY_DATA: Final = urls.output_path(urls.ENTRY_DATA)


@frozen
class PlanPatch:
    """What the last plan has otherwise."""

    values: Mapping[int, Any] = field(default_factory=dict)
    """The components that changed, by id."""
    components: Sequence[Component] = ()
    """The same, serialised."""
    page_digests: Mapping[str, bytes] = field(default_factory=dict)
    """The digests of the pages that hold one of them, by path from the output folder."""
    entry_data: Output | None = None
    """The file with the records of all entries; None where none of them changed."""
    blocks: Sequence[SearchBlock] = ()
    """The blocks of the search index that changed."""


def patched(edited: Iterable[Entry], cache: Cache, published: PublishedFiles) -> PlanPatch | None:
    """The patch for edited entries; None where only a new plan can tell. Raises BrokenCacheError."""
    values: dict[int, Any] = {}
    loader = PageLoader(cache)
    shown = [entry for entry in edited if urls.output_path(_url(entry)) in published.rows]
    for entry in shown:
        found = _components_of(entry, loader)
        if found is None:
            return None
        values |= found
    known = cache.component_digests(values)
    components = [one for value in values.values() if (one := serialized_component(value)).digest != known.get(one.id)]
    values = {one.id: values[one.id] for one in components}
    digests = _page_digests({one.id: one.digest for one in components}, cache)
    data = None
    if digests.pop(ENTRY_DATA, None) is not None:
        data = _entry_data(values, cache, published)
        if data is None:
            return None
        digests[ENTRY_DATA] = fingerprint(data.body)
    return PlanPatch(values, components, digests, data, tuple(_blocks(shown, cache, values)))


def _url(entry: Entry) -> str:
    return urls.entry(entry.span.start, entry.slug)


def _components_of(entry: Entry, loader: PageLoader) -> dict[int, Any] | None:
    """Today's components of an entry, by id, made of those in the cache; None where they are not known."""
    url, summary = _url(entry), plain_summary(entry)
    known = loader.components((component_id(Row, url), component_id(Body, entry.path)))
    # How helpers are called, the register of persons decides.
    has_helpers = any(note.helped_by for note in entry.requests)
    if summary is None or known is None or has_helpers:
        return None
    old_row, old_body = known
    row = replace(old_row, title=entry.title, place=entry.place, summary=summary)
    values = (
        row,
        Line.of(row),
        Link(row.title, url),
        replace(old_body, text=entry.text),
        entry_record(entry, row, request_notes(entry, {})),
    )
    return {component_id(type(value), entry.path if isinstance(value, Body) else url): value for value in values}


def _page_digests(changed: Mapping[int, bytes], cache: Cache) -> dict[str, bytes]:
    """The digests of the pages that hold one of the ``changed`` components, whose digests are given by id."""
    found: dict[str, bytes] = {}
    if not changed:
        return found
    digests = dict(changed)
    for path in cache.pages_with(changed.keys()):
        page = cache.page(path)
        assert page is not None
        components, body = page
        if path == ENTRY_DATA:
            found[path] = b""
            continue
        digests |= cache.component_digests(number for number in components if number not in digests)
        found[path] = page_digest(body, components, digests)
    return found


def _entry_data(values: Mapping[int, Any], cache: Cache, published: PublishedFiles) -> Output | None:
    """The file with the records of all entries, a line each, with today's lines; None where it is not intact.

    It is by far the longest of all, so it is made of the published one. Where no private data was found in that, only
    the new lines are searched for it: no name or number goes on from one line to the next.
    """
    page, body = cache.page(ENTRY_DATA), published.read(ENTRY_DATA)
    if page is None or body is None:
        return None
    lines = body.split(b"\n")
    new = []
    for number, one in enumerate(page[0], 1):
        value = values.get(one)
        if isinstance(value, EntryRecord):
            line = value.line.encode(errors="replace")
            lines[number] = line + (b"," if lines[number].endswith(b",") else b"")
            new.append(line)
    is_clean = published.rows[ENTRY_DATA].findings is None
    return Output(ENTRY_DATA, b"\n".join(lines), b"\n".join(new) if is_clean else None)


def _blocks(entries: Iterable[Entry], cache: Cache, values: Mapping[int, Any]) -> Iterator[SearchBlock]:
    """The blocks of the search index in which one of these entries is found otherwise now."""
    by_url = {_url(entry): entry for entry in entries}
    months = tuple({f"{entry.span.start:%Y-%m}-" for entry in by_url.values()})
    loader = PageLoader(cache, values)
    for name in cache.search_blocks() if months else ():
        if name.startswith(months):
            old: SearchBlock = loader.loaded(*cache.search_block(name))
            new = tuple(_document(one, by_url.get(one.url)) for one in old.documents)
            if new != old.documents or any(component_id(Body, one.path) in values for one in _bodies(old, by_url)):
                yield replace(old, documents=new)


def _bodies(block: SearchBlock, entries: Mapping[str, Entry]) -> list[Entry]:
    return [entries[one.url] for one in block.documents if one.url in entries]


def _document(document: SearchDocument, entry: Entry | None) -> SearchDocument:
    if entry is None:
        return document
    return replace(document, title=entry.title, lines=present(entry.summary, entry.headline), place=entry.place)
