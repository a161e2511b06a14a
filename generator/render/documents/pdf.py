"""Writes blocks as a PDF that archives take: PDF/A-2a, and PDF/UA-1 for those who cannot see it."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unicodedata import category

from generator.ground.dates import Day
from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.ground.temporary import temporary_folder
from generator.ground.text import FORBIDDEN
from generator.render.documents.blocks import Blocks
from generator.render.documents.layout import Layout
from generator.render.documents.ordinary import ORDINARY
from generator.render.documents.typeset import typeset
from generator.render.typefaces import Fonts, system

if TYPE_CHECKING:
    from typst import Compiler, TypstError
    from typst import PDFStandard as Standard

_STANDARDS: Final[tuple[tuple[list[Standard], bool], ...]] = (
    (["a-2a", "ua-1"], True),
    (["a-2b", "ua-1"], True),
    (["a-2b"], True),
    (["a-2b"], False),
)
"""The best first, and whether it has tags. A text may forbid it: private use characters, what typst fails to tag."""
_FULL: Final = (b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<")
"""What a PDF of the best says."""
_NOWHERE: Final = Path(__file__).parent / "no packages"
"""A folder that does not exist: typst looks for packages there only, and the template asks for none."""
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})(?![A-Za-z]))?")
_UNDRAWN: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_JOINED: Final = "\ufe0e\ufe0f\u200d"
_NAMED: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class UndrawnError(Fault):
    """Characters that no font has, each perhaps with the one that it is a mark on."""

    def __init__(self, characters: Sequence[str]) -> None:
        names = ", ".join(f"{one} ({' '.join(f'U+{ord(char):04X}' for char in one)})" for one in characters)
        super().__init__(
            say("no font on this computer has the character {characters}", characters=names),
            say("install a font that has it, such as Noto Emoji or SimSun-ExtB, or write something else"),
        )
        self.args = (characters,)
        self.characters = characters

    def within(self, text: str) -> UndrawnError | None:
        """The same of those that are in a text, as they stand there; None for none."""
        forms = (rf"\S?\ufe0f?{one}" if category(one).startswith("M") else f"{one}\ufe0f?" for one in self.characters)
        found = re.findall("|".join(forms), text)
        return UndrawnError([*dict.fromkeys(found)]) if found else None


def pdf(
    document: Blocks,
    *,
    title: str,
    author: str,
    language: str,
    created: Day,
    picture: Callable[[str], bytes | None],
    fonts: Fonts,
    layout: Layout = ORDINARY,
) -> bytes:
    """The document as PDF, the same bytes for the same arguments. Raises Fault if a character has no font.

    ``picture`` gives the bytes of the picture at an address; for None, and for other formats than JPEG, PNG, GIF and
    WebP, the alternative text is written in brackets. Typst starts threads, and a process that has threads must not
    fork: where others may, this is called in a child (``pipeline.workers.isolated``).
    """
    found = typeset(document, layout.arrange(document, language), picture, layout)
    spoken = _LANGUAGE.match(language)
    data = {
        "title": FORBIDDEN.sub("\ufffd", title),
        "author": FORBIDDEN.sub("\ufffd", author),
        "language": spoken[1].lower() if spoken else "zh",
        "region": spoken[2] if spoken else None,
        "date": [created.year, created.month, created.day],
        "fonts": fonts.data(),
        "measures": dict(layout.measures),
        "blocks": found.nodes,
    }
    with temporary_folder() as folder:
        for name, content in found.pictures.items():
            (folder / name).write_bytes(content)
        return _set(json.dumps(data), _template(layout.template), folder, created)


def _set(data: str, template: bytes, folder: Path, created: Day) -> bytes:
    """The PDF of ``data`` by a template, whose pictures are in ``folder``: the only one that typst can read."""
    from typst import TypstError

    def compiled(standards: list[Standard], *, has_tags: bool) -> bytes:
        process, compiler = _compiler()
        if process != os.getpid():
            message = "a process that has set PDF was forked: its child would wait for ever for threads that it lacks"
            raise RuntimeError(message)
        made = compiler.compile(
            template,
            root=folder,
            sys_inputs={"document": data},
            format="pdf",
            pdf_standards=standards,
            timestamp=datetime(created.year, created.month, created.day, tzinfo=UTC),
            pdf_tags=has_tags,
        )
        assert isinstance(made, bytes)
        return made

    fact = ""
    for standards, has_tags in _STANDARDS:
        try:
            with _silent():
                return compiled(standards, has_tags=has_tags)
        except TypstError as error:
            _check_drawn(error)
            fact = error.message
        except BaseException as error:  # a panic of typst is no Exception
            if type(error).__name__ != "PanicException":
                raise
            fact = str(error)
            _compiler.cache_clear()
    raise Fault(say("the PDF could not be made: {fact}", fact=fact))


@contextmanager
def _silent() -> Iterator[None]:
    """Keeps what typst writes when it panics, which is nothing for who asked for a PDF, from their terminal."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def is_full(body: bytes) -> bool:
    """Whether a PDF is of the best that there is, and not less for the sake of its text."""
    return all(sign in body for sign in _FULL)


@cache
def _compiler() -> tuple[int, Compiler]:
    """A compiler that knows the fonts of this machine and can fetch nothing, and the process that started it."""
    from typst import Compiler

    return os.getpid(), Compiler(
        font_paths=system(), ignore_system_fonts=True, package_path=_NOWHERE, package_cache_path=_NOWHERE
    )


@cache
def _template(look: str) -> bytes:
    """A look with what comes before and after each: typst may read nothing but pictures, so they are one file."""
    names = ("first.typ", look, "nodes.typ")
    return b"\n".join(Path(__file__).with_name(name).read_bytes() for name in names)


def _check_drawn(error: TypstError) -> None:
    """Raises UndrawnError if typst could not draw some characters."""
    found = dict.fromkeys("".join(_unescaped(text) for text in _UNDRAWN.findall(error.diagnostic)))
    # A letter with a mark that no font has is not drawn either, and a sign that only chooses the form of another.
    others = [char for char in found if not char.isascii() and char not in _JOINED]
    if found:
        raise UndrawnError(others or [*found]) from None


def _unescaped(text: str) -> str:
    """A text as Rust's debug format writes it, read back."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else _NAMED.get(found[2], found[2]), text)


_STREAM: Final = re.compile(rb"/Type\s*/ObjStm.*?stream\r?\n(.*?)endstream", re.DOTALL)
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def pages(body: bytes) -> int:
    """The number of pages of a PDF that ``pdf`` made. Raises ValueError for one that it cannot read."""
    parts = [body]
    for stream in _STREAM.findall(body):
        opened = zlib.decompressobj()
        try:
            parts.append(opened.decompress(stream, 50_000_000))
        except zlib.error as error:
            raise ValueError(str(error)) from None
    number = sum(len(_PAGE.findall(part)) for part in parts)
    if not number:
        message = "there are no pages"
        raise ValueError(message)
    return number
