"""What has to change in the YAML of a file for it to say something else: as few and as small changes as possible."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from generator.ground.errors import Field
from generator.ground.frozen import frozen
from generator.read.yaml_tree import Tree
from generator.tools.write.yaml_styles import cleaned

NAMED: Final[Field] = ("counters",)
"""The mapping whose keys say something without a value."""


@frozen
class Put:
    """A value that takes the place of another one."""

    place: Field
    value: Tree


@frozen
class Insert:
    """A new value: under a new key, or as an item of a list before the one that stands there."""

    place: Field
    value: Tree
    after: str | None = None
    """The key that a new key stands behind; None for the end, and for an item."""
    is_first: bool = False
    """Whether a new key stands before all others."""


@frozen
class Remove:
    """A key or an item that goes, with its value."""

    place: Field


@frozen
class Rename:
    """A key that becomes another one, with the same value."""

    place: Field
    key: str


Change = Put | Insert | Remove | Rename


def changes(old: Tree, new: Tree, place: Field) -> Iterator[Change]:
    """What makes ``new``, which is cleaned, of ``old``; each is to be made before the next one."""
    if cleaned(old) == new or (old is None and new == {}):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old:
        yield from _of_mapping(old, new, place)
    elif isinstance(old, list) and isinstance(new, list) and old:
        yield from _of_list(old, new, place)
    else:
        yield Put(place, new)


def _of_mapping(old: Mapping[str, Tree], new: Mapping[str, Tree], place: Field) -> Iterator[Change]:
    if (renamed := _renamed(old, new)) is not None:
        yield Rename((*place, renamed[0]), renamed[1])
        return
    kept = [key for key in old if key in new or (cleaned(old[key]) is None and place != NAMED)]
    if not kept:
        yield Put(place, dict(new))
        return
    for key in old:
        if key not in kept:
            yield Remove((*place, key))
        elif key in new:
            yield from changes(old[key], new[key], (*place, key))
    for key in new:
        if key not in old:
            yield Insert((*place, key), new[key])


def _renamed(old: Mapping[str, Tree], new: Mapping[str, Tree]) -> tuple[str, str] | None:
    """The one key that has another name now, where nothing else is another."""
    pairs = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
    if len(old) != len(new) or len(pairs) != 1 or pairs[0][1] in old:
        return None
    same = all(cleaned(old[one]) == cleaned(new[other]) for one, other in zip(old, new, strict=True))
    return pairs[0] if same else None


def _of_list(old: Sequence[Tree], new: Sequence[Tree], place: Field) -> Iterator[Change]:
    """From the end, so that the numbers of the items before stay."""
    left, right = ([json.dumps(cleaned(item), sort_keys=True) for item in items] for items in (old, new))
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    if all(step[0] != "equal" for step in steps) and not any(isinstance(item, dict) for item in old):
        yield Put(place, list(new))
        return
    for what, first, last, new_first, new_last in reversed(steps):
        if what == "equal":
            continue
        paired = min(last - first, new_last - new_first)
        for number in reversed(range(first + paired, last)):
            yield Remove((*place, number))
        for item in reversed(new[new_first + paired : new_last]):
            yield Insert((*place, first + paired), item)
        for number in reversed(range(paired)):
            yield from changes(old[first + number], new[new_first + number], (*place, first + number))


def changed(tree: dict[str, Tree], change: Change) -> dict[str, Tree]:
    """The tree with a change made in it."""
    if not change.place:
        assert isinstance(change, Put)
        assert isinstance(change.value, dict)
        return change.value
    result = copy.deepcopy(tree)
    above: Tree = result
    for step in change.place[:-1]:
        above = above[step]  # type: ignore[index]
    last = change.place[-1]
    if isinstance(above, list):
        assert isinstance(last, int)
        assert not isinstance(change, Rename)
        above[last : last + (not isinstance(change, Insert))] = [] if isinstance(change, Remove) else [change.value]
    else:
        assert isinstance(above, dict)
        match change:
            case Remove():
                above.pop(str(last))
            case Rename():
                items = [(change.key if key == last else key, value) for key, value in above.items()]
                above.clear()
                above.update(items)
            case _:
                above[str(last)] = change.value
    return result
