"""The names of new files: of texts by what they say, of what is uploaded by what it was called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from generator.ground.dates import parse_span
from generator.ground.errors import Fault
from generator.ground.text import FORBIDDEN, SEGMENT_BYTES, is_windows_name, nfc, slug, visible
from generator.model.content import Person
from generator.read.yaml_tree import Tree
from generator.tools.importers.persons import stand_ins, without_names

_LONGEST: Final = SEGMENT_BYTES - 8
"""So that a number and an ending find room."""
_UNFIT: Final = re.compile(r"""[\s/\\<>:"|?*#%&{}\[\]()（）`'^~$!;,，；：？！“”‘’]+""")


def stem_of(kind: str, fields: Mapping[str, Tree], people: Iterable[Person]) -> str:
    """The name of a new text without its ending: an entry's is its day and title, as ``rizhi new`` names it.

    The names of private persons among these people do not stand in it.
    """
    title = slug(without_names(nfc(str(fields.get("name") or fields.get("title") or "")), stand_ins(people)))
    if kind == "entry":
        try:
            day = str(parse_span(str(fields.get("date") or "")).start)
        except Fault:
            day = ""
        title = "-".join(part for part in (day, title) if part)
    return _fitting(title) or kind


def naming(path: str, url: str | None) -> re.Pattern[str]:
    """What stands in a text that names the file at this path: its name, or its page's address."""
    known = [PurePosixPath(path).name, (url or "").strip("/")]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(one) for one in known if one)})(?![\w-])")


def safe_name(name: str, ending: str, fallback: str) -> str:
    """A name for a file that is uploaded, that every system can store and every address can hold.

    ``ending`` is the right one for what is in it; it takes the place of a wrong one.
    """
    last = re.split(r"[/\\]", nfc(name))[-1]
    stem = last[: last.rfind(".")] if "." in last.strip(".") else last
    kept = "".join(char for char in visible(stem) if not FORBIDDEN.match(char) and unicodedata.category(char)[0] != "C")
    return f"{_fitting(_UNFIT.sub('-', kept).strip('-. _')) or fallback}{ending}"


def numbered(name: str, number: int) -> str:
    """The name as it is for the first, with a number before its ending for others."""
    if number < 2:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{number}.{ending}" if dot else f"{name}-{number}"


def _fitting(stem: str) -> str:
    stem = stem.encode()[:_LONGEST].decode(errors="ignore").strip("-. ")
    if not is_windows_name(stem):
        return stem
    # Windows keeps a name for a device whatever stands behind its first point.
    name, point, rest = stem.partition(".")
    return f"{name}-1{point}{rest}"
