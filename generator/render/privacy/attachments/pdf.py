"""Extracts the text of PDF files: what pages show, and titles, notes, addresses and embedded files."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.render.privacy.attachments.encodings import decodings, is_text
from generator.render.privacy.attachments.pdf_fonts import Font, font
from generator.render.privacy.attachments.pdf_objects import (
    PICTURES,
    Name,
    PdfObjects,
    Reference,
    Stream,
    Word,
    comments,
    decoded,
    tokens,
)
from generator.render.privacy.attachments.pdf_page import Pen
from generator.render.privacy.attachments.runs import runs
from generator.render.privacy.glyphs import BLOCK

_NO_TEXT: Final = frozenset((b"Image", b"Type1C", b"CIDFontType0C", b"OpenType", b"ObjStm", b"XRef"))
_FACTS_OF_DATA: Final = (b"Length1", b"Length2", b"Length3", b"FunctionType", b"ShadingType", b"Alternate", b"N")
"""What only fonts, functions, shadings and profiles of colours have."""
_LONGEST: Final = 10_000
"""The longest text of an object that is surely one. A signature is longer."""
_TELLING: Final = re.compile(rb"[^!-~]|[0-9]{11}")
"""What is in a name that people gave, and not programs."""
_WORDS: Final = re.compile(rb"[\x80-\xff]|(?<![A-Za-z/])[A-Za-z]{4}")
"""What is in a text, and not in commands that draw, whose figures mean nothing."""
_SILENT: Final = frozenset(
    b"b B b* B* BI BT BX c cm CS cs d d0 d1 Do EI EMC ET EX f F f* G g gs h i ID j J K k l M m n q Q re RG rg ri s S "
    b"SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
"""The operators of a page whose operands are numbers, names of its resources, or the text that it shows."""
_DEEPEST: Final = 50
_MOST_OPERANDS: Final = 20
_PER_VALUE: Final = 40
"""The effort for a value or an operator of a page, and for one of the texts that it shows."""
_TOGETHER: Final = 10_000
"""Operators after which the reader may count them."""


class PdfText:
    """Reads one file."""

    def __init__(self, body: bytes) -> None:
        self._objects = PdfObjects(body)
        self.is_encrypted = self._objects.is_encrypted
        self.effort = 0
        """What was done so far, in bytes of a stream."""
        self.is_complete = True
        """Whether all text was in fonts, and compressed in ways, that are known."""
        self.has_text = False
        """Whether any page shows text, and not only pictures."""
        self.embedded: list[bytes] = []
        """The files in the file, and other texts, once what it shows is read."""
        self.pictures: list[bytes] = []
        """The pictures that are files of their own."""
        self._fonts: dict[int, Font] = {}

    def texts(self) -> Iterator[str]:
        """The text in pieces, perhaps empty ones. Raises ValueError and zlib.error where the file is broken."""
        for effort in self._objects.read():
            self.effort += effort
            yield ""
        yield BLOCK.join(self._notes())
        yield from self._asides(self._objects.outside)
        resources: dict[int, Mapping[bytes, Any]] = {}
        for numbers, facts in self._pages():
            resources.update(dict.fromkeys(numbers, facts))
            found = [self._objects.by_number[one] for one in numbers if one in self._objects.by_number]
            yield from self._shown(b"\n".join(map(self._bytes, found)), facts)
        for stream in self._objects.streams:
            is_current = self._objects.by_number[stream.number] is stream
            if not (is_current and stream.number in resources):
                yield from self._other(stream, resources.get(stream.number, {}))

    def _pages(self) -> Iterator[tuple[list[int], Mapping[bytes, Any]]]:
        """The streams of each page, with the fonts and other things that it calls by name."""
        objects = self._objects
        for value in list(objects.values.values()):
            if isinstance(value, dict) and value.get(b"Type") == b"Page":
                holder, resources = value, objects.facts(value.get(b"Resources"))
                for _ in range(_DEEPEST):
                    if resources:
                        break
                    holder = objects.facts(holder.get(b"Parent"))
                    resources = objects.facts(holder.get(b"Resources"))
                contents = value.get(b"Contents")
                items = (
                    [contents]
                    if isinstance(contents, Reference) and contents in objects.by_number
                    else objects.items(contents)
                )
                yield [int(one) for one in items if isinstance(one, Reference)], resources

    def _other(self, stream: Stream, resources: Mapping[bytes, Any]) -> Iterator[str]:
        """The text of a stream that is no page's: a form, a pattern, a page of an earlier version, a description."""
        facts = stream.facts
        kinds = (self._objects.resolved(facts.get(key)) for key in (b"Type", b"Subtype"))
        if any(isinstance(kind, bytes) and kind in _NO_TEXT for kind in kinds):
            if not set(PICTURES).isdisjoint(self._objects.items(facts.get(b"Filter"))):
                self.pictures.append(self._bytes(stream))
            return
        if any(key in facts for key in _FACTS_OF_DATA):
            return
        body = self._bytes(stream)
        if facts.get(b"Type") == b"EmbeddedFile" or body.lstrip()[:1] == b"<":
            self.embedded.append(body)
        elif b"begincmap" in body:
            return
        elif b"BT" in body or b"BDC" in body:
            yield from self._shown(body, self._objects.facts(facts.get(b"Resources")) or resources)
        elif _WORDS.search(body) and is_text(body):
            self.embedded.append(body)

    def _bytes(self, stream: Stream) -> bytes:
        try:
            body = decoded(stream, self._objects)
        except (ValueError, zlib.error):
            self.is_complete = False
            return b""
        self.effort += len(body)
        return body

    def _shown(self, content: bytes, resources: Mapping[bytes, Any]) -> Iterator[str]:
        """The text that a page shows, after empty ones for each part of the effort."""
        fonts = self._objects.facts(resources.get(b"Font"))
        pen = Pen(lambda name: self._font(fonts.get(name)))
        operands: list[Any] = []
        asides: list[str] = []
        try:
            for value, _ in tokens(content):
                self.effort += _PER_VALUE
                if not isinstance(value, Word):
                    operands = [*operands[-_MOST_OPERANDS:], value]
                    continue
                self.effort += _PER_VALUE * sum(len(one) for one in operands if isinstance(one, list))
                pen.follow(value, operands)
                if value not in _SILENT:
                    asides += _texts(operands)
                operands = []
                if pen.steps % _TOGETHER == 0:
                    yield ""
        except ValueError:
            self.is_complete = False
        self.is_complete = self.is_complete and pen.is_complete
        self.has_text = self.has_text or bool(pen.text.strip())
        yield BLOCK.join([pen.text, *asides])
        yield from self._asides(comments(content))

    def _asides(self, found: list[bytes]) -> Iterator[str]:
        """What no reader shows."""
        whole = b"\0\0".join(found)
        self.effort += len(whole)
        yield from runs(whole)

    def _font(self, value: Any) -> Font:
        number = int(value) if isinstance(value, Reference) else -1
        known = self._fonts.get(number) if number >= 0 else None
        if known is None:
            try:
                known = font(self._objects.facts(value), self._objects)
            except (ValueError, zlib.error):
                known = Font(1, {})
            self._fonts[number] = known
        return known

    def _notes(self) -> Iterator[str]:
        """The texts of all objects: titles, notes, fields, addresses."""
        for value in (*self._objects.values.values(), *self._objects.former):
            yield from _texts([value])


def _texts(waiting: list[Any]) -> Iterator[str]:
    waiting = list(waiting)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.values(), *map(Name, value)]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, Name):
            yield from decodings(value) if _TELLING.search(value) else ()
        elif type(value) is bytes and len(value) > 1 and (len(value) < _LONGEST or is_text(value)):
            yield from (
                decodings(value) if value[:2] != b"\xfe\xff" else (value[2:].decode("utf-16-be", errors="replace"),)
            )
