"""Rendered Markdown with holes, for what only the page that shows it can know: URLs, names, levels, ids."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.errors import Problem
from generator.ground.frozen import frozen


@frozen
class LinkHole:
    """The value of an ``href``, as the writer wrote it: ``other.md#part``, ``form.pdf``, ``https://…``."""

    href: str
    line: int
    """The line of the source file, from 1."""
    column: int = 0
    """From 1, in characters; 0 when only the line is known."""


@frozen
class ImageHole:
    """A picture: the whole ``<img>``, drawn by the page."""

    src: str
    alt: str
    line: int
    column: int = 0
    classes: str = ""
    is_figure: bool = False
    """Whether it stands alone, and the writer has it lead nowhere."""


@frozen
class RoleHole:
    """A role that names something of the site: ``{target}`taihe```, or ``{target}`the factory <taihe>```."""

    role: str
    key: str
    """What is named: an id."""
    text: str
    """The words to show; empty where the named thing's own name is to be shown."""
    line: int
    column: int = 0


@frozen
class LevelHole:
    """The number in a heading's tag: its level as written, 1 to 6."""

    level: int


@frozen
class IdHole:
    """The value of an ``id``."""

    id: str


@frozen
class PartHole:
    """The value of an ``href`` that leads to an id of the same prose."""

    id: str


PlainText = tuple[str | RoleHole, ...]
"""Text without markup, and the roles whose names only the site knows."""


@frozen
class LabelHole:
    """A word of the interface: the title of an admonition that was given none, by its kind."""

    key: str


Reference = LinkHole | ImageHole | RoleHole
Hole = Reference | LevelHole | IdHole | PartHole | LabelHole


@frozen
class Heading:
    """A heading in the prose, for tables of contents and links to parts."""

    level: int
    text: PlainText
    id: str


@frozen(kw_only=True)
class Prose:
    """A Markdown text, parsed once: HTML in pieces, a hole between them wherever the page decides."""

    pieces: tuple[str | Hole, ...] = ()
    summary: PlainText = ()
    """The first paragraph as plain text, whole; empty where there is none."""
    headings: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()
    """Every id that a link may point to."""

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.pieces)

    @property
    def references(self) -> Iterator[Reference]:
        """The links, pictures and roles, in the order of the text."""
        return (piece for piece in self.pieces if isinstance(piece, LinkHole | ImageHole | RoleHole))


@frozen(kw_only=True)
class Text:
    """What the whole site has to know of a Markdown text; its prose is fetched where it is shown."""

    path: str
    """The file that it stands in."""
    is_empty: bool
    """Whether there is nothing to show."""
    summary: PlainText = ()
    """The first paragraph as plain text; empty where there is none."""
    ids: frozenset[str] = frozenset()
    """Every id that a link may point to."""
    references: tuple[Reference, ...] = ()
    """The links, pictures and roles, in the order of the prose's holes."""


@frozen
class Parsed:
    """What the Markdown parser makes of a text."""

    prose: Prose
    problems: tuple[Problem, ...] = ()
