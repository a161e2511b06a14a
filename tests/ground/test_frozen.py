"""Our frozen dataclasses behave like the standard library's."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any, Generic, TypeVar

import pytest

from generator.ground.frozen import frozen

T = TypeVar("T")


@frozen
class Plain:
    """Fields with and without defaults."""

    one: int
    two: str = "b"
    many: list[int] = field(default_factory=list)


@frozen(kw_only=True)
class Named(Plain):
    """One more field, which is keyword-only."""

    three: tuple[str, ...] = ()


@frozen(order=True)
class Ordered:
    """Values that can be sorted."""

    one: int
    two: int


@frozen
class Single(Generic[T]):
    """One field, and a ``__repr__`` of its own."""

    one: T

    def __repr__(self) -> str:
        return f"<{self.one}>"


@frozen
class Empty:
    """No field."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """``Plain``, made by the standard library."""

    one: int
    two: str = "b"
    many: list[int] = field(default_factory=list)


VALUES = (Plain(1), Plain(1, "c", [2]), Named(1, three=("d",)), Ordered(1, 2), Single(1), Single((1, 2)), Empty())


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_as_it_was_sent(value: Any) -> None:
    again = pickle.loads(pickle.dumps(value, 5))
    assert again == value
    assert type(again) is type(value)
    assert replace(value) == value
    assert is_dataclass(value)


def test_it_is_a_dataclass_like_any() -> None:
    mine, theirs = Plain(1, two="c"), Theirs(1, two="c")
    assert repr(mine) == repr(theirs).replace("Theirs", "Plain")
    assert [(one.name, one.type) for one in fields(mine)] == [(one.name, one.type) for one in fields(theirs)]
    assert replace(mine, one=2) == Plain(2, "c")
    assert mine.__match_args__ == theirs.__match_args__
    assert mine.many is not Plain(1).many
    assert repr(Single(1)) == "<1>"


def test_values_are_equal_by_kind_and_fields() -> None:
    assert Plain(1) == Plain(1)
    assert Plain(1) != Plain(2)
    assert Plain(1) != Theirs(1)  # type: ignore[comparison-overlap]
    assert Named(1) != Plain(1)
    assert Empty() == Empty()
    assert len({Ordered(1, 2), Ordered(1, 2), Ordered(2, 1)}) == 2
    with pytest.raises(TypeError):
        hash(Plain(1))


def test_values_are_sorted_by_their_fields() -> None:
    assert sorted([Ordered(2, 1), Ordered(1, 2), Ordered(1, 1)]) == [Ordered(1, 1), Ordered(1, 2), Ordered(2, 1)]
    assert Ordered(1, 1) <= Ordered(1, 1)
    assert Ordered(2, 0) > Ordered(1, 9)
    assert Ordered(2, 0) >= Ordered(2, 0)
    with pytest.raises(TypeError):
        assert Ordered(1, 2) < (1, 3)  # type: ignore[operator]


@pytest.mark.parametrize("name", ["one", "another"])
def test_nothing_of_it_changes(name: str) -> None:
    value = Plain(1)
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, 2)
    with pytest.raises(FrozenInstanceError):
        delattr(value, name)
    assert value == Plain(1)


@pytest.mark.parametrize(
    "wrong",
    [lambda: Plain(two="b"), lambda: Plain(1, "b", [], 4), lambda: Plain(1, four=4), lambda: Named(1, "b", [], ())],  # type: ignore[call-arg]
)
def test_wrong_arguments_are_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        wrong()
