"""What the files of a site say of themselves, at a glance: read again only where a file has changed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.ground.dates import parse_span
from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.file_stat import File, FileStat
from generator.ground.files import read_file
from generator.ground.frozen import frozen
from generator.ground.search_folding import folded
from generator.ground.text import nfc
from generator.model.content import Person, PersonRole, Source
from generator.model.settings import Settings
from generator.read import frontmatter, sources
from generator.read.decoding import decoded
from generator.read.frontmatter_split import split
from generator.read.settings import settings as read_settings
from generator.read.sources import MOST_BYTES, PEOPLE, SETTINGS
from generator.read.vocabulary import ENGLISH
from generator.read.yaml_tree import Tree
from generator.site import records
from generator.tools.faulty_drafts import is_draft
from generator.tools.write.kinds import kind_of, page_kind
from generator.tools.write.open_questions import open_questions


@frozen
class Fact:
    """A file of a site, with its fields as they are written; none where they cannot be read."""

    path: str
    kind: str
    fields: Mapping[str, Tree]
    stat: FileStat
    questions: tuple[Problem, ...]
    """Those of an import that are open."""

    def text(self, name: str) -> str:
        """A field that is one text; empty for any other."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """A field that is a list of texts."""
        value = self.fields.get(name)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    @property
    def title(self) -> str:
        """What it is called; its file's name where it has no title."""
        return self.text("title") or self.text("name") or Path(self.path).stem

    @property
    def day(self) -> str:
        """The first day that it is about, ISO 8601; empty where there is none."""
        try:
            return str(parse_span(self.text("date")).start)
        except Fault:
            return ""

    @property
    def is_draft(self) -> bool:
        """Whether it is not to be published yet."""
        return is_draft(self.text("status"))


class ContentIndex:
    """The facts of all files of the site in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Fact] = {}

    def facts(self) -> list[Fact]:
        """Every text file, by path. Raises BuildError where there is no content."""
        found = sources.walk(self._folder)
        self._known = {path: self._fact(path, file) for path, file in found.texts.items()}
        return list(self._known.values())

    def holds(self, fact: Fact, words: Iterable[str]) -> bool:
        """Whether all words, which are folded, stand somewhere in a file: in its name, its fields or its text."""
        text = folded(f"{fact.path} {self.text(fact)}")
        return all(word in text for word in words)

    def names(self, fact: Fact, named: re.Pattern[str]) -> bool:
        """Whether a file names what is meant by this pattern, be it in an address."""
        return named.search(nfc(unquote(self.text(fact)))) is not None

    def text(self, fact: Fact) -> str:
        """All that is in a file; nothing where it cannot be read."""
        try:
            return decoded(read_file(self._folder / fact.path, MOST_BYTES), fact.path)[0].text
        except (OSError, Fault, BuildError):
            return ""

    def _fact(self, path: str, file: File) -> Fact:
        known = self._known.get(path)
        if known is not None and known.stat == file.stat:
            return known
        try:
            source, _ = decoded(read_file(file.path, MOST_BYTES), path)
        except (OSError, Fault, BuildError):
            return Fact(path, kind_of(path), {}, file.stat, ())
        return Fact(path, kind_of(path), _tree(source), file.stat, tuple(open_questions(source)))


def _tree(source: Source) -> Mapping[str, Tree]:
    is_yaml = source.path in (SETTINGS, PEOPLE)
    try:
        return frontmatter.read_tree(source.text if is_yaml else split(source)[0], source.path)
    except (Fault, BuildError):
        return {}


def listed(facts: list[Fact], problems: Mapping[str, int]) -> list[dict[str, Any]]:
    """The files as a list, what is newest first; ``problems`` are their numbers by path."""
    rows = [
        {
            "path": fact.path,
            "kind": page_kind(fact.kind),
            "title": fact.title,
            "date": fact.day,
            "draft": fact.is_draft,
            "problems": problems.get(fact.path, 0),
            "changed": datetime.datetime.fromtimestamp(fact.stat[1] / 1e9, datetime.UTC).isoformat(timespec="seconds"),
        }
        for fact in facts
    ]
    return sorted(rows, key=lambda row: (row["date"], row["changed"], row["path"]), reverse=True)


def known_things(facts: list[Fact], settings: Settings) -> dict[str, Any]:
    """The site's title, and what a form offers: targets, tags, kinds, counters, policies, persons, requests."""
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact)
    tags = dict.fromkeys(tag for fact in by_kind.get("entry", ()) for tag in fact.texts("tags"))
    return {
        "title": settings.title,
        "targets": [
            {"id": Path(fact.path).stem, "name": fact.title, "kind": fact.text("kind"), "names": names_of(fact)}
            for fact in by_kind.get("target", ())
        ],
        "tags": sorted(tags),
        "kinds": [{"id": key, "name": name} for key, name in settings.kinds.items()],
        "counters": [
            {"id": key, "name": counter.label, "unit": counter.unit or "", "shared": counter.shared}
            for key, counter in settings.counters.items()
            if counter.derived is None
        ],
        "policies": [{"id": Path(fact.path).stem, "title": fact.title} for fact in by_kind.get("policy", ())],
        "persons": [one for fact in by_kind.get("people", ()) for one in _persons(fact)],
        "requests": list(_requests(by_kind.get("entry", []))),
    }


def settings_of(folder: Path) -> Settings:
    """The site's settings; the usual ones where they cannot be read."""
    source = sources.read(SETTINGS, str(folder / SETTINGS))[1]
    found = (read_settings(source).value if source else None) or read_settings(None).value
    assert found is not None
    return found


def people_of(folder: Path) -> tuple[Person, ...]:
    """The site's persons; none where they cannot be read."""
    source = sources.read(PEOPLE, str(folder / PEOPLE))[1]
    return (records.people(source).value or ()) if source else ()


def names_of(fact: Fact) -> list[str]:
    """What a target is called, too."""
    return [name for name in (fact.text("short_name"), *fact.texts("aliases")) if name]


def _persons(fact: Fact) -> Iterator[dict[str, str]]:
    people = fact.fields.get("people")
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict) and person.get("id"):
            role = ENGLISH.get(str(person.get("role")), str(person.get("role")))
            shown = person.get("pseudonym" if role == PersonRole.PRIVATE else "name")
            name = str(person.get("name") or "")
            yield {"id": str(person["id"]), "role": role, "shown": str(shown or ""), "name": name}


def _requests(entries: list[Fact]) -> Iterator[dict[str, str]]:
    """The requests with their last stage, in the order in which they were raised."""
    found: dict[str, dict[str, str]] = {}
    for fact in sorted(entries, key=lambda one: (one.day, one.path)):
        requests = fact.fields.get("requests")
        for one in requests if isinstance(requests, list) else ():
            if isinstance(one, dict) and one.get("id"):
                status = ENGLISH.get(str(one.get("status")), str(one.get("status") or ""))
                known = found.setdefault(
                    str(one["id"]),
                    {"id": str(one["id"]), "title": "", "target": "", "path": fact.path, "since": fact.day},
                )
                known |= {key: str(value) for key in ("title", "target") if (value := one.get(key))}
                known["status"] = status
    yield from found.values()
