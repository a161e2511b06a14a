"""Where in source files private data is: looked for in each text once, for all findings together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from generator.render.privacy.addresses import addresses
from generator.render.privacy.finding import Finding, Kind
from generator.render.privacy.glyphs import is_plain
from generator.render.privacy.labelled import labelled
from generator.render.privacy.names import Names
from generator.render.privacy.numbers import Hit, numbers
from generator.render.privacy.source import Source

Position = tuple[int, int]
"""A line and a column, from 1."""
Positions = dict[Finding, tuple[Position, ...]]


def numeric(text: str) -> Iterator[Hit]:
    """Every private number and address in text that is folded, with white space collapsed."""
    yield from numbers(text)
    yield from addresses(text)
    yield from labelled(text)


class Places:
    """Looks for findings in source texts. ``blanked`` removes from a text what is allowed, at the same length."""

    def __init__(self, findings: Iterable[Finding], blanked: Callable[[str], str]) -> None:
        self._by_value: dict[str, list[Finding]] = {}
        for finding in findings:
            self._by_value.setdefault(finding.value, []).append(finding)
        every = [finding for some in self._by_value.values() for finding in some]
        # A hardship name is searched for as if it were registered.
        self._names = Names(dict.fromkeys(one.value for one in every if one.kind in (Kind.NAME, Kind.HARDSHIP)))
        self._has_numbers = any(one.kind not in (Kind.NAME, Kind.HARDSHIP) for one in every)
        self._blanked = blanked

    def plain(self, text: str) -> Positions:
        """What a text says in plain spelling; nothing for a text with characters that are hardly ever used."""
        lower = text.casefold()
        if len(lower) != len(text) or not is_plain(text):
            return {}
        lines = _Lines(text)
        return {
            finding: tuple(map(lines.position, starts))
            for finding, starts in self._starts(self._blanked(lower)).items()
        }

    def careful(self, text: str, findings: Collection[Finding]) -> Positions:
        """Where a text holds these findings in any disguise.

        It is read raw, then without markup, then decoded. All places of the first reading with a match are given.
        """
        lines, found, left = _Lines(text), Positions(), set(findings)
        for source in Source.of(text).readings():
            for normal in source.variants():
                if not left:
                    return found
                for finding, starts in self._starts(self._blanked(normal.text)).items():
                    if finding in left:
                        left.remove(finding)
                        found[finding] = tuple(lines.position(normal.places[start]) for start in starts)
        return found | {finding: (lines.position(at),) for finding, at in self._scattered(text, left)}

    def _starts(self, text: str) -> dict[Finding, list[int]]:
        found: dict[Finding, set[int]] = {}
        for kind, value, start in (*self._names.hits(text), *(numeric(text) if self._has_numbers else ())):
            for finding in self._by_value.get(value, ()):
                if (kind is Kind.IN_LINK) == (finding.kind is Kind.IN_LINK):
                    found.setdefault(finding, set()).add(start)
        return {finding: sorted(starts) for finding, starts in found.items()}

    def _scattered(self, text: str, findings: Iterable[Finding]) -> Iterator[tuple[Finding, int]]:
        """Names in pieces that stand near each other."""
        lower = text.casefold()
        for finding in findings:
            if finding.kind is Kind.NAME and (at := self._names.scattered(finding.value, lower)) is not None:
                yield finding, at


class _Lines:
    """The lines of a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(self, place: int) -> Position:
        """The line and column of the character at ``place``."""
        line = bisect_right(self._starts, place)
        return line, place - self._starts[line - 1] + 1
