"""Counts every character of a source by other means than its reader, and tells what no piece and no list holds."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final
from xml.parsers import expat

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.ground.text import is_han
from generator.render.documents.blocks import Picture, Text
from generator.render.documents.walk import every, texts
from generator.tools.importers.carried import ticks
from generator.tools.importers.decoding import decoded
from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.raised import FOLDED
from generator.tools.importers.texts_of import text_of
from generator.tools.importers.word_lists import is_mark

_PARTS: Final = re.compile(
    r".*/((?:document|footnotes|endnotes|comments|header|footer|chart|data)\d*\.xml)", re.IGNORECASE
)
_TEXTS: Final = frozenset(("t", "delText", "instrText", "delInstrText"))
_ATTRIBUTES: Final = {("docPr", "descr"), ("textpath", "string"), ("fldSimple", "instr")}
_UNSEEN: Final = frozenset(("script", "style", "template"))
_LABEL: Final = re.compile(r"^[ >]*\[[^\]^\n]+\](?=:)", re.MULTILINE)
"""The label of an address, which stands once more where it is used; one that is not is told by the parser."""
_SHOWN: Final = 40


def check_complete(body: bytes, made: Manuscript, charset: str = "") -> None:
    """Raises Fault where a character of the source stands in no piece and is not left out by name either."""
    chunks = [one.translate(FOLDED) for one in _chunks(body, made, charset)]
    whole = _held(made).translate(FOLDED)
    missing = _count("".join(chunks)) + _count(made.added.translate(FOLDED)) - _count(whole)
    if not missing:
        return
    held = _squeezed(whole)
    lost = (one for one in chunks if any(char in missing for char in one))
    lost_chunk = next((one for one in lost if _squeezed(one) not in held), "".join(missing))
    raise Fault(
        say(
            '{count} characters of it were not read, such as "{text}"',
            count=missing.total(),
            text=" ".join(lost_chunk.split())[:_SHOWN],
        ),
        say("copy its text into a new Word file, and import that; please report the file as a fault of the program"),
    )


def unshown(text: str, made: Manuscript) -> Iterator[str]:
    """The lines of Markdown with words that stand in no piece and are not left out by name: what a label says.

    Signs of Markdown are not shown, and some of them are letters, so Chinese words count.
    """
    whole = _held(made).translate(FOLDED)
    lines = _LABEL.sub("", text.translate(FOLDED)).split("\n")
    missing = {char for char in _count("".join(lines)) - _count(whole) if is_han(char) and char.isalpha()}
    held = _letters(whole)
    lost = [line for line in lines if not missing.isdisjoint(line) and _letters(line) not in held]
    yield from (line.strip() for line in lost)
    if rest := missing.difference(*lost):
        yield "".join(sorted(rest))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _held(made: Manuscript) -> str:
    blocks = tuple(piece.block for piece in made.pieces)
    held = [text_of(blocks), *ticks(blocks).elements(), *(one.text for one in made.left_out)]
    if made.kind == "markdown":
        inlines = (inline for block in every(blocks) for found in texts(block) for inline in found)
        held += [one.style.link for one in inlines if isinstance(one, Text | Picture)]
        held += [made.title, *(picture.name for picture in made.pictures.values())]
    return "\n".join(held)


def _count(text: str) -> Counter[str]:
    """The characters of a text that can be seen, each with its number."""
    found = Counter(text)
    for char in list(found):
        if char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Mn", "Zs"):
            del found[char]
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _chunks(body: bytes, made: Manuscript, charset: str) -> Iterator[str]:
    match made.kind:
        case "docx":
            yield from _word(body)
        case "html" | "mhtml":
            reader = _Html()
            reader.feed(decoded(body, charset))
            reader.close()
            yield from reader.chunks
            # The title of a page mostly stands in it once more, and counts once.
            shown = _squeezed("".join(reader.chunks))
            yield from (one for one in reader.titles if _squeezed(one) not in shown)
        case _:
            yield from decoded(body).split("\n")


def _word(body: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        names = opened.namelist()
        named = b" ".join(opened.read(name) for name in names if name.endswith(".rels"))
        for name in names:
            if (found := _PARTS.fullmatch(name)) and "glossary" not in name and found[1].encode() in named:
                reader = _Xml(is_chart=found[1].startswith("chart"))
                reader.read(opened.read(name))
                yield from reader.chunks


class _Xml:
    """Takes the text out of a part of a Word file. Of alternatives, what is in any of them counts once."""

    def __init__(self, *, is_chart: bool) -> None:
        self._names = _TEXTS | {"v"} if is_chart else _TEXTS
        self._depth = 0
        self._open: list[list[list[str]]] = []
        """For each set of alternatives that is open, the chunks of its branches."""
        self.chunks: list[str] = []

    def read(self, body: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(body, True)  # noqa: FBT003

    @property
    def _target(self) -> list[str]:
        return self._open[-1][-1] if self._open and self._open[-1] else self.chunks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        if local == "AlternateContent":
            self._open.append([])
        elif local in ("Choice", "Fallback") and self._open:
            self._open[-1].append([])
        self._depth += local in self._names
        for key, text in attributes.items():
            if (local, key.rpartition("}")[2]) in _ATTRIBUTES:
                self._target.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        self._depth -= local in self._names
        if local == "AlternateContent" and self._open:
            counts = [Counter("".join(branch)) for branch in self._open.pop()]
            union: Counter[str] = Counter()
            for count in counts:
                union |= count
            self._target.append("".join(union.elements()))

    def _data(self, text: str) -> None:
        if self._depth:
            self._target.append(text)


def _shown(tag: str, attributes: Mapping[str, str | None]) -> str:
    """What the attributes of an element show: a picture's words, ticks, what a form was filled in with."""
    kind = (attributes.get("type") or "").lower()
    if tag == "input" and kind in ("checkbox", "radio"):
        return "☑" if "checked" in attributes else "☐"
    name = {"img": "alt", "abbr": "title", "acronym": "title", "dfn": "title"}.get(tag, "")
    name = "value" if tag == "input" and kind not in ("hidden", "password", "image", "file") else name
    return attributes.get(name) or ""


class _Html(HTMLParser):
    """Takes the text out of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.chunks: list[str] = []
        self.titles: list[str] = []
        self._is_title = False
        self._silent = ""
        self._style = ""
        """That of the element in which the next text stands."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._silent and tag in _UNSEEN:
            self._silent = tag
        self._is_title = tag == "title"
        self._style = dict(attrs).get("style") or ""
        if not self._silent:
            self.chunks.append(_shown(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        self._is_title = False

    def handle_data(self, data: str) -> None:
        if not self._silent and not is_mark(self._style, data):
            (self.titles if self._is_title else self.chunks).append(data)
