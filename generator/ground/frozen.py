"""Frozen values that travel fast: between processes, and into the cache and out of it again.

A frozen dataclass with slots is pickled field by field in Python, and looks its fields up each time. Here a value
goes as the tuple of its fields, and comes back through its slots.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

_getters: Final[dict[type, Callable[[Any], tuple[Any, ...]]]] = {}
_setters: Final[dict[type, tuple[Callable[[Any, Any], None], ...]]] = {}


class Frozen:
    """What a frozen dataclass with slots inherits to be pickled as the tuple of its fields."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        kind = type(self)
        get = _getters.get(kind)
        if get is None:
            names = _names(kind)
            get = _getters[kind] = attrgetter(*names) if len(names) > 1 else _one_by_one(names)
        return restored, (kind, *get(self))


def restored(kind: type, *values: Any) -> Any:
    """The value of this kind with these fields; nothing is checked again."""
    put = _setters.get(kind)
    if put is None:
        put = _setters[kind] = tuple(getattr(kind, name).__set__ for name in _names(kind))
    value: Any = object.__new__(kind)
    for one, field in zip(put, values, strict=True):
        one(value, field)
    return value


def _names(kind: type) -> tuple[str, ...]:
    return tuple(name for base in reversed(kind.__mro__) for name in getattr(base, "__slots__", ()))


def _one_by_one(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda value: tuple(getattr(value, name) for name in names)
