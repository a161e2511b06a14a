"""Reads each source file with the reader for its kind, and collects the records of all files into the content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from generator.ground.errors import Checked
from generator.model.content import (
    Content,
    Entry,
    Person,
    Policy,
    Source,
    StaticPage,
    Target,
)
from generator.model.prose import Prose, Text
from generator.model.settings import Settings
from generator.read.settings import settings
from generator.read.sources import PEOPLE, SETTINGS, folder_of
from generator.site import records
from generator.site.entries import entry
from generator.site.texts import text

Record = Entry | Target | Policy | StaticPage | Settings | tuple[Person, ...]
"""What a text file holds."""

_MARKDOWN: Final[Mapping[str, Callable[[Source], Checked[Any]]]] = {
    "entries": entry,
    "targets": records.target,
    "policies": records.policy,
    "pages": records.page,
}
_YAML: Final[Mapping[str, Callable[[Source], Checked[Any]]]] = {
    SETTINGS: settings,
    PEOPLE: records.people,
}


def read(source: Source) -> Checked[Any]:
    """The Record that a text file holds, with the problems that show without other files."""
    reader = _YAML.get(source.path) or _MARKDOWN[folder_of(source.path)]
    return reader(source)


def content(found: Iterable[Record]) -> Content:
    """The content that these records make up; entries are in the order of the diary."""
    values = list(found)
    people = [value for value in values if isinstance(value, tuple)]
    return Content(
        entries=tuple(sorted((value for value in values if isinstance(value, Entry)), key=lambda entry: entry.order)),
        targets=tuple(value for value in values if isinstance(value, Target)),
        policies=tuple(value for value in values if isinstance(value, Policy)),
        pages=tuple(value for value in values if isinstance(value, StaticPage)),
        people=people[0] if people else (),
    )


def empty_text(path: str) -> Text | None:
    """The text to assume for a Markdown file that cannot be opened; None for a YAML file."""
    return None if path in _YAML else text(path, Prose())


def fallback(path: str) -> Settings | None:
    """The value to assume for a file that cannot be opened: default settings for site.yaml; None for all others.

    With default settings, the other files can still be checked.
    """
    return settings(None).value if path == SETTINGS else None
