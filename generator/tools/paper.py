"""How a document to send looks on paper: the fonts for it, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.render.documents.layout import Layout
from generator.render.documents.official import TYPEFACES
from generator.render.typefaces import Fonts, fonts, official_fonts


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
