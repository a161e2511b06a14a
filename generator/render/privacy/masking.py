"""Takes private data out of the messages of the program, which others may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.render.privacy.finding import Finding
from generator.render.privacy.names import Names
from generator.render.privacy.numbers import spans
from generator.render.privacy.source import Source


class Mask:
    """Hides names and numbers; ``ids`` are the ids of private persons by name and alias."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._names = Names(ids)
        # An id that holds a name itself is no better.
        sizes = frozenset(map(len, ids))
        telling = {one for one in ids.values() if any(part in ids for size in sizes for part in _parts(one, size))}
        self._shown = {name: "…" if one in telling else one for name, one in ids.items()}

    def hidden(self, text: str) -> str:
        """The text with 〈id〉 in place of each name, and with stars in numbers."""
        end = len(text)
        for start, stop, shown in sorted(self._spans(text), reverse=True):
            if stop <= end:
                text = text[:start] + shown + text[stop:]
                end = start
        return text

    def _spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        for level in Source.of(text).levels():
            for normal in level.variants():
                for name, start, stop in self._names.spans(normal.text):
                    yield *normal.stretch(start, stop), f"〈{self._shown[name]}〉"
                for kind, value, start, stop in spans(normal.text):
                    yield *normal.stretch(start, stop), Finding(kind, value).masked


def _parts(text: str, size: int) -> Iterator[str]:
    """All stretches of the text that have this size."""
    return (text[start : start + size] for start in range(len(text) - size + 1))
