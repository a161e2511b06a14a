"""What is known of one Word file while it is read: its parts, and what was found in them so far."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.tools.importers.manuscript import LeftOut, Picture
from generator.tools.importers.pictures import FILE_NAME, is_file_name, picture_of, without_place
from generator.tools.importers.word.numbering import Numbering
from generator.tools.importers.word.package import Element, Package, Relation, elements, value
from generator.tools.importers.word.styles import Styles

HIDDEN: Final = say("hidden text")
DELETED: Final = say("deleted text")
PLACEHOLDER: Final = say("text that only says what to write here")
CLOCKED: Final = say("a day or a time that Word fills in by the computer's clock")
FALLBACK: Final = say("text for older programs")


@frozen
class Field:
    """A field that has begun: what it computes, and whether its result has begun."""

    instruction: list[str]
    shown: list[bool]


class Document:
    """A Word file that is being read."""

    def __init__(self, package: Package, main: str) -> None:
        """``main`` is the name of the part with the text."""
        self.package = package
        self.main = main
        self.part = main
        """The part that is being read; ids of links and pictures are its own."""
        self.styles = Styles(package, next(iter(package.related(main, "styles")), ""))
        self.numbering = Numbering(package, next(iter(package.related(main, "numbering")), ""))
        self.notes = {kind: self._notes(kind) for kind in ("footnote", "endnote")}
        self.taken: set[tuple[str, str]] = set()
        """The notes that have been read."""
        self.fields: list[Field] = []
        self.instructions: list[str] = []
        self.pictures: dict[str, Picture] = {}
        self.left: list[LeftOut] = []
        self.added: list[str] = []
        self.paragraph = 0
        """The number of the paragraph that is being read, counting those with something in them."""

    @property
    def where(self) -> Message:
        """The place that is being read."""
        return say("paragraph {number}", number=self.paragraph)

    def leave_out(self, kind: Message, text: str, where: Message | None = None) -> None:
        """Notes a text that does not go into a piece."""
        if not text.strip():
            return
        where = where or self.where
        if self.left and (self.left[-1].kind, self.left[-1].where) == (kind, where):
            text = self.left.pop().text + text
        self.left.append(LeftOut(kind=kind, text=text, where=where))

    def relation(self, key: str) -> Relation | None:
        """What an id of the part that is being read stands for."""
        return self.package.relations(self.part).get(key)

    def picture(self, key: str, title: str) -> str:
        """The key in the manuscript of the picture with this id."""
        relation = self.relation(key)
        if relation is None or relation.is_outside or relation.kind != "image":
            return self.gap(relation.target if relation else title or key)
        name = relation.target
        if name not in self.pictures:
            body = self.package.body(name)
            self.pictures[name] = picture_of(PurePosixPath(name).name, body)
        return name

    def said_of_picture(self, text: str) -> str:
        """What is said of a picture, unless that is but the name of a file."""
        if not is_file_name(text):
            return text
        self.leave_out(FILE_NAME, text)
        return ""

    def gap(self, name: str) -> str:
        """The key of a picture that the file does not hold."""
        key = f"gap{len(self.pictures) + 1}"
        self.pictures[key] = Picture(name=without_place(name), body=None, ending="")
        return key

    def _notes(self, kind: str) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for part in self.package.related(self.main, f"{kind}s"):
            root = self.package.xml(part)
            # Those with a type only draw lines.
            notes = [one for one in elements(root) if value(one, "type") in ("", "normal")]
            found |= {value(one, "id"): one for one in notes}
        return found
