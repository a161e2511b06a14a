"""Plans long lists of names: in the order of the alphabet, by their first letters, on several pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.pinyin import KnownReadings, NameReader, Reading, first_letter, initials, letters, order
from generator.model import urls
from generator.model.lists import Alphabet, Letter, LetterGroup, NameRow, NamesView, Pager, SoughtName
from generator.model.pages import Page

LONG: Final = 30
"""The longest list that is shown as it is."""
MOST: Final = 200
"""Names on one page."""


@frozen
class Name:
    """A name of a list that may be long."""

    row: NameRow
    shown: str
    others: tuple[str, ...] = ()
    """Other names of the same."""
    reading: Reading = ()
    """What the writer told of the shown name; empty for nothing."""


class Names:
    """The names of a site, in the order of the alphabet. They are read when that is first asked for."""

    def __init__(self, known: KnownReadings) -> None:
        """``known`` are the readings of names and of parts of names."""
        self._readings = NameReader(known)
        self._read: dict[str, tuple[Reading, SoughtName]] = {}

    def pages(self, url: str, names: Sequence[Name]) -> Iterator[tuple[str, Alphabet | None, Pager]]:
        """The list at ``url`` split into pages: URL, the names and pager of each; for a short list, a page without."""
        if len(names) <= LONG:
            yield url, None, Pager(1, 1, url)
            return
        ordered = self._in_order(names)
        pages = _pages([(sign, list(found)) for sign, found in groupby(ordered, self._sign)])
        first: dict[str, Letter] = {}
        for number, page in enumerate(pages, 1):
            for sign, _ in page:
                first.setdefault(sign, Letter(sign, urls.numbered(url, number)))
        for number, page in enumerate(pages, 1):
            groups = tuple(LetterGroup(first[sign], tuple(name.row for name in found)) for sign, found in page)
            alphabet = Alphabet(groups=groups, letters=tuple(first.values()), names=urls.names(url))
            yield urls.numbered(url, number), alphabet, Pager(number, len(pages), url)

    def file(self, url: str, names: Sequence[Name]) -> Iterator[Page]:
        """The file with the names of the list at ``url``; none for a short list."""
        if len(names) > LONG:
            sought = tuple(self._of(name)[1] for name in self._in_order(names))
            yield Page(url=urls.names(url), view=NamesView(sought))

    def _in_order(self, names: Sequence[Name]) -> list[Name]:
        return sorted(names, key=lambda name: order(name.shown, self._of(name)[0]))

    def _sign(self, name: Name) -> str:
        return first_letter(self._of(name)[0])

    def _of(self, name: Name) -> tuple[Reading, SoughtName]:
        found = self._read.get(name.row.url)
        if found is None:
            own = {name.shown: name.reading} if name.reading else {}
            ways = [self._readings.ways(one, own) for one in (name.shown, *name.others)]
            sought = SoughtName(
                row=name.row,
                others=name.others,
                letters=_typed(letters, ways),
                initials=_typed(initials, ways),
            )
            found = self._read[name.row.url] = (ways[0][0], sought)
        return found


def _typed(of: Callable[[Reading], str], ways: Iterable[Iterable[Reading]]) -> tuple[str, ...]:
    """What is typed for each of several names, and the same again for every other way to read any of them."""
    return tuple(chain.from_iterable(dict.fromkeys(tuple(map(of, read)) for read in zip(*ways, strict=True))))


Groups = list[tuple[str, list[Name]]]


def _pages(groups: Groups) -> list[Groups]:
    """The groups on pages: a letter goes on to the next page only where it has more names than one page holds."""
    pages: list[Groups] = []
    room = 0
    for sign, names in groups:
        for start in range(0, len(names), MOST):
            part = names[start : start + MOST]
            if len(part) > room:
                pages.append([])
                room = MOST
            pages[-1].append((sign, part))
            room -= len(part)
    return pages
