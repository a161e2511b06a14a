"""The characters that a document holds, read out of it by means that its writer does not share.

All formats have one normal form, a ``Reading``: the text in its order, then each footnote in the order of their
numbers. In it are the title, every text, the descriptions of pictures (before their captions), and a sign for each box
of a task. It lacks white space, also that which only a format needs (no-break spaces, places where words may be
broken), what counts (bullets, numbers of lists and of footnotes), and addresses of links, which some formats show and
others hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from lxml import etree
from lxml import html as web
from pypdf import PdfReader
from pypdf.generic import ContentStream

from tests.render.documents.samples import html as html_of_markdown

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BOXES: Final = ("☐", "☑")
_UNSEEN: Final = re.compile(r"[\s\u200b\u2060]+")
_COUNTS: Final = re.compile(r"[•‣–]|\d+\.|\[\d+\]|")
_UNREAD: Final = ("style", "script", "head", "nav")


def packed(text: str) -> str:
    """The text without white space of any kind."""
    return _UNSEEN.sub("", text)


@dataclass
class Reading:
    """What a document says."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    """The addresses of links in the order of their numbers, where a format lists them."""

    def packed(self) -> tuple[str, list[str]]:
        """The normal form."""
        return packed(self.text), [packed(note) for note in self.notes]


def of_html(source: str) -> Reading:
    """Of a web page."""
    reading = Reading()
    reading.text = "".join(_shown(web.document_fromstring(source).body, reading))
    return reading


def _shown(element: Any, reading: Reading) -> Iterator[str]:
    classes = element.get("class", "").split()
    match element.tag:
        case "img":
            yield element.get("alt", "")
        case "input":
            yield _BOXES["checked" in element.attrib]
        case tag if tag in _UNREAD or not isinstance(tag, str) or {"footnote-ref", "footnote-backref"} & {*classes}:
            pass
        case "li" if "footnotes" in element.getparent().getparent().get("class", "").split():
            reading.notes.append("".join(_inside(element, reading)))
        case _:
            yield from _inside(element, reading)


def _inside(element: Any, reading: Reading) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _shown(child, reading)
        yield child.tail or ""


def of_markdown(source: str) -> Reading:
    """Of Markdown, by our own reader."""
    return of_html(f"<body>{html_of_markdown(source)}</body>")


def of_word(body: bytes) -> Reading:
    """Of a Word file."""
    reading = Reading()
    with ZipFile(BytesIO(body)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        notes = archive.read("word/footnotes.xml") if "word/footnotes.xml" in archive.namelist() else b"<none/>"
    reading.text = "".join(_runs(root))
    own = etree.fromstring(notes).iterfind(f"{_WORD}footnote")
    reading.notes = ["".join(_runs(note))[1:] for note in own if note.get(f"{_WORD}type") is None]
    return reading


def _runs(part: Any) -> Iterator[str]:
    for run in part.iter(f"{_WORD}r"):
        style = run.find(f"{_WORD}rPr/{_WORD}rStyle")
        if style is None or style.get(f"{_WORD}val") != "FootnoteReference":
            for node in run.iter(f"{_WORD}t", _DRAWN):
                yield node.get("descr") or node.text or ""


def of_wechat(title: str, source: str) -> Reading:
    """Of an article for WeChat, whose title is a text of its own."""
    root = web.document_fromstring(source).body[0]
    reading = Reading(title)
    last = root[-1]
    has_notes = bool(len(last)) and _marker(last[0]).startswith("[")
    body, notes = (root[:-1], [*last]) if has_notes else ([*root], [])
    reading.text += "".join("".join(_dressed(one)) for one in body)
    for number, one in enumerate(notes):
        if marker := _marker(one):
            assert marker == f"[{len(reading.notes) + 1}]", (number, marker)
            reading.notes.append("")
        reading.notes[-1] += "".join(_dressed(one))
    reading.addresses = [note for note in reading.notes if re.fullmatch(r"https://\S+", note)]
    reading.notes = [note for note in reading.notes if note not in reading.addresses]
    return reading


def _marker(element: Any) -> str:
    """What counts an item: the piece of fixed width at its beginning."""
    first = element[0] if len(element) and not element.text else None
    is_marker = first is not None and first.tag == "span" and "inline-block" in first.get("style", "")
    return str(first.text) if is_marker and first is not None else ""


def _dressed(element: Any) -> Iterator[str]:
    if element.tag == "img":
        yield element.get("alt", "")
    elif element.tag != "sup":
        marker = _marker(element)
        yield marker if marker in _BOXES else ""
        yield element.text or ""
        for at, child in enumerate(element):
            yield from [] if marker and at == 0 else _dressed(child)
            yield child.tail or ""


def of_pdf(body: bytes) -> Reading:
    """Of a PDF, in the order of its tags."""
    reader = PdfReader(BytesIO(body))
    reading = Reading()
    said: dict[int, dict[int, str]] = {}
    untagged: list[str] = []
    for page in reader.pages:
        assert page.indirect_reference
        pieces = said.setdefault(page.indirect_reference.idnum, {})
        for number, shown in _marked(page):
            if number is None:
                untagged.append(shown)
            else:
                pieces[number] = pieces.get(number, "") + shown
    reading.text = "".join(_tagged(reader.root_object["/StructTreeRoot"], None, said, reading))
    moved = _moved(untagged)
    reading.notes = [note or moved.get(number, "") for number, note in enumerate(reading.notes, 1)]
    return reading


def _moved(untagged: list[str]) -> dict[int, str]:
    """The footnotes without tags, by their numbers: typst 0.15 loses those of a footnote that goes to the next page."""
    found: dict[int, str] = {}
    number = None
    for shown in untagged:
        if marker := re.fullmatch(r"\[(\d+)\]", shown.strip()):
            number = int(marker[1])
        elif re.fullmatch(r"— \d+ —", shown):
            number = None
        elif number is not None:
            found[number] = found.get(number, "") + shown
    return found


def _tagged(node: Any, page: int | None, said: Mapping[int, Mapping[int, str]], reading: Reading) -> Iterator[str]:
    """The text below a tag. A piece of text is a number, that of the pieces of its page."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, int):
        assert page is not None
        yield said[page].get(int(node), "")
        return
    if isinstance(node, list):
        for one in node:
            yield from _tagged(one, page, said, reading)
        return
    if "/Pg" in node:
        page = node.raw_get("/Pg").idnum
    kind = node.get("/S")
    children = node.get("/MCID", node.get("/K", []))
    children = children.get_object() if hasattr(children, "get_object") else children
    if isinstance(children, list):
        # A caption is tagged before its picture, and stands below it.
        children = sorted(children, key=lambda one: _kind(one) == "/Caption")
    inner = "" if node.get("/Type") == "/OBJR" else "".join(_tagged(children, page, said, reading))
    match kind:
        case "/Figure":
            yield str(node.get("/Alt", ""))
        case "/Lbl" if _COUNTS.fullmatch(inner.strip()):
            # Terms of definitions are labels, too.
            pass
        case "/Note":
            reading.notes.append(inner)
        case _:
            yield inner


