"""Rows of pictures with captions below them: which picture each caption is about, by its number or its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers.date_words import NUMBER, folded, number

_NUMBERED: Final = re.compile(rf"[(\[▲△▼\s]*(?:附?图|图片|照片)\s?[(\[]?(?:\d{{1,2}}\s?[-.–]\s?)?(?P<number>{NUMBER})")
_PLACED: Final = re.compile(r"[(\[▲△▼\s]*(?P<place>[左上中右下])图")
_PARTS: Final = re.compile(
    r"[左中右上下]图|[(\[][左中右上下][)\]]|(?:(?<=[;,。、\s|/(\[])|^)图\s?(?:[一二三四五六七八九]|[1-9]\d?)"
)
"""What begins, or in brackets ends, what one caption says of each of several pictures; not 如图2."""
_EDGES: Final = " \u3000;；,，、。.|/"


@frozen(kw_only=True)
class Row:
    """Pictures, and several captions below the last of them."""

    pictures: tuple[int, ...]
    """The positions of their pieces."""
    captions: tuple[int, ...]
    is_together: bool
    """Whether nothing stands between the pictures."""


def rows_of(lines: Sequence[str | int]) -> Iterator[Row]:
    """The rows of a text, of which each line is a caption, the number of its pictures without one, or empty."""
    bare: list[int] = []
    at = 0
    while at < len(lines):
        pictures = [*takewhile(lambda one: isinstance(lines[one], int), range(at, len(lines)))]
        rest = range(at + len(pictures), len(lines) if pictures else at)
        below = takewhile(lambda one: lines[one] and isinstance(lines[one], str), rest)
        captions = [one for one in below if lines[one] != lines[one - 1]]
        if row := _row(lines, bare, pictures, captions):
            yield row
            bare = []
        else:
            bare += pictures[: max(0, len(pictures) - len(captions))]
        at = max([at, *pictures, *captions]) + 1


def _row(
    lines: Sequence[str | int], bare: Sequence[int], pictures: Sequence[int], captions: Sequence[int]
) -> Row | None:
    count = sum(int(lines[one]) for one in pictures)
    is_numbered = all(_NUMBERED.match(folded(str(lines[one]))) for one in captions)
    # More captions than pictures right above them are about those further above, too, if they have numbers.
    above = bare[count - len(captions) :] if is_numbered and len(captions) > count else ()
    if len(captions) < 2 or count + len(above) < 2:
        return None
    return Row(pictures=(*above, *pictures), captions=tuple(captions), is_together=not above)


def targets(captions: Sequence[str], count: int) -> tuple[int | None, ...]:
    """Which of so many pictures each caption is about, from 0 on; by the order of both where no numbers say it."""
    numbers = [_number(one, count) for one in captions]
    said = [one for one in numbers if one is not None]
    if len({*said}) == len(captions):
        first = 1 if min(said) >= 1 and max(said) <= count else min(said)
        found = tuple(one - first if one - first < count else None for one in said)
        if None not in found or len(captions) > count:
            return found
    return tuple(at if at < count else None for at in range(len(captions)))


def are_sure(captions: Sequence[str], count: int) -> bool:
    """Whether numbers or places say of each of so many pictures which caption is its own."""
    said = [one for caption in captions if (one := _number(caption, count)) is not None]
    return len(captions) == count and sorted(said) == [*range(min(said, default=0), min(said, default=0) + count)]


def _number(caption: str, count: int) -> int | None:
    line = folded(caption)
    if found := _NUMBERED.match(line):
        return number(found["number"])
    place = _PLACED.match(line)
    return {"左": 1, "上": 1, "中": 2, "右": count, "下": count}[place["place"]] if place and count <= 3 else None


def numbered_in(caption: str) -> int:
    """Of how many pictures one caption speaks by their numbers."""
    return sum(one[0].startswith("图") for one in _PARTS.finditer(folded(caption)))


def said_of_each(caption: str) -> tuple[str, ...]:
    """What one caption says of each of several pictures: 左图为会场，右图为走访; nothing where it speaks of one."""
    line = folded(caption)
    found = [*_PARTS.finditer(line)]
    if len(found) < 2 or len(line) != len(caption):
        return ()
    # In brackets, it stands behind what it is about.
    if all(line[one.start() - 1 : one.start()] in ("(", "[") or one[0][0] in "([" for one in found):
        closed = [re.compile(r"[)\]]?").match(line, one.end()) for one in found]
        ends = [one.end() for one in closed if one]
        begins = [0, *ends[:-1]]
        ends[-1] = len(line)
    else:
        begins = [0, *(one.start() for one in found[1:])]
        ends = [*begins[1:], len(line)]
    return tuple(caption[begin:end].strip(_EDGES) for begin, end in zip(begins, ends, strict=True))
