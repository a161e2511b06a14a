"""Builds the search index: which pieces hold which keys, in files that the browser loads as it needs them.

A hash puts each key into one of many slots. A slot with few pieces lists just these: a question that comes upon it is
held against their texts. A slot with many lists them for each of its keys, with the positions at which the key stands
there, so that hits are counted exactly without their texts. Single characters, and what results are filtered by, have
lists of their own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from generator.ground.gaps import END, GAPS, MANY_ROW, encoded
from generator.ground.search_folding import closed_up, folded
from generator.model.search import SearchLayout
from generator.render.search_keys import Slots, few, places
from generator.render.search_texts import FIELDS, Fields, Piece

SLOTS: Final = 512
"""Slots in a shard."""
SPARSE: Final = 16
"""Pieces in a slot that lists nothing but them."""
_SURROGATES: Final = "surrogatepass"
"""Positions far behind in a long text may fall among the surrogates."""
Lists = list[dict[str, list[int]]]
"""For each field, by key the numbers of pieces: of each document with the key in no better field, the first with it."""


class Unit(NamedTuple):
    """A piece with its number in the index."""

    number: int
    fields: Fields
    """Folded and closed up."""
    filters: tuple[str, ...]


def unit(piece: Piece, block: str, layout: SearchLayout) -> Unit:
    """A piece of a document of ``block``."""
    title, names, tags, text = (closed_up(folded(field)) for field in piece.fields)
    filters = [*piece.filters, *(f"g:{tag}" for tag in tags.split("\n") if tag and not piece.part)]
    number = layout.number(block, piece.document, piece.part)
    return Unit(number, (title, names, tags, text), tuple(one.replace(" ", "\0") for one in filters))


def slots_for(shards: int) -> Slots:
    """The slots of an index in so many shards."""
    return Slots((shards * SLOTS).bit_length() - 1)


# ---- Lists


def lists_of(blocks: Iterable[Iterable[Unit]], layout: SearchLayout) -> Lists:
    """The lists of single characters and of filters, with the numbers in any order.

    ``blocks`` are all pieces, those of a document in one of them.
    """
    found: Lists = [defaultdict(list) for _ in range(FIELDS)]
    for pieces in (one for units in blocks for one in by_document(units, layout)):
        for keys, field, number in listed(pieces):
            lists = found[field]
            for key in keys:
                lists[key].append(number)
    return found


def by_document(units: Iterable[Unit], layout: SearchLayout) -> Iterable[list[Unit]]:
    """The pieces of each document."""
    documents: dict[int, list[Unit]] = defaultdict(list)
    for one in units:
        documents[one.number % layout.room].append(one)
    return documents.values()


def listed(pieces: Iterable[Unit]) -> Iterator[tuple[Iterable[str], int, int]]:
    """The listed keys of a document, each with its best field and the first piece that has it there."""
    seen: set[str] = set()
    for one in pieces:
        yield one.filters, 0, one.number
    for field in range(FIELDS):
        for one in pieces:
            if text := one.fields[field]:
                new = few(text) - seen
                seen |= new
                yield new, field, one.number


def list_text(fields: Iterable[Iterable[int]]) -> str:
    """The numbers of a list, field by field, as text."""
    return ",".join([encoded(sorted(some)) for some in fields])


# ---- Whole shards


def shards(units: Iterable[Unit], lists: Lists, count: int, part: range) -> Iterator[tuple[int, bytes]]:
    """The shards of ``part``, out of ``count``: number and bytes. The units are in order; they are read twice."""
    slots = slots_for(count)
    start, stop = part.start * SLOTS, part.stop * SLOTS
    is_all = len(part) == count
    found: list[list[int]] = [[] for _ in range(start, stop)]
    for one in units:
        number, own = one.number, slots.in_fields(one.fields)
        for slot in own if is_all else [slot - start for slot in own if start <= slot < stop]:
            found[slot].append(number)
    many = {slot for slot, some in enumerate(found, start) if len(some) > SPARSE}
    texts: dict[int, dict[str, bytes | bytearray]] = defaultdict(dict)
    for key, text in _dense(units, slots, many).items():
        texts[slots.of(key) // SLOTS][key] = text
    for key in set().union(*lists):
        if (number := slots.of(key) // SLOTS) in part:
            texts[number][key] = list_text([some.get(key, ()) for some in lists]).encode()
    for number in part:
        row: list[int] = []
        for some in found[number * SLOTS - start : number * SLOTS - start + SLOTS]:
            row += some if len(some) <= SPARSE else MANY_ROW
            row.append(END)
        own_texts = {key: text.decode(errors=_SURROGATES) for key, text in texts.pop(number, {}).items()}
        yield number, _shard(number, encoded(row), own_texts)


def _dense(units: Iterable[Unit], slots: Slots, many: AbstractSet[int]) -> dict[str, bytearray]:
    """The keys in slots that have many pieces, each with its pieces and positions, in UTF-8.

    There are millions of pairs of a piece and a key, which take a tenth of the room as bytes of one array a key.
    """
    found: dict[str, bytearray] = defaultdict(bytearray)
    last: dict[str, int] = {}
    for one in units if many else ():
        number = one.number
        for key, some in places(one.fields, slots, many).items():
            found[key] += (GAPS[number - last.get(key, END)] + some).encode(errors=_SURROGATES)
            last[key] = number
    return found


class Shard(NamedTuple):
    """What is in a shard."""

    rows: list[str]
    """For each slot, its pieces or MANY."""
    lists: dict[str, str]
    """By key, its pieces: of single characters and filters, and of the keys in slots with many."""

    @classmethod
    def read(cls, body: bytes) -> Shard:
        """The shard in a file."""
        rows, lists = json.loads(body[body.index(b"[") : body.rindex(b"]") + 1])
        words = lists.split(" ") if lists else []
        return cls(rows.split(" ")[:SLOTS], dict(zip(words[::2], words[1::2], strict=True)))

    def written(self, number: int) -> bytes:
        """The file of this shard."""
        return _shard(number, "".join([f"{row} " for row in self.rows]), self.lists)


def _shard(number: int, rows: str, lists: Mapping[str, str]) -> bytes:
    value = [rows, " ".join([f"{key} {lists[key]}" for key in sorted(lists)])]
    shown = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'rizhiSearch("{shard_name(number)}",{shown});\n'.encode(errors="replace")


def shard_name(number: int) -> str:
    """The name of a shard."""
    return f"s-{number:03x}"
