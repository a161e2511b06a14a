"""Pages in normal form: bytes in which the components that pages share are replaced by their ids.

Equal pages have equal bytes, so a digest decides whether a page has to be rendered again: that of its bytes and of the
components in it. A component that changed changes the pages that hold it, and no other.
"""

from __future__ import annotations

import datetime
import functools
import io
import pickle
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import partial
from operator import attrgetter
from typing import Any, Final, NamedTuple

from generator.ground import dates
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import restored
from generator.model import components, content, lists, pages, portal, prose, record, search, settings, views
from generator.model.components import (
    Body,
    EntryRecord,
    Line,
    Link,
    MonthGrid,
    Row,
    TargetRow,
    YearBlock,
)
from generator.model.lists import MonthPages, TeamRow
from generator.model.pages import Page
from generator.model.portal import TeamRequestRow
from generator.model.prose import Text
from generator.model.record import RequestRow
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.cache.store import Cache

_PROTOCOL: Final = 5
_MOST: Final = 50_000
"""Components of the cache that are held at a time."""
_url: Final = attrgetter("url")
_KEYS: Final[Mapping[type, Callable[[Any], str]]] = {
    Body: attrgetter("text.path"),
    EntryRecord: _url,
    Line: _url,
    Link: _url,
    MonthGrid: lambda grid: f"{grid.year}-{grid.month}",
    MonthPages: _url,
    RequestRow: _url,
    Row: _url,
    TargetRow: _url,
    TeamRequestRow: attrgetter("row.url"),
    TeamRow: _url,
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
        self._components = _Components(on_component)
        # The pickler must not lead back to this object: a build collects no reference cycles.
        self._pickler = _Pickler(self._components.id)

    @property
    def values(self) -> Mapping[int, Any]:
        """All components that were met, by id."""
        return self._components.values

    def serialized(self, value: Any) -> Serialized:
        """A page in normal form."""
        self._components.used.clear()
        body = self._pickler.bytes_of(value)
        components = array("q", self._components.used)
        return Serialized(body, components, page_digest(body, components, self._components.digests))


class _Components:
    """The components of one plan."""

    def __init__(self, on_component: Callable[[Component], None]) -> None:
        self.digests: dict[int, bytes] = {}
        """Their digests, by id."""
        self.values: dict[int, Any] = {}
        self.used: dict[int, None] = {}
        """The ids of those in the page that is being serialised."""
        self._ids: dict[int, int | None] = {}
        """The ids of components by the identity of the value; None for one whose id another value has."""
        self._held: list[Any] = []
        """Those values, so that no other gets the identity of one."""
        self._on_component = on_component

    def id(self, value: Any) -> int | None:
        """The id of a component in the page; None where the component is written out there."""
        key = id(value)
        number = self._ids[key] if key in self._ids else self._add(value)
        if number is not None:
            self.used[number] = None
        return number

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
    body = _component_pickler().bytes_of(value)
    return Component(number, fingerprint(body), body)


def _text_fields(text: Text) -> tuple[Any, ...]:
    # What else is known of a text decides about no page, and a set of ids has no order.
    return text.path, text.is_empty, text.references


def _text(*parts: Any) -> Text:
    path, is_empty, references = parts
    return Text(path=path, is_empty=is_empty, references=references)


def _getter(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    names = [one.name for one in fields(kind)]
    get = attrgetter(*names) if names else lambda _: ()
    return get if len(names) != 1 else lambda value: (get(value),)


_TYPES: Final[Mapping[str, type]] = {
    kind.__name__: kind
    for module in (components, content, dates, lists, pages, portal, prose, record, search, settings, views)
    for kind in vars(module).values()
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum))
}
_REDUCED: Final[Mapping[type, tuple[Callable[..., Any], Callable[[Any], tuple[Any, ...]]]]] = {
    **{kind: (partial(restored, kind), _getter(kind)) for kind in _TYPES.values() if is_dataclass(kind)},
    Text: (_text, _text_fields),
    datetime.date: (datetime.date.fromordinal, lambda day: (day.toordinal(),)),
}
"""For each type, what makes a value of it from its parts, and what gives these."""


def _component(number: int) -> Any:
    """Stands, where pages are written, for the function that gives the component with this id."""
    raise NotImplementedError


_SHARED: Final = (
    *(make for make, _ in _REDUCED.values()),
    *(kind for kind in _TYPES.values() if issubclass(kind, Enum)),
)
"""Functions and classes by which values are made. Pages refer to them by number: from 1; 0 is ``_component``."""


