"""Long work that goes on in a thread while the page asks how far it is: a build, an export."""

from __future__ import annotations

import secrets
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.pipeline.session import Progress
from generator.tools.write.editor import Editor
from generator.tools.write.problem_json import fault_json

_KEPT = 8
"""Jobs that are remembered."""


@frozen
class Outcome:
    """What a job led to."""

    message: Message
    problems: tuple[Problem, ...] = ()
    download: tuple[str, bytes] | None = None
    """A file to save: its name and its bytes."""
    notes: tuple[Message, ...] = ()
    """What else is to be told."""


@dataclass(slots=True)
class Job:
    """One piece of work."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: str = "running"
    """``running``, ``done`` or ``failed``."""
    done: int = 0
    of: int = 0
    message: Message | None = None
    problems: list[dict[str, Any]] = field(default_factory=list)
    download: tuple[str, bytes] | None = None
    notes: tuple[Message, ...] = ()

    def progress(self, what: Message, done: int, of: int) -> None:
        """Notes how far it is."""
        self.message, self.done, self.of = what, done, of


class Jobs:
    """All jobs of a site: one works at a time, the others wait."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._jobs: dict[str, Job] = {}
        self._turn = threading.Lock()

    def start(self, work: Callable[[Progress], Outcome]) -> dict[str, str]:
        """Begins work in a thread of its own."""
        job = Job()
        self._jobs[job.id] = job
        for old in list(self._jobs)[:-_KEPT]:
            del self._jobs[old]
        threading.Thread(target=self._run, args=(job, work), name="job", daemon=True).start()
        return {"job": job.id}

    def _run(self, job: Job, work: Callable[[Progress], Outcome]) -> None:
        with self._turn:
            try:
                outcome = work(job.progress)
            except BuildError as error:
                job.problems = self._editor.placed_json(error.problems)
                job.message, job.state = say("Nothing was made: there are problems."), "failed"
            except Fault as fault:
                job.problems = [fault_json(fault, "", self._editor.language)]
                job.message, job.state = say("It was not done."), "failed"
            except Exception as error:  # noqa: BLE001 - the page is told, and goes on
                traceback.print_exc()
                job.message, job.state = say("it failed: {fact}", fact=repr(error)), "failed"
            else:
                job.problems = self._editor.placed_json(outcome.problems)
                job.message, job.notes = outcome.message, outcome.notes
                job.download, job.state = outcome.download, "done"

    def status(self, job_id: str) -> dict[str, Any]:
        """How far a job is. Raises Fault."""
        job = self._job(job_id)
        return {
            "state": job.state,
            "done": job.done,
            "of": job.of,
            "message": job.message.in_language(self._editor.language) if job.message else "",
            "notes": [note.in_language(self._editor.language) for note in job.notes],
            "problems": job.problems,
            "download": job.download[0] if job.download else None,
        }

    def download(self, job_id: str) -> tuple[str, bytes]:
        """The file that a job made. Raises Fault."""
        found = self._job(job_id).download
        if found is None:
            raise Fault(say("there is no such file"), say("begin the export again"))
        return found

    def _job(self, job_id: str) -> Job:
        job = self._jobs.get(job_id)
        if job is None:
            raise Fault(say("this work is not known any more"), say("begin it again"))
        return job
