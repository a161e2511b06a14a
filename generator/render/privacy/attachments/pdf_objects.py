"""Reads the objects of a PDF file (ISO 32000-1, 7): wherever they stand, current ones and those of earlier versions."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

MOST: Final = 32 * 1024 * 1024
"""The maximum number of bytes of one stream."""
_DEEPEST: Final = 100
_LARGEST: Final = 100_000
"""The maximum number of values in an array or a dictionary."""
_PER_BYTE: Final = 4
_PER_OBJECT: Final = 130
"""The effort for a byte of an object, and for any object, against that for a byte of a stream."""
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,9})\s+[0-9]{1,5}\s+obj\b")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:<<|[0-9]+\s+[0-9]+\s+R)")
_TOKEN = re.compile(
    rb"""[\s\0]*+(?>(?:%[^\r\n]*+[\s\0]*+)*)
    (?: (?P<open><<|\[) | (?P<close>>>|\]) | /(?P<name>[^\s\0()<>\[\]{}/%]*+)
      | (?P<text>\() | <(?P<hex>[0-9a-fA-F\s]*+)>
      | (?P<reference>[0-9]{1,9})\s+[0-9]{1,5}\s+R\b | (?P<number>[-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++))
      | (?P<word>[^\s\0()<>\[\]{}/%]++) | (?P<other>\S) )""",
    re.VERBOSE,
)
_COMMENT = re.compile(rb"(?:^|(?<=[\s>\])]))%[^\r\n]+")
_NO_WORDS = re.compile(rb"[0-9]{10} [0-9]{5} [nf]|<([0-9a-fA-F\s]*)>")
"""Where objects stand, which means nothing to people, and what is written in hexadecimal digits."""
_TRAILER = re.compile(rb"\btrailer\b")
_PICTURE_END = re.compile(rb"\sEI\b")
_PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\r\n])|(.))", re.DOTALL)
_IN_NAME = re.compile(rb"#([0-9a-fA-F]{2})")
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


PICTURES: Final = (b"DCTDecode", b"DCT", b"JPXDecode")
"""The compressions that are files of pictures: JPEG and JPEG 2000."""


class Name(bytes):
    """A name, without its slash."""


class Word(bytes):
    """An operator, or another word."""


class Reference(int):
    """The number of an object."""


class Stream(NamedTuple):
    """An object with bytes."""

    number: int
    facts: Mapping[bytes, Any]
    raw: bytes


class UnknownFilterError(ValueError):
    """A stream that is compressed in a way that is not read."""


def tokens(raw: bytes, start: int = 0) -> Iterator[tuple[Any, int]]:
    """The values in bytes, each with where it ends: arrays and dictionaries whole, operators as Words.

    Raises ValueError for one that no program writes.
    """
    stack: list[list[Any]] = []
    position, count = start, 0
    while match := _TOKEN.match(raw, position):
        position = match.end()
        kind = match.lastgroup
        count += 1
        if len(stack) > _DEEPEST or count > _LARGEST:
            raise ValueError
        if kind == "open":
            stack.append([match["open"]])
            continue
        if kind == "close":
            if not stack:
                continue
            first, *items = stack.pop()
            value: Any = items if first == b"[" else dict(zip(map(_key, items[::2]), items[1::2], strict=False))
        elif kind == "text":
            value, position = _text(raw, position)
        else:
            value = _simple(match)
            if value == b"ID" and isinstance(value, Word) and not stack:
                # The bytes of a small picture among the operators.
                end = _PICTURE_END.search(raw, position)
                position = end.end() if end else len(raw)
        if stack:
            stack[-1].append(value)
        else:
            yield value, position
            count = 0


def comments(raw: bytes) -> list[bytes]:
    """What looks like comments in values or in the operators of a page."""
    return _COMMENT.findall(raw) if b"%" in raw else []


def _key(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes) else b""


def _simple(match: re.Match[bytes]) -> Any:
    match match.lastgroup:
        case "name":
            name = match["name"]
            return Name(_IN_NAME.sub(lambda one: _from_hex(one[1]), name) if b"#" in name else name)
        case "hex":
            return _from_hex(match["hex"])
        case "reference":
            return Reference(match["reference"])
        case "number":
            return float(match["number"])
        case _:
            return Word(match[0].strip())


def _from_hex(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _text(raw: bytes, start: int) -> tuple[bytes, int]:
    """A text in parentheses, which may hold others."""
    depth = 1
    for match in _PAREN.finditer(raw, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return _ESCAPE.sub(_unescaped, raw[start : match.start()]), match.end()
    return b"", len(raw)


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    return b"" if match[2] else _ESCAPES.get(match[3], match[3])


class PdfObjects:
    """The objects of a file, by number."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.is_encrypted = _ENCRYPTED.search(body) is not None
        self.values: dict[int, Any] = {}
        self.streams: list[Stream] = []
        """All streams, those of earlier versions of the file, too."""
        self.by_number: dict[int, Stream] = {}
        self.former: list[Any] = []
        """What objects were in earlier versions of the file, and what says where they are."""
        self.outside: list[bytes] = []
        """What stands between the objects, behind them, and in comments."""

    def read(self) -> Iterator[int]:
        """Reads everything, and gives the effort since the last time. Raises ValueError and zlib.error."""
        places = [*_OBJECT.finditer(self._body)]
        if not places:
            raise ValueError
        self.outside.append(self._body[: places[0].start()])
        self.former += (next(tokens(self._body, one.end()), (None, 0))[0] for one in _TRAILER.finditer(self._body))
        ends = [*(place.start() for place in places[1:]), len(self._body)]
        for place, end in zip(places, ends, strict=True):
            yield self._take(int(place[1]), place.end(), end)
        for stream in [one for one in self.streams if one.facts.get(b"Type") == b"ObjStm"]:
            body = decoded(stream, self)
            yield _PER_BYTE * len(body)
            self._take_packed(body, int(self.number(stream.facts.get(b"First"))))

    def _take(self, number: int, start: int, end: int) -> int:
        value, length = next(tokens(self._body[start:end]), (None, 0))
        self._keep(number, value)
        rest = start + length
        self.outside += comments(self._body[start:rest])
        at = self._body.find(b"stream", start + length, min(end, start + length + 40))
        if isinstance(value, dict) and at >= 0:
            at += 6
            at += 2 if self._body[at : at + 2] == b"\r\n" else 1
            stop = self._body.rfind(b"endstream", at, end)
            stream = Stream(number, value, self._body[at : stop if stop >= 0 else end])
            self.streams.append(stream)
            self.by_number[number] = stream
            rest = stop if stop >= 0 else end
        self.outside.append(_NO_WORDS.sub(lambda one: _from_hex(one[1] or b""), self._body[rest:end]))
        return _PER_OBJECT + _PER_BYTE * length + end - start

    def _keep(self, number: int, value: Any) -> None:
        if number in self.values:
            self.former.append(self.values[number])
        self.values[number] = value

    def _take_packed(self, body: bytes, first: int) -> None:
        numbers = [int(value) for value, _ in tokens(body[:first]) if isinstance(value, float)]
        for number, (value, _) in zip(numbers[::2], tokens(body, first), strict=False):
            self._keep(number, value)

    def resolved(self, value: Any) -> Any:
        """The value that a reference leads to."""
        for _ in range(_DEEPEST):
            if not isinstance(value, Reference):
                return value
            value = self.values.get(value)
        return None

    def facts(self, value: Any) -> dict[bytes, Any]:
        """A dictionary; an empty one for anything else."""
        found = self.resolved(value)
        return found if isinstance(found, dict) else {}

    def items(self, value: Any) -> list[Any]:
        """An array; a single value as one of its own."""
        found = self.resolved(value)
        return found if isinstance(found, list) else [] if found is None else [value]

    def number(self, value: Any) -> float:
        """A number; 0 for anything else."""
        found = self.resolved(value)
        return found if isinstance(found, float) else 0.0


def decoded(stream: Stream, objects: PdfObjects) -> bytes:
    """The bytes of a stream. Raises ValueError and zlib.error."""
    raw = stream.raw
    parameters = [objects.facts(one) for one in objects.items(stream.facts.get(b"DecodeParms"))]
    for number, one in enumerate(objects.items(stream.facts.get(b"Filter"))):
        predictor = objects.number(parameters[number].get(b"Predictor")) if number < len(parameters) else 0
        raw = _decoded(raw, objects.resolved(one), predictor)
    return raw


def _decoded(raw: bytes, name: object, predictor: float) -> bytes:
    if name in (b"FlateDecode", b"Fl") and predictor < 2:
        # Many files lack the end of a stream.
        return zlib.decompressobj().decompress(raw, MOST)
    if name in PICTURES:
        return raw
    if name in (b"ASCIIHexDecode", b"AHx"):
        return bytes.fromhex(raw.split(b">")[0].decode("ascii"))
    if name in (b"ASCII85Decode", b"A85"):
        return base64.a85decode(raw.split(b"~>")[0].strip().removeprefix(b"<~"))
    raise UnknownFilterError
