"""A file as the site's own readers understand it: its record, its problems at their places, what its text shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from generator.ground.errors import BuildError, Checked, Problem
from generator.ground.frozen import frozen
from generator.model.content import Source
from generator.model.prose import ImageHole, LinkHole, Prose, RoleHole
from generator.read import frontmatter
from generator.read.decoding import decoded
from generator.read.frontmatter_split import split
from generator.read.markdown import parse
from generator.site import dispatch
from generator.tools.fix.spans import Offered, line_starts, offered
from generator.tools.places import field_positions, placed_at


@frozen
class ParsedFile:
    """What one text file says, and what is wrong with it."""

    path: str
    raw: bytes
    text: str | None
    """None where it cannot be decoded."""
    value: Any
    """Its record; None where it has none."""
    problems: tuple[Problem, ...]
    """Each at a line and column, if it has a place at all."""
    is_yaml_sound: bool
    """Whether the YAML can be read, whatever its fields are."""
    body_at: int
    """The offset at which its Markdown begins."""
    prose: Prose | None
    """None where its front matter is faulty, and once it is no longer of use."""

    def offers(self, problems: Iterable[Problem]) -> list[Offered]:
        """The repairs of those problems that have one, in the order of the text."""
        if self.text is None:
            return []
        starts = line_starts(self.text)
        found = [one for problem in problems if (one := offered(problem, self.text, starts))]
        return sorted(found, key=lambda one: one.begin)

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of this file at their lines and columns."""
        return _placed(self.path, self.text, problems)


def parsed_file(path: str, raw: bytes) -> ParsedFile:
    """What the file at ``path`` says if these are its bytes."""
    try:
        source, warnings = decoded(raw, path)
    except BuildError as error:
        return ParsedFile(path, raw, None, None, error.problems, is_yaml_sound=False, body_at=0, prose=None)
    checked: Checked[Any] = dispatch.read(source)
    yaml, body_at = _parts(source)
    return ParsedFile(
        path,
        raw,
        source.text,
        checked.value,
        tuple(_placed(path, source.text, (*warnings, *checked.problems))),
        is_yaml_sound=yaml is not None and _is_sound(yaml, path),
        body_at=body_at,
        prose=getattr(checked, "prose", None) if checked.value is not None else None,
    )


def characters_shown(file: ParsedFile) -> Counter[str]:
    """The characters beyond ASCII that the file's Markdown shows or refers to, and how often."""
    if file.text is None:
        return Counter()
    prose = file.prose or parse(file.text[file.body_at :], path="").prose
    # The ids of headings are made of what is shown anyway.
    shown = (str(piece) for piece in prose.pieces if isinstance(piece, str | LinkHole | ImageHole | RoleHole))
    return Counter(char for piece in shown for char in piece if char.isalnum() and not char.isascii())


def _placed(path: str, text: str | None, problems: Iterable[Problem]) -> list[Problem]:
    found = list(problems)
    if all(problem.field is None for problem in found):
        return found
    positions = field_positions(path, text)
    return [placed_at(problem, positions) for problem in found]


def _parts(source: Source) -> tuple[str | None, int]:
    """The YAML of a file, and the offset at which its Markdown begins."""
    if source.path.endswith((".yaml", ".yml")):
        return source.text, len(source.text)
    try:
        yaml, body, _ = split(source)
    except BuildError:
        return None, len(source.text)
    return yaml, len(source.text) - len(body)


def _is_sound(yaml: str, path: str) -> bool:
    try:
        frontmatter.read_tree(yaml, path)
    except BuildError:
        return False
    return True
