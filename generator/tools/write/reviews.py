"""Files that are to become drafts: each is read, shown with what has to be said first, answered and written.

A review follows from the file, the site and the answers, so it is made again each time that it is asked for.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import BuildError, Checked, Fault, Problem
from generator.ground.messages import say
from generator.read.pictures import kind_of
from generator.render.documents import blocks as document
from generator.render.documents.walk import every, texts
from generator.tools.importers.answers import Answers, answered
from generator.tools.importers.drafts import Plan, Shown, hidden_names, in_part, planned, shown
from generator.tools.importers.known import Known, already, known
from generator.tools.importers.manuscript import Manuscript, Picture
from generator.tools.importers.persons import without_names
from generator.tools.importers.read import read_bytes, read_manuscript
from generator.tools.importers.review import Review, review
from generator.tools.importers.review_json import as_json
from generator.tools.importers.storing import recover, store
from generator.tools.write.editor import Editor
from generator.tools.write.problem_json import problem_json

MOST_BYTES: Final = 128 << 20
"""Of a file. It is in memory, with its pictures, while it is reviewed."""
_KEPT: Final = 3
"""Reviews that are open at once."""


@dataclass(slots=True)
class _Open:
    """A file that is under review."""

    manuscript: Manuscript
    answers: Answers


class Reviews:
    """The reviews of one site."""

    def __init__(self, editor: Editor, newest: Callable[[], int]) -> None:
        """``newest`` gives the last year that is offered for a day without one."""
        self._editor, self._newest = editor, newest
        self._open: dict[str, _Open] = {}
        self._turn = threading.Lock()

    def begin(self, name: str, body: bytes) -> dict[str, Any]:
        """Reads a file that was handed in. Raises BuildError where it cannot be read, or was imported before."""
        return self.show(self._begun(read_bytes(name, "", body), {}))

    def begin_file(self, file: Path, answers: Answers) -> str:
        """Reads a file on the disk, and returns the review's id. Raises BuildError as ``begin`` does."""
        return self._begun(read_manuscript(file), answers)

    def _begun(self, checked: Checked[Manuscript], answers: Answers) -> str:
        manuscript = checked.value
        if manuscript is None:
            raise BuildError(*checked.problems)
        site = known(self._editor.folder)
        found = review(manuscript, site, answers, self._newest())
        done = already(site, manuscript.file, manuscript.digest)
        if not (found.entries or found.lead or found.questions):
            done = done or in_part(found)
        if done:
            raise BuildError(replace(done, is_warning=False))
        review_id = secrets.token_hex(8)
        with self._turn:
            self._open[review_id] = _Open(manuscript, answers)
            for old in list(self._open)[:-_KEPT]:
                del self._open[old]
        return review_id

    def show(self, review_id: str) -> dict[str, Any]:
        """All that the page shows of a review. Raises Fault, and BuildError where the site cannot be read."""
        return self._shown(review_id, self._found(review_id))

    def answer(self, review_id: str, answers: Mapping[str, object]) -> dict[str, Any]:
        """Takes answers, or takes them back; all or none. Raises Fault and BuildError."""
        one = self._found(review_id)
        chosen = one.answers
        for question, said in answers.items():
            chosen = answered(chosen, question, "" if said is None else str(said).strip())
        made = self._shown(review_id, replace(one, answers=chosen))
        one.answers = chosen
        return made

    def picture(self, review_id: str, src: str) -> tuple[str, bytes]:
        """The kind and the bytes of a picture in the file. Raises Fault, and FileNotFoundError for a missing one."""
        found = self._found(review_id).manuscript.pictures.get(src)
        if found is None or found.body is None:
            raise FileNotFoundError
        return kind_of(found.body), found.body

    def write(self, review_id: str) -> dict[str, list[str]]:
        """Writes all drafts, or none. Raises BuildError."""
        one = self._found(review_id)
        with self._editor.turn:
            recover(self._editor.folder)
            site = known(self._editor.folder)
            if done := already(site, one.manuscript.file, one.manuscript.digest):
                raise BuildError(replace(done, is_warning=False))
            found = review(one.manuscript, site, one.answers, self._newest())
            plan = self._planned(found, one, site)
            if plan.value is None or any(not problem.is_warning for problem in plan.problems):
                raise BuildError(*plan.problems)
            if not plan.value.drafts:
                raise BuildError(*(replace(problem, is_warning=False) for problem in _in_part(found)))
            store(plan.value, self._editor.folder)
        self.forget(review_id)
        return {"written": list(plan.value.drafts)}

    def forget(self, review_id: str) -> dict[str, Any]:
        """Closes a review."""
        with self._turn:
            self._open.pop(review_id, None)
        return {}

    def _found(self, review_id: str) -> _Open:
        found = self._open.get(review_id)
        if found is None:
            raise Fault(say("this file is not open any more"), say("choose it once more"))
        return found

    def _planned(self, found: Review, one: _Open, site: Known) -> Checked[Plan]:
        plan = planned(found, one.manuscript, site, self._editor.language)
        if plan.value is not None or found.is_ready:
            return plan
        # The hints of the command name its options.
        hint = say("answer this first, then write the drafts")
        return Checked(None, tuple(replace(problem, hint=hint) for problem in plan.problems))

    def _shown(self, review_id: str, one: _Open) -> dict[str, Any]:
        site, language = known(self._editor.folder), self._editor.language
        found = review(one.manuscript, site, one.answers, self._newest())
        drafts, lead = shown(found, one.manuscript, site)
        made = as_json(found, language)
        within: dict[int, int | str] = {at: entry.start for entry in found.entries for at in entry.pieces}
        within |= dict.fromkeys(found.lead_pieces, "lead")
        for at, piece in enumerate(found.pieces):
            made["pieces"][at] |= {"pictures": _pictures(piece.block), "entry": within.get(at)}
        hidden = hidden_names(found, site)
        for entry, draft in zip((*made["entries"], made["lead"]), (*drafts, lead), strict=True):
            entry.update({name: without_names(text, hidden) for name, text in entry.items() if isinstance(text, str)})
            entry.update(_draft_json(draft, one.manuscript))
        problems = (*_in_part(found), *self._planned(found, one, site).problems)
        return made | {"id": review_id, "problems": [problem_json(problem, language) for problem in problems]}


def _in_part(found: Review) -> tuple[Problem, ...]:
    told = in_part(found)
    return (told,) if told else ()


def _pictures(block: document.Block) -> list[str]:
    lines = (line for one in every((block,)) for line in texts(one))
    return [one.src for line in lines for one in line if isinstance(one, document.Picture)]


def _draft_json(draft: Shown, manuscript: Manuscript) -> dict[str, Any]:
    known_as: Mapping[str, Picture] = manuscript.pictures
    pictures = [{"src": src, "name": name, "alt": known_as[src].name[:200]} for name, src in draft.pictures.items()]
    return {"markdown": draft.markdown, "pictures": pictures, "gaps": [name[:200] for name in draft.gaps]}
