"""HEIF (ISO/IEC 23008-12), which HEIC and AVIF are: items in boxes (ISO/IEC 14496-12).

A new file is written of the picture that is shown, its tiles and its transparency. All else is left out: EXIF, XMP,
previews, depth and gain maps, other pictures, and whatever lies between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.read.pictures.coded import cleaned_data, cleaned_property
from generator.read.pictures.heif_writing import Item, Property, Reference, written
from generator.read.pictures.parsing import MOST_PARTS, Kind, Picture, Size, big, cut, damaged, few, shown

_BRANDS: Final = (b"avif", b"heic", b"heix", b"mif1", b"miaf", b"MA1A", b"MA1B")
_CODED: Final = (b"hvc1", b"av01")
_CONFIGURATIONS: Final = (b"hvcC", b"av1C")
_TO_PARTS: Final = (b"dimg", b"prem")
"""References to the tiles of a grid, and to a transparency that colours were multiplied with."""
_FROM_ALPHA: Final = b"auxl"
_OUTSIDE, _INSIDE, _NOWHERE = 0, 1, 2
"""Whether data are counted from the begin of the file, or of the box ``idat``, or are not looked for."""

Box = tuple[bytes, bytes]
"""Name and body."""
Piece = tuple[int, int, int]
"""Of an item's data: how it is found, where it begins, and its length; 0 for all that there is."""


def cleaned(raw: bytes, kind: Kind) -> Picture:
    """See ``pictures.picture``."""
    top = few(_boxes(raw, 0))
    meta = _first(top, b"meta")
    if any(name == b"moov" for name, _ in top):
        raise _unknown()
    source = _Source(raw, few(_boxes(meta, 4)))
    references = list(source.shown_references())
    wanted = {source.primary, *(one for reference in references for one in reference[1:])}
    items = source.items(wanted)
    own = (top[0][1][at : at + 4] for at in range(0, min(len(top[0][1]), 1024), 4))
    brands = dict.fromkeys((*(one for one in own if one in _BRANDS), kind.encode()))
    return shown(kind, _size(items[source.primary]), 1, written(brands, source.primary, items, references))


def _unknown() -> Fault:
    return Fault(
        say("what a camera wrote into it cannot be removed"),
        say("save it as JPEG, and name that in the text"),
    )


def _boxes(raw: bytes, at: int) -> Iterator[Box]:
    """The boxes to the end. Raises Fault."""
    while at < len(raw):
        size, start = big(raw, at, 4), at + 8
        if size == 1:
            size, start = big(raw, at + 8, 8), at + 16
        elif size == 0:
            size = len(raw) - at
        if size < start - at:
            raise damaged()
        yield cut(raw, at + 4, 4), cut(raw, start, at + size - start)
        at += size


def _first(boxes: Iterable[Box], wanted: bytes) -> bytes:
    """The first box with this name. Raises Fault where there is none."""
    for name, body in boxes:
        if name == wanted:
            return body
    raise damaged()


class _Numbers:
    """Reads a box that begins with a version and flags. Raises Fault where it ends too soon."""

    def __init__(self, body: bytes) -> None:
        self._body, self._at = body, 4
        self.version = big(body, 0, 1)
        self.flags = big(body, 1, 3)

    def next(self, size: int) -> int:
        """A number of so many bytes."""
        self._at += size
        return big(self._body, self._at - size, size)

    def rounds(self, size: int) -> range:
        """As many rounds as the number says that comes next."""
        count = self.next(size)
        if count > MOST_PARTS:
            raise damaged()
        return range(count)


