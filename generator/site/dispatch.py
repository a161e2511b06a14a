"""Which reader takes which file, and what all of them give together."""

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
    """What a text file holds, a Record, checked by itself."""
    reader = _YAML.get(source.path) or _MARKDOWN[folder_of(source.path)]
    return reader(source)


def content(found: Iterable[Record]) -> Content:
    """Everything that was read, each kind in its own order."""
    values = list(found)
    people = [value for value in values if isinstance(value, tuple)]
    return Content(
        entries=tuple(sorted((value for value in values if isinstance(value, Entry)), key=lambda entry: entry.order)),
        targets=tuple(value for value in values if isinstance(value, Target)),
        policies=tuple(value for value in values if isinstance(value, Policy)),
        pages=tuple(value for value in values if isinstance(value, StaticPage)),
        people=people[0] if people else (),
    )


def nothing(path: str) -> Text | None:
    """What there is of a Markdown file that could not even be opened; None for a file of YAML."""
    return None if path in _YAML else text(path, Prose())


def without(path: str) -> Settings | None:
    """What stands in for a file that could not even be opened: default settings, so that the rest can be checked."""
    return settings(None).value if path == SETTINGS else None
