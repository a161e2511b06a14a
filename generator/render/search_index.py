"""The index of the search: what browsers load to find every page that holds what was typed, and no other.

Each document of a block has a slot on a line of positions: there lie its title, names, tags and text, each line of them
at the next multiple of STEP, so that an edit moves little of what stands behind it and nothing of other documents. The
index says of every character where it stands; where the characters of a query stand side by side, there it is. Letters,
which are few and frequent, go by threes.
"""

from __future__ import annotations

import json
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Final, NamedTuple

from generator.ground import dates
from generator.ground.search_folding import foldable, folded
from generator.model import urls
from generator.model.search import SearchBlock, SearchDocument, SearchPlan
from generator.model.settings import Settings
from generator.render.plain import words
from generator.render.prose import Label, Proses

STEP: Final = 32
"""Positions from one line's start to the next at least."""
SLOT: Final = 26 * STEP
"""Positions that a document has in a part of its block: all are below UTF-16's surrogates, as text has to be."""
OVERLAP: Final = 256
"""Characters that two pieces of a line share which is too long for a slot: more than is looked up of a query."""
FIELDS: Final = 4
"""Title, names, tags, text: the order in which matches are worth."""
_NOTHING: Final = (0,) * FIELDS
IN_A_FILE: Final = 8
"""Documents whose texts are fetched together."""
_ZERO: Final = 35
"""A number is the character that many places up: below it stand the quotation mark and all that JSON must escape."""
HEAD: Final = "index"
"""The file that every search begins with."""
LETTERS: Final = "0-9a-z\u00df-\u024f\u0370-\u052f"
_THREE = re.compile(f"(?=([{LETTERS}]{{3}}))")
_TWO = re.compile(f"(?=([{LETTERS}]{{2}}))")
_ONE = re.compile(f"[{LETTERS}]")
_NONE = re.compile(f"[^{LETTERS}]+")
_START = re.compile(f"(?<=[^{LETTERS} ])[{LETTERS}]{{1,2}}")
_END = re.compile(f"[{LETTERS}]{{1,2}}(?=[^{LETTERS} ])")
"""The first and the last letters of a word, where it follows or is followed by another sign: 第1次, 3月."""
_MONTH = re.compile(r"\d{4}-\d{2}-")
_ESCAPED: Final = frozenset(('"', "\\", *map(chr, range(0x20))))
"""What JSON writes otherwise."""

Fields = tuple[str, str, str, str]


class Text(NamedTuple):
    """A document as it is searched."""

    document: SearchDocument
    fields: Fields
    """Title, names, tags and text as they are shown, the parts of each on lines."""


def texts(block: SearchBlock, proses: Proses, label: Label) -> list[Text]:
    """What the documents of a block say."""
    return [Text(one, _fields(one, proses, label)) for one in block.documents]


def _fields(one: SearchDocument, proses: Proses, label: Label) -> Fields:
    said = [*one.lines]
    if one.body is not None:
        said.append(words(one.body, proses(one.body.text.path), label))
    title, names, tags, text = one.title, "\n".join(one.names), "\n".join(one.tags), "\n".join(said)
    return foldable(title), foldable(names), foldable(tags), foldable(text)


