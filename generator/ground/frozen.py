"""The decorator ``frozen``: immutable dataclasses that are fast to create, compare and pickle.

The standard library generates six functions for each frozen dataclass when a program starts; for all of our classes
this takes longer than reading a site. It also sets each field through ``object.__setattr__``, and pickles a value
with slots field by field. Here only ``__init__`` is generated, it fills the slots directly, and a value is pickled as
the tuple of its fields. The result is a dataclass for ``dataclasses.fields``, ``replace`` and ``is_dataclass``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, Final, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")

_setters: Final[dict[type, tuple[Callable[[Any, Any], None], ...]]] = {}


@overload
def frozen(kind: type[T], /) -> type[T]: ...
@overload
def frozen(*, kw_only: bool = False, order: bool = False) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: Any = None, /, *, kw_only: bool = False, order: bool = False) -> Any:
    """Makes a class a frozen dataclass with slots. With ``order``, values compare as the tuples of their fields."""
    if kind is None:
        return lambda other: _frozen(other, kw_only=kw_only, order=order)
    return _frozen(kind, kw_only=kw_only, order=order)


def _frozen(kind: type, *, kw_only: bool, order: bool) -> Any:
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(kind)
    own = fields(made)
    names = tuple(one.name for one in own)
    values: Callable[[Any], tuple[Any, ...]] = (
        operator.attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    )
    _setters[made] = tuple(getattr(made, name).__set__ for name in names)

    def same(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def shown(self: Any) -> str:
        return f"{made.__qualname__}({', '.join(map('{}={!r}'.format, names, values(self)))})"

    methods: dict[str, Callable[..., Any]] = {
        "__init__": _init(made, own),
        "__eq__": same,
        "__hash__": lambda self: hash(values(self)),
        "__repr__": shown,
        "__reduce__": lambda self: (restored, (made, *values(self))),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    if order:
        methods |= {name: _ordered(values, name) for name in ("__lt__", "__le__", "__gt__", "__ge__")}
    for name, method in methods.items():
        if name == "__init__" or name not in kind.__dict__:
            setattr(made, name, method)
    return made


def restored(kind: type, *values: Any) -> Any:
    """A value of this class with these fields, as unpickling makes it; ``__init__`` does not run."""
    value: Any = object.__new__(kind)
    for put, one in zip(_setters[kind], values, strict=True):
        put(value, one)
    return value


def _init(made: type, own: tuple[Field[Any], ...]) -> Callable[..., None]:
    """The class's ``__init__``. Its arguments are in the order of the fields, keyword-only ones last."""
    given: dict[str, Any] = {f"put_{one.name}": getattr(made, one.name).__set__ for one in own}
    given["MISSING"] = MISSING
    plain = [_argument(one, given) for one in own if not one.kw_only]
    named = [_argument(one, given) for one in own if one.kw_only]
    arguments = ", ".join(["self", *plain, *(["*", *named] if named else [])])
    body = "\n".join(f" put_{one.name}(self, {_value(one)})" for one in own)
    exec(f"def __init__({arguments}):\n{body or ' pass'}", given)  # noqa: S102 - as the standard library does
    init: Callable[..., None] = given["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _argument(one: Field[Any], given: dict[str, Any]) -> str:
    if one.default is not MISSING:
        given[f"default_{one.name}"] = one.default
        return f"{one.name}=default_{one.name}"
    if one.default_factory is not MISSING:
        given[f"make_{one.name}"] = one.default_factory
        return f"{one.name}=MISSING"
    return one.name


def _value(one: Field[Any]) -> str:
    if one.default_factory is not MISSING:
        return f"make_{one.name}() if {one.name} is MISSING else {one.name}"
    return one.name


def _ordered(values: Callable[[Any], tuple[Any, ...]], name: str) -> Callable[..., Any]:
    compare = getattr(operator, name)

    def ordered(self: Any, other: object) -> Any:
        return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    return ordered


def _refuse(self: object, name: str, _value: object = None) -> NoReturn:
    raise FrozenInstanceError(type(self).__qualname__, name)
