"""What long lists are made of: pages, and ways to what one looks for."""

from __future__ import annotations

from generator.ground.frozen import frozen
from generator.model import urls


@frozen
class MonthPages:
    """On which page of a list each month begins."""

    url: str
    """The list's."""
    months: tuple[tuple[int, int, int], ...]
    """Year, month, and the number of the page; the oldest month first."""


@frozen
class Pager:
    """The position of a page in a list of several pages."""

    number: int
    total: int
    url: str
    """The URL of the list, which is that of its first page."""
    months: MonthPages | None = None
    """None for a list of one page or one month, and for one that has no dates."""

    @property
    def back(self) -> str | None:
        """The URL of the page before; None on the first page."""
        return urls.numbered(self.url, self.number - 1) if self.number > 1 else None

    @property
    def on(self) -> str | None:
        """The URL of the page after; None on the last page."""
        return urls.numbered(self.url, self.number + 1) if self.number < self.total else None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The pages to choose from, of two or more: the first, the last, those around it; 0 for others between."""
        first, last = max(2, self.number - 1), min(self.total - 1, self.number + 1)
        # A single page takes no more room than a gap.
        before = {2: (), 3: (2,)}.get(first, (0,))
        after = {self.total - 1: (), self.total - 2: (self.total - 1,)}.get(last, (0,))
        return (1, *before, *range(first, last + 1), *after, self.total)
