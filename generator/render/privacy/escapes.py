"""Decodes escaped characters: HTML entities, backslash escapes (JSON, JavaScript, CSS, YAML) and URL encoding.

What a file's own format escapes is decoded before anything is looked for. What it says is then decoded further, since
it may be escaped text of another format.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum, auto
from pathlib import PurePosixPath
from typing import Final

from generator.ground.patterns import deferred
from generator.render.privacy.glyphs import BLOCK

DEPTH: Final = 5
"""How often text is decoded: enough for HTML in XML in JSON, and a copy of that."""

_PATTERNS: Final[dict[str, str]] = {
    "\\": r"""
      \\ (?: u\{ (?P<braced>[0-9a-fA-F]{1,6}) \} | u (?P<four>[0-9a-fA-F]{4}) | U (?P<eight>[0-9a-fA-F]{8})
           | x (?P<two>[0-9a-fA-F]{2}) | (?P<css>[0-9a-fA-F]{2,6}) [ \t]? | (?P<break>\r?\n[ \t]*)
           | (?P<space>[nrt]) | (?P<char>[!-/:-@\[-`{-~]) )""",
    "&": r"""
      & (?: \#[xX] 0*+ (?P<hex>[0-9a-fA-F]{1,6}) ;? | \# 0*+ (?P<decimal>[0-9]{1,7}) ;?
          | [a-zA-Z][a-zA-Z0-9]{1,31} ;? )""",
    "%": r"""
      % (?: u (?P<script>[0-9a-fA-F]{4}) | (?P<octets>[0-9a-fA-F]{2} (?>(?:%[0-9a-fA-F]{2})*) ) )""",
}
"""The pattern of each kind of escape, by its first character."""
ESCAPE: Final = deferred("|".join(_PATTERNS.values()), re.VERBOSE)
_SINGLE: Final = {first: re.compile(pattern, re.VERBOSE) for first, pattern in _PATTERNS.items()}
"""The same, for texts with one kind only: a pattern that begins with a literal is faster."""
_OCTETS = deferred(b"%[0-9a-fA-F]{2}(?>(?:%[0-9a-fA-F]{2})*)")
_OF_MARKUP: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'))
"""The escapes that feeds are full of."""
PAIR: Final = deferred("[\ud800-\udbff][\udc00-\udfff]")


class Form(Enum):
    """How a file escapes characters."""

    PLAIN = auto()
    """Not at all, as far as is known."""
    MARKUP = auto()
    STRINGS = auto()
    """As in the strings of JSON and JavaScript."""

    @classmethod
    def of(cls, path: str) -> Form:
        """The form of the file at ``path``, by its ending."""
        return _FORMS.get(PurePosixPath(path).suffix.lower(), cls.PLAIN)


_FORMS: Final = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xml", ".svg"), Form.MARKUP),
    **dict.fromkeys((".json", ".js", ".mjs", ".map", ".webmanifest"), Form.STRINGS),
}
_IN_STRING = deferred(
    r"""\\(?:u\{(?P<braced>[0-9a-fA-F]{1,6})\}|u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})|(?P<break>\r?\n)
    |(?P<space>[bfnrtv])|(?P<char>.))""",
    re.VERBOSE,
)
_SCRIPT = deferred(r"<script[^<]*+(?>(?:<(?!/script)[^<]*+)*)", re.IGNORECASE)
_ENTITY = deferred(
    r"""&(?! (?:amp|lt|gt|quot|apos|\#0*(?:3[489]|6[02])|\#x0*(?:2[267]|3[ce])) \b )
    (?:\#x 0*+ (?P<hex>[0-9a-f]{1,6}) ;? | \# 0*+ (?P<decimal>[0-9]{1,7}) ;? | [a-z][a-z0-9]{1,31} ;? )""",
    re.VERBOSE | re.IGNORECASE,
)
"""A character's name or number, but for the characters of markup: an escaped tag is none."""


def _undone(text: str, form: Form) -> str:
    """The text without the escapes of its own format."""
    if form is Form.STRINGS:
        # The paragraphs of a text are lines in such a string, and nothing continues across them.
        return (paired(_IN_STRING.sub(meaning, text)) if "\\" in text else text).replace("\n", BLOCK)
    if form is Form.MARKUP:
        if "\\" in text:
            text = _SCRIPT.sub(lambda script: paired(_IN_STRING.sub(meaning, script[0])), text)
        return _ENTITY.sub(meaning, text) if "&" in text else text
    return text


def has_only_octets(raw: bytes, form: Form) -> bool:
    """Whether nothing is escaped in a text in UTF-8 but, perhaps, octets."""
    return form is not Form.STRINGS and b"\\" not in raw and b"&" not in raw and (b"%" not in raw or b"%u" not in raw)


def without_octets(raw: bytes) -> bytes:
    """The text, in which nothing else is escaped, decoded once."""
    return _OCTETS.sub(lambda octets: _bytes(octets[0].decode()), raw) if b"%" in raw else raw


def _bytes(octets: str) -> bytes:
    """What octets stand for, in UTF-8; some addresses are written in GB18030."""
    body = bytes.fromhex(octets.replace("%", ""))
    try:
        body.decode()
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError):
            return body.decode("gb18030").encode()
    return body


def levels(text: str, form: Form = Form.PLAIN) -> Iterator[str]:
    """The text as its format says, then decoded once, twice …, as long as that changes it."""
    text = _undone(text, form)
    yield text
    for _ in range(DEPTH):
        decoded = _decoded(text)
        if decoded == text:
            return
        yield decoded
        text = decoded


def _decoded(text: str) -> str:
    """The text decoded once."""
    firsts = [first for first in _PATTERNS if first in text]
    if not firsts:
        return text
    may_be_halves = "\\" in firsts or "&#" in text or "%u" in text
    if "&" in firsts and "\\" not in firsts:
        # Neither begins another escape, nor is part of one.
        for escape, char in _OF_MARKUP:
            text = text.replace(escape, char)
    text = (ESCAPE if len(firsts) > 1 else _SINGLE[firsts[0]]).sub(meaning, text)
    return paired(text) if may_be_halves else text


PUNYCODE: Final = deferred(r"xn--([a-z0-9-]{1,59})", re.IGNORECASE)
"""A label of a domain name in the letters of ASCII (RFC 3492)."""


def label(match: re.Match[str]) -> str:
    """What such a label stands for; the label itself where it stands for nothing."""
    try:
        return match[1].encode().decode("punycode")
    except UnicodeError:
        return match[0]


def paired(text: str) -> str:
    """The text with each pair of surrogates replaced by its character."""
    return PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def meaning(match: re.Match[str]) -> str:
    """The character of an escape; an invalid escape itself."""
    return _meaning(match.lastgroup, match[0])


@functools.lru_cache(maxsize=4096)
def _meaning(kind: str | None, whole: str) -> str:
    """Remembered, since few escapes make up nearly all."""
    match kind:
        case None:
            return html.unescape(whole)
        case "octets":
            return _bytes(whole).decode(errors="replace")
        case "break":
            return ""
        case "space":
            return "\n"
        case "char":
            return whole[1:]
        case _:
            digits = whole.lstrip("&#\\%uUxX{0").rstrip("}; \t")
            code = int(digits or "0", 10 if kind == "decimal" else 16)
            return chr(code) if code < 0x110000 else whole
