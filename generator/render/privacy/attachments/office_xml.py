"""Extracts the text of XML as office programs write it: OOXML, OpenDocument, OFD and their forms in a single file.

Office programs cut words into runs anywhere, with tags that nobody can list. So those are listed that end a line or a
cell; text is continued across all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from generator.render.privacy.attachments.flow import ROW, TAB, Flow
from generator.render.privacy.glyphs import BLOCK, CELL

PIECE: Final = 1 << 16
"""Characters after which text is given away at the next end of a paragraph."""
_CHUNK: Final = 1 << 18
"""Characters of XML that are taken apart at once: the parts take many times the memory of the whole."""
_MOST_KNOWN: Final = 20_000
"""Tags that are remembered, most of which occur many times."""
LONGEST_HALF: Final = 64
"""The longest text of a cell that may hold one half of a name. A longer one is looked through for itself."""
LONG: Final = "…"
"""Replaces it: what stands on both sides of it is no name."""

_MARKS: Final = {
    **dict.fromkeys(["p", "h", "si", "list-item", "comment", "cm", "Worksheet"], BLOCK),
    **dict.fromkeys(["tc", "c", "table-cell", "covered-table-cell", "Cell", "pt", "TextObject"], CELL),
    **dict.fromkeys(["tr", "row", "table-row", "Row"], ROW),
    **dict.fromkeys(["br", "cr", "line-break"], "\n"),
    **dict.fromkeys(["tab", "ptab"], TAB),
    "noBreakHyphen": "-",
    "s": " ",
}
"""What tags stand for, by their names without prefixes. Text is continued across all others."""
_ASIDES: Final = """
    note annotation txbxContent drawing pict frame custom-shape rt ruby-text rPh f tracked-changes
