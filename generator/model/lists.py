"""Long lists: their pages, the ways to what one looks for, and the views of lists of names, events and changes."""

from __future__ import annotations

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.components import Figure, KindBlock, Link, PolicyReceipt, Row, TargetRow
from generator.model.record import Change, Event


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
    """None for a list of few pages or one month, and for one that has no dates."""

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


@frozen
class MonthLink:
    """A month in a list of contents."""

    month: int
    url: str
    count: int
    """The number of its entries, without withdrawn ones, as counters have it."""


@frozen
class YearContents:
    """The months of a year in a list of contents."""

    year: int
    months: tuple[MonthLink, ...]


@frozen
class TagRow:
    """A tag or an author in a list."""

    title: str
    url: str
    count: int
    """Its entries, without withdrawn ones, as counters have it."""
    withdrawn: int
    """How many more are listed that were withdrawn."""
    last: Day | None
    """The last day on which an entry that counts has it, or is theirs; None without one."""


@frozen(kw_only=True)
class TeamRow:
    """A team in a list of a portal."""

    title: str
    url: str
    region: str
    """The names of its regions, from the largest; empty where none is known."""
    count: int
    """Its entries, without withdrawn ones, as counters have it."""
    open: int
    last: Day | None
    """The last day that an entry covers; None without entries."""
    is_stale: bool
    """Whether its data could not be read when the portal was built, so that older data is shown."""


NameRow = TargetRow | TagRow | TeamRow
"""What has a name, in a list that may be long."""


@frozen
class Letter:
    """A letter with which names of a long list begin."""

    sign: str
    """A to Z; ``#`` for names that begin with something else."""
    url: str
    """The URL of the page on which its names begin."""

    @property
    def id(self) -> str:
        """The id of its heading there."""
        return f"_{self.sign if self.sign.isalpha() else 0}"


@frozen
class LetterGroup:
    """The names under one letter."""

    letter: Letter
    rows: tuple[NameRow, ...]


@frozen(kw_only=True)
class Alphabet:
    """A page of a long list in the order of the alphabet, with the ways to all of the list."""

    groups: tuple[LetterGroup, ...]
    letters: tuple[Letter, ...]
    """All letters of the list."""
    names: str
    """The URL of the file with all names, in which readers search."""


@frozen(kw_only=True)
class SoughtName:
    """A name of a long list, as it is found by typing."""

    row: NameRow
    others: tuple[str, ...]
    """Other names of the same."""
    letters: tuple[str, ...]
    """How the name and each of the others are read, and once more for every other way to read them."""
    initials: tuple[str, ...]
    """The first letters of the characters of each, in the same way."""


@frozen
class NamesView:
    """The file with all names of a long list, in which a script finds what is typed."""

    names: tuple[SoughtName, ...]


@frozen
class TargetsView:
    """The page of all targets, by kind; of many, in the order of the alphabet."""

    kinds: tuple[KindBlock, ...]
    """Without their targets where these are in ``alphabet``."""
    alphabet: Alphabet | None
    """None for a short list."""
    pager: Pager


@frozen
class KindView:
    """The page of the targets of one kind."""

    block: KindBlock
    targets: int
    """0 where a figure says how many were served."""
    figures: tuple[Figure, ...]
    together: tuple[str, ...]
    """The labels of figures with counts in them that were made for targets of other kinds as well."""
    alphabet: Alphabet | None
    pager: Pager


@frozen
class PartsView:
    """The targets whose parent another one is, where there are many."""

    parent: Link
    targets: tuple[TargetRow, ...]
    """Empty where they are in ``alphabet``."""
    alphabet: Alphabet | None
    """None for a short list."""
    pager: Pager


@frozen
class ReceivedView:
    """The policies that a target received, where there are many."""

    target: Link
    policies: tuple[PolicyReceipt, ...]
    pager: Pager


@frozen
class AuthorsView:
    """The page of all authors who have one of their own."""

    authors: tuple[TagRow, ...]
    pager: Pager


@frozen(kw_only=True)
class AuthorView:
    """An author's page."""

    author: TagRow
    rows: tuple[Row, ...]
    pager: Pager
    feed: str


@frozen
class TagsView:
    """The page of all tags."""

    tags: tuple[TagRow, ...]
    """Those used most first; empty where they are in ``alphabet``."""
    alphabet: Alphabet | None
    """None for a short list."""
    pager: Pager


@frozen(kw_only=True)
class TagView:
    """A tag's page."""

    tag: TagRow
    rows: tuple[Row, ...]
    pager: Pager
    feed: str


@frozen
class MajorView:
    """The major events, the oldest first."""

    events: tuple[Event, ...]
    span: DateSpan
    """From the first day of these to the last."""
    pager: Pager


@frozen
class ChangesView:
    """What changed last in the record, the newest first."""

    changes: tuple[Change, ...]
    pager: Pager
    listed: int | None
    """On the last page, how many changes all pages list; None on the others, and where nothing changed before these."""


@frozen
class SubscribeView:
    """The page that tells people how to subscribe, with the pages that have feeds of their own."""

    kinds: tuple[tuple[str, tuple[Link, ...]], ...]
    """The targets with entries, by the label of their kind."""
    tags: tuple[Link, ...]
    authors: tuple[Link, ...]
