"""What somebody pastes out of Word, WeChat or a web page, as Markdown, by the readers of the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from generator.ground.errors import Fault
from generator.render.documents.blocks import Table
from generator.render.documents.commonmark import of_blocks
from generator.tools.importers.read import read_bytes
from generator.tools.importers.settling import settled
from generator.tools.importers.tables import unfolded


def pasted(html: str, language: str) -> Mapping[str, object]:
    """The Markdown of a piece of HTML, what was left out of it, and its pictures, none of which comes with it.

    Raises Fault where nothing can be read of it.
    """
    checked = read_bytes(
        "paste.html", "", f"<!doctype html><meta charset=utf-8><body>{html}".encode("utf-8", "replace")
    )
    whole = checked.value
    if whole is None:
        raise Fault(checked.problems[0].message, checked.problems[0].hint)
    # None of the pictures can come along: each is a gap that is told.
    missing = {src: replace(one, body=None) for src, one in whole.pictures.items()}
    read = [piece.block for piece in whole.pieces]
    blocks = tuple(one for each in read for one in (unfolded(each) if isinstance(each, Table) else (each,)))
    done = settled(blocks, replace(whole, pictures=missing), "", Counter())
    return {
        "markdown": of_blocks(done.blocks, address=str).strip("\n"),
        "left_out": [{"kind": one.kind.in_language(language), "text": one.text} for one in whole.left_out],
        "gaps": [name[:200] for name in done.gaps],
    }
