"""What somebody pastes out of Word, WeChat or a web page, as Markdown, by the readers of the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from generator.ground.errors import BuildError, Fault
from generator.ground.messages import Message
from generator.render.documents.commonmark import of_blocks
from generator.tools.importers.read import read_bytes
from generator.tools.importers.settling import settled


def pasted(html: str, language: str) -> Mapping[str, object]:
    """The Markdown of a piece of HTML, what was left out of it, and its pictures, none of which comes with it.

    Raises Fault where nothing can be read of it.
    """
    try:
        checked = read_bytes("paste.html", "", f"<!doctype html><body>{html}".encode("utf-8", "replace"))
    except BuildError as error:
        raise Fault(error.problems[0].message, error.problems[0].hint) from None
    whole = checked.value
    if whole is None:
        raise Fault(checked.problems[0].message, checked.problems[0].hint)
    done = settled(
        tuple(piece.block for piece in whole.pieces), replace(whole, pictures=_gaps(whole)), "", Counter()
    )
    return {
        "markdown": of_blocks(done.blocks, address=str).strip("\n"),
        "left_out": [{"kind": one.kind.in_language(language), "text": one.text} for one in whole.left_out],
        "gaps": [name[:200] for name in done.gaps],
    }
