"""Reads a whole Word file: its text, and what goes with it."""

from __future__ import annotations

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.tools.importers.manuscript import LeftOut, Picture, Piece
from generator.tools.importers.word.body import Body
from generator.tools.importers.word.document import Document
from generator.tools.importers.word.inlines import all_text
from generator.tools.importers.word.package import SAVE_AGAIN, Element, Package, elements, name_of, value

_BESIDE = (
    ("header", say("a header")),
    ("footer", say("a footer")),
    ("comments", say("a comment")),
    ("chart", say("a chart's text")),
    ("diagramData", say("a diagram's text")),
)


@frozen(kw_only=True)
class WordFile:
    """What a Word file says."""

    title: str
    pieces: tuple[Piece, ...]
    pictures: dict[str, Picture]
    left_out: tuple[LeftOut, ...]
    added: str


def main_part(package: Package) -> str:
    """The name of the part with the text. Raises Fault where there is none."""
    for name in package.related("", "officeDocument"):
        return name
    raise Fault(say("it has no text part, so it is no Word file"), SAVE_AGAIN)


def read_word(body: bytes) -> WordFile:
    """Reads a Word file. Raises Fault where it cannot be read."""
    package = Package(body)
    main = main_part(package)
    root = package.xml(main)
    text = None if root is None else next((one for one in elements(root) if name_of(one) == "w:body"), None)
    if text is None:
        raise Fault(say("it has no text part, so it is no Word file"), SAVE_AGAIN)
    document = Document(package, main)
    found = Body(document).found(text)
    pieces = tuple(
        Piece(block=one.block, where=say("paragraph {number}", number=one.paragraph), is_caption=one.is_caption)
        for one in found
    )
    for field in document.fields:
        document.instructions.append("".join(field.instruction))
    nowhere = say("the whole file")
    document.leave_out(say("instructions of fields"), " ".join(filter(str.strip, document.instructions)), nowhere)
    for kind, message in _BESIDE:
        _leave_out_parts(document, kind, message, nowhere)
    for kind, notes in document.notes.items():
        for key in notes:
            if (kind, key) not in document.taken:
                document.leave_out(say("a note to which nothing refers"), all_text(notes[key]), nowhere)
    return WordFile(
        title=_title(package),
        pieces=pieces,
        pictures=document.pictures,
        left_out=tuple(document.left),
        added="".join(document.added),
    )


def _leave_out_parts(document: Document, kind: str, message: Message, where: Message) -> None:
    for part in document.package.related(document.main, kind):
        root = document.package.xml(part)
        for one in elements(root) if kind == "comments" else [root]:
            text = _stored(one)
            if text.strip():
                document.left.append(LeftOut(kind=message, text=text, where=where))


def _stored(element: Element) -> str:
    kept = [_words_of(one) for one in element.iter()]
    return " ".join(kept) if name_of(element) == "c:chartSpace" else "".join(kept)


def _words_of(element: Element) -> str:
    """What an element itself says: in an attribute, as a watermark does, or as a text."""
    match name_of(element):
        case "w:t" | "w:delText" | "w:instrText" | "w:delInstrText" | "m:t" | "a:t" | "c:v":
            return element.text or ""
        case "v:textpath":
            return element.get("string") or ""
        case "wp:docPr":
            return element.get("descr") or ""
        case "w:fldSimple":
            return value(element, "instr")
    return ""


def _title(package: Package) -> str:
    for name in package.related("", "core-properties"):
        root = package.xml(name)
        return next((one.text or "" for one in elements(root) if name_of(one) == "dc:title"), "").strip()
    return ""
