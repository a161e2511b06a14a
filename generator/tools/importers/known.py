"""What a site says that an import has to know: its targets and persons by name, and what was imported before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
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
from generator.tools.importers.replacing import Digests, folders

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
    imported: Mapping[str, Imported]
    """By the digest of the file."""


@frozen(kw_only=True)
class Imported:
    """What an import left behind."""

    drafts: tuple[str, ...]
    files: Digests
    """Everything that it wrote; empty where its record does not say so."""
    answers: str
    """The digest of those that were given when it began."""
    leftovers: str
    """Everything that is to be deleted before the file is imported as if it had never been."""


NEVER: Final = Imported(drafts=(), files={}, answers="", leftovers="")


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
    return Known(
        language=settings.language if isinstance(settings, Settings) else "zh-CN",
        targets=dict(sorted(names.items(), key=lambda one: -len(one[0]))),
        people=people,
        taken=frozenset(_taken(found, without)),
        imported=dict(_imported(folder)),
    )


def _taken(found: sources.Sources, without: Collection[str]) -> Iterator[str]:
    for path in (*found.texts, *found.files):
        if sources.folder_of(path) in ("entries", "pages") and path not in without:
            parts = path.split("/")[2:]
            yield from (part.casefold() for part in parts[:-1])
            yield parts[-1].rpartition(".")[0].casefold()


def record(drafts: Iterable[str], files: Digests, answers: Mapping[str, str]) -> bytes:
    """What is kept of an import."""
    said = {"drafts": list(drafts), "files": dict(files), "answers": answers_digest(answers)}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def answers_digest(answers: Mapping[str, str]) -> str:
    """By which the same answers are known again. They are not kept themselves: they hold names."""
    return hashlib.sha256(json.dumps(sorted(answers.items())).encode()).hexdigest()


def _imported(folder: Path) -> Iterator[tuple[str, Imported]]:
    for path in sorted((folder / RECORDS).glob("*.json")):
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            drafts = tuple(str(one) for one in said["drafts"])
            files = {str(one): str(digest) for one, digest in said.get("files", {}).items() if _is_ours(str(one))}
            yield (
                path.stem,
                Imported(
                    drafts=drafts,
                    files=files,
                    answers=str(said.get("answers", "")),
                    leftovers=leftovers(drafts, path.stem),
                ),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            yield path.stem, replace(NEVER, leftovers=leftovers((), path.stem))


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
        hint=say("to import it once more, delete {record}", record=before.leftovers),
        is_warning=True,
    )


def leftovers(paths: Iterable[str], digest: str) -> str:
    """Everything that is to be deleted before a file is imported as if it had never been."""
    return ", ".join((*(f"{folder}/" for folder in folders(paths)), f"{RECORDS}/{digest}.json"))
