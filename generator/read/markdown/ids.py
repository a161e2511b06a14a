"""Unique ids for the parts of one text, such as headings and footnotes."""

from __future__ import annotations

from collections.abc import Iterable


class Ids:
    """The ids that are taken in a text, for one parse."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with those that the writer chose."""
        self.taken = set(taken)
        self._counts: dict[str, int] = {}

    def own(self, wanted: str) -> str:
        """A new unique id: ``wanted``, or that with a number from 2."""
        found, count = wanted, self._counts.get(wanted, 1)
        while found in self.taken:
            count += 1
            found = f"{wanted}-{count}"
        self._counts[wanted] = count
        self.taken.add(found)
        return found
