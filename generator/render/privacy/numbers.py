"""Finds identity numbers, mobile numbers and bank card numbers in a text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final

from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import DASHES

Hit = tuple[Kind, str, int]
"""A kind, the value in canonical form, and its offset in the searched text."""

LEAST: Final = 11
"""The number of digits of the shortest of these numbers."""

_CHAIN = re.compile(rf"[0-9]++(?:(?: ?[.·){DASHES}] ?| )[0-9]++)*+(?: ?[{DASHES}]? ?[x×х](?![a-z0-9]))?")
_UNIT = re.compile(
    r"(?:\.[0-9]++)? ?(?:元|万|亿|余|吨|斤|千克|公斤|克|平方|立方|公里|千米|米|千瓦|毫米|厘米|mm|cm|度(?!假)|rmb|yuan)"
)
_GROUP = re.compile(r"([0-9]+)([^0-9]*)")
_HEX = re.compile("[0-9a-f]{16,}+")
_HEX_DIGITS: Final = frozenset("0123456789abcdef")
_CENTURY = re.compile("19|20")

_CODES = """
    11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46
    50 51 52 53 54 61 62 63 64 65 71 81 82 83 91
"""
_PROVINCES: Final = frozenset(_CODES.split())
"""The first two digits of codes of administrative divisions (GB/T 2260), 83 for residence permits, 91 for abroad."""
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"

_MOBILE_SHAPES: Final = ((11,), (3, 8), (7, 4), (3, 4, 4), (3, 3, 5), (4, 4, 3), (3, 2, 2, 2, 2))
_ALIKE_SHAPES: Final = ((3, 3, 5), (4, 4, 3))
"""Shapes that a range of years or a row of counts can have, too. They count only with the same separator throughout."""
_OLD_SHAPES: Final = ((15,), (6, 6, 3), (4, 4, 4, 3), (5, 5, 5), (3, 3, 3, 3, 3))


def numbers(text: str) -> Iterator[Hit]:
    """Every private number in text that is folded, with white space collapsed."""
    for chain in _CHAIN.finditer(text):
        if chain.end() - chain.start() >= LEAST:
            for hit in _in_chain(chain[0], chain.start()):
                if not _is_in_hash(text, hit[2]) and not _is_amount(text, hit):
                    yield hit


def _is_in_hash(text: str, place: int) -> bool:
    """Whether the digit at ``place`` is part of a hash: a long run of hexadecimal digits with letters in it."""
    start = place
    while start > max(0, place - 128) and text[start - 1] in _HEX_DIGITS:
        start -= 1
    word = _HEX.match(text, start)
    # A number with letters only before or after it is no hash.
    return word is not None and not word[0].strip("abcdef").isdecimal()


def _is_amount(text: str, hit: Hit) -> bool:
    """Whether eleven digits are an amount: a unit follows them directly."""
    kind, value, start = hit
    if kind is not Kind.MOBILE:
        return False
    end, left = start, len(value)
    while left:
        left -= text[end].isdigit()
        end += 1
    return _UNIT.match(text, end) is not None


def _in_chain(chain: str, start: int) -> Iterator[Hit]:
    found = [(match[1], match[2], start + match.start()) for match in _GROUP.finditer(chain)]
    groups = [group for group, _, _ in found]
    gaps = [gap.strip() for _, gap, _ in found]
    taken = 0
    for first, group in enumerate(groups):
        # None of these numbers begins with one or two digits, unless it stands digit by digit from here on.
        is_short = len(group) < 3 and not (len(group) == 1 and (not first or len(groups[first - 1]) > 1))
        if first < taken or is_short:
            continue
        for kind, search in _SEARCHES:
            if hit := search(groups, gaps, first):
                value, taken = hit
                yield kind, value, found[first][2] + len(group) - len(unprefixed(group))
                break


def unprefixed(group: str) -> str:
    """A mobile number without the country code; other digits unchanged."""
    bare = group.removeprefix("00")
    if len(group) == 12 and group[:2] == "01" and group[2] in "3456789":
        # This is how it is dialled from a landline in another city.
        return group[1:]
    if len(bare) == 13 and bare[:3] == "861" and bare[3] in "3456789":
        return bare[2:]
    return group


def _mobile(groups: list[str], gaps: list[str], first: int) -> tuple[str, int] | None:
    if one_by_one := _digit_by_digit(groups, gaps, first):
        return one_by_one, first + LEAST
    opening = unprefixed(groups[first])
    if opening[0] != "1" or opening[1:2] not in tuple("3456789"):
        return None
    for shape in _MOBILE_SHAPES:
        end = first + len(shape)
        window = [opening, *groups[first + 1 : end]]
        if tuple(map(len, window)) == shape and not _is_count(shape, gaps[first : end - 1]):
            return "".join(window), end
    return None


def _digit_by_digit(groups: list[str], gaps: list[str], first: int) -> str:
    """A mobile number of exactly eleven single digits with equal separators; empty for anything else."""
    window = groups[first : first + LEAST]
    around = [*groups[max(0, first - 1) : first], *groups[first + LEAST : first + LEAST + 1]]
    if [len(one) for one in window] != [1] * LEAST or any(len(one) == 1 for one in around):
        return ""
    value = "".join(window)
    is_one = value[0] == "1" and value[1] in "3456789" and len(set(gaps[first : first + LEAST - 1])) == 1
    return value if is_one else ""


def _is_count(shape: tuple[int, ...], gaps: list[str]) -> bool:
    """Whether digits in this shape are a fraction, a range of years or a row of counts."""
    return (len(shape) == 2 and gaps == ["."]) or (shape in _ALIKE_SHAPES and gaps[0] != gaps[1])


def _identity(groups: list[str], gaps: list[str], first: int) -> tuple[str, int] | None:
    # The first group holds at least half of the division's code; days and months in a row are shorter.
    if groups[first][:2] not in _PROVINCES or len(groups[first]) < 3:
        return None
    value, shape = "", []
    for end in range(first, min(first + 9, len(groups))):
        value += groups[end]
        shape.append(len(groups[end]))
        has_x = end == len(groups) - 1 and gaps[end].endswith(("x", "×", "х"))
        if len(value) > 18:
            return None
        if len(value) == 17 and has_x:
            value += "X"
        if (len(value) == 18 and is_identity(value)) or (tuple(shape) in _OLD_SHAPES and not has_x and _is_old(value)):
            return value, end + 1
    return None


def is_identity(value: str) -> bool:
    """Whether eighteen characters are a resident identity number (GB 11643-1999): division, birthday, check digit."""
    if value[:2] not in _PROVINCES or not _CENTURY.match(value[6:8]) or not _is_day(value[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, value[:17], strict=True))
    return _CHECKS[total % 11] == value[17]


def _is_old(value: str) -> bool:
    return len(value) == 15 and _is_day("19" + value[6:12])


def _is_day(digits: str) -> bool:
    try:
        datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def _card(groups: list[str], gaps: list[str], first: int) -> tuple[str, int] | None:
    """A card number without separators, or in groups of four that are not part of a longer list of such groups."""
    opening, gap = groups[first], gaps[first]
    if opening[0] not in "3456":
        return None
    if len(opening) >= 16:
        is_fraction = first > 0 and gaps[first - 1] == "."
        return (opening, first + 1) if is_card(opening) and not is_fraction else None
    if gap in (".", "·") or (first > 0 and len(groups[first - 1]) == 4 and gaps[first - 1] == gap):
        return None
    if any(len(group) != 4 for group in groups[first : first + 4]) or gaps[first : first + 3] != [gap] * 3:
        return None
    more = groups[first + 4 : first + 5] if gaps[first + 3 : first + 4] == [gap] else []
    if more and len(more[0]) == 4:
        return None
    for end in (first + 5, first + 4) if more else (first + 4,):
        value = "".join(groups[first:end])
        if is_card(value):
            return value, end
    return None


def is_card(digits: str) -> bool:
    """Whether these are 16 to 19 digits that pass the check of ISO/IEC 7812-1, annex B (Luhn)."""
    if not 16 <= len(digits) <= 19:
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


_SEARCHES: Final = ((Kind.IDENTITY, _identity), (Kind.MOBILE, _mobile), (Kind.CARD, _card))
