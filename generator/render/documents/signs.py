"""Signs that Chinese and Western texts share, “ ” — … · ①: where they are Chinese, a Chinese font has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from generator.ground.text import is_han
from generator.render.documents.blocks import Inline, Inlines, Text
from generator.render.documents.runs import plain

_SIGN: Final = re.compile(r"[§¨°±·×÷\u2014-\u2027\u2030-\u205e\u2100-\u2bff]")
_MARKED: Final = re.compile(rf"{_SIGN.pattern}|[ªµº\u00c0-\u1fff\u2010-\u2013\u2070-\u209f]")
"""These, and letters for which a Chinese font has no good shapes."""
_NEAR: Final = 60
"""How many characters are looked through, since a line may have no letters."""
_PAIRS: Final = {"”": "“", "’": "‘"}


def with_signs(inlines: Inlines, *, otherwise: bool) -> Iterator[Inline]:
    """The inlines of a paragraph, with texts that say whether they have Chinese signs.

    ``otherwise`` says whether signs are Chinese where no letter is around them.
    """
    whole = plain(inlines)
    if not _SIGN.search(whole):
        yield from inlines
        return
    parts = _parts(whole, otherwise=otherwise)
    end, has_signs = next(parts)
    at = 0
    for one in inlines:
        if not isinstance(one, Text):
            at += len(plain((one,)))
            yield one
            continue
        behind = at + len(one.text)
        start = at
        while at < behind:
            while end <= at:
                end, has_signs = next(parts)
            cut = min(end, behind)
            found = one.text[at - start : cut - start]
            yield Text(found, replace(one.style, has_signs=has_signs and bool(_SIGN.search(found))))
            at = cut


def _parts(text: str, *, otherwise: bool) -> Iterator[tuple[int, bool]]:
    """Where parts of a text end, and whether their signs are Chinese: each has such ones or Western ones, not both."""
    signs = _signs(text, otherwise=otherwise)
    is_eastern: bool | None = None
    for match in _MARKED.finditer(text):
        at = match.start()
        found = signs.get(at, False)
        if found is is_eastern:
            continue
        if is_eastern is not None:
            yield at, is_eastern
        is_eastern = found
    yield len(text), bool(is_eastern)


def _signs(text: str, *, otherwise: bool) -> dict[int, bool]:
    """The places of signs, and whether each is Chinese. Both of a pair are, or neither."""
    found: dict[int, bool] = {}
    opened: dict[str, int] = {}
    for match in _SIGN.finditer(text):
        at, sign = match.start(), match[0]
        if sign in _PAIRS.values():
            opened[sign] = at
        start = opened.pop(_PAIRS[sign], at) if sign in _PAIRS else at
        found[start] = found[at] = _is_eastern(text, start, at, otherwise=otherwise)
    return found


def _is_eastern(text: str, start: int, end: int, *, otherwise: bool) -> bool:
    """Whether a sign is Chinese, or both of a pair: the letters around them say so, or those within."""
    sides = text[max(0, start - _NEAR) : start][::-1], text[end + 1 : end + 1 + _NEAR]
    around = [next(filter(_is_letter, side), "") for side in sides]
    if any(map(is_han, around)) or all(around):
        return any(map(is_han, around))
    letters = [*filter(None, around), *filter(_is_letter, text[start : min(end, start + _NEAR)])]
    return any(map(is_han, letters)) if letters else otherwise


def _is_letter(char: str) -> bool:
    return char.isalpha() or (is_han(char) and not _SIGN.match(char))
