"""A plan written: everything is staged first, one rename decides, and what follows it is done by whoever comes next.

Killed before that rename, an import has done nothing; killed after it, the next import finishes it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.files import read_file
from generator.ground.messages import say
from generator.ground.refusals import Cause, fact_of
from generator.model.content import Person, PersonRole
from generator.pipeline.publish.lock import locked_cache
from generator.pipeline.publish.manifest import STATE
from generator.read.sources import MOST_BYTES, PEOPLE
from generator.tools.importers.drafts import Plan
from generator.tools.importers.known import NEVER, RECORDS, imported
from generator.tools.importers.register import with_persons
from generator.tools.importers.replacing import Digests, digest_of, folders, in_use, touched

_STAGED: Final = ".part"
_DECIDED: Final = ".ready"
_RECORD: Final = "record.json"
_PEOPLE: Final = "people.json"
_REPLACED: Final = "replaced.json"
_OLD: Final = "old"


def store(plan: Plan, folder: Path, replaced: Digests = MappingProxyType({})) -> None:
    """Writes the drafts of a plan into the site in ``folder``: all or none. Raises BuildError.

    ``replaced`` is what an earlier import of the same file wrote, which goes if it is as it was written.
    """
    records = folder / RECORDS
    with _refused(plan.name), _locked(folder):
        _finish_others(folder)
        decided = records / f"{plan.digest}{_DECIDED}"
        if plan.people:
            _check_register(folder, plan)
        check_untouched(folder, plan.digest, replaced, plan.name)
        if changed := [path for path, digest in plan.replaced.items() if digest_of(folder / path) != digest]:
            raise BuildError(in_use(plan.name, changed, ", ".join(changed)))
        replaced = {**replaced, **plan.replaced}
        _check_free(plan, folder, replaced)
        staged = Path(tempfile.mkdtemp(suffix=_STAGED, dir=_made(records)))
        try:
            _stage(plan, staged)
            if replaced:
                _write_all({_REPLACED: json.dumps(dict(replaced)).encode()}, staged)
            staged.replace(decided)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        _finish(decided, folder)


def check_untouched(folder: Path, digest: str, written: Digests, file: str) -> None:
    """Raises BuildError where somebody has changed what an import of this digest wrote."""
    known = imported(folder)
    others = frozenset(path for one, each in known.items() if one != digest for path in each.files)
    if paths := tuple(touched(folder, written, others)):
        raise BuildError(in_use(file, paths, known.get(digest, NEVER).leftovers))


def _check_free(plan: Plan, folder: Path, replaced: Digests) -> None:
    """Raises BuildError where a file of the plan is there already, or where its folder leads elsewhere."""
    for kind in ("entries", "pages"):
        _check_folder(folder, f"content/{kind}/{plan.name}")
    for path in plan.files:
        if path not in replaced and os.path.lexists(folder / path):
            raise BuildError(_in_the_way(path))


def _check_folder(folder: Path, shown: str) -> None:
    place = folder / shown
    if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
        raise BuildError(_in_the_way(shown))


def recover(folder: Path) -> None:
    """Finishes what a killed import had decided, and clears away what one had only begun. Raises BuildError."""
    if (folder / RECORDS).is_dir():
        with _refused(RECORDS), _locked(folder):
            _finish_others(folder)


def _finish_others(folder: Path) -> None:
    for place in sorted((folder / RECORDS).glob(f"*{_DECIDED}")):
        _finish(place, folder)
    for place in (folder / RECORDS).glob(f"*{_STAGED}"):
        shutil.rmtree(place, ignore_errors=True)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _stage(plan: Plan, staged: Path) -> None:
    for kind, files in (("entries", plan.entries), ("pages", plan.pages)):
        _write_all(files, staged / kind / plan.name)
    if plan.people:
        people = [
            {"id": one.id, "name": one.name, "role": str(one.role), "pseudonym": one.pseudonym} for one in plan.people
        ]
        _write_all({_PEOPLE: json.dumps(people, ensure_ascii=False).encode()}, staged)
    _write_all({_RECORD: plan.record}, staged)


def _write_all(files: Mapping[str, bytes], folder: Path) -> None:
    for name, body in files.items():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())


def _finish(decided: Path, folder: Path) -> None:
    """Moves what was decided to its place; what has been moved before is not there any more.

    The register comes first: a name is protected before a text that may hold it appears.
    """
    if (decided / _PEOPLE).exists():
        _add_persons(json.loads((decided / _PEOPLE).read_text(encoding="utf-8")), folder)
    if (decided / _REPLACED).exists() and (decided / _RECORD).exists():
        _set_aside(decided, folder)
    for kind in ("pages", "entries"):
        for place in sorted((decided / kind).glob("*")):
            _move(place, folder, f"content/{kind}/{place.name}")
    if (decided / _RECORD).exists():
        (decided / _RECORD).replace(decided.with_suffix(".json"))
    shutil.rmtree(decided, ignore_errors=True)


def _set_aside(decided: Path, folder: Path) -> None:
    """Moves the files that are replaced out of the content; one that was edited since stays, and is in the way."""
    written: Digests = json.loads((decided / _REPLACED).read_text(encoding="utf-8"))
    for path, digest in written.items():
        old = decided / _OLD / path
        if old.exists() or not os.path.lexists(folder / path):
            continue
        if digest_of(folder / path) != digest:
            raise BuildError(_in_the_way(path))
        old.parent.mkdir(parents=True, exist_ok=True)
        (folder / path).rename(old)
    for one in folders(written):
        # Other files that lie there stay.
        with contextlib.suppress(OSError):
            (folder / one).rmdir()


def _move(place: Path, folder: Path, shown: str) -> None:
    """Moves a folder of drafts to its place; if it is there already, file by file."""
    target = folder / shown
    if not os.path.lexists(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        place.rename(target)
        return
    _check_folder(folder, shown)
    for file in sorted(place.iterdir(), key=lambda one: one.suffix == ".md"):
        if os.path.lexists(target / file.name):
            raise BuildError(_in_the_way(f"{shown}/{file.name}"))
        file.rename(target / file.name)


def _in_the_way(shown: str) -> Problem:
    return Problem(
        path=shown,
        message=say("something else is in the way of an import"),
        hint=say("move it elsewhere, and run the command again"),
    )


def _register(folder: Path) -> bytes | None:
    path = folder / PEOPLE
    return read_file(path, MOST_BYTES) if os.path.lexists(path) else None


def _check_register(folder: Path, plan: Plan) -> None:
    """Raises BuildError, before anything is written, where the persons cannot be added."""
    try:
        with_persons(_register(folder), plan.people)
    except Fault as fault:
        raise BuildError(Problem(path=PEOPLE, message=fault.message, hint=fault.hint)) from None


def _add_persons(people: list[dict[str, str | None]], folder: Path) -> None:
    added = [
        Person(
            id=str(one["id"]), name=str(one["name"]), role=PersonRole(str(one["role"])), title=None,
            pseudonym=one["pseudonym"], aliases=(),
        )
        for one in people
    ]  # fmt: skip
    try:
        made = with_persons(_register(folder), added)
    except Fault as fault:
        raise BuildError(Problem(path=PEOPLE, message=fault.message, hint=fault.hint)) from None
    if made is not None:
        # A name that begins with a dot is no content, should this be killed before the end.
        temporary = folder / RECORDS / "people.part.yaml"
        temporary.unlink(missing_ok=True)
        _write_all({temporary.name: made}, temporary.parent)
        temporary.replace(folder / PEOPLE)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One import at a time: what another one has only begun must not be cleared away."""
    with locked_cache(folder / STATE / "import", RECORDS, lambda: None):
        yield


@contextlib.contextmanager
def _refused(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        cause, fact = fact_of(error)
        again = say("see to that, and run the command again")
        remedy = say("make room, and run the command again") if cause is Cause.FULL else again
        raise BuildError(Problem(path=shown, message=fact, hint=remedy)) from None
