"""Hints for unknown names: the known name that a writer probably meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache

from generator.ground.messages import Message, say


@lru_cache(maxsize=256)
def did_you_mean(name: str, known: Collection[str]) -> Message | None:
    """A hint with the most similar name of ``known``, which has to be hashable; None where none is similar."""
    close = get_close_matches(name.lower(), known, n=1)
    return say('did you mean "{name}"?', name=close[0]) if close else None
