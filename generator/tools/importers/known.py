"""What a site says that an import has to know: its targets and persons by name, and what was imported before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import BuildError, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.text import nfc
from generator.model.content import Person, Target
from generator.model.settings import Settings
from generator.read import sources
from generator.site import dispatch

RECORDS: Final = "content/.imported"
"""A file for each import, named by the digest of what was imported.

It lies in the content, so colleagues and clones know it; its name begins with a dot, so it is no content.
"""


@frozen(kw_only=True)
class Known:
    """A site as an import sees it."""

    language: str
    targets: Mapping[str, str]
    """Ids by name, short name and alias; the longest name first."""
    people: tuple[Person, ...]
    taken: frozenset[str]
    """The names of files and folders in entries and pages, without endings."""
    imported: Mapping[str, tuple[str, ...]]
    """The drafts that a file became, by its digest."""


def known(folder: Path) -> Known:
    """What the site in ``folder`` says. Raises BuildError where there is none, or where its persons cannot be read."""
    found = sources.walk(folder)
    values: dict[str, Any] = {}
    for path, file in found.texts.items():
        if path in (sources.SETTINGS, sources.PEOPLE) or sources.folder_of(path) == "targets":
            _, source, problems = sources.read(path, file.path)
            checked = dispatch.read(source) if source else None
            values[path] = checked.value if checked else None
            if path == sources.PEOPLE and values[path] is None:
                raise BuildError(*problems, *(checked.problems if checked else ()))
    settings = values.get(sources.SETTINGS)
    targets = [value for value in values.values() if isinstance(value, Target)]
    names = {nfc(name): one.id for one in targets for name in (one.name, one.short_name, *one.aliases) if name}
    people: tuple[Person, ...] = values.get(sources.PEOPLE) or ()
    return Known(
        language=settings.language if isinstance(settings, Settings) else "zh-CN",
        targets=dict(sorted(names.items(), key=lambda one: -len(one[0]))),
        people=people,
        taken=frozenset(_taken(found)),
        imported=dict(_imported(folder)),
    )


def _taken(found: sources.Sources) -> Iterator[str]:
    for path in (*found.texts, *found.files):
        if sources.folder_of(path) in ("entries", "pages"):
            parts = path.split("/")[2:]
            yield from (part.casefold() for part in parts[:-1])
            yield parts[-1].rpartition(".")[0].casefold()


def _imported(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted((folder / RECORDS).glob("*.json")):
        try:
            paths = json.loads(path.read_text(encoding="utf-8"))["drafts"]
            yield path.stem, tuple(str(one) for one in paths)
        except (OSError, ValueError, KeyError, TypeError):
            yield path.stem, ()


def already(known_site: Known, file: str, digest: str) -> Problem | None:
    """That a file was imported before; None if it was not."""
    if digest not in known_site.imported:
        return None
    paths = ", ".join(known_site.imported[digest][:3])
    return Problem(
        path=file,
        message=say("this file was imported before: {paths}", paths=paths),
        hint=say("to import it once more, delete {record}", record=f"{RECORDS}/{digest}.json"),
        is_warning=True,
    )
