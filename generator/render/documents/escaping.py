"""Escapes text for Markdown, so that it is parsed as the same text."""

from __future__ import annotations

import re
from typing import Final

_ANYWHERE: Final = re.compile(
    r"[\\`*\[\]<{]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # within a word it is text anyway, and file names stay legible
    r"|\A~|~(?=~|\Z)|(?<=~)~"
    r"|&(?=#|\w+;|\Z)"
)
_AT_BEGIN: Final = re.compile(r"[#>:=|]|[-+](?=[-+|:\s]|\Z)")
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
_TICKS: Final = re.compile("`+")
_IN_ANGLES: Final = re.compile(r"[<>]|\\(?=[!-/:-@\[-`{-~]|\Z)")
_IN_QUOTES: Final = re.compile(r'["\\]')
_ESCAPED: Final = r"\\\g<0>"
_BARE: Final = re.compile(r"[^\s<>()\\]+")


def text(content: str) -> str:
    """Text within a paragraph, escaped."""
    return _ANYWHERE.sub(_ESCAPED, content)


def line(written: str) -> str:
    """A line of escaped text, with its beginning escaped as well, so that it opens no block."""
    if _AT_BEGIN.match(written):
        return f"\\{written}"
    number = _NUMBER.match(written)
    return f"{number[1]}\\{written[number.end(1) :]}" if number else written


def code(content: str) -> str:
    """A code span."""
    content = content.replace("\n", " ")
    delimiter = fence(content, 1)
    is_padded = content[:1] == "`" or content[-1:] == "`" or (content[:1] == content[-1:] == " " and content.strip())
    pad = " " if is_padded else ""
    return f"{delimiter}{pad}{content}{pad}{delimiter}" if content else ""


def fence(content: str, least: int) -> str:
    """A run of backticks longer than any in the content, at least ``least`` long."""
    return "`" * max(least, 1 + max(map(len, _TICKS.findall(content)), default=0))


def destination(address: str) -> str:
    """The address of a link or a picture."""
    address = re.sub(r"[\n\r]", "%0A", address)
    if _BARE.fullmatch(address):
        return _entities(address)
    return f"<{_entities(_IN_ANGLES.sub(_ESCAPED, address))}>"


def title(words: str) -> str:
    """The title of a picture, in quotation marks."""
    return f'"{_entities(_IN_QUOTES.sub(_ESCAPED, words))}"'


def _entities(content: str) -> str:
    return re.sub(r"&(?=#|\w+;)", r"\\&", content)
