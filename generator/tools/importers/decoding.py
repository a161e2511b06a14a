"""Bytes of texts and web pages as characters; text that an earlier conversion destroyed is refused."""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import Final

from generator.ground.errors import BuildError, Fault
from generator.ground.messages import Message, say
from generator.ground.text import FORBIDDEN
from generator.read.decoding import characters

_MARKS: Final = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_RUINED: Final = re.compile("\ufffd|锟斤拷")
"""What wrong conversions leave behind: the sign for a lost character, and that sign read as GBK."""
_ALIASES: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "iso-8859-1": "", "us-ascii": ""}
"""Names in web pages, and the encoding that such pages have in truth; empty where they tell nothing."""


def decoded(body: bytes, named: str = "") -> str:
    r"""The text, with ``\n`` as line ends. ``named`` is the encoding that the file itself names, which may be wrong.

    Raises Fault where no encoding fits.
    """
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return _lines(_strictly(body[len(mark) :], encoding))
    if b"\0" in body:
        raise Fault(say("the file holds a NUL byte, so it is no text"), SAVE_AGAIN)
    named = _ALIASES.get(named.lower(), named)
    if named not in ("", "gb18030"):
        for encoding in ("utf-8", named):
            with contextlib.suppress(UnicodeError, LookupError):
                return _lines(body.decode(encoding))
    try:
        return _lines(characters(body, "")[0])
    except BuildError as error:
        (problem,) = error.problems
        where = say("line {line}", line=problem.line)
        raise Fault(say("{where}: {fact}", where=where, fact=problem.message), SAVE_AGAIN) from None


SAVE_AGAIN: Final = say("open it in the program that wrote it, and save it as .docx, or as text in UTF-8")


def _strictly(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeError:
        raise Fault(say("its text is damaged: not every character of it can be read"), SAVE_AGAIN) from None


def _lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN.sub(" ", text.replace("\v", "\n").replace("\f", "\n")) if FORBIDDEN.search(text) else text


def check_ruined(text: str, where: Message) -> None:
    """Raises Fault where a wrong conversion has destroyed characters of a text."""
    if found := _RUINED.search(text):
        quoted = text[max(0, found.start() - 10) : found.end() + 10].replace("\n", " ")
        raise Fault(
            say('{where}: characters are lost here: "{text}"', where=where, text=quoted),
            say("a wrong encoding has destroyed them; import the original, or type them again"),
        )