def _kind(node: Any) -> object:
    node = node.get_object() if hasattr(node, "get_object") else node
    return node.get("/S") if isinstance(node, dict) else None


def _marked(page: Any) -> Iterator[tuple[int | None, str]]:
    """What is written on a page, with the numbers of the pieces that it belongs to; None for what has no tags."""
    fonts = {
        name: _unicode(font.get_object()["/ToUnicode"].get_data().decode("latin-1"))
        for name, font in page["/Resources"].get("/Font", {}).items()
    }
    around: list[Any] = []
    letters: Mapping[str, str] = {}
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        number = next((one["/MCID"] for one in reversed(around) if "/MCID" in one), None)
        match operator:
            case b"BDC" | b"BMC":
                around.append(operands[1] if len(operands) > 1 else {})
                # It stands for what is drawn.
                if "/ActualText" in around[-1]:
                    yield number, str(around[-1]["/ActualText"])
            case b"EMC":
                around.pop()
            case b"Tf":
                letters = fonts[operands[0]]
            case b"Tj" | b"TJ" if not any("/ActualText" in one for one in around):
                strings = operands[0] if operator == b"TJ" else operands
                codes = b"".join(one.original_bytes for one in strings if not isinstance(one, int | float)).hex()
                yield number, "".join(letters[codes[at : at + 4]] for at in range(0, len(codes), 4))


def _unicode(cmap: str) -> dict[str, str]:
    """The characters of a font by their codes (PDF 32000-1, 9.10.3)."""
    found = {}
    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", body):
            found[code.lower()] = bytes.fromhex(text).decode("utf-16-be")
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
            for number in range(int(last, 16) - int(first, 16) + 1):
                found[f"{int(first, 16) + number:04x}"] = chr(int(text, 16) + number)
    return found