class _Source:
    """The items of a file as they are."""

    def __init__(self, raw: bytes, meta: list[Box]) -> None:
        self._raw, self._meta = raw, meta
        self._kinds = dict(few(self._all_kinds()))
        numbers = _Numbers(_first(meta, b"pitm"))
        self.primary = numbers.next(4 if numbers.version else 2)
        self._properties: dict[int, list[Property]] = {}
        """By item, with what is kept of each; empty for one that is left out."""
        for item, one in few(self._associations()):
            self._properties.setdefault(item, []).append(one)
        self._pieces: dict[int, list[Piece]] = {}
        for item, piece in few(self._locations()):
            self._pieces.setdefault(item, []).append(piece)

    def shown_references(self) -> Iterator[Reference]:
        """Those from the primary picture to its tiles, and from its transparency, and so on for these."""
        found: dict[int, list[Reference]] = {}
        for reference in few(self._references()):
            name, start, end = reference
            if name in _TO_PARTS:
                found.setdefault(start, []).append(reference)
            elif name == _FROM_ALPHA and any(kept and one == b"auxC" for one, kept, _ in self._of(start)):
                found.setdefault(end, []).append(reference)
        todo = [self.primary]
        while todo:
            for reference in found.pop(todo.pop(), ()):
                yield reference
                todo += reference[1:]

    def items(self, wanted: set[int]) -> dict[int, Item]:
        """These items, cleaned. Raises Fault."""
        # Many items may claim the same bytes.
        lengths = (length or len(self._raw) for one in wanted for _, _, length in self._pieces.get(one, ()))
        if sum(lengths) > len(self._raw) or not wanted <= self._kinds.keys():
            raise damaged()
        return {one: self._item(one) for one in self._kinds if one in wanted}

    def _item(self, number: int) -> Item:
        kind, is_hidden = self._kinds[number]
        # A colour profile may be left out.
        if any(is_essential and not body and name != b"colr" for name, body, is_essential in self._of(number)):
            raise _unknown()
        properties = tuple(one for one in self._of(number) if one[1])
        data = b"".join(self._piece(*one) for one in self._pieces.get(number, ()))
        configuration = next((body for name, body, _ in properties if name in _CONFIGURATIONS), b"")
        if kind == b"grid":
            data = cut(data, 0, 12 if big(data, 1, 1) & 1 else 8)
        elif kind in _CODED and configuration:
            data = cleaned_data(kind, data, configuration)
        else:
            raise _unknown()
        if not data:
            raise damaged()
        return Item(kind, is_hidden, properties, data)

    def _of(self, item: int) -> list[Property]:
        return self._properties.get(item, [])

    def _piece(self, method: int, start: int, length: int) -> bytes:
        if method not in (_OUTSIDE, _INSIDE):
            raise _unknown()
        whole = self._raw if method == _OUTSIDE else _first(self._meta, b"idat")
        return cut(whole, start, length or max(0, len(whole) - start))

    def _all_kinds(self) -> Iterator[tuple[int, tuple[bytes, bool]]]:
        """The type of each item, and whether it is hidden. One that is encrypted has no type."""
        body = _first(self._meta, b"iinf")
        for name, entry in _boxes(body, 8 if big(body, 0, 1) else 6):
            numbers = _Numbers(entry)
            if name == b"infe" and numbers.version in (2, 3):
                number, is_encrypted = numbers.next(4 if numbers.version == 3 else 2), numbers.next(2)
                kind = numbers.next(4).to_bytes(4, "big")
                yield number, (b"" if is_encrypted else kind, bool(numbers.flags & 1))

    def _locations(self) -> Iterator[tuple[int, Piece]]:
        """Each piece of the items' data."""
        numbers = _Numbers(_first(self._meta, b"iloc"))
        sizes, is_old, wide = numbers.next(2), numbers.version == 0, 4 if numbers.version == 2 else 2
        offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
        for _ in numbers.rounds(wide):
            item = numbers.next(wide)
            method = _OUTSIDE if is_old else numbers.next(2) & 15
            is_elsewhere, begin = numbers.next(2), numbers.next(base)
            for _ in numbers.rounds(2):
                numbers.next(0 if is_old else index)
                start = begin + numbers.next(offset)
                yield item, (_NOWHERE if is_elsewhere else method, start, numbers.next(length))

    def _associations(self) -> Iterator[tuple[int, Property]]:
        """Each property of an item, cleaned."""
        boxes = few(_boxes(_first(self._meta, b"iprp"), 0))
        properties = [(name, cleaned_property(name, body)) for name, body in few(_boxes(_first(boxes, b"ipco"), 0))]
        numbers = _Numbers(_first(boxes, b"ipma"))
        size = 2 if numbers.flags & 1 else 1
        highest = 1 << 8 * size - 1
        for _ in numbers.rounds(4):
            item = numbers.next(4 if numbers.version else 2)
            for _ in numbers.rounds(1):
                given = numbers.next(size)
                # 0 is none.
                if index := given % highest:
                    if index > len(properties):
                        raise damaged()
                    yield item, (*properties[index - 1], given >= highest)

    def _references(self) -> Iterator[Reference]:
        body = next((body for name, body in self._meta if name == b"iref"), bytes(4))
        size = 4 if big(body, 0, 1) else 2
        for name, reference in _boxes(body, 4):
            start, count = big(reference, 0, size), big(reference, size, 2)
            for at in range(size + 2, size + 2 + size * count, size):
                yield name, start, big(reference, at, size)


def _size(item: Item) -> Size:
    """As it is shown: cut and turned by its properties, in their order."""
    width = height = 0
    for name, body, _ in item.properties:
        if name == b"ispe":
            width, height = big(body, 4, 4), big(body, 8, 4)
        elif name == b"clap":
            numbers = [big(body, at, 4) for at in (0, 4, 8, 12)]
            width, height = numbers[0] // (numbers[1] or 1), numbers[2] // (numbers[3] or 1)
        elif name == b"irot" and body[0] & 1:
            width, height = height, width
    return width, height
