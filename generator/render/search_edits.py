"""Shards of the search index after an edit: only the slots and lists whose pieces changed are written again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.ground.gaps import MANY, encoded, numbers, numbers_placed, placed
from generator.model.search import SearchLayout
from generator.render.search_index import SLOTS, SPARSE, Shard, Unit, by_document, list_text, listed
from generator.render.search_keys import Slots, is_listed, places


@dataclass(frozen=True, slots=True)
class ShardEdit:
    """What changes in a shard."""

    slots: dict[int, set[int]] = field(default_factory=dict)
    """By slot, the numbers of the pieces that have other keys or positions in it."""
    lists: dict[str, list[tuple[int, int, bool]]] = field(default_factory=dict)
    """By key, field and number of each piece, and whether it comes into the list or goes."""


class IndexEdit:
    """An index with some documents as they were and as they are."""

    def __init__(
        self,
        before: Mapping[int, Unit],
        after: Mapping[int, Unit],
        slots: Slots,
        layout: SearchLayout,
        load: Callable[[int], Unit],
    ) -> None:
        """From all pieces of those documents, by number; ``load`` gives any other piece."""
        self._slots, self._load = slots, load
        self._after: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
        """By number and slot, what is in a slot of a piece that has other keys or positions there."""
        self.shards: dict[int, ShardEdit] = defaultdict(ShardEdit)
        """What changes in which shard."""
        for number in before.keys() | after.keys():
            self._compare(number, before.get(number), after.get(number))
        gone, come = (set(_listings(some.values(), layout)) for some in (before, after))
        for one in gone ^ come:
            key, place, number = one
            self.shards[slots.of(key) // SLOTS].lists.setdefault(key, []).append((place, number, one in come))

    def _compare(self, number: int, before: Unit | None, after: Unit | None) -> None:
        if before and after and before.fields == after.fields:
            return
        old = places(before.fields, self._slots) if before else {}
        new = places(after.fields, self._slots) if after else {}
        differing = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
        changed = set(map(self._slots.of, differing))
        for slot in changed:
            self.shards[slot // SLOTS].slots.setdefault(slot, set()).add(number)
        for key, text in new.items():
            if (slot := self._slots.of(key)) in changed:
                self._after[number, slot][key] = text

    def edited(self, number: int, body: bytes) -> bytes:
        """The file of a shard after the edit."""
        shard, edit = Shard.read(body), self.shards[number]
        for slot, touched in edit.slots.items():
            self._edit_slot(shard, slot, touched)
        for key, changes in edit.lists.items():
            fields = [set(numbers(text)) for text in shard.lists.pop(key, ",,,").split(",")]
            for place, piece, is_new in changes:
                (fields[place].add if is_new else fields[place].discard)(piece)
            if any(fields):
                shard.lists[key] = list_text(fields)
        return shard.written(number)

    def _edit_slot(self, shard: Shard, slot: int, touched: set[int]) -> None:
        """Writes a slot with the pieces that were not ``touched`` and what those have in it now."""
        row = shard.rows[slot % SLOTS]
        now = {one: found for one in touched if (found := self._after.get((one, slot)))}
        known: dict[str, dict[int, str]] = defaultdict(dict)
        if row == MANY:
            for key in [one for one in shard.lists if self._slots.of(one) == slot and not is_listed(one)]:
                known[key] = {one: text for one, text in numbers_placed(shard.lists.pop(key)) if one not in touched}
            members = {one for some in known.values() for one in some}
        else:
            members = set(numbers(row)) - touched
        if len(members) + len(now) <= SPARSE:
            shard.rows[slot % SLOTS] = encoded(sorted(members | now.keys()))
            return
        if row != MANY:
            now |= {one: places(self._load(one).fields, self._slots, {slot}) for one in members}
        for one, found in now.items():
            for key, text in found.items():
                known[key][one] = text
        shard.rows[slot % SLOTS] = MANY
        shard.lists.update((key, placed(some.items())) for key, some in known.items() if some)


def _listings(units: Iterable[Unit], layout: SearchLayout) -> Iterator[tuple[str, int, int]]:
    for pieces in by_document(units, layout):
        for keys, place, number in listed(sorted(pieces)):
            for key in keys:
                yield key, place, number
