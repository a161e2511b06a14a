"""What the writing page may ask for in JSON, by method and name, and what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.tools.write.editor import Editor
from generator.tools.write.outputs import Outputs
from generator.tools.write.pasting import pasted
from generator.tools.write.reviews import Reviews


@dataclass(frozen=True, slots=True)
class Services:
    """All that works on one site."""

    editor: Editor
    outputs: Outputs
    reviews: Reviews


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the parts of its address, and what was sent as JSON."""

    query: Mapping[str, str]
    sent: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A text in the address or in what was sent. Raises Fault where there is none."""
        found = self.query.get(name, self.sent.get(name))
        if not isinstance(found, str):
            raise unclear()
        return found

    @property
    def path(self) -> str:
        """The file that it is about. Raises Fault."""
        return self.text("path")

    @property
    def id(self) -> str:
        """The job or the review that it is about. Raises Fault."""
        return self.text("id")

    @property
    def version(self) -> str:
        """The version of the file that the page has seen. Raises Fault."""
        return self.text("version")


def unclear() -> Fault:
    """What is wrong with a request that only a broken page sends."""
    return Fault(say("what was sent cannot be read"), say("load the page again"))


def _create(services: Services, asked: Asked) -> object:
    fields, text = asked.sent.get("fields", {}), asked.sent.get("text", "")
    if not isinstance(fields, dict) or not isinstance(text, str):
        raise unclear()
    return services.editor.create(asked.text("kind"), fields, text)


def _history(services: Services, asked: Asked) -> object:
    if "state" in asked.query:
        return services.editor.state(asked.path, asked.text("state"))
    return services.editor.states(asked.path)


def _answers(services: Services, asked: Asked) -> object:
    answers = asked.sent.get("answers")
    if not isinstance(answers, dict):
        raise unclear()
    return services.reviews.answer(asked.id, answers)


Answer = Callable[[Services, Asked], object]
ANSWERS: Final[Mapping[tuple[str, str], Answer]] = {
    ("GET", "site"): lambda services, _: services.editor.site(),
    ("GET", "files"): lambda services, asked: services.editor.files(asked.query.get("q", "")),
    ("GET", "file"): lambda services, asked: services.editor.file(asked.path),
    ("POST", "file"): _create,
    ("PATCH", "file"): lambda services, asked: services.editor.change(asked.path, asked.version, asked.sent),
    ("DELETE", "file"): lambda services, asked: services.editor.delete(asked.path, asked.version),
    ("POST", "kept"): lambda services, asked: services.editor.give_up(asked.path, asked.sent),
    ("GET", "uses"): lambda services, asked: services.editor.names.users(
        asked.path, asked.query.get("field", ""), name=asked.query.get("id", ""), row=asked.query.get("row", "")
    ),
    ("POST", "uses"): lambda services, asked: services.editor.rename_row(
        asked.path, asked.version, asked.text("field"), (asked.text("id"), asked.text("to"))
    ),
    ("POST", "rename"): lambda services, asked: services.editor.names.rename(asked.path, asked.version),
    ("POST", "undo"): lambda services, asked: services.editor.undo(asked.text("undo")),
    ("GET", "deleted"): lambda services, _: services.editor.deleted(),
    ("GET", "history"): _history,
    ("POST", "history"): lambda services, asked: services.editor.restore(
        asked.path, asked.version, asked.text("state")
    ),
    ("POST", "publish"): lambda services, asked: services.outputs.publish(
        asked.path, asked.version, is_asked=asked.sent.get("asked") is True
    ),
    ("POST", "build"): lambda services, asked: services.outputs.build(
        asked.text("folder") if asked.sent.get("folder") else ""
    ),
    ("POST", "export"): lambda services, asked: services.outputs.export(asked.sent),
    ("POST", "report"): lambda services, asked: services.outputs.report(asked.sent),
    ("GET", "job/{id}"): lambda services, asked: services.outputs.jobs.status(asked.id),
    ("POST", "paste"): lambda services, asked: pasted(asked.text("html"), services.editor.language),
    ("GET", "import/{id}"): lambda services, asked: services.reviews.show(asked.id),
    ("PATCH", "import/{id}"): _answers,
    ("DELETE", "import/{id}"): lambda services, asked: services.reviews.forget(asked.id),
    ("POST", "import/{id}/write"): lambda services, asked: services.reviews.write(asked.id),
}
CREATING: Final = frozenset({("POST", "file"), ("POST", "import/{id}/write")})
"""What makes something new."""
