"""Finds identity numbers, mobile numbers and bank card numbers in a text."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from generator.ground.patterns import deferred
from generator.render.privacy.context import is_another, is_said
from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import DASHES

Hit = tuple[Kind, str, int]
"""A kind, the value in canonical form, and its offset in the searched text."""

LEAST: Final = 11
"""The number of digits of the shortest of these numbers."""
_SUMS: Final = frozenset("+#＃★☆")
"""Signs of sums and lists: a number in parts that they divide needs a word next to it."""
ODD_SIGNS: Final = f"/／，、_~|*:：{''.join(sorted(_SUMS))}"
"""Signs that may divide a number only if all its parts are divided by the same, and nothing else is."""

_CHAIN = deferred(
    rf"[0-9]++(?>(?:(?: ?[.·()（）\[\]【】{DASHES}{ODD_SIGNS}]{{1,2}} ?| )[0-9]++)*)"
    # The number of a disability certificate has two digits more than that of its holder.
    rf"(?: ?[{DASHES}]? ?[x×х](?:(?![a-z0-9])|(?=[1-7][1-4](?![0-9]))))?"
)
_GROUP = deferred(r"([0-9]+)([^0-9]*)")
_BEGINNINGS: Final = {
    length: deferred(pattern)
    for length, pattern in (
        (1, "1[3-9][0-9]{9}|[1-9][0-9]{5}(?:19|20)|62"),
        (2, "1[3-9][0-9]{9}"),
        (3, "1[3-9][0-9]{9}|[1-9][0-9]{5}(?:19|20|[0-9]{2}(?:0[1-9]|1[0-2]))"),
    )
}
"""How the digits go on, whatever divides them, where one of these numbers begins with a group of one to three."""
_HEX = deferred("[0-9a-f]{16,}+")
_HEX_DIGITS: Final = frozenset("0123456789abcdef")
_CENTURY = deferred("19|20")
_YEARS = deferred("(?:19|20)[0-9]{2}")
_MORE = deferred("[1-7][1-4]")
"""Category and level of a disability (GB/T 26341), behind the identity number in the certificate's."""
_LINK = deferred(r"""https?://(?>(?:[!#-;=?-~]|[^\W_]++(?=[/?&=#]))+)""")
_LONGEST_LINK: Final = 2000

_CODES = """
    11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46
    50 51 52 53 54 61 62 63 64 65 71 81 82 83 91
"""
_PROVINCES: Final = frozenset(_CODES.split())
"""The first two digits of codes of administrative divisions (GB/T 2260), 83 for residence permits, 91 for abroad."""
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"

_MOBILE_SHAPES: Final = ((3, 8), (7, 4), (3, 4, 4), (3, 3, 5), (4, 4, 3), (3, 2, 2, 2, 2))
_ALIKE_SHAPES: Final = ((3, 3, 5), (4, 4, 3))
"""Shapes that a range of years or a row of counts can have, too. They count only with the same separator throughout."""
_TOLL_FREE: Final = frozenset({"800", "833", "844", "855", "866", "877", "888"})
"""The second group of a toll-free number of North America, 1-800-345-5588, which has as many digits as a mobile one."""
_OLD_SHAPES: Final = ((15,), (6, 6, 3), (4, 4, 4, 3), (5, 5, 5), (3, 3, 3, 3, 3))
_ISSUERS = deferred(
    "[3-6]|22(?:0[0-4]|2[1-9]|[3-9])|2[3-6]|27(?:[01]|20)|103|18572|8[12]|843|870|9003|90592|9111|9400|955|966666|96828|"
    "9688|9792|984|9896|9988|999999"
)
"""How numbers of bank cards begin: ISO/IEC 7812 for banks, the newer ranges of UnionPay, Mastercard, Mir, RuPay and
Troy, and what Chinese banks issued before they had numbers beginning with 62."""


class _Number(NamedTuple):
    value: str
    groups: int
    """How many groups of digits it takes."""
    needs_word: bool = False
    """Whether it counts only with a word next to it, since other figures look the same."""
    skipped: int = 0
    """Digits of the first group before it."""


class _Chain:
    """Groups of digits that one number may be made of."""

    def __init__(self, text: str, start: int) -> None:
        self.found = [(match[1], match[2], start + match.start()) for match in _GROUP.finditer(text)]
        self.groups = [group for group, _, _ in self.found]
        self.gaps = [gap.strip() for _, gap, _ in self.found]
        self._digits = "".join(self.groups)
        self._places = [0, *itertools.accumulate(map(len, self.groups))]
        """How many digits stand before each group."""
        self._ends = {count: number for number, count in enumerate(self._places)}

    def end(self, first: int, digits: int) -> int:
        """The group behind those that have, from ``first`` on, together this number of digits; 0 if there are none."""
        return self._ends.get(self._places[first] + digits, 0)

    def may_begin(self, first: int) -> bool:
        """Whether any number may begin with this group. Most groups of a long row of figures are no beginning."""
        length = len(self.groups[first])
        return length > 3 or _BEGINNINGS[length].match(self._digits, self._places[first]) is not None


