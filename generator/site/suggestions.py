"""Suggestions for mistyped ids: "did you mean …", and repairs where there is only one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from generator.ground.errors import Repair, replacing
from generator.ground.messages import Message, say
from generator.ground.spelling import same_but_for_signs

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


def respelt(name: str, known: Collection[str]) -> Repair | None:
    """The repair of an id. One letter more or less makes another village, so only signs and capitals are mended."""
    meant = same_but_for_signs(name, known)
    return replacing(name, meant) if meant else None
