"""Mended files as unified differences, without what is private: others may read what a command prints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from generator.ground.messages import say
from generator.ground.text import still
from generator.model.content import PersonRole
from generator.read.decoding import decoded
from generator.read.schema import PersonFields
from generator.read.sources import PEOPLE
from generator.tools.discretion import mask_from, mask_of
from generator.tools.fix.search import MendedFile, Search

_TAB: Final = "→   "
_CONTEXT: Final = 1
"""Lines that are shown around what is mended."""
_MOST_LINES: Final = 2000
"""That are compared line by line; the time for it grows with their square."""
_OPEN_WORDS: Final = frozenset({"people", *PersonFields.model_fields, *PersonRole})
_COLOURS: Final = {"+": "green", "-": "red", "@": "cyan"}


def differences(found: Search, folder: Path, language: str) -> Iterator[str]:
    """What would be written, line by line, coloured. In the register of persons, … stands for each word."""
    # The register as it is may be too faulty to tell its ids.
    masks = [*([mask_from(found.register)] if found.register else []), mask_of(folder)]

    def hidden(text: str) -> str:
        for mask in masks:
            text = mask.hidden(text)
        return text

    if not found.is_register_sound:
        note = say("Words are shown as … until {path} can be read, since it says which names are private.", path=PEOPLE)
        yield note.in_language(language)
    for file in found.files:
        is_veiled = file.path == PEOPLE or not found.is_register_sound
        yield from _shown(file, _veiled if is_veiled else hidden, hidden(file.path), language)


def _shown(file: MendedFile, hidden: Callable[[str], str], path: str, language: str) -> Iterator[str]:
    old, new = (decoded(raw, file.path)[0].text.removesuffix("\n").split("\n") for raw in (file.old, file.new))
    yield click.style(still(f"--- {path}"), bold=True)
    yield click.style(still(f"+++ {path}"), bold=True)
    if not _is_utf8(file.old):
        note = say("(the whole file: GB18030 becomes UTF-8)").in_language(language)
        yield click.style(f"@@ {note} @@", fg=_COLOURS["@"])
    for line in _compared(old, new):
        sign = line[:1]
        text = line if sign == "@" else sign + still(hidden(line[1:]).replace("\t", _TAB))
        yield click.style(text, fg=_COLOURS[sign]) if sign in _COLOURS else text


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The lines of a unified difference, without those that name the files."""
    first = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    if first is None and len(old) == len(new):
        return
    first = min(len(old), len(new)) if first is None else first
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    if len(old) - last - first <= _MOST_LINES:
        lines = difflib.unified_diff(old, new, n=_CONTEXT, lineterm="")
        yield from list(lines)[2:]
        return
    yield f"@@ -{first + 1},{len(old) - last - first} +{first + 1},{len(new) - last - first} @@"
    yield from (f"-{line}" for line in old[first : len(old) - last])
    yield from (f"+{line}" for line in new[first : len(new) - last])


def _veiled(line: str) -> str:
    """A line of which only the signs and the schema's own words are shown."""
    return re.sub(r"\w+", lambda word: word[0] if word[0] in _OPEN_WORDS else "…", line)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
