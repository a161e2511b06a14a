"""Pages in normal form: bytes in which the components that pages share are replaced by their ids.

Equal pages have equal bytes, so a digest decides whether a page has to be rendered again: that of its bytes and of the
components in it. A component that changed changes the pages that hold it, and no other.
"""

from __future__ import annotations

import io
import pickle
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, Final, NamedTuple

from generator.ground import dates
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import restored
from generator.model import components, content, pages, prose, search, views
from generator.model.components import (
    Body,
    EntryRecord,
    KindBlock,
    Line,
    Link,
    MonthGrid,
    RequestRow,
    Row,
    TargetRow,
    YearBlock,
)
from generator.model.pages import Page
from generator.model.prose import Text
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.cache.store import Cache

_PROTOCOL: Final = 5
_url: Final = attrgetter("url")
_KEYS: Final[Mapping[type, Callable[[Any], str]]] = {
    Body: attrgetter("text.path"),
    EntryRecord: _url,
    KindBlock: _url,
    Line: _url,
    Link: _url,
    MonthGrid: lambda grid: f"{grid.year}-{grid.month}",
    RequestRow: _url,
    Row: _url,
    TargetRow: _url,
    YearBlock: _url,
}
"""The types that many pages share, and what names one among others of its type."""


def component_id(kind: type, key: str) -> int:
    """The id of a component: a 64-bit number, made of its type and its key."""
    return int.from_bytes(fingerprint(f"{kind.__name__} {key}".encode())[:8], "big", signed=True)


class Component(NamedTuple):
    """A component, serialised."""

    id: int
    digest: bytes
    body: bytes | None
    """None for one that is never loaded again."""


class Serialized(NamedTuple):
    """A page, or another value with components in it, serialised."""

    body: bytes
    components: array[int]
    """The ids of the components in it, each once, in the order of the page."""
    digest: bytes
    """The digest of the body and the components' digests."""

    @property
    def form_digest(self) -> bytes:
        """The digest of the page in normal form: of the body and the ids of components, whatever those say."""
        return fingerprint(self.components.tobytes(), self.body)


class PageSerializer:
    """Serialises the pages of one plan, one after the other."""

    def __init__(self, on_component: Callable[[Component], None] = lambda _component: None) -> None:
        """``on_component`` is called with each component when it is met first."""
        self.digests: dict[int, bytes] = {}
        """The digests of all components that were met, by id."""
        self.values: dict[int, Any] = {}
        """Those components."""
        self._ids: dict[int, int | None] = {}
        """The ids of components by the identity of the value; None for one whose id another value has."""
        self._held: list[Any] = []
        """Those values, so that no other gets the identity of one."""
        self._on_component = on_component

    def serialized(self, value: Any) -> Serialized:
        """A page in normal form."""
        out, used, ids, add = io.BytesIO(), list[int](), self._ids, self._add

        def persistent_id(part: Any) -> int | None:
            # This is called with every string and number, so it does little.
            if type(part) not in _KEYS:
                return None
            key = id(part)
            number = ids[key] if key in ids else add(part)
            if number is not None:
                used.append(number)
            return number

        pickler = _Pickler(out)
        pickler.persistent_id = persistent_id  # type: ignore[method-assign]
        pickler.dump(value)
        components = array("q", dict.fromkeys(used))
        body = out.getvalue()
        return Serialized(body, components, page_digest(body, components, self.digests))

    def _add(self, value: Any) -> int | None:
        """The id of a component that was not met before; None where another value has it."""
        component = serialized_component(value)
        known = self.digests.setdefault(component.id, component.digest)
        if known is component.digest:
            self.values[component.id] = value
            self._on_component(component)
        # Two values with one key: the later is written out in its page.
        number = component.id if known == component.digest else None
        self._ids[id(value)] = number
        self._held.append(value)
        return number


def page_digest(body: bytes, components: array[int], digests: Mapping[int, bytes]) -> bytes:
    """The digest of a page in normal form, whose components have these digests by id."""
    return fingerprint(body, b"".join([digests[number] for number in components]))


def serialized_component(value: Any) -> Component:
    """A component in bytes that are equal for equal values."""
    kind = type(value)
    number = component_id(kind, _KEYS[kind](value))
    if kind is EntryRecord:
        # By far the longest of them all; its file is made of what is published, or from the sources.
        return Component(number, fingerprint(value.line.encode(errors="replace")), None)
    out = io.BytesIO()
    _Pickler(out).dump(value)
    body = out.getvalue()
    return Component(number, fingerprint(body), body)


class _Pickler(pickle.Pickler):
    """Writes equal bytes for equal values: nothing depends on which of their parts are one object."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, _PROTOCOL)
        self.fast = True

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        fields_of = _FIELDS.get(kind)
        if fields_of is None:
            return NotImplemented
        # The name of a type is shorter, and found faster, than a reference to a class.
        return _restored, (kind.__name__, fields_of(value))


def _text_fields(text: Text) -> tuple[Any, ...]:
    # What else is known of a text decides about no page, and a set of ids has no order.
    return text.path, text.is_empty, (), frozenset(), text.references


def _getter(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    names = [one.name for one in fields(kind)]
    get = attrgetter(*names) if names else lambda _: ()
    return get if len(names) != 1 else lambda value: (get(value),)


_TYPES: Final[Mapping[str, type]] = {
    kind.__name__: kind
    for module in (components, content, dates, pages, prose, search, views)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind)
}
_FIELDS: Final = {kind: _getter(kind) for kind in _TYPES.values()} | {Text: _text_fields}


def _restored(name: str, values: tuple[Any, ...]) -> Any:
    return restored(_TYPES[name], *values)


class PageLoader:
    """Loads pages in normal form, with the components that the cache has, or newer ones."""

    def __init__(self, cache: Cache, newer: Mapping[int, Any] | None = None) -> None:
        """``newer`` are components by id that changed since the cache was written."""
        self._cache = cache
        self._newer = newer or {}
        self._known: dict[int, Any] = dict(self._newer)

    def page(self, path: str) -> Any:
        """The planned page at ``path``; None where there is none. Raises BrokenCacheError."""
        found = self._cache.page(path)
        return None if found is None else self.loaded(*found)

    def loaded(self, components: array[int], body: bytes) -> Any:
        """The value in normal form. Raises BrokenCacheError where a component is missing."""
        if len(self._known) > _MOST:
            self._known = dict(self._newer)
        missing = [number for number in components if number not in self._known]
        for number, one in self._cache.components(missing):
            self._known[number] = pickle.loads(one)  # noqa: S301 - our own, unchanged
        if any(number not in self._known for number in missing):
            raise BrokenCacheError
        return _Unpickler(io.BytesIO(body), self._known).load()


_MOST: Final = 50_000
"""Components that are held at a time."""


class _Unpickler(pickle.Unpickler):
    def __init__(self, body: io.BytesIO, components: Mapping[int, Any]) -> None:
        super().__init__(body)
        self._components = components

    def persistent_load(self, number: Any) -> Any:
        return self._components[number]


_PAGE: Final = ("url", "title", "language", "description", "source", "feed", "texts")


def differing(before: Page, now: Page) -> Iterator[str]:
    """The names of the fields in which two pages differ: the page's own, then its view's."""
    yield from (name for name in _PAGE if getattr(before, name) != getattr(now, name))
    if type(before.view) is type(now.view):
        names = (one.name for one in fields(now.view))
        yield from (name for name in names if getattr(before.view, name) != getattr(now.view, name))
