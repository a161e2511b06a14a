"""HTML samples to export as documents, and the text that a reader sees in them."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from generator.model.prose import Hole, ImageHole, LinkHole, Prose, RoleHole
from generator.read.markdown import parse
from tests.read.markdown import shown
from tests.read.markdown.test_fixtures import CASES

ENTRIES: Final = Path(__file__).parents[3] / "content" / "entries"


def html(markdown: str) -> str:
    """The HTML of a Markdown text, as a page has it."""
    pieces = parse(markdown, path="a.md").prose.pieces
    return "".join(piece if isinstance(piece, str) else _hole(piece) for piece in pieces)


def _hole(hole: Hole) -> str:
    match hole:
        case ImageHole():
            return f'<img src="{escape(hole.src)}" alt="{escape(hole.alt)}" loading="lazy">'
        case RoleHole():
            return f'<a href="https://rizhi.example/{escape(hole.key)}/">{escape(hole.text or hole.key)}</a>'
        case LinkHole():
            return escape(hole.href)
        case _:
            return escape(shown.html(Prose(pieces=(hole,))))


def seen(text: str) -> str:
    """The text that HTML shows, with alternative texts; without white space, footnote backlinks and checkboxes."""
    text = re.sub('<a [^>]*class="footnote-backref".*?</a>', "", text)
    text = re.sub('<img [^>]*alt="([^"]*)"[^>]*>', r"\1", text)
    return packed(unescape(re.sub("<[^>]*>", "", text)))


def footnotes(document: WordDocument) -> dict[int, Any]:
    """The footnotes of a Word file by their numbers, as elements."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    own = [note for part in parts for note in parse_xml(part.blob) if note.get(qn("w:type")) is None]
    return {int(note.get(qn("w:id"))): note for note in own}


def in_word(document: WordDocument) -> str:
    """All the text of a Word file, a picture as its alternative text, its footnotes last."""
    body: Any = document.element.body
    return packed("".join(map(_in_word, (body, *footnotes(document).values()))))


def _in_word(part: Any) -> str:
    nodes = part.iter(qn("w:t"), qn("wp:docPr"), qn("w:footnoteReference"))
    return "".join(node.get("descr") or node.text or node.get(qn("w:id"), "") for node in nodes)


def packed(text: str) -> str:
    """The text without white space and checkboxes."""
    return "".join(text.split()).replace("☐", "").replace("☑", "")


def entry(path: Path) -> str:
    """An entry of the demo as a section of an article."""
    fields, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    title = re.search("^title: (.*)$", fields, re.MULTILINE)
    assert title
    return f'<section><h2><time datetime="2020-03-05">3月5日</time> {escape(title[1])}</h2>\n{html(body)}</section>'


FIXTURES: Final = {name: html(markdown) for name, markdown, _ in CASES}
DEMO: Final = {path.stem: entry(path) for path in sorted(ENTRIES.glob("*.md"))}
SAMPLES: Final = FIXTURES | DEMO | {
    "whole": '<h1>选编</h1><p class="standfirst">导语。</p><p class="byline">某组</p>' + "".join(DEMO.values())
}  # fmt: skip