def text_files(block: SearchBlock, found: Sequence[Text], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The files of a block's texts: URL and body of each."""
    for number, at in enumerate(range(0, len(found), IN_A_FILE)):
        name = text_name(block.name, number)
        rows = ",\n".join(_row(one, settings) for one in found[at : at + IN_A_FILE])
        yield urls.search(name), f'rizhiSearch("{name}",[\n{rows}\n]);\n'.encode(errors="replace")


def text_name(block: str, number: int) -> str:
    """What the file is called that has a block's texts from the ``number``-th eight on."""
    return f"x-{block}-{number}"


def _row(text: Text, settings: Settings) -> str:
    one = text.document
    when = dates.written(one.span, settings.language) if one.span else ""
    months = [f"{one.span.start:%Y-%m}", f"{one.span.end:%Y-%m}"] if one.span else []
    href = urls.relative(urls.SEARCH, one.url, portable=settings.portable)
    return json.dumps(
        [href, one.kind, when, months, one.targets, one.kinds, *text.fields], ensure_ascii=False, separators=(",", ":")
    )


class _Part:
    """A stretch of positions, in which each document of a block has its slot."""

    def __init__(self) -> None:
        self.keys: dict[str, list[int]] = defaultdict(list)
        """Where each character stands, and each three letters. Of one letter and of two only the first place in a
        document, but under ``^`` or ``$`` all places where a word begins or ends with them beside another sign."""
        self.sizes: dict[int, list[int]] = {}
        """By document, the steps that its title takes here, its names, its tags and its text."""

    def put(self, line: str, at: int, seen: set[str]) -> None:
        """Lays a line out. ``seen`` is what its document has had of single letters and pairs."""
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
    """By key, where it stands in a block, told as text; for each of the parts that its positions fill.

    Under the empty key, the steps that title, names and tags of each document take; under ``t:``, ``k:``, ``g:`` and
    ``m:`` which documents have a target, a kind, a tag, or go on into another month.
    """
    parts = [_Part()]
    for number, one in enumerate(found):
        for key in _filters(one.document):
            parts[0].keys[key].append(number * SLOT)
        _lay(number, [folded(field).split("\n") for field in one.fields], parts)
    return [_told(part) for part in parts]


def _lay(number: int, fields: Iterable[Iterable[str]], parts: list[_Part]) -> None:
    """Lays a document out in its slot of the first part, and what is too long for that in the same slot of the next."""
    at, which = 0, 0
    seen: set[str] = set()
    for field, lines in enumerate(fields):
        for piece in _pieces(lines):
            steps = -(-len(piece) // STEP)
            if at + steps > SLOT // STEP:
                at, which = 0, which + 1
            if which == len(parts):
                parts.append(_Part())
            parts[which].put(piece, number * SLOT + at * STEP, seen)
            parts[which].sizes.setdefault(number, [0] * FIELDS)[field] += steps
            at += steps


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """The lines, those that are too long in pieces."""
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


def _told(part: _Part) -> dict[str, str]:
    """The keys of a part, each with its places: the first, then how far it is from each to the next."""
    keys = part.keys
    keys.pop(" ", None)
    ends = list(accumulate(map(len, keys.values())))
    text = _apart(array("H", chain.from_iterable(keys.values())), [0, *ends[:-1]])
    told = {key: text[start:end] for key, start, end in zip(keys, [0, *ends], ends, strict=False)}
    if "\\" in text:
        told = {key: one.replace("\\", "\\\\") for key, one in told.items()}
    # What its text takes need not be said: it is the last.
    sizes = [size for number in range(max(part.sizes) + 1) for size in part.sizes.get(number, _NOTHING)[:-1]]
    told[""] = "".join([chr(_ZERO + size) for size in sizes]).replace("\\", "\\\\")
    return told


def _apart(places: array[int], starts: Iterable[int]) -> str:
    """How far it is to each place from the one before, or from nothing at the ``starts``, as text.

    All are subtracted at once, as two long numbers: none of their digits is larger than what it is taken from.
    """
    before = array("H", (0,)) + places[:-1]
    for start in starts:
        before[start] = 0
    zeros = array("H", (_ZERO,)) * len(places)
    order = sys.byteorder
    apart = int.from_bytes(places, order) - int.from_bytes(before, order) + int.from_bytes(zeros, order)
    return apart.to_bytes(2 * len(places), order).decode("utf-16-le" if order == "little" else "utf-16-be")


def shard_of(key: str, shards: int) -> int:
    """The shard that a key stands in: the empty one, which every search needs, has one of its own."""
    if not key:
        return shards
    number = 0
    for char in key:
        number = (number * 31 + ord(char)) & 0xFFFFFFFF
    return number & (shards - 1)


def fragments(block: SearchBlock, found: Sequence[Text], shards: int) -> list[bytes]:
    """A block's lines in each of the shards, and last where fields end; empty where it has none."""
    last = shards - 1
    lines: list[list[str]] = [[] for _ in range(shards + 1)]
    for number, keys in enumerate(positions(found)):
        told: list[list[str]] = [[] for _ in range(shards + 1)]
        for key, places in keys.items():
            if len(key) == 1 and key not in _ESCAPED:
                told[ord(key) & last].append(f'"{key}":"{places}"')
            else:
                shown = json.dumps(key, ensure_ascii=False)
                told[shard_of(key, shards)].append(f'{shown}:"{places}"')
        name = f"{block.name}+{number}" if number else block.name
        for at, pairs in enumerate(told):
            if pairs:
                lines[at].append(f'"{name}":{{{",".join(sorted(pairs))}}},\n')
    return ["".join(one).encode(errors="replace") for one in lines]


def shard_name(number: int) -> str:
    """What a shard is called."""
    return f"s-{number:03x}"


def number_of(path: str) -> int:
    """The number of the shard that a file holds."""
    return int(path.rpartition("s-")[2].removesuffix(".js"), 16)


def shard(number: int, parts: Iterable[bytes]) -> bytes:
    """The file of a shard, of the lines of all blocks in the order of their names."""
    return f'rizhiSearch("{shard_name(number)}",{{\n'.encode() + b"".join(parts) + b"});\n"


def lines_of(shard: bytes) -> dict[str, bytes]:
    """By block, its lines in the file of a shard."""
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
    """What every search begins with: what there is to choose from, and where the rest lies.

    ``blocks`` says how many documents each has; ``version`` changes whenever a file does; ``sizes`` are those of the
    shards, in bytes, and ``text_size`` is what the largest file of texts has.
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
