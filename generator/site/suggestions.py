"""Suggestions for mistyped ids: "did you mean …"."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from generator.ground.messages import Message, say

Names = Mapping[str, tuple[str, ...]]
"""By id, the names by which people call it."""


def nearest(word: str, known: Names) -> Message | None:
    """The hint "did you mean …" with the id in ``known`` whose spelling or name is closest; None if none is close."""
    spellings = {spelling: key for key, others in known.items() for spelling in (*others, key)}
    close = get_close_matches(word, spellings, n=1, cutoff=0.6)
    if not close:
        partial = [spelling for spelling in spellings if word in spelling or spelling in word]
        close = [spelling for spelling in partial if min(len(word), len(spelling)) > 1][:1]
    return say('did you mean "{name}"?', name=spellings[close[0]]) if close else None
