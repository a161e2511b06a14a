"""Characters written as something else: entities (HTML), escapes (JSON, JavaScript, CSS, YAML), per cent (URLs)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

DEPTH: Final = 5
"""How often text is decoded again: HTML in XML in JSON, and a copy of that."""

_MARKED: Final[dict[str, str]] = {
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
"""By the character that it begins with, each sort of escape."""
ESCAPE: Final = re.compile("|".join(_MARKED.values()), re.VERBOSE)
_ALONE: Final = {mark: re.compile(pattern, re.VERBOSE) for mark, pattern in _MARKED.items()}
"""The same for a text with one sort only: these begin with a literal, which is found fast."""
PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def levels(text: str) -> Iterator[str]:
    """The text, and what it says once, twice … decoded, as long as that changes anything."""
    yield text
    for _ in range(DEPTH):
        marks = [mark for mark in _MARKED if mark in text]
        if not marks:
            return
        escape = ESCAPE if len(marks) > 1 else _ALONE[marks[0]]
        decoded = paired(escape.sub(meaning, text))
        if decoded == text:
            return
        yield decoded
        text = decoded


def paired(text: str) -> str:
    """The text with each pair of surrogates as the character that it means."""
    return PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def meaning(match: re.Match[str]) -> str:
    """What an escape stands for; itself when for nothing."""
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
