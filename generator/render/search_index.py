"""Builds the search index: a positional index of characters, in files that the browser loads as it needs them.

Each document of a block has a slot in a range of positions. The slot holds its title, names, tags and text, each line
at the next multiple of STEP, so that an edit shifts few positions behind it and none of other documents. The index
holds the positions of every character; a query matches where its characters have consecutive positions. Latin and
similar letters, which are few and frequent, are indexed as trigrams.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Final, NamedTuple

from generator.ground import dates
from generator.ground.patterns import deferred
from generator.ground.search_folding import foldable, folded
from generator.model import urls
from generator.model.search import SearchBlock, SearchDocument, SearchPlan
from generator.model.settings import Settings
from generator.render.plain import words
from generator.render.prose import Label, Proses

STEP: Final = 32
"""Lines start at multiples of this position."""
SLOT: Final = 26 * STEP
"""Positions for each document in a segment. All positions of a block stay below UTF-16's surrogates, as they are
encoded as characters."""
OVERLAP: Final = 256
"""Characters by which the pieces of a line overlap that is too long for a slot: more than is looked up of a query."""
FIELDS: Final = 4
"""The number of fields: title, names, tags, text, in the order of their weight."""
_NOTHING: Final = (0,) * FIELDS
TEXTS_PER_FILE: Final = 8
"""Documents whose texts are in one file."""
_ZERO: Final = 35
"""A number is encoded as the character with this code plus the number, so that few characters need escapes in JSON."""
HEAD: Final = "index"
"""The name of the file that every search loads first."""
LETTERS: Final = "0-9a-z\u00df-\u024f\u0370-\u052f"
_THREE = deferred(f"(?=([{LETTERS}]{{3}}))")
_TWO = deferred(f"(?=([{LETTERS}]{{2}}))")
_ONE = deferred(f"[{LETTERS}]")
_NONE = deferred(f"[^{LETTERS}]+")
_START = deferred(f"(?<=[^{LETTERS} ])[{LETTERS}]{{1,2}}")
_END = deferred(f"[{LETTERS}]{{1,2}}(?=[^{LETTERS} ])")
"""The first and the last one or two letters of a word next to a character of another script: 第1次, 3月."""
_MONTH = deferred(r"\d{4}-\d{2}-")
_ESCAPED: Final = frozenset(('"', "\\", *map(chr, range(0x20))))
"""Characters that JSON escapes."""

Fields = tuple[str, str, str, str]


class Text(NamedTuple):
    """A document with its searchable text."""

    document: SearchDocument
    fields: Fields
    """Title, names, tags and text as they are shown, with line ends between the parts of each."""


def texts(block: SearchBlock, proses: Proses, label: Label) -> list[Text]:
    """The documents of a block with their texts."""
    return [Text(one, _fields(one, proses, label)) for one in block.documents]


def _fields(one: SearchDocument, proses: Proses, label: Label) -> Fields:
    lines = [*one.lines]
    if one.body is not None:
        lines.append(words(one.body, proses(one.body.text.path), label))
    title, names, tags, text = one.title, "\n".join(one.names), "\n".join(one.tags), "\n".join(lines)
    return foldable(title), foldable(names), foldable(tags), foldable(text)


def text_files(block: SearchBlock, found: Sequence[Text], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The files with a block's texts: URL and bytes of each."""
    for number, at in enumerate(range(0, len(found), TEXTS_PER_FILE)):
        name = text_name(block.name, number)
        rows = ",\n".join(_row(one, settings) for one in found[at : at + TEXTS_PER_FILE])
        yield urls.search(name), f'rizhiSearch("{name}",[\n{rows}\n]);\n'.encode(errors="replace")


def text_name(block: str, number: int) -> str:
    """The name of the ``number``-th file, from 0, with texts of a block."""
    return f"x-{block}-{number}"


def _row(text: Text, settings: Settings) -> str:
    one = text.document
    when = dates.written(one.span, settings.language) if one.span else ""
    months = [f"{one.span.start:%Y-%m}", f"{one.span.end:%Y-%m}"] if one.span else []
    href = urls.relative(urls.SEARCH, one.url, portable=settings.portable)
    return json.dumps(
        [href, one.kind, when, months, one.targets, one.kinds, *text.fields], ensure_ascii=False, separators=(",", ":")
    )