class _Pickler(pickle.Pickler):
    """Writes equal bytes for equal values: nothing depends on which of their parts are one object.

    It writes one value after the other. None of them holds a frozenset, for which CPython's fast mode is limited. That
    mode is deprecated in Python's documentation, and that a memo can be filled in advance is CPython's alone;
    ``tests/pipeline/test_page_serializer`` says whether both still do what pages need.
    """

    def __init__(self, component_id: Callable[[Any], int | None] | None = None) -> None:
        """``component_id`` gives the ids by which components are written; without it, they are written out."""
        self._out = io.BytesIO()
        super().__init__(self._out, _PROTOCOL)
        # Nothing is added to the memo, but what is in it is written as its number.
        self.fast = True
        self.memo = {id(one): (number, one) for number, one in enumerate((_component, *_SHARED))}
        self._component_id = component_id

    def bytes_of(self, value: Any) -> bytes:
        """The value, serialised."""
        self.dump(value)
        body = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return body

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if self._component_id is not None and kind in _KEYS:
            number = self._component_id(value)
            if number is not None:
                return _component, (number,)
        found = _REDUCED.get(kind)
        return NotImplemented if found is None else (found[0], found[1](value))


@functools.cache
def _component_pickler() -> _Pickler:
    return _Pickler()


class _Unpickler(pickle.Unpickler):
    """Reads what ``_Pickler`` wrote, one value after the other."""

    def __init__(self, component: Callable[[int], Any]) -> None:
        """``component`` gives the component with an id."""
        self._body = io.BytesIO()
        super().__init__(self._body)
        self._shared = (component, *_SHARED)
        # Each is fetched by its number, put into the memo, and dropped (pickle's opcodes K, Q, \x94 and 0).
        numbers = b"".join(b"K%cQ\x940" % number for number in range(len(self._shared)))
        self.value_of(b"\x80\x05" + numbers + b"N.")

    def persistent_load(self, number: Any) -> Any:
        return self._shared[number]

    def value_of(self, body: bytes) -> Any:
        """The value that was serialised."""
        self._body.seek(0)
        self._body.truncate()
        self._body.write(body)
        self._body.seek(0)
        return self.load()


class PageLoader:
    """Loads pages in normal form, with the components that the cache has, or newer ones."""

    def __init__(self, cache: Cache, newer: Mapping[int, Any] | None = None) -> None:
        """``newer`` are components by id that changed since the cache was written."""
        self._cache = cache
        self._newer = newer or {}
        self._loaded: dict[int, Any] = {}
        # Without a way back to this object, as in PageSerializer.
        self._component = partial(_found, self._newer, self._loaded)
        self._unpickler = _Unpickler(self._component)

    def page(self, path: str) -> Any:
        """The planned page at ``path``; None where there is none. Raises BrokenCacheError."""
        found = self._cache.page(path)
        return None if found is None else self.loaded(*found)

    def components(self, ids: Sequence[int]) -> list[Any] | None:
        """The components with these ids; None where one of them is not known. Raises BrokenCacheError."""
        return [self._component(number) for number in ids] if self._have(ids) else None

    def loaded(self, components: Sequence[int], body: bytes) -> Any:
        """The value in normal form. Raises BrokenCacheError where a component is missing."""
        if len(self._loaded) > _MOST:
            self._loaded.clear()
        if not self._have(components):
            raise BrokenCacheError
        return self._unpickler.value_of(body)

    def _have(self, components: Sequence[int]) -> bool:
        """Loads these components; whether all of them are known."""
        missing = [number for number in components if number not in self._newer and number not in self._loaded]
        for number, body in self._cache.components(missing):
            self._loaded[number] = self._unpickler.value_of(body)
        return all(number in self._loaded for number in missing)


def _found(newer: Mapping[int, Any], loaded: Mapping[int, Any], number: int) -> Any:
    return newer[number] if number in newer else loaded[number]


_PAGE: Final = ("url", "title", "language", "description", "source", "feed", "texts")


def differing(before: Page, now: Page) -> Iterator[str]:
    """The names of the fields in which two pages differ: the page's own, then its view's."""
    yield from (name for name in _PAGE if getattr(before, name) != getattr(now, name))
    if type(before.view) is type(now.view):
        names = (one.name for one in fields(now.view))
        yield from (name for name in names if getattr(before.view, name) != getattr(now.view, name))
