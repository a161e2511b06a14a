"""Indexes of the diary: entries by date, target, tag, author and policy, and the neighbours of each entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import TypeVar

from generator.ground.dates import Day
from generator.ground.frozen import frozen
from generator.ground.pinyin import NameReader
from generator.model.content import Entry, Target

K = TypeVar("K", Day, tuple[int, int], str)

Entries = tuple[Entry, ...]


@frozen
class Neighbours:
    """The entries before and after one entry."""

    previous: Entry | None
    """None for the first."""
    next: Entry | None
    """None for the last."""


@frozen(kw_only=True)
class Indexes:
    """Entries by what they are looked up by; every tuple is in the order of the diary."""

    by_day: Mapping[Day, Entries] = field(default_factory=dict)
    """An entry over several days is listed under each of them."""
    by_month: Mapping[tuple[int, int], Entries] = field(default_factory=dict)
    by_target: Mapping[str, Entries] = field(default_factory=dict)
    by_tag: Mapping[str, Entries] = field(default_factory=dict)
    """In the order of how tags are read."""
    by_author: Mapping[str, Entries] = field(default_factory=dict)
    """By an author as entries write them."""
    by_policy: Mapping[str, Entries] = field(default_factory=dict)
    """By a policy's id, the entries in which it was handed over."""
    children: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    """Targets by their parent's id."""


def indexed(entries: Sequence[Entry], targets: Sequence[Target], names_read: NameReader) -> Indexes:
    """All indexes of a diary whose ``entries`` are in its order."""
    by_tag = _by(entries, lambda entry: entry.tags)
    children: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        if target.parent is not None:
            children[target.parent].append(target)
    return Indexes(
        by_day=_by(entries, lambda entry: entry.span),
        by_month=_by(entries, lambda entry: dict.fromkeys((day.year, day.month) for day in entry.span)),
        by_target=_by(entries, lambda entry: entry.targets),
        by_tag={tag: by_tag[tag] for tag in sorted(by_tag, key=names_read.place)},
        by_author=_by(entries, lambda entry: entry.authors),
        by_policy=_by(entries, lambda entry: entry.policies),
        children={parent: tuple(found) for parent, found in children.items()},
    )


def neighbours(entries: Sequence[Entry]) -> dict[str, Neighbours]:
    """For each entry's path, the entries before and after it in this sequence."""
    padded = (None, *entries, None)
    return {entry.path: Neighbours(padded[number], padded[number + 2]) for number, entry in enumerate(entries)}


def _by(entries: Iterable[Entry], keys: Callable[[Entry], Iterable[K]]) -> dict[K, Entries]:
    found: dict[K, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in keys(entry):
            found[key].append(entry)
    return {key: tuple(group) for key, group in sorted(found.items(), key=lambda pair: pair[0])}
