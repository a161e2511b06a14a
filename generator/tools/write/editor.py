"""The editor at which a site is written: what the writing page asks for, done with the site's files.

Every method may be called in a thread of its own; what writes waits for its turn.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.messages import say
from generator.ground.search_folding import folded
from generator.model import urls
from generator.model.content import Status
from generator.read.schema import SCHEMAS
from generator.read.sources import PEOPLE, SETTINGS
from generator.tools.faulty_drafts import is_draft
from generator.tools.preview import Preview
from generator.tools.write import saving
from generator.tools.write.content_index import (
    ContentIndex,
    Fact,
    known_things,
    listed,
    people_of,
    settings_of,
)
from generator.tools.write.file_names import stem_of
from generator.tools.write.forms import forms
from generator.tools.write.history import History
from generator.tools.write.kinds import FOLDER_OF, kind_of, page_kind
from generator.tools.write.names import Names, check_named
from generator.tools.write.problem_json import by_path, numbers, problem_json, problems_of, require_sound
from generator.tools.write.renaming import url_of
from generator.tools.write.saving import place_of
from generator.tools.write.text_file import TextFile, text_file, version_of
from generator.tools.write.uses import Uses
from generator.tools.write.yaml_styles import cleaned


class Editor:
    """One site, open to be written."""

    def __init__(self, folder: Path, language: str, preview: Preview) -> None:
        self.folder, self.language, self.preview = folder, language, preview
        self.history = History(folder)
        self.turn = threading.Lock()
        """Held by whoever writes."""
        self._index = ContentIndex(folder)
        self._reading = threading.Lock()
        self.names = Names(folder, self.history, self.turn, self._uses)

    def site(self) -> dict[str, Any]:
        """The site as a whole: its forms, and what they offer."""
        with self._reading:
            facts = self._index.facts()
        problems = self.problems_json(self._problems(facts))
        return {
            "language": self.language,
            "site_folder_name": self.folder.name,
            "forms": forms(self.language),
            **known_things(facts, settings_of(self.folder)),
            "left_out": sorted(self.preview.left_out),
            "problems": problems,
            "titles": {fact.path: fact.title for fact in facts if fact.path in problems},
            "version": self.preview.state.version,
        }

    def files(self, words: str = "") -> list[dict[str, Any]]:
        """All files in which these words stand, what is newest first."""
        wanted = folded(words).split()
        with self._reading:
            facts = self._index.facts()
        if wanted:
            facts = [fact for fact in facts if self._index.holds(fact, wanted)]
        return listed(facts, numbers(self._problems(facts)))

    def _uses(self) -> Uses:
        with self._reading:
            return Uses(self._index, self._index.facts(), settings_of(self.folder))

    def _problems(self, facts: Iterable[Fact]) -> list[Problem]:
        """What the last build found, and what is open."""
        return [*self.preview.problems, *(one for fact in facts for one in fact.questions)]

    def problems_json(self, problems: Iterable[Problem]) -> dict[str, list[dict[str, Any]]]:
        """Problems of any files, each at its line, by file."""
        return by_path(problems, self.folder, self.language)

    def placed_json(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        """Problems of any files, each at its line."""
        return [one for found in self.problems_json(problems).values() for one in found]

    def file(self, path: str) -> dict[str, Any]:
        """A file with all that is in it. Raises Fault, and FileNotFoundError."""
        place = place_of(self.folder, path)
        return self._shown(path, b"" if _is_to_come(place, path) else saving.read(place))

    def _shown(self, path: str, raw: bytes) -> dict[str, Any]:
        kind = page_kind(kind_of(path))
        try:
            file = TextFile.of(path, raw)
        except BuildError as error:
            found = [problem_json(problem, self.language) for problem in error.problems]
            empty = {"fields": {}, "text": "", "source": ""}
            nothing = {"kind": kind, **empty, "url": None, "text_line": 1}
            return {"path": path, "version": version_of(raw), "problems": found} | nothing
        parts = {"fields": file.fields, "text": file.text, "source": file.source, "is_readable": file.is_readable}
        return {"kind": kind} | parts | self._state(path, raw)

    def _state(self, path: str, raw: bytes) -> dict[str, Any]:
        """What a save answers: the version, where the page is, what is wrong."""
        problems = [problem_json(problem, self.language) for problem in problems_of(path, raw)]
        file, url = text_file(path, raw), url_of(path, raw)
        is_public = url is not None and not is_draft(file.fields.get("status")) and self._is_published(url)
        return {
            "path": path, "version": version_of(raw), "url": url, "text_line": file.text_line, "problems": problems,
            "is_public": is_public,
        }  # fmt: skip

    def _is_published(self, url: str) -> bool:
        """Whether the site was built with this page."""
        return (self.folder / "output" / urls.output_path(url)).is_file()

    def change(self, path: str, version: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Saves other fields, another text, or all of a file as ``source``.

        Raises Fault, ChangedMeanwhileError, and BuildError where a file that goes out would be wrong for that.
        """
        with self.turn:
            place = place_of(self.folder, path)
            is_to_come = _is_to_come(place, path) and version == version_of(b"")
            old = b"" if is_to_come else saving.current(place, version)
            new = _changed(text_file(path, old), wanted).raw()
            if new != old:
                require_sound(path, old, new)
                # What somebody else wrote is kept, whenever that was.
                keep = partial(self.history.keep, path, typed=None if wanted.get("keeps") else new)
                saving.replace(self._place_to_write(path, version), new, version, keep)
        return self._state(path, new)

    def give_up(self, path: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Keeps among the states of a file what somebody has typed into it and gives up; the file is left alone."""
        place = place_of(self.folder, path)
        with self.turn:
            states, is_gone = self.history.states(path), not place.exists()
            if not is_gone:
                body = saving.read(place)
            else:
                body = self.history.state(path, states[0].state) if states else _empty(path)
            try:
                body = _changed(text_file(path, body), wanted).raw()
            except Fault:
                # Its fields cannot be read; what was typed counts all the same.
                body = _changed(text_file(path, _empty(path)), wanted).raw()
            self.history.keep(path, body, is_deleted=is_gone)
        return {}

    def put(self, path: str, version: str, body: bytes) -> dict[str, Any]:
        """Saves all of a file; what was there before is kept. Raises Fault and ChangedMeanwhileError."""
        with self.turn:
            keep = partial(self.history.keep, path)
            saving.replace(self._place_to_write(path, version), body, version, keep)
        return self._state(path, body)

    def _place_to_write(self, path: str, version: str) -> Path:
        """Where a file is that was seen in this version, even if it was only to come then."""
        place = place_of(self.folder, path)
        if _is_to_come(place, path) and version == version_of(b""):
            saving.create(place, b"")
        return place

    def create(self, kind: str, fields: Mapping[str, object], text: str) -> dict[str, Any]:
        """Makes a new file, with a name of its own; an entry and a page begin as drafts. Raises Fault, BuildError."""
        if kind not in FOLDER_OF:
            raise Fault(say("there is no kind of file called {kind}", kind=kind))
        values = {key: tree for key, value in fields.items() if (tree := cleaned(value)) is not None}
        # What somebody has written is saved, whatever it lacks: the file may have been deleted under it.
        if not text.strip():
            check_named(kind, "", values)
        if "status" in SCHEMAS[kind].model_fields:
            values["status"] = Status.DRAFT.value
        stem = stem_of(kind, values, people_of(self.folder))
        paths = self.names.free(kind, f"content/{FOLDER_OF[kind]}/{stem}.md")
        # Of what has a text, that has to be saved.
        if kind == "target" and not text.strip():
            self.names.check_new(str(values.get("name")))
        ordered = {key: values[key] for key in (*SCHEMAS[kind].model_fields, *values) if key in values}
        empty = TextFile.of(paths[0], _empty(paths[0]))
        return self._created(paths, _changed(empty, {"fields": ordered, "text": text}).raw())

    def _created(self, paths: list[str], body: bytes) -> dict[str, Any]:
        with self.turn:
            for path in paths:
                place = place_of(self.folder, path)
                try:
                    saving.create(place, body)
                except FileExistsError:
                    continue
                return self._shown(path, body)
        raise Fault(say("{place} is there already", place=paths[0]), say("choose another name"))

    def rename_row(self, path: str, version: str, field: str, names: tuple[str, str]) -> dict[str, Any]:
        """Gives what has a name in a field another one, there and in all files that call it so.

        Raises Fault, BuildError and ChangedMeanwhileError; then nothing was written.
        """
        return self._shown(path, self.names.rename_row(path, version, field, names))

    def delete(self, path: str, version: str) -> dict[str, str]:
        """Deletes a file, which is kept. Raises Fault and ChangedMeanwhileError."""
        kept: list[str] = []
        with self.turn:
            keep = partial(self.history.keep, path, is_deleted=True)
            saving.remove(place_of(self.folder, path), version, lambda body: kept.append(keep(body)))
        return {"undo": f"{kept[0]} {path}"}

    def undo(self, token: str) -> dict[str, Any]:
        """Puts a deleted file back. Raises Fault."""
        state, _, path = token.partition(" ")
        made = self._created([path], self.history.state(path, state))
        self.history.take_back(path, state)
        return made

    def deleted(self) -> list[dict[str, str]]:
        """The files that were deleted and can be put back, the last first."""
        found = []
        for path, state in self.history.deleted():
            with contextlib.suppress(Fault):
                if not place_of(self.folder, path).exists():
                    fields = text_file(path, self.history.state(path, state.state)).fields
                    title = str(fields.get("title") or fields.get("name") or Path(path).stem)
                    undo = f"{state.state} {path}"
                    found.append({"path": path, "title": title, "time": state.time.isoformat(), "undo": undo})
        return sorted(found, key=lambda one: one["time"], reverse=True)

    def states(self, path: str) -> list[dict[str, Any]]:
        """The kept states of a file, the last first."""
        place_of(self.folder, path)
        return [
            {"state": one.state, "time": one.time.isoformat(), "bytes": one.bytes} for one in self.history.states(path)
        ]

    def state(self, path: str, state: str) -> dict[str, str]:
        """A kept state of a file as text. Raises Fault."""
        place_of(self.folder, path)
        return {"source": text_file(path, self.history.state(path, state)).source}

    def restore(self, path: str, version: str, state: str) -> dict[str, Any]:
        """Puts a kept state in the place of the file, which is kept in turn. Raises Fault, ChangedMeanwhileError."""
        place_of(self.folder, path)
        body = self.history.state(path, state)
        self.put(path, version, body)
        return self._shown(path, body)


def _is_to_come(place: Path, path: str) -> bool:
    """Whether this is a file of which there is one in every site, and nobody has written in it yet."""
    return path in (SETTINGS, PEOPLE) and not place.exists()


def _empty(path: str) -> bytes:
    """A file of which nothing is written yet."""
    return b"" if path in (SETTINGS, PEOPLE) else b"---\n---\n\n"


def _changed(file: TextFile, wanted: Mapping[str, Any]) -> TextFile:
    if isinstance(source := wanted.get("source"), str):
        return file.with_source(source)
    if isinstance(fields := wanted.get("fields"), dict):
        file = file.with_fields(fields)
    if isinstance(text := wanted.get("text"), str):
        file = file.with_text(text)
    return file
