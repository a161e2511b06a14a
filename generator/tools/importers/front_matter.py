"""The front matter of other programs: its title and its day count, the rest is left out."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Final

from generator.ground.errors import BuildError
from generator.ground.frozen import frozen
from generator.read.frontmatter import read_tree

_YAML: Final = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_DAY: Final = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


@frozen(kw_only=True)
class Front:
    """What stands above a text."""

    end: int = 0
    """Where the text begins."""
    title: str = ""
    day: str = ""
    """ISO 8601; empty where it gives none."""
    created: str = ""
    """The day on which the file was made, as ``day``: it may be that of the text."""
    rest: str = ""
    """The lines that say anything else."""


def front_of(text: str) -> Front:
    """The front matter of a Markdown file; an empty one where there is none."""
    if found := _YAML.match(text):
        fields = _yaml(found[1])
    elif found := _TOML.match(text):
        fields = _toml(found[1])
    else:
        return Front()
    title, day = " ".join(fields.get("title", "").split()), _day(fields.get("date", ""))
    used = [name for name, value in (("title", title), ("date", day)) if value]
    lines = (line for line in found[1].split("\n") if not _says(line, used, title))
    created = _day(fields.get("created", ""))
    return Front(end=found.end(), title=title, day=day, created=created, rest="\n".join(lines))


def _yaml(text: str) -> dict[str, str]:
    try:
        tree = read_tree(text, "")
    except BuildError:
        return {}
    return {key: value for key, value in tree.items() if isinstance(value, str)}


def _toml(text: str) -> dict[str, str]:
    try:
        return {key: str(value) for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError:
        return {}


def _day(written: str) -> str:
    """The civil day as it is written, whatever clock and zone stand behind it."""
    if not (found := _DAY.match(written)):
        return ""
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return ""


def _says(line: str, used: list[str], title: str) -> bool:
    """Whether a line says the title or the day, and nothing else."""
    name = re.match(r"(title|date)\s*[:=]", line)
    return bool(name and name[1] in used and (name[1] == "date" or title in " ".join(line.split())))
