"""Where punctuation next to Chinese characters does not prevent a delimiter of emphasis, though CommonMark says so.

The amendment is for what is written to be bold. Chinese texts also have asterisks of their own: after what is
required (``姓名*、性别*``), in names of files (``支持*.jpg、*.png``), in masked names (``张**（男）、李**``). So it
opens nothing before a stop and closes nothing behind an opening bracket, and one asterisk alone is only amended
around what stands in brackets or quotation marks. The writer of Markdown (``render/documents/emphasis``) keeps to
it, too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from generator.read.markdown.typo_prefilter import HAN

_STOPS: Final = frozenset("、。，．；：？！,.;:?!%‰％/／·")
"""Punctuation that begins no words."""
_PAUSES: Final = frozenset("、，；,;")
"""Punctuation between the items of an enumeration."""
_ROUND: Final = frozenset("（(")
_QUOTES: Final = ('"', "'")
_OPENING: Final = ("Ps", "Pi")
_CLOSING: Final = ("Pe", "Pf")
_IDEOGRAPH: Final = re.compile(rf"[{HAN}]")


def begins_words(first: str) -> bool:
    """Whether emphasised words may begin with this character: no stop, and nothing that closes."""
    return first not in _STOPS and unicodedata.category(first) not in _CLOSING


def opens_words(length: int, first: str, last: str) -> bool:
    """Whether a run behind a word, with a Chinese character next to it, opens before the punctuation ``first``.

    ``last`` is the character before the next run; empty where there is none.
    """
    if length == 1:
        return _is_quotation(first, _OPENING) and _is_quotation(last, _CLOSING)
    # A remark in brackets follows a masked name, too.
    return begins_words(first) and (first not in _ROUND or is_punctuation(last))


def closes_words(length: int, last: str, words: str) -> bool:
    """Whether a run before a word, with a Chinese character next to it, closes behind the punctuation ``last``.

    ``words`` are those between it and the run before it, and the first character behind it.
    """
    if length == 1:
        return _is_quotation(last, _CLOSING)
    if last in _PAUSES:
        # Items of an enumeration may begin with asterisks: ``改名为***1、***2``.
        return _IDEOGRAPH.search(words) is not None
    return unicodedata.category(last) not in _OPENING


def is_punctuation(char: str) -> bool:
    """Whether it is punctuation in CommonMark's sense: Unicode's categories P and S."""
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _is_quotation(char: str, categories: tuple[str, ...]) -> bool:
    return bool(char) and (char in _QUOTES or unicodedata.category(char) in categories)
