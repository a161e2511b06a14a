"""Finds registered names that are pulled apart: by punctuation, or over the blocks of a page."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator.ground.patterns import deferred
from generator.render.privacy.glyphs import BLOCK, CELL, JOINTS
from generator.render.privacy.variants import pattern_of

SIGNS: Final = (
    "，、。．；：／｜（）［］【】《》〈〉「」『』“”‘’！？…—–―＝＆＃＠＾＄％,.;:/\\\\|()\\[\\]{}<>\"'!?=&#@^$%"
    "\u2190-\u23ff\u2500-\u2775\u2794-\u2bff\U0001f000-\U0001faff"
)
"""Signs that may pull a name apart, for a character class."""
_HARD = deferred(f"[{SIGNS}{BLOCK}]")
_GAP: Final = rf"([\s{CELL}{BLOCK}{JOINTS}{SIGNS}]{{0,60}}+)"
_CASED_GAP: Final = rf"([\s{CELL}{BLOCK}{JOINTS}.,'/\\|()\[\]]{{1,60}}+)"
"""After other signs, a sentence may go on with a word that is part of a name."""
_OPENING = deferred(r"[(\[]\s*$")
_EDGE = deferred(rf"(?:^|{BLOCK})[^\w{BLOCK}]*$")
_END = deferred(rf"[^\w{BLOCK}]*(?:$|{BLOCK})")
_LEADS: Final = frozenset("了到是叫访问给与和为向对去见的说找请让替帮同跟及由被把将在户员民工者长生人")
"""What may stand before a name without a sign between them; before a word that happens to be one, hardly ever."""
_FOLLOWS: Final = frozenset("的说是在那同先女老大阿师等们住已也都和与及患因了来")
"""What may stand behind a name."""


@functools.cache
def _pattern(words: Sequence[str], *, is_cased: bool) -> re.Pattern[str]:
    if is_cased:
        return re.compile(
            rf"(?<![^\W\d_]){_CASED_GAP.join(''.join(map(pattern_of, word)) for word in words)}(?![^\W\d_])"
        )
    return re.compile(_GAP.join(map(pattern_of, "".join(words))))


def pieces(words: tuple[str, ...], text: str, *, is_cased: bool) -> Iterator[tuple[int, int]]:
    """Where the pieces of a name begin and end in folded text with white space collapsed."""
    for match in _pattern(words, is_cased=is_cased).finditer(text):
        hard = [_HARD.search(gap) is not None for gap in match.groups()]
        if not any(hard):
            continue
        size = len(hard) + 1
        if any(BLOCK in gap for gap in match.groups()):
            before = _EDGE.search(text, max(0, match.start() - 20), match.start()) is not None
            after = _END.match(text, match.end(), match.end() + 20) is not None
            # Two pieces that are whole blocks belong together; one is enough for a name of three characters.
            is_name = (before and after) or (size > 2 and not is_cased and (before or after))
        elif is_cased:
            is_name = not _OPENING.search(match[1]) or text[match.end() : match.end() + 1] in tuple(")]")
        else:
            is_name = (size > 2 and all(hard)) or _is_alone(text, match.start(), match.end(), size)
        if is_name:
            yield match.span()


def _is_alone(text: str, start: int, end: int, size: int) -> bool:
    """Whether no other word begins or ends with the pieces of a name."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    leads, follows = (_LEADS, _FOLLOWS) if size > 2 else (frozenset[str](), frozenset[str]())
    return not (before.isalnum() and before not in leads) and not (after.isalnum() and after not in follows)
