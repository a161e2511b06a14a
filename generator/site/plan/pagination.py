"""Lists split into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeVar

from generator.model import urls
from generator.model.content import Entry
from generator.model.lists import MonthPages, Pager

T = TypeVar("T")

FEW: Final = 3
"""Pages that are looked through as quickly as months are chosen."""


def cut(
    url: str, items: Sequence[T], size: int, *, first: int | None = None, months: MonthPages | None = None
) -> Iterator[tuple[str, Sequence[T], Pager]]:
    """The list at ``url`` split into pages of ``size`` items: URL, items and pager of each; always at least one page.

    ``first`` is the most that the first page takes, where that is fewer.
    """
    yield from _cut_at(url, items, _starts(len(items), size, first), months)


def cut_by_weight(
    url: str, items: Sequence[T], most: int, weight: Callable[[T], int]
) -> Iterator[tuple[str, Sequence[T], Pager]]:
    """The list split into pages that weigh ``most`` or hold one item; always at least one page."""
    starts, filled = [0], 0
    for at, item in enumerate(items):
        filled += weight(item)
        if filled > most and at > starts[-1]:
            starts.append(at)
            filled = weight(item)
    yield from _cut_at(url, items, starts)


def _cut_at(
    url: str, items: Sequence[T], starts: Sequence[int], months: MonthPages | None = None
) -> Iterator[tuple[str, Sequence[T], Pager]]:
    for number, (start, end) in enumerate(pairwise([*starts, len(items)]), 1):
        yield urls.numbered(url, number), items[start:end], Pager(number, len(starts), url, months)


def _starts(length: int, size: int, first: int | None) -> list[int]:
    return [0, *range(min(size, first or size), length, size)]


def month_pages(url: str, entries: Sequence[Entry], size: int, *, first: int | None = None) -> MonthPages | None:
    """The pages of a list on which its months begin; None for a list of few pages or one month."""
    starts = _starts(len(entries), size, first)
    found: dict[tuple[int, int], int] = {}
    if len(starts) > FEW:
        for number, (start, end) in enumerate(pairwise([*starts, len(entries)]), 1):
            for entry in entries[start:end]:
                found.setdefault((entry.span.start.year, entry.span.start.month), number)
    pages = tuple((*month, number) for month, number in sorted(found.items()))
    return MonthPages(url, pages) if len(pages) > 1 else None