"""
"""Elements that stand aside: notes, comments, drawings, readings of characters, formulas."""
_DELETED: Final = "delText"
_CELLS: Final = frozenset(("c", "row", "v"))
"""Elements whose attributes are numbers of cells and of formats."""
_FLOWING: Final = frozenset(("t", _DELETED, "instrText", "TextCode", "p", "h", "span", "a"))
"""Elements whose text may be a part of a word. All others hold a value: digits of two of them are no number."""
_TURNS: Final = {
    "aside": Flow.begin_aside,
    "/aside": Flow.end_aside,
    "begin": Flow.begin_field,
    "separate": Flow.begin_result,
    "end": Flow.end_field,
}
_FIELD = re.compile(r"""fldCharType\s*=\s*["'](begin|separate|end)\b""")
_CODES = re.compile(r'&(?:([LCR])|K[0-9A-F]{6}|[ABD-KM-QS-Z+-]|"[^"]*"|[0-9]{1,3})')
"""The codes in the header of a sheet (ECMA-376, 18.3.1.46): they set the font, or begin another part of the line."""
_TAG = re.compile("<([^<>]*)>")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_DULL = re.compile(r"[0-9A-Fa-f.:-]{0,10}|rId[0-9]+|\{[0-9A-Fa-f-]+\}|https?://schemas\.[\w./-]+|urn:[\w:.-]+")
"""Values of attributes that name nobody: lengths, colours, small numbers, name spaces."""
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
"""An escaped character in a workbook (ECMA-376, 22.9.2.19)."""
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")
_TOO_LONG: Final = 10**20
_STRING_END = re.compile(r"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
_READING = re.compile(r"<(?:\w+:)?rPh\b(?>(?:[^<]|<(?!/?(?:\w+:)?rPh\b))*)</(?:\w+:)?rPh\s*>")


class _Tag(NamedTuple):
    name: str
    """Without its prefix; empty for the end of an element."""
    mark: str
    turn: str
    """Whether something begins or ends that stands aside."""


_CELL_TAG: Final = _Tag("c", CELL, "")


def readers(xml: str, strings: Sequence[str] = ()) -> Iterator[XmlReader]:
    """What reads a part of a document: more than one where it can be read in more than one way.

    ``strings`` are the shared strings of a workbook, to which cells refer by number.
    """
    asides = frozenset(_ASIDES.split())
    if _DELETED in xml:
        # What was deleted is read with the words around it, and the words without it.
        yield XmlReader(strings, asides | {_DELETED})
    yield XmlReader(strings, asides)


def shared_strings(xml: str) -> list[str]:
    """The strings of a workbook in their order; one that is too long to be half a name is left empty."""
    plain = _READING.sub("", xml) if "rPh" in xml else xml
    bare = (_TAG.sub("", one) for one in _STRING_END.split(plain)[:-1])
    return [one if len(one) <= LONGEST_HALF else "" for one in bare]


def without_codes(header: str) -> str:
    """The text of a sheet's header without its codes."""
    return _CODES.sub(lambda code: BLOCK if code[1] else "", header)


def number(value: float | str) -> str:
    """A cell's number, in digits where it is whole: 1.3800001234E10 is a telephone number."""
    if isinstance(value, str):
        exact = Decimal(value) if _NUMBER.fullmatch(value) else Decimal("0.5")
        return str(int(exact)) if abs(exact) < _TOO_LONG and exact == int(exact) else value
    return str(int(value)) if float(value).is_integer() and abs(value) < _TOO_LONG else str(value)


class XmlReader:
    """Reads one part of a document, chunk by chunk."""

    def __init__(self, strings: Sequence[str], asides: frozenset[str]) -> None:
        self._strings = strings
        self._asides = asides
        self._known: dict[str, _Tag] = {}
        self._values: dict[str, None] = {}
        self._flow = Flow()
        self._cell = ""
        """The tag of the last cell."""

    def texts(self, chunk: str) -> Iterator[str]:
        """The text of a chunk, and the values of attributes: names of sheets and authors, descriptions, addresses."""
        yield from self._lines(_TAG.split(chunk))
        self._flow.compact()
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        yield self._taken_values()

    def rest(self) -> str:
        """The text that no paragraph has ended."""
        return self._flow.taken()

    def _lines(self, parts: list[str]) -> Iterator[str]:
        """The text of XML in parts: text, tag, text, … and text."""
        flow, before = self._flow, ""
        for text, raw in zip(parts[::2], [*parts[1::2], ""], strict=True):
            if text:
                flow.add(self._shown(text, before, raw))
            before = raw
            if not raw:
                continue
            tag = self._known.get(raw) or self._tag(raw)
            if tag.mark:
                flow.add(tag.mark)
                if tag.mark == CELL:
                    self._cell = raw
                elif flow.size > PIECE and tag.mark in (BLOCK, ROW):
                    yield flow.taken()
            elif tag.turn:
                _TURNS[tag.turn](flow)

    def _tag(self, raw: str) -> _Tag:
        """What a tag means; the values of its attributes are kept."""
        if raw.startswith("c "):
            # Nearly all tags of a sheet, and no two are the same.
            return _CELL_TAG
        if raw.startswith(("!", "?")):
            # A comment, or what only a program reads.
            self._values[raw] = None
        words = raw.split(None, 1) or [""]
        name = words[0].strip("/").rpartition(":")[2]
        is_end = raw.startswith("/")
        turn = ""
        if name in self._asides and not raw.endswith("/"):
            turn = "/aside" if is_end else "aside"
        elif name == "fldChar" and (found := _FIELD.search(raw)):
            turn = found[1]
        if len(words) > 1 and name not in _CELLS:
            values = (one or other for one, other in _VALUE.findall(words[1]))
            self._values.update(dict.fromkeys(value for value in values if not _DULL.fullmatch(value)))
        tag = self._known[raw] = _Tag("" if is_end else name, _MARKS.get(name, ""), turn)
        return tag

    def _shown(self, text: str, before: str, after: str) -> str:
        """A text between two tags."""
        if text.isspace() and "\n" in text:
            # Indentation.
            return ""
        tag = self._known.get(before)
        if tag is None or not tag.name or after != "/" + before.split(None, 1)[0]:
            return text
        if tag.name == "v":
            return CELL + self._value(text) + CELL
        if tag.name in _FLOWING or before.startswith("text:"):
            return text
        if tag.name.endswith(("Header", "Footer")):
            text = without_codes(text.replace("&amp;", "&").replace("&quot;", '"'))
        return CELL + text + CELL

    def _value(self, text: str) -> str:
        """The value of a cell: one of the shared strings, a number, or else the text itself."""
        if 't="s"' not in self._cell and "t='s'" not in self._cell:
            return text if text.isdecimal() else number(text.strip())
        place = text.strip()
        is_known = len(place) < 10 and place.isdecimal() and int(place) < len(self._strings)
        return (self._strings[int(place)] or LONG) if is_known else text

    def _taken_values(self) -> str:
        values, self._values = self._values, {}
        return BLOCK.join(values)


def chunks(xml: str) -> Iterator[str]:
    """The XML in chunks that end between two tags, where that is possible."""
    if "_x" in xml:
        xml = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), xml)
    if "<![CDATA[" in xml:
        xml = _CDATA.sub(lambda section: section[1].replace("<", "&lt;"), xml)
    start = 0
    while start < len(xml):
        end = start + _CHUNK
        if end < len(xml):
            end = max(xml.rfind("><", start, end) + 1, xml.rfind("<", start, end) if "><" not in xml[start:end] else 0)
            end = end if end > start else start + _CHUNK
        yield xml[start:end]
        start = end
