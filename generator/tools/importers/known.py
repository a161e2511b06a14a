"""What a site says that an import has to know: its targets and persons by name, and what was imported before."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import BuildError, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.text import nfc
from generator.model.content import Person, Target
from generator.model.settings import DEFAULT_HARDSHIP, Settings
from generator.read import sources
from generator.site import dispatch
from generator.tools.importers.replacing import Digests, digest_of, folders

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
    hardship: tuple[str, ...]
    """The words beside which a build notices names."""
    paths: frozenset[str]
    """Every file in entries and pages."""
    imported: Mapping[str, Imported]
    """By the digest of the file."""
    folder: Path = Path()
    """Where the site is."""

    def untouched(self, path: str) -> Digests:
        """A file as an import wrote it; empty if it is not like that any more."""
        digest = digest_of(self.folder / path) if path in self.paths else ""
        return {path: digest} if any(one.files.get(path) == digest for one in self.imported.values()) else {}

    @property
    def taken(self) -> frozenset[str]:
        """The names of files and folders in entries and pages, without endings."""
        parts = [path.casefold().split("/")[2:] for path in self.paths]
        return frozenset(name for one in parts for name in (*one[:-1], one[-1].rpartition(".")[0]))


@frozen(kw_only=True)
class Print:
    """By what an entry is known again: digests, so that a record holds no names."""

    day: str
    """ISO 8601, or ``lead`` for what stands before the first day; empty where nothing says it."""
    whole: str
    text: str
    """Without what heads it; empty where that is too short to be known by."""


@frozen(kw_only=True)
class Imported:
    """What an import left behind."""

    drafts: tuple[str, ...]
    files: Digests
    """Everything that it wrote; empty where its record does not say so."""
    answers: str
    """The digest of those that were given when it began."""
    stem: str
    """The digest of the file's name without its ending."""
    folder: str
    """The digest of the name of the folder that it lay in; empty where that is not known."""
    prints: tuple[tuple[str, Print], ...]
    """Each entry of the file, with the path of its draft, which an earlier import may have written."""
    standing: frozenset[str]
    """Which of those drafts are there still, or were passed over by this import: whether to write one that was renamed
    or deleted once more is asked once."""
    leftovers: str
    """Everything that is to be deleted before the file is imported as if it had never been."""


NEVER: Final = Imported(
    drafts=(), files={}, answers="", stem="", folder="", prints=(), standing=frozenset(), leftovers=""
)


def known(folder: Path, without: Collection[str] = ()) -> Known:
    """What the site in ``folder`` says, as if the files at the paths ``without`` were not there.

    Raises BuildError where there is none, or where its persons cannot be read.
    """
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
    there = (path for path in (*found.texts, *found.files) if sources.folder_of(path) in ("entries", "pages"))
    paths = frozenset(there) - {*without}
    return Known(
        language=settings.language if isinstance(settings, Settings) else "zh-CN",
        targets=dict(sorted(names.items(), key=lambda one: -len(one[0]))),
        people=people,
        hardship=settings.hardship if isinstance(settings, Settings) else DEFAULT_HARDSHIP,
        paths=paths,
        imported=imported(folder, without),
        folder=folder,
    )


def record(made: Imported, answers: Mapping[str, str]) -> bytes:
    """What is kept of an import."""
    said = {
        "drafts": made.drafts,
        "files": dict(made.files),
        "answers": answers_digest(answers),
        "stem": made.stem,
        "folder": made.folder,
        "entries": [[path, one.day, one.whole, one.text] for path, one in made.prints],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def answers_digest(answers: Mapping[str, str]) -> str:
    """By which the same answers are known again. They are not kept themselves: they hold names."""
    return hashlib.sha256(json.dumps(sorted(answers.items())).encode()).hexdigest()


def imported(folder: Path, without: Collection[str] = ()) -> dict[str, Imported]:
    """What was imported into the site in ``folder``, by the digests of the files, as if ``without`` were not there."""
    found: dict[str, Imported] = {}
    for path in sorted((folder / RECORDS).glob("*.json")):
        try:
            found[path.stem] = _imported(folder, json.loads(path.read_text(encoding="utf-8")), without)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            found[path.stem] = NEVER
    makers = Counter(one for each in found.values() for one in folders(each.drafts))
    return {digest: replace(one, leftovers=_leftovers(one.drafts, digest, makers)) for digest, one in found.items()}


def _imported(folder: Path, kept: dict[str, Any], without: Collection[str]) -> Imported:
    rows = [[str(part) for part in row] for row in kept.get("entries", ())]
    prints = [(path, Print(day=day, whole=whole, text=text)) for path, day, whole, text in rows]
    prints = [(path, one) for path, one in prints if _is_ours(path) and path not in without]
    files = {str(one): str(digest) for one, digest in kept.get("files", {}).items() if _is_ours(str(one))}
    return Imported(
        drafts=tuple(str(one) for one in kept["drafts"]),
        files=files,
        answers=str(kept.get("answers", "")),
        stem=str(kept.get("stem", "")),
        folder=str(kept.get("folder", "")),
        prints=tuple(prints),
        standing=frozenset(path for path, _ in prints if path not in files or os.path.lexists(folder / path)),
        leftovers="",
    )


def _is_ours(path: str) -> bool:
    """Whether an import can have written there: in a folder of its own. A record that was edited must not lead out."""
    parts = path.split("/")
    is_own = len(parts) == 4 and parts[:2] in (["content", "entries"], ["content", "pages"])
    return is_own and not {"", ".", ".."} & set(parts)


def already(known_site: Known, file: str, digest: str) -> Problem | None:
    """That a file was imported before; None if it was not."""
    if digest not in known_site.imported:
        return None
    before = known_site.imported[digest]
    return Problem(
        path=file,
        message=say("this file was imported before: {paths}", paths=", ".join(before.drafts[:3])),
        is_warning=True,
    )


def _leftovers(drafts: Iterable[str], digest: str, makers: Mapping[str, int]) -> str:
    """Folders, or the drafts alone in one that another import wrote into as well (``makers`` counts them)."""
    places = (f"{folder}/" if makers[folder] == 1 else path for path in drafts for folder in folders([path]))
    return ", ".join((*dict.fromkeys(places), f"{RECORDS}/{digest}.json"))
