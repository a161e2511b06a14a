"""The ids that a text gives its parts."""

from __future__ import annotations

from collections.abc import Iterable


class Ids:
    """What ids are taken. It lives as long as one parse."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with those that the writer chose."""
        self.taken = set(taken)
        self._counts: dict[str, int] = {}

    def own(self, wanted: str) -> str:
        """An id that nothing else in the text has: ``wanted``, or that and a number from 2."""
        found, count = wanted, self._counts.get(wanted, 1)
        while found in self.taken:
            count += 1
            found = f"{wanted}-{count}"
        self._counts[wanted] = count
        self.taken.add(found)
        return found
