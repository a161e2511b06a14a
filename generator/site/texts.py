"""Parses the text of a Markdown file into prose, which pages show, and Text, what the site has to know of it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Final, TypeVar

from generator.ground.errors import BuildError
from generator.ground.fingerprint import fingerprint
from generator.ground.text import shortened
from generator.model import urls
from generator.model.content import Entry, Policy, Source, StaticPage, Target
from generator.model.prose import (
    Hole,
    LevelHole,
    LinkHole,
    Parsed,
    PartHole,
    PlainText,
    Prose,
    Reference,
    Text,
)
from generator.read.addresses import is_external
from generator.read.frontmatter_split import split
from generator.read.markdown import parse
from generator.read.yaml_comments import cut_texts

SUMMARY_LENGTH: Final = 110
"""Characters: about three lines on a phone."""

R = TypeVar("R", Entry, Target, Policy, StaticPage)


def prose_of(body: str, path: str, first_line: int) -> Parsed:
    """The prose, with its problems, of a Markdown text that begins on ``first_line`` of the file at ``path``."""
    parsed = parse(body, path=path, first_line=first_line)
    return Parsed(_with_external_links(parsed.prose), parsed.problems)


def front_matter_digest(source: Source) -> bytes:
    """The digest of a file's front matter; empty if the front matter is missing or not closed."""
    try:
        return fingerprint(split(source)[0].encode())
    except BuildError:
        return b""


def with_text(record: R, source: Source) -> tuple[R, Parsed]:
    """The record with the file's new text, and the parsed text; the front matter must be unchanged and valid."""
    parsed = _parsed(source, record.name if isinstance(record, Target) else record.title)
    return replace(record, text=text(source.path, parsed.prose)), parsed


def _parsed(source: Source, title: str) -> Parsed:
    yaml_text, body, body_line = split(source)
    parsed = prose_of(body, source.path, body_line)
    warnings = cut_texts(yaml_text, source.path, first_line=2)
    return Parsed(without_title(parsed.prose, title), (*warnings, *parsed.problems))


def without_title(prose: Prose, title: str) -> Prose:
    """The prose without its first heading where that is the title, which a page shows above the prose anyway."""
    if not prose.headings or prose.headings[0].text != (title,) or prose.pieces[0] != "<h":
        return prose
    levels = (at for at, piece in enumerate(prose.pieces) if isinstance(piece, LevelHole))
    next(levels)
    end = next(levels)
    own = prose.headings[0].id
    has_links = any(isinstance(piece, Reference) for piece in prose.pieces[:end])
    if has_links or any(isinstance(piece, PartHole) and piece.id == own for piece in prose.pieces):
        return prose
    rest = str(prose.pieces[end + 1]).removeprefix(">\n")
    return Prose(
        pieces=(*filter(None, (rest,)), *prose.pieces[end + 2 :]),
        summary=prose.summary,
        headings=prose.headings[1:],
        ids=prose.ids - {own},
    )


def text(path: str, prose: Prose) -> Text:
    """What the site has to know of a prose: summary, ids, references, and roughly its length."""
    return Text(
        path=path,
        is_empty=not prose,
        summary=_shortened(prose.summary),
        ids=prose.ids,
        references=tuple(prose.references),
        thousands=sum(len(piece) for piece in prose.pieces if isinstance(piece, str)) // 1000,
    )


def _shortened(summary: PlainText) -> PlainText:
    """The summary cut to SUMMARY_LENGTH; unchanged if roles in it must be resolved first."""
    if not summary or not all(isinstance(piece, str) for piece in summary):
        return summary
    return (shortened("".join(map(str, summary)).strip(), SUMMARY_LENGTH),)


def _with_external_links(prose: Prose) -> Prose:
    """The prose with all links to other sites filled in, as these do not depend on the site."""
    if not any(type(piece) is LinkHole and is_external(piece.href) for piece in prose.pieces):
        return prose
    pieces: list[str | Hole] = []
    for piece in prose.pieces:
        new = escape(urls.external(piece.href)) if isinstance(piece, LinkHole) and is_external(piece.href) else piece
        if isinstance(new, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += new
        else:
            pieces.append(new)
    return Prose(pieces=tuple(pieces), summary=prose.summary, headings=prose.headings, ids=prose.ids)