class _Segment:
    """A range of positions in which each document of a block has a slot. A long document continues in the next one."""

    def __init__(self) -> None:
        self.keys: dict[str, list[int]] = defaultdict(list)
        """The positions of each character and each trigram of letters. For one and two letters, only the first position
        in each document; under ``^`` or ``$`` all where they begin or end a word next to another script."""
        self.sizes: dict[int, list[int]] = {}
        """By document, the number of steps that its title, names, tags and text take in this segment."""

    def put(self, line: str, at: int, seen: set[str]) -> None:
        """Indexes a line at position ``at``. ``seen`` holds the single letters and pairs of its document so far."""
        keys = self.keys
        if _ONE.search(line) is None:
            for position, char in enumerate(line, at):
                keys[char].append(position)
        else:
            self._put_words(line, at, seen)

    def _put_words(self, line: str, at: int, seen: set[str]) -> None:
        keys = self.keys
        for found in _THREE.finditer(line):
            keys[found[1]].append(at + found.start())
        for found in _NONE.finditer(line):
            for position, char in enumerate(found[0], at + found.start()):
                keys[char].append(position)
        for found in _START.finditer(line):
            for length in range(1, len(found[0]) + 1):
                keys["^" + found[0][:length]].append(at + found.start())
        for found in _END.finditer(line):
            for length in range(1, len(found[0]) + 1):
                keys[found[0][-length:] + "$"].append(at + found.end() - length)
        few = {*_ONE.findall(line), *_TWO.findall(line)} - seen
        for key in few:
            keys[key].append(at + line.index(key))
        seen |= few


def positions(found: Sequence[Text]) -> list[dict[str, str]]:
    """For each segment of a block, the encoded positions by key.

    The empty key holds the steps that title, names and tags of each document take. The keys ``t:``, ``k:``, ``g:`` and
    ``m:`` hold the documents that have a target, a kind, a tag, or that continue into another month.
    """
    segments = [_Segment()]
    for number, one in enumerate(found):
        for key in _filters(one.document):
            segments[0].keys[key].append(number * SLOT)
        _place(number, [folded(field).split("\n") for field in one.fields], segments)
    return [_encoded(segment) for segment in segments]