def numbers(text: str) -> Iterator[Hit]:
    """Every private number in text that is folded, with white space collapsed."""
    for kind, value, start, _ in spans(text):
        yield kind, value, start


def spans(text: str) -> Iterator[tuple[Kind, str, int, int]]:
    """The same with the end of each."""
    for chain in _CHAIN.finditer(text):
        if chain.end() - chain.start() >= LEAST:
            yield from _in_chain(text, _Chain(chain[0], chain.start()))


def _in_chain(text: str, chain: _Chain) -> Iterator[tuple[Kind, str, int, int]]:
    taken = 0
    found = chain.found
    for first, (group, _, place) in enumerate(found):
        if first < taken or not chain.may_begin(first):
            continue
        for kind, search in _SEARCHES:
            number = search(chain, first)
            if number is None:
                continue
            begin = place + (number.skipped or len(group) - len(unprefixed(group)))
            last = found[first + number.groups - 1]
            end = last[2] + len(last[0])
            if number.value.endswith("X"):
                end += len(last[1].rstrip())
            if shown := _shown_as(kind, text, begin, end, number):
                taken = first + number.groups
                yield shown, number.value, begin, end
                break


def _shown_as(kind: Kind, text: str, start: int, end: int, number: _Number) -> Kind | None:
    """The kind of a number by what stands around it; None for no private number."""
    if link := _link_around(text, start, end):
        is_whole = text[start - 1] in "/=?&#+:" and (end == link.end() or text[end] in "/&?#.;")
        return Kind.IN_LINK if is_whole and kind is not Kind.CARD and not number.needs_word else None
    # Its check digit and birthday say enough.
    if kind is Kind.IDENTITY and not number.needs_word:
        return kind
    if _is_in_hash(text, start):
        return None
    if "/" in text[start:end] and "/" in (text[start - 1 : start], text[end : end + 1]):
        # These are parts of a path.
        return None
    if is_said(kind, text, start, end):
        return kind
    if number.needs_word or is_another(text, start, end, _ALIKE[kind]):
        return None
    return kind


def _is_in_hash(text: str, place: int) -> bool:
    """Whether the digit at ``place`` is part of a hash: a long run of hexadecimal digits with letters in it."""
    start = place
    while start > max(0, place - 128) and text[start - 1] in _HEX_DIGITS:
        start -= 1
    word = _HEX.match(text, start)
    # A number with letters only before or after it is no hash.
    return word is not None and not word[0].strip("abcdef").isdecimal()


def _link_around(text: str, start: int, end: int) -> re.Match[str] | None:
    """The http address that this part of the text belongs to."""
    begin = text.rfind("http", max(0, start - _LONGEST_LINK), start)
    link = _LINK.match(text, begin, end + 1) if begin >= 0 else None
    return link if link and link.end() >= end else None


def unprefixed(group: str) -> str:
    """A mobile number without the country code; other digits unchanged."""
    bare = group.removeprefix("00")
    if len(group) == 12 and group[:2] == "01" and group[2] in "3456789":
        # This is how it is dialled from a landline in another city.
        return group[1:]
    if len(bare) == 13 and bare[:3] == "861" and bare[3] in "3456789":
        return bare[2:]
    return group


def _mobile(chain: _Chain, first: int) -> _Number | None:
    groups, gaps = chain.groups, chain.gaps
    opening = unprefixed(groups[first])
    end = chain.end(first, len(groups[first]) - len(opening) + LEAST)
    window = [opening, *groups[first + 1 : end]] if end else []
    if not is_mobile(value := "".join(window)):
        return None
    inner, shape = gaps[first : end - 1], tuple(map(len, window))
    if len(window) == 1:
        return _Number(value, 1)
    if shape == (1, 3, 3, 4) and window[1] in _TOLL_FREE:
        return None
    around = [*groups[max(0, first - 1) : first], *groups[end : end + 1]]
    is_uniform = len(set(inner)) == 1
    if shape == (1,) * LEAST:
        return _Number(value, LEAST) if is_uniform and all(len(one) > 1 for one in around) else None
    if len(window) == 2 and inner == ["."]:
        return None
    if _has_odd_signs(inner) and not (is_uniform and _is_apart(gaps, first, end)):
        return None
    is_usual = (
        shape in _MOBILE_SHAPES
        and _SUMS.isdisjoint(inner)
        and "、" not in inner
        and (is_uniform or shape not in _ALIKE_SHAPES)
        and not _are_figures(window)
    )
    is_split = is_uniform and min(shape) > 1 and len(shape) <= 6 and any(one[0] == "0" for one in window[1:])
    return _Number(value, len(window), needs_word=not (is_usual or is_split))


def is_mobile(digits: str) -> bool:
    """Whether these are the digits of a mobile number (MIIT's numbering plan)."""
    return len(digits) == LEAST and digits[0] == "1" and digits[1] in "3456789"


def _has_odd_signs(gaps: Sequence[str]) -> bool:
    return any(sign in ODD_SIGNS for gap in gaps for sign in gap)


def _is_apart(gaps: Sequence[str], first: int, end: int) -> bool:
    """Whether the groups have other gaps around them than between them."""
    before, after = gaps[first - 1 : first] if first else [], gaps[end - 1 : end]
    return gaps[first] not in (*before, *after)


