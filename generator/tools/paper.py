"""How a document to send looks on paper: the fonts for it, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.render.documents.arrangement import SIGNATURE
from generator.render.documents.blocks import Paragraph
from generator.render.documents.closing import broken
from generator.render.documents.layout import Layout
from generator.render.documents.official import TYPEFACES
from generator.render.documents.parse import parse
from generator.render.documents.runs import plain
from generator.render.typefaces import Fonts, fonts, official_fonts
from generator.tools.articles import Manuscript


def faces_for(form: str, layout: Layout) -> Fonts | None:
    """The fonts for a PDF; None for another format. Raises Fault where this look is none of the format."""
    if layout.is_official and form not in ("docx", "pdf"):
        raise Fault(
            say("the official form is one of Word files and PDF, not of .{ending}", ending=form),
            say("write --format docx or --format pdf, or leave out --style"),
        )
    if form != "pdf":
        return None
    return official_fonts() if layout.is_official else fonts()


def font_notes(faces: Fonts | None, layout: Layout) -> Iterator[Message]:
    """In which fonts an official document is set; a Word file only names them."""
    if not layout.is_official:
        return
    if faces is None:
        names = "、".join(one.name for one in TYPEFACES)
        yield say("The Word file names the fonts {names}; a computer that lacks one takes another.", names=names)
        return
    yield say("Fonts of the PDF: {fonts}.", fonts="; ".join(f"{name} {family}" for name, family, _ in faces.form))
    lacking = [name for name, _, is_own in faces.form if not is_own]
    if lacking:
        yield say(
            "This computer has no {names}, so others stand in their place; install them, and export again.",
            names="、".join(lacking),
        )


def signature_notes(document: Manuscript) -> Iterator[Message]:
    """Who signs an official document of one entry, and what says so."""
    if not document.layout.is_official:
        return
    blocks = parse(document.html)
    closing = document.layout.arrange(blocks, document.language).closing
    names = [*filter(None, map(plain, broken(closing.signature)))] if closing else []
    day = plain(closing.date) if closing else ""
    given = [plain(one.inlines) for one in blocks if isinstance(one, Paragraph) and one.role == SIGNATURE]
    if not names and not day:
        yield say("No signature was added at its end: the text has its own, or is one that nobody signs.")
    elif not names:
        yield say("At its end stands the day, {day}, and nobody who signs it.", day=day)
    elif names == given:
        yield say(
            "Signed at its end: {names}, {day} (the site's office or the authors).", names="、".join(names), day=day
        )
    else:
        yield say("Signed at its end: {names}, {day} (as the text says).", names="、".join(names), day=day)
