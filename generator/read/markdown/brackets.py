"""Finds the end of a link's ``[label]`` in linear instead of quadratic time.

markdown-it searches it for every ``[``, and scans to the end of the paragraph for each one that is not closed. Here
the result of a scan is remembered, so that a scan around it can skip it, and brackets nest at most 60 deep.
"""

from __future__ import annotations

from typing import Final

from markdown_it.rules_inline import StateInline

from generator.ground.messages import say
from generator.read.markdown.depth import DEEPEST
from generator.read.markdown.parse_state import parse_state_of

_NOWHERE: Final = -1
_AROUND_LINK: Final = -2
"""Recorded for a label that contains a link: it cannot be a link's label, but may be a picture's."""


def label_end(state: StateInline, start: int, disable_nested: bool = False) -> int:  # noqa: FBT001, FBT002
    """The offset of the ``]`` for the ``[`` at ``start``, or -1. It replaces ``parseLinkLabel``.

    With ``disable_nested``, a label that contains a link has no end either: links do not nest (CommonMark 6.3).
    """
    known: dict[int, int] = state.__dict__.setdefault("label_ends", {})
    end = known.get(start)
    if end is None or (end == _AROUND_LINK and not disable_nested):
        if state.level >= DEEPEST:
            _report(state, start)
            end = known[start] = _NOWHERE
        else:
            end = _scan(state, start, known, disable_nested=disable_nested)
            if disable_nested or end == _NOWHERE:
                known[start] = end
    return end if end < state.posMax else _NOWHERE


def _scan(state: StateInline, start: int, known: dict[int, int], *, disable_nested: bool) -> int:
    """The end of the label, _NOWHERE or _AROUND_LINK. ``state.pos`` is not changed."""
    before = state.pos
    state.pos, depth, end = start + 1, 1, _NOWHERE
    while state.pos < state.posMax:
        at = state.pos
        char = state.src[at]
        if char == "]":
            depth -= 1
            if depth == 0:
                end = at
                break
        state.md.inline.skipToken(state)
        if char != "[":
            continue
        inner = known.get(at) if state.pos == at + 1 else _AROUND_LINK
        if inner == _NOWHERE or (inner == _AROUND_LINK and disable_nested):
            end = inner
            break
        if inner is None or (inner == _AROUND_LINK and state.pos == at + 1):
            depth += 1
        elif inner >= 0:
            state.pos = inner + 1
    state.pos = before
    return end


def _report(state: StateInline, start: int) -> None:
    parse_state = parse_state_of(state.env)
    if "brackets" in parse_state.inline.meta:
        return
    parse_state.inline.meta["brackets"] = "too deep"
    parse_state.report(
        parse_state.at(state, start),
        say("brackets are nested more than {limit} deep here, so they are shown as text", limit=DEEPEST),
        say("write \\[ for a bracket that is only text"),
    )