def _are_figures(window: Sequence[str]) -> bool:
    """Whether groups of digits may just as well be a row of round figures or of years."""
    if any(one[0] == "0" for one in window[1:]):
        return False
    is_round = len(window) > 2 and all(one[-1] == "0" for one in window)
    return is_round or len([one for one in window if _YEARS.fullmatch(one)]) > 1


def _identity(chain: _Chain, first: int) -> _Number | None:
    groups, gaps = chain.groups, chain.gaps
    opening = groups[first]
    if len(opening) == 1:
        single = _one_by_one(groups, gaps, first)
        return _Number(single, 18) if len(single) == 18 and is_identity(single) else None
    if len(opening) > 18:
        starts = (at for at in range(min(len(opening), 40) - 17) if is_identity(opening[at : at + 18]))
        return next((_Number(opening[at : at + 18], 1, skipped=at) for at in starts), None)
    # The first group holds at least half of the division's code; days and months in a row are shorter.
    if opening[:2] not in _PROVINCES or len(opening) < 3:
        return None
    value, shape = "", []
    for end in range(first, min(first + 9, len(groups))):
        value += groups[end]
        shape.append(len(groups[end]))
        has_x = end == len(groups) - 1 and gaps[end].endswith(("x", "×", "х"))
        if len(value) == 17 and has_x:
            value += "X"
        if len(value) >= 18:
            is_whole = len(value) == 18 or (len(value) == 20 and _MORE.fullmatch(value[18:]))
            return _Number(value[:18], end + 1 - first) if is_whole and is_identity(value[:18]) else None
        if tuple(shape) in _OLD_SHAPES and not has_x and _is_old(value):
            return _Number(value, end + 1 - first, needs_word=True)
    return None


def _one_by_one(groups: list[str], gaps: list[str], first: int) -> str:
    """The digits that are divided one by one by the same sign, from the first of them on; empty for anything else."""
    if first > 0 and len(groups[first - 1]) == 1:
        return ""
    end = first
    while end < min(len(groups), first + 20) and len(groups[end]) == 1 and gaps[end - (end > first)] == gaps[first]:
        end += 1
    return "".join(groups[first:end])


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


def _card(chain: _Chain, first: int) -> _Number | None:
    """A card number in one group, or in several that are not part of a longer list of such groups."""
    groups, gaps = chain.groups, chain.gaps
    opening = groups[first]
    if len(opening) >= 14:
        is_fraction = first > 0 and gaps[first - 1] == "."
        if is_fraction or not _passes(opening):
            return None
        return _Number(opening, 1, needs_word=len(opening) < 16 or not _ISSUERS.match(opening))
    if len(opening) == 1:
        single = _one_by_one(groups, gaps, first)
        return _Number(single, len(single)) if single.startswith("62") and is_card(single) else None
    if len(opening) < 4:
        return None
    gap = gaps[first]
    if first > 0 and len(groups[first - 1]) == len(opening) and gaps[first - 1] == gap:
        return None
    by_fours = _fours(groups[first : first + 5], gaps[first : first + 5])
    if by_fours is not None:
        return by_fours
    ends = (chain.end(first, digits) for digits in (19, 18, 17, 16))
    end = next((one for one in ends if first < one <= first + 6), first)
    window = groups[first:end]
    if not is_card("".join(window)) or len(set(gaps[first : end - 1])) > 1:
        return None
    return _Number("".join(window), len(window), needs_word=len(opening) < 6 or gap in (".", "·", *_SUMS))


def _fours(groups: Sequence[str], gaps: Sequence[str]) -> _Number | None:
    """A card number in groups of four, the last of which may be shorter."""
    gap = gaps[0]
    if any(len(group) != 4 for group in groups[:4]) or list(gaps[:3]) != [gap] * 3:
        return None
    more = groups[4:5] if list(gaps[3:4]) == [gap] else []
    if more and len(more[0]) == 4:
        return None
    for end in (5, 4) if more else (4,):
        value = "".join(groups[:end])
        if is_card(value):
            is_odd = gap in (".", "·", *_SUMS) or _are_figures(groups[:4]) or not _ISSUERS.match(value)
            return _Number(value, end, needs_word=is_odd)
    return None


def is_card(digits: str) -> bool:
    """Whether these are 16 to 19 digits that pass the check of ISO/IEC 7812-1, annex B (Luhn)."""
    return 16 <= len(digits) <= 19 and _passes(digits)


def _passes(digits: str) -> bool:
    if len(digits) > 19:
        return False
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


_Search = Callable[[_Chain, int], _Number | None]
_SEARCHES: Final[tuple[tuple[Kind, _Search], ...]] = (
    (Kind.IDENTITY, _identity),
    (Kind.MOBILE, _mobile),
    (Kind.CARD, _card),
)
_ALIKE: Final[dict[Kind, Callable[[str], bool]]] = {
    Kind.IDENTITY: lambda digits: is_card(digits) or is_identity(digits),
    Kind.MOBILE: is_mobile,
    Kind.CARD: is_card,
}
