"""What published files are made of, from when it is planned until they are made."""

from __future__ import annotations

import pickle
from typing import Final

from generator.model.outputs import (
    Card,
    Copy,
    Icon,
    ImageVariant,
    Original,
    Output,
)
from generator.model.pages import Page
from generator.model.views import EntryDataView
from generator.pipeline.cache.spill import Pile, Spool
from generator.render import data_files

AT_HAND: Final = 20_000
"""Entries of a site whose pages memory holds until they are made; those of a larger one are put aside."""

Thing = Page | Output | Copy | Original | ImageVariant | Card | Icon
"""What a published file is made of."""


class Things:
    """The things of one build, by path from the output folder."""

    def __init__(self, spool: Spool, *, is_large: bool = False) -> None:
        """``is_large`` says whether there are too many pages for the memory."""
        self.spool = spool
        """Where they are put aside, and what else of this build."""
        self._is_large = is_large
        self._at_hand: dict[str, Thing] = {}
        self._told: dict[str, int] = {}
        self._aside: dict[str, int] = {}
        self._laid = Pile[tuple[str, int | None, int]](spool)

    def put(self, path: str, thing: Thing, told: bytes = b"") -> None:
        """Holds what a file is made of, and what that is as it was ``told``, if it was; what is put later stands."""
        number = self.spool.put(told) if told else None
        if isinstance(thing, Page) and self._is_large:
            self._laid.put((path, number, self.spool.put(pickle.dumps(_small(path, thing), 5))))
            return
        self._aside.pop(path, None)
        self._at_hand[path] = thing
        if number is not None:
            self._told[path] = number

    def settle(self) -> None:
        """To be called when all pages are put and what they are planned from is gone: then what stays lies together."""
        for path, told, number in self._laid:
            self._aside[path] = number
            if told is not None:
                self._told[path] = told

    def __contains__(self, path: str) -> bool:
        return path in self._at_hand or path in self._aside

    def get(self, path: str) -> Thing | None:
        """What the file at ``path`` is made of; None where that is in the cache alone."""
        if path not in self._aside:
            return self._at_hand.get(path)
        thing: Thing = pickle.loads(self.pickled(path))  # noqa: S301 - our own, of this build
        return thing

    def pickled(self, path: str) -> bytes:
        """The same, pickled, of what is not in the cache alone."""
        number = self._aside.get(path)
        return pickle.dumps(self._at_hand[path], 5) if number is None else self.spool.get(number)

    def is_told(self, path: str) -> bool:
        """Whether it is known what the thing at ``path`` is, told."""
        return path in self._told

    def told(self, path: str) -> bytes:
        """What it is, as it was told."""
        return self.spool.get(self._told[path])


def _small(path: str, page: Page) -> Page | Output:
    """A page as it is put aside: what holds the whole site is made while all of that is at hand."""
    if isinstance(page.view, EntryDataView):
        return Output(path, data_files.data(page.view).encode(errors="replace"))
    return page