def _place(number: int, fields: Iterable[Iterable[str]], segments: list[_Segment]) -> None:
    """Places a document in its slot of the first segment; what does not fit goes to the same slot of the next ones."""
    at, which = 0, 0
    seen: set[str] = set()
    for field, lines in enumerate(fields):
        for piece in _pieces(lines):
            steps = -(-len(piece) // STEP)
            if at + steps > SLOT // STEP:
                at, which = 0, which + 1
            if which == len(segments):
                segments.append(_Segment())
            segments[which].put(piece, number * SLOT + at * STEP, seen)
            segments[which].sizes.setdefault(number, [0] * FIELDS)[field] += steps
            at += steps


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with those that are longer than a slot cut into overlapping pieces."""
    for line in lines:
        if len(line) <= SLOT:
            yield line
        else:
            yield from (line[at : at + SLOT] for at in range(0, len(line) - OVERLAP, SLOT - OVERLAP))


def _filters(one: SearchDocument) -> Iterator[str]:
    yield from (f"t:{target}" for target in dict.fromkeys(one.targets))
    yield from (f"k:{kind}" for kind in one.kinds)
    yield from (f"g:{tag}" for tag in dict.fromkeys(one.tags))
    if one.span is not None:
        first = one.span.start.replace(day=1)
        yield from (f"m:{day:%Y-%m}" for day in one.span if day.day == 1 and day > first)


def _encoded(segment: _Segment) -> dict[str, str]:
    """The keys of a segment with their positions, encoded as the first position and then the distances."""
    keys = segment.keys
    keys.pop(" ", None)
    ends = list(accumulate(map(len, keys.values())))
    text = _deltas(array("H", chain.from_iterable(keys.values())), [0, *ends[:-1]])
    encoded = {key: text[start:end] for key, start, end in zip(keys, [0, *ends], ends, strict=False)}
    if "\\" in text:
        encoded = {key: one.replace("\\", "\\\\") for key, one in encoded.items()}
    # The size of the text is left out, as it is the last field.
    sizes = [size for number in range(max(segment.sizes) + 1) for size in segment.sizes.get(number, _NOTHING)[:-1]]
    encoded[""] = "".join([chr(_ZERO + size) for size in sizes]).replace("\\", "\\\\")
    return encoded


def _deltas(values: array[int], starts: Iterable[int]) -> str:
    """The distance of each position from the one before, and at ``starts`` from 0, encoded as text.

    All are subtracted at once as two long integers. No 16-bit digit is smaller than the one subtracted from it.
    """
    before = array("H", (0,)) + values[:-1]
    for start in starts:
        before[start] = 0
    zeros = array("H", (_ZERO,)) * len(values)
    order = sys.byteorder
    deltas = int.from_bytes(values, order) - int.from_bytes(before, order) + int.from_bytes(zeros, order)
    return deltas.to_bytes(2 * len(values), order).decode("utf-16-le" if order == "little" else "utf-16-be")


def shard_of(key: str, shards: int) -> int:
    """The number of the shard that holds a key. The empty key, which every search needs, has a shard of its own."""
    if not key:
        return shards
    number = 0
    for char in key:
        number = (number * 31 + ord(char)) & 0xFFFFFFFF
    return number & (shards - 1)


def postings(block: SearchBlock, found: Sequence[Text], shards: int) -> list[bytes]:
    """The lines of a block in each shard, and last in that of the empty key; empty for a shard without keys of it."""
    last = shards - 1
    lines: list[list[str]] = [[] for _ in range(shards + 1)]
    for number, keys in enumerate(positions(found)):
        pairs_of: list[list[str]] = [[] for _ in range(shards + 1)]
        for key, places in keys.items():
            if len(key) == 1 and key not in _ESCAPED:
                pairs_of[ord(key) & last].append(f'"{key}":"{places}"')
            else:
                shown = json.dumps(key, ensure_ascii=False)
                pairs_of[shard_of(key, shards)].append(f'{shown}:"{places}"')
        name = f"{block.name}+{number}" if number else block.name
        for at, pairs in enumerate(pairs_of):
            if pairs:
                lines[at].append(f'"{name}":{{{",".join(sorted(pairs))}}},\n')
    return ["".join(one).encode(errors="replace") for one in lines]


def shard_name(number: int) -> str:
    """The name of a shard."""
    return f"s-{number:03x}"


def number_of(path: str) -> int:
    """The number of the shard in the file at a path."""
    return int(path.rpartition("s-")[2].removesuffix(".js"), 16)


def shard(number: int, parts: Iterable[bytes]) -> bytes:
    """The file of a shard, from the lines of all blocks, sorted by the names of the blocks."""
    return f'rizhiSearch("{shard_name(number)}",{{\n'.encode() + b"".join(parts) + b"});\n"


def postings_by_block(shard: bytes) -> dict[str, bytes]:
    """The lines of each block in the file of a shard."""
    found: dict[str, bytes] = {}
    for line in shard.split(b"\n")[1:-2]:
        name = line[1 : line.index(b'"', 1)].split(b"+")[0].decode()
        found[name] = found.get(name, b"") + line + b"\n"
    return found


def head(
    plan: SearchPlan,
    blocks: Mapping[str, int],
    *,
    version: bytes,
    sizes: Iterable[int],
    text_size: int,
) -> bytes:
    """The file that every search loads first: the filters to choose from, the blocks and the sizes of other files.

    ``blocks`` gives the number of documents of each block. ``version`` changes whenever a file does. ``sizes`` are
    those of the shards in bytes, and ``text_size`` is the size of the largest file of texts.
    """
    months = sorted(name[:7] for name in blocks if _MONTH.match(name))
    value = {
        "version": version.hex()[:12],
        "shards": plan.shards,
        "sizes": [_kilobytes(size) for size in sizes],
        "text": _kilobytes(text_size),
        "blocks": [] if plan.shards else sorted(blocks.items()),
        "kinds": plan.kinds,
        "targets": plan.targets,
        "tags": plan.tags,
        "months": [months[0], months[-1]] if months else [],
    }
    return f'rizhiSearch("{HEAD}",{json.dumps(value, ensure_ascii=False, separators=(",", ":"))});\n'.encode()


def _kilobytes(size: int) -> int:
    return -(-size // 1024)
