"""The nearest name: what a mistyped id was meant to be."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from generator.ground.messages import Message, say

Names = Mapping[str, tuple[str, ...]]
"""Ids, and for each the names by which people call it."""


def nearest(word: str, known: Names) -> Message | None:
    """The id for "did you mean": the one that ``word`` is a slip of, or whose name it is; None where nothing is near.

    ``known`` gives for each id the names by which people call it.
    """
    spellings = {spelling: key for key, others in known.items() for spelling in (*others, key)}
    close = get_close_matches(word, spellings, n=1, cutoff=0.6)
    if not close:
        parts = [spelling for spelling in spellings if word in spelling or spelling in word]
        close = [spelling for spelling in parts if min(len(word), len(spelling)) > 1][:1]
    return say('did you mean "{name}"?', name=spellings[close[0]]) if close else None
