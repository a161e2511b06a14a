"""What a page sees, told in bytes: equal bytes, equal page. The same telling says what differs.

A value of the model is told as the builtin values that it is made of; what many pages share, such as a row, is
told once and then named by its fingerprint. ``marshal`` writes builtin values alike whatever they are part of
(format 2, which knows no references).
"""

from __future__ import annotations

import datetime
import marshal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, Final

from generator.ground.fingerprint import SIZE, fingerprint
from generator.model import views
from generator.model.pages import Page
from generator.model.prose import Text

_FORMAT: Final = 2
_PLAIN: Final = frozenset((str, int, bool, bytes, type(None)))
_SHARED: Final = frozenset((views.Row, views.TargetRow, views.KindBlock, views.MonthGrid, views.YearBlock))
_LARGE: Final = 4096
"""Bytes; what is longer is kept as its fingerprint, and then nobody can say what in it differs."""

_PAGE: Final = tuple(one.name for one in fields(Page) if one.name not in ("view", "texts"))


class Telling:
    """Tells the pages of one plan."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        """What was told of shared values, by their identity: they live as long as the plan."""
        self._getters: dict[type, Callable[[Any], Any]] = {}

    def page(self, page: Page) -> bytes:
        """Everything that a page holds but the prose of its texts."""
        told = marshal.dumps((*map(self._told, _of_page(page)), self._told(page.view)), _FORMAT)
        return told if len(told) < _LARGE else fingerprint(told)

    def _told(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple:
            return tuple(map(self._told, value)) if value else ()
        if kind in _SHARED:
            known = self._known.get(id(value))
            if known is None:
                body = marshal.dumps(tuple(map(self._told, self._fields(kind)(value))), _FORMAT)
                known = self._known[id(value)] = fingerprint(body)
            return known
        return self._other(value, kind)

    def _other(self, value: Any, kind: type) -> Any:
        if kind is Text:
            # Its references are told by what they lead to, its prose by the fingerprint of its source.
            return (value.path, value.is_empty)
        if kind is views.EntryDataView:
            return (value.mark, *(self._told(row) for row in value.rows))
        if isinstance(value, datetime.date):
            return value.isoformat()
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, Mapping):
            return tuple((self._told(key), self._told(one)) for key, one in value.items())
        if isinstance(value, list | tuple):
            return tuple(map(self._told, value))
        return tuple(map(self._told, self._fields(kind)(value)))

    def _fields(self, kind: type) -> Callable[[Any], Any]:
        getter = self._getters.get(kind)
        if getter is None:
            names = [one.name for one in fields(kind)]
            single = attrgetter(*names) if names else (lambda _: ())
            getter = self._getters[kind] = single if len(names) != 1 else (lambda value: (single(value),))
        return getter


_of_page: Final = attrgetter(*_PAGE)


def differing(before: bytes, now: bytes, page: Page) -> Iterator[str]:
    """The names of what a page shows otherwise than before; none where that can no longer be said."""
    if SIZE in (len(before), len(now)):
        return
    try:
        old, new = marshal.loads(before), marshal.loads(now)  # noqa: S302 - our own, unchanged
    except (ValueError, EOFError, TypeError):
        return
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return
    names = [one.name for one in fields(page.view)]
    for name, one, other in zip(_PAGE, old, new, strict=False):
        if one != other:
            yield name
    if isinstance(old[-1], tuple) and isinstance(new[-1], tuple):
        for name, one, other in zip(names, old[-1], new[-1], strict=False):
            if one != other and name not in _PAGE:
                yield name
