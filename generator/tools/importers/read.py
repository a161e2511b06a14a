"""Reads a file of any format that is known into a manuscript."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from generator.ground.errors import Checked, Fault, Problem
from generator.ground.files import check_size, read_file
from generator.ground.messages import say
from generator.read.pictures import MOST_BYTES
from generator.render.documents.blocks import Table
from generator.render.documents.walk import every
from generator.tools.importers.census import check_complete, unshown
from generator.tools.importers.conversion import as_word
from generator.tools.importers.decoding import SAVE_AGAIN, check_ruined, decoded
from generator.tools.importers.identify import identify
from generator.tools.importers.manuscript import LeftOut, Manuscript
from generator.tools.importers.markdown import not_shown, read_markdown
from generator.tools.importers.plain_text import read_text
from generator.tools.importers.spans import check_cells
from generator.tools.importers.texts_of import text_of
from generator.tools.importers.web import Beside, Page, local
from generator.tools.importers.word.file import read_word

MOST: Final = 512 << 20
"""Bytes of a file that is imported: a Word file with many pictures."""
MOST_TEXT: Final = 32 << 20
"""Bytes of a text or a web page."""
_TEXTS: Final = ("html", "mhtml", "markdown", "text")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def read_manuscript(path: Path) -> Checked[Manuscript]:
    """What the file at a path says. Pictures that a browser saved with a page are read, too, nothing else."""
    try:
        body = read_file(path, MOST)
    except OSError as error:
        message = say("it cannot be read: {fact}", fact=error.strerror or str(error))
        return Checked(None, (Problem(path=path.name, message=message),))
    except Fault as fault:
        return Checked(None, (Problem(path=path.name, message=fault.message, hint=fault.hint),))
    return read_bytes(path.name, path.absolute().parent.name, body, beside=lambda one: _beside(path, one))


def read_bytes(name: str, folder: str, body: bytes, *, beside: Beside = lambda _: None) -> Checked[Manuscript]:
    """What a file with these bytes says; ``folder`` is the name of the folder that it lies in."""
    try:
        return Checked(_read(name, folder, body, beside))
    except Fault as fault:
        return Checked(None, (Problem(path=name, message=fault.message, hint=fault.hint),))
    except RecursionError:
        return Checked(None, (Problem(path=name, message=say("the page is nested too deep"), hint=SAVE_AGAIN),))


def _read(name: str, folder: str, body: bytes, beside: Beside) -> Manuscript:
    kind = identify(name, body)
    check_size(len(body), MOST_TEXT if kind in _TEXTS else MOST)
    digest = hashlib.sha256(body).hexdigest()
    is_converted = kind not in _READERS
    if is_converted:
        body, kind = as_word(body, kind), "docx"
    empty = Manuscript(
        file=name, folder=folder, digest=digest, kind=kind, title="", published="",
        pieces=(), pictures={}, left_out=(), is_converted=is_converted,
    )  # fmt: skip
    read = _READERS[kind](empty, body, beside)
    for piece in read.pieces:
        check_ruined(text_of((piece.block,)), piece.where)
        for table in (one for one in every((piece.block,)) if isinstance(one, Table)):
            check_cells(table.columns, len(table.head) + len(table.rows))
    if not read.pieces:
        raise Fault(say("the file holds no text"))
    if kind not in ("mhtml", "markdown"):
        check_complete(body, read, _charset(body))
    return read


def _word(empty: Manuscript, body: bytes, _beside: Beside) -> Manuscript:
    found = read_word(body)
    return replace(
        empty, title=found.title, pieces=found.pieces, pictures=found.pictures, left_out=found.left_out,
        added=found.added,
    )  # fmt: skip


def _html(empty: Manuscript, body: bytes, beside: Beside) -> Manuscript:
    return _page(empty, decoded(body, _charset(body)), beside)


def _charset(body: bytes) -> str:
    found = _CHARSET.search(body[:4096])
    return found[1].decode("ascii", "replace") if found else ""


def _page(empty: Manuscript, text: str, beside: Beside) -> Manuscript:
    page = Page(text, beside)
    return replace(
        empty, title=page.title, published=page.published, pieces=page.pieces(), pictures=page.pictures,
        left_out=tuple(page.left), added="".join(page.added),
    )  # fmt: skip


def _mhtml(empty: Manuscript, body: bytes, _beside: Beside) -> Manuscript:
    parts = list(email.message_from_bytes(body.lstrip(), policy=email.policy.compat32).walk())
    bodies: dict[str, bytes] = {}
    pages: list[tuple[bytes, str]] = []
    for part in parts:
        found = part.get_payload(decode=True)
        if not isinstance(found, bytes):
            continue
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            pages.append((found, part.get_content_charset() or ""))
        for name in (part.get("Content-Location"), f"cid:{(part.get('Content-ID') or '').strip('<> ')}"):
            bodies[str(name)] = found
    if not pages:
        raise Fault(say("the page holds no text"), SAVE_AGAIN)
    page, *inner = pages
    made = _page(empty, decoded(*page), bodies.get)
    check_complete(page[0], made, page[1])
    return replace(made, left_out=(*made.left_out, *(one for within in inner for one in _within(empty, *within))))


def _within(empty: Manuscript, body: bytes, charset: str) -> Iterator[LeftOut]:
    """What a page in a frame of the page says: mostly an advertisement."""
    found = _page(empty, decoded(body, charset), lambda _: None)
    if text := text_of(tuple(piece.block for piece in found.pieces)).strip():
        yield LeftOut(kind=say("a page within the page"), text=" ".join(text.split()), where=say("the whole file"))
    yield from found.left_out


def _text(empty: Manuscript, body: bytes, _beside: Beside) -> Manuscript:
    pieces, left_out = read_text(decoded(body))
    return replace(empty, pieces=pieces, left_out=left_out)


def _markdown(empty: Manuscript, body: bytes, beside: Beside) -> Manuscript:
    text = decoded(body)
    found = read_markdown(text, beside)
    made = replace(
        empty, title=found.front.title, day=found.front.day, published=found.front.day,
        created=found.front.created, pieces=found.pieces, pictures=found.pictures, left_out=found.left_out,
    )  # fmt: skip
    return replace(made, left_out=(*made.left_out, *map(not_shown, unshown(text, made))))


def _beside(page: Path, address: str) -> bytes | None:
    """The bytes of a picture in the folder that a browser saved with a page."""
    if not (name := local(address)):
        return None
    folder = page.absolute().parent.resolve()
    try:
        place = (folder / name).resolve()
        return read_file(place, MOST_BYTES) if place.is_relative_to(folder) else None
    except (OSError, ValueError, Fault):
        return None


_READERS: Final[dict[str, Callable[[Manuscript, bytes, Beside], Manuscript]]] = {
    "docx": _word, "html": _html, "mhtml": _mhtml, "markdown": _markdown, "text": _text,
}  # fmt: skip
