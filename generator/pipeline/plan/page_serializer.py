"""What a page sees, told in bytes: equal bytes, equal page. The same telling says what differs.

A value of the model is told as the builtin values that it is made of; what many pages share, such as a row, is
told once and then named by its fingerprint. ``marshal`` writes builtin values alike whatever they are part of
(format 2, which knows no references).
"""

from __future__ import annotations

import datetime
import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from enum import Enum
from operator import attrgetter
from typing import Any, Final

from generator.ground.fingerprint import fingerprint
from generator.model import components, views
from generator.model.pages import Page
from generator.model.prose import Text

_FORMAT: Final = 2
_PLAIN: Final = frozenset((str, int, bool, bytes, type(None)))
_SHARED: Final = frozenset(
    (
        components.Link,
        components.Row,
        components.Line,
        components.Body,
        components.TargetRow,
        components.KindBlock,
        components.MonthGrid,
        components.YearBlock,
        components.Pager,
        components.RequestRow,
        components.Figure,
        components.Picture,
    )
)
"""What many pages show: told once, then named by its fingerprint.

None of them holds the Row, Line or Link of an entry, but for these themselves: so what is told of a page shows
whether it holds one.
"""

_PAGE: Final = tuple(one.name for one in fields(Page) if one.name not in ("view", "texts"))
_of_page: Final = attrgetter(*_PAGE, "view")

Tell = Callable[["Telling", Any], Any]
"""How a value of some type is told in builtin values."""


class Telling:
    """Tells the pages of one plan, one after the other; none of them need live longer than that takes."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        """What was told of values that pages share, by their identity."""
        self._held: list[Any] = []
        """Those values, so that no other has the identity of one."""

    def page(self, page: Page) -> bytes:
        """Everything that a page holds but the prose of its texts."""
        return marshal.dumps(self.all(_of_page(page)), _FORMAT)

    def sign(self, value: components.Row | components.Line | components.Link) -> bytes:
        """What stands for a value that pages share in what is told of them."""
        told: bytes = self._known.get(id(value)) or self._one(value)
        return told

    def value(self, value: Any) -> bytes:
        """The fingerprint of everything that a value of the model holds but the prose of its texts."""
        return fingerprint(marshal.dumps(self.all((value,)), _FORMAT))

    def all(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Values in builtin ones."""
        # Most values are plain, empty or shared: those take no call.
        known, one = self._known, self._one
        return tuple(
            [value if type(value) in _PLAIN or not value else known.get(id(value)) or one(value) for value in values]
        )

    def _one(self, value: Any) -> Any:
        kind = type(value)
        told = (_tell.get(kind) or _learnt(kind))(self, value)
        if kind in _SHARED:
            told = self._known[id(value)] = fingerprint(marshal.dumps(told, _FORMAT))
            self._held.append(value)
        return told


_tell: Final[dict[type, Tell]] = {
    tuple: Telling.all,
    list: Telling.all,
    # Its references are told by what they lead to, its prose by the fingerprint of its source.
    Text: lambda _, text: (text.path, text.is_empty),
    # What entries say is told by its fingerprints.
    views.EntryDataView: lambda telling, view: (view.marks, telling.all(view.rows)),
}


def _learnt(kind: type) -> Tell:
    """How a type is told that was not met before."""
    if issubclass(kind, datetime.date):
        tell: Tell = lambda _, value: value.isoformat()  # noqa: E731
    elif issubclass(kind, Enum):
        tell = lambda _, value: value.value  # noqa: E731
    elif issubclass(kind, Mapping):
        tell = lambda telling, value: telling.all(value.items())  # noqa: E731
    else:
        tell = _by_fields(kind)
    _tell[kind] = tell
    return tell


def _by_fields(kind: type) -> Tell:
    names = [one.name for one in fields(kind)]
    if len(names) < 2:
        return lambda telling, value: telling.all([getattr(value, name) for name in names])
    get = attrgetter(*names)
    return lambda telling, value: telling.all(get(value))


def differing(before: bytes, now: bytes, page: Page) -> Iterator[str]:
    """The names of what a page shows otherwise than before; none where that can no longer be said."""
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
