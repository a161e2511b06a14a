"""The numbers and bullets that Word shows before paragraphs and does not store: counted, and written out."""

from __future__ import annotations

import re
from typing import Final

from generator.ground.frozen import frozen
from generator.tools.importers.word.package import Element, Package, child, elements, number, value

_PLACE: Final = re.compile(r"%([1-9])")
_PLAIN: Final = re.compile(r"%[1-9][.．)]?")
"""Numbers that Markdown can write."""
_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL: Final = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_COUNTED: Final = frozenset(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting")
)
_CYCLES: Final = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@frozen(kw_only=True)
class Label:
    """What stands before a paragraph."""

    text: str
    """As Word shows it; empty for a bullet, and where nothing is shown."""
    start: int | None
    """The number of an item that Markdown can write; None for a bullet."""
    level: int
    is_listed: bool
    """Whether it is an item of a list, rather than words before the text."""


class Numbering:
    """Counts the paragraphs of a file, in their order."""

    def __init__(self, package: Package, part: str) -> None:
        """``part`` is the name of the part with the numberings; it may be missing."""
        root = package.xml(part) if part else None
        found = [] if root is None else list(elements(root))
        kinds = {value(one, "abstractNumId"): one for one in found if one.tag.endswith("}abstractNum")}
        self._levels: dict[str, dict[int, Element]] = {}
        self._counts: dict[str, list[int]] = {}
        self._lists: dict[str, str] = {}
        for one in found:
            if one.tag.endswith("}num"):
                self._add(one, kinds)

    def _add(self, element: Element, kinds: dict[str, Element]) -> None:
        name, kind = value(element, "numId"), value(child(element, "abstractNumId"))
        levels = {number(one, "ilvl"): one for one in elements(kinds.get(kind, ())) if one.tag.endswith("}lvl")}
        others = [one for one in elements(element) if one.tag.endswith("}lvlOverride")]
        levels |= {number(one, "ilvl"): lvl for one in others if (lvl := child(one, "lvl")) is not None}
        self._levels[name] = levels
        # Two lists of one kind count on together, unless one of them says where it begins.
        is_own = any(child(one, "startOverride") is not None for one in others)
        self._lists[name] = f"{name} own" if is_own else kind

    def label(self, list_id: str, level: int) -> Label | None:
        """What stands before the next paragraph at this level of a list; None for nothing."""
        levels = self._levels.get(list_id, {})
        found = levels.get(level)
        if found is None:
            return None
        counts = self._counts.setdefault(self._lists[list_id], [])
        del counts[level + 1 :]
        while len(counts) <= level:
            counts.append(number(child(levels.get(len(counts)), "start"), default=1) - 1)
        counts[level] += 1
        # A level that was passed over shows its first number.
        shown = [max(count, 1) if at < level else count for at, count in enumerate(counts)]
        pattern, form = value(child(found, "lvlText")), value(child(found, "numFmt")) or "decimal"
        if form == "bullet":
            return Label(text="", start=None, level=level, is_listed=True)
        if form == "none" or not pattern:
            return Label(text=pattern, start=None, level=level, is_listed=False)
        text = _PLACE.sub(lambda place: _number(shown, levels, int(place[1]) - 1), pattern)
        is_listed = form == "decimal" and bool(_PLAIN.fullmatch(pattern))
        return Label(text=text, start=counts[level], level=level, is_listed=is_listed)


def _number(counts: list[int], levels: dict[int, Element], level: int) -> str:
    if level >= len(counts):
        return ""
    return written(counts[level], value(child(levels.get(level), "numFmt")))


def written(count: int, form: str) -> str:
    """A number in one of Word's forms; in digits where the form is not known."""
    count = max(count, 0)
    if form == "chineseLegalSimplified":
        return _chinese(count).translate(_LEGAL)
    if form in _COUNTED:
        return _chinese(count)
    if form in ("ideographDigital", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(count))
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= len(_CIRCLED):
        return _CIRCLED[count - 1]
    if form in _CYCLES:
        return _cyclic(count, _CYCLES[form])
    return _western(count, form)


def _western(count: int, form: str) -> str:
    match form:
        case "upperLetter" | "lowerLetter":
            letter = _cyclic(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") * min((max(count, 1) - 1) // 26 + 1, 20)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman":
            return _roman(count) if form == "upperRoman" else _roman(count).lower()
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _cyclic(count: int, signs: str) -> str:
    return signs[(max(count, 1) - 1) % len(signs)]


def _roman(count: int) -> str:
    out = ""
    for worth, sign in _ROMAN:
        out += sign * (max(count, 0) // worth)
        count = max(count, 0) % worth
    return out


def _chinese(count: int) -> str:
    """A number from 1 to 9,999 as it is counted in Chinese; 0 as 〇."""
    if not 0 < count < 10_000:
        return _DIGITS[0] if count == 0 else str(count)
    out, is_gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // unit % 10
        if digit:
            out += ("零" if is_gap and out else "") + _DIGITS[digit] + sign
        is_gap = not digit
    return out.removeprefix("一") if 10 <= count < 20 else out
