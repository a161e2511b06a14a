"""The names of files and of what is written down in them: who uses one, and another one in all the files that do."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.messages import say
from generator.read.schema import SCHEMAS
from generator.tools.write import saving
from generator.tools.write.content_index import Fact, people_of, settings_of
from generator.tools.write.file_names import numbered, stem_of
from generator.tools.write.history import History
from generator.tools.write.kinds import FOLDER_OF, kind_of
from generator.tools.write.problem_json import sound
from generator.tools.write.renaming import moved, renamed, renamed_row, url_of
from generator.tools.write.saving import Change, place_of
from generator.tools.write.text_file import text_file, version_of
from generator.tools.write.uses import NAMED, SORT_OF_FILE, Sort, Uses

_MOST_OF_A_NAME: Final = 1000
"""Files that may have the same name but for a number."""


class Names:
    """The names in one site."""

    def __init__(self, folder: Path, history: History, turn: threading.Lock, uses: Callable[[], Uses]) -> None:
        """``turn`` is held by whoever writes; ``uses`` gives what files call things at this moment."""
        self._folder, self._history, self._turn, self._uses = folder, history, turn, uses

    def users(self, path: str, field: str, *, name: str = "", row: str = "") -> list[dict[str, str]]:
        """The files that use a file, a row of one of its fields, or what has a name in that field. Raises Fault."""
        place, uses = place_of(self._folder, path), self._uses()
        if not field:
            found = uses.of_file(path, url_of(path, saving.read(place)) if place.exists() else None)
        elif field not in NAMED:
            raise Fault(say("what was sent cannot be read"), say("load the page again"))
        else:
            found = uses.of_row(path, field, row) if row else uses.of_name(path, field, name)
        return [{"path": fact.path, "title": fact.title} for fact in found]

    def free(self, kind: str, path: str, own: str = "") -> list[str]:
        """The paths that a file may get, one after the other: an id is no other's, nor its name. Raises Fault."""
        paths, stem = (numbered(path, number) for number in range(1, _MOST_OF_A_NAME)), Path(path).stem
        if kind not in SORT_OF_FILE:
            return list(paths)
        if kind == "target" and stem in settings_of(self._folder).kinds:
            taken = say('"{id}" is the id of a kind, so no target may have it', id=stem)
            raise Fault(taken, say("choose another name"))
        others = self._uses().names_of_others(kind, own)
        return [one for one in paths if Path(one).stem not in others]

    def check_new(self, name: str) -> None:
        """Raises Fault where the name of a target that is new is that of another."""
        if name in self._uses().names_of_others("target"):
            raise _taken(name)

    def rename(self, path: str, version: str) -> dict[str, str]:
        """Gives a file the name that a new one of its title and day would get, if it has another.

        What was published is found at its old address, too; files that call it by its id have the new one. Raises
        Fault, where others have a link to it, BuildError, and ChangedMeanwhileError; then nothing was written.
        """
        place, kind = place_of(self._folder, path), kind_of(path)
        if kind not in FOLDER_OF:
            raise Fault(say("this file has to be called so"))
        with self._turn:
            file = text_file(path, saving.current(place, version))
            check_named(kind, path, file.fields)
            people = people_of(self._folder)
            stem = stem_of(kind, file.fields, people)
            for new in self.free(kind, f"{path.rpartition('/')[0]}/{stem}.md", path):
                if new == path:
                    break
                if (other := place_of(self._folder, new)).exists():
                    continue
                users, ids = self._carried(path, file.raw()), (Path(path).stem, Path(new).stem)
                own = renamed(file, SORT_OF_FILE[kind], *ids) if path in users else file
                body = moved(own, new, people).raw()
                others = self._changes(users.values(), path, SORT_OF_FILE.get(kind), ids)
                with contextlib.suppress(FileExistsError), saving.replaced(others):
                    saving.rename(place, other, version, body)
                    self._history.move(path, new)
                    return {"path": new, "version": version_of(body)}
        return {"path": path, "version": version}

    def _carried(self, path: str, raw: bytes) -> Mapping[str, Fact]:
        """By path, the files that call a file by its id; that file may be among them.

        Raises Fault where others have a link to it, which nobody but them can mend.
        """
        uses = self._uses()
        if others := uses.of_address(path, url_of(path, raw)):
            fact = say("“{title}” has a link to this file, or names it", title=others[0].title)
            raise Fault(fact, say("take the link away there, give this file another name, then put the link back"))
        return {fact.path: fact for fact in uses.of_id(path)}

    def rename_row(self, path: str, version: str, field: str, names: tuple[str, str]) -> bytes:
        """Gives what has a name in a field another one, there and in all files that call it so; gives the file.

        The file itself comes last, so that it can be done again where the program ended meanwhile. Raises Fault,
        BuildError and ChangedMeanwhileError; then nothing was written.
        """
        place = place_of(self._folder, path)
        if field not in NAMED:
            raise Fault(say("what was sent cannot be read"), say("load the page again"))
        with self._turn:
            old, uses = saving.current(place, version), self._uses()
            if uses.is_taken(path, field, *names):
                raise _taken(names[1])
            new = sound(path, old, renamed_row(text_file(path, old), field, *names).raw())
            others = self._changes(uses.of_name(path, field, names[0]), path, NAMED[field].sort, names)
            with saving.replaced([*others, Change(place, old, new, partial(self._history.keep, path))]):
                return new

    def _changes(self, users: Iterable[Fact], own: str, sort: Sort | None, names: tuple[str, str]) -> list[Change]:
        """What gives something another name in the files that use it, but for its own. Raises Fault and BuildError."""
        return list(self._changed(users, own, sort, names)) if sort is not None else []

    def _changed(self, users: Iterable[Fact], own: str, sort: Sort, names: tuple[str, str]) -> Iterator[Change]:
        for path in (fact.path for fact in users if fact.path != own):
            place = place_of(self._folder, path)
            old = saving.read(place)
            new = sound(path, old, renamed(text_file(path, old), sort, *names).raw())
            yield Change(place, old, new, partial(self._history.keep, path))


def _taken(name: str) -> Fault:
    return Fault(say("{place} is there already", place=name), say("choose another name"))


def check_named(kind: str, path: str, fields: Mapping[str, object]) -> None:
    """Raises BuildError where a file has no title, or name, and has to; ``path`` is empty for one that is new."""
    required = SCHEMAS[kind].model_fields
    for name in ("name", "title"):
        if name in required and required[name].is_required() and not fields.get(name):
            raise BuildError(Problem(path=path, field=(name,), message=say("{key} is missing", key=name)))
