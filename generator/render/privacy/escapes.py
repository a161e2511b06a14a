"""Decodes escaped characters: HTML entities, backslash escapes (JSON, JavaScript, CSS, YAML) and URL encoding."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

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
      % (?: u (?P<script>[0-9a-fA-F]{4}) | (?P<octets>[0-9a-fA-F]{2} (?:%[0-9a-fA-F]{2})*+ ) )""",
}
"""The pattern of each kind of escape, by its first character."""
ESCAPE: Final = re.compile("|".join(_PATTERNS.values()), re.VERBOSE)
_SINGLE: Final = {first: re.compile(pattern, re.VERBOSE) for first, pattern in _PATTERNS.items()}
"""The same, for texts with one kind only: a pattern that begins with a literal is faster."""
PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def levels(text: str) -> Iterator[str]:
    """The text, then the text decoded once, twice …, as long as that changes it."""
    yield text
    for _ in range(DEPTH):
        firsts = [first for first in _PATTERNS if first in text]
        if not firsts:
            return
        escape = ESCAPE if len(firsts) > 1 else _SINGLE[firsts[0]]
        decoded = paired(escape.sub(meaning, text))
        if decoded == text:
            return
        yield decoded
        text = decoded


def paired(text: str) -> str:
    """The text with each pair of surrogates replaced by its character."""
    return PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def meaning(match: re.Match[str]) -> str:
    """The character of an escape; an invalid escape itself."""
    kind, whole = match.lastgroup, match[0]
    match kind:
        case None:
            return html.unescape(whole)
        case "octets":
            return bytes.fromhex(whole.replace("%", "")).decode(errors="replace")
        case "break":
            return ""
        case "space":
            return "\n"
        case "char":
            return match["char"]
        case _:
            code = int(match[kind], 10 if kind == "decimal" else 16)
            return chr(code) if code < 0x110000 else whole
