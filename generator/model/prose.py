"""Rendered Markdown with holes where the result depends on the page that shows it.

A text is parsed once, and each page fills the holes: URLs, names, heading levels, ids.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.errors import Problem
from generator.ground.frozen import frozen


@frozen
class LinkHole:
    """A hole for the value of an ``href``; it holds the address as written: ``other.md#part``, ``https://…``."""

    href: str
    line: int
    """The line of the source file, from 1."""
    column: int = 0
    """From 1, in characters; 0 where only the line is known."""


@frozen
class ImageHole:
    """A hole for a picture: the whole ``<img>`` element."""

    src: str
    alt: str
    line: int
    column: int = 0
    classes: str = ""
    is_figure: bool = False
    """Whether the picture is alone in its paragraph and not inside a link."""


@frozen
class RoleHole:
    """A hole for a role that refers to a record: ``{target}`taihe```, or ``{target}`the factory <taihe>```."""

    role: str
    key: str
    """The id of the record."""
    text: str
    """The words to show; empty to show the name of the record."""
    line: int
    column: int = 0


@frozen
class LevelHole:
    """A hole for the number in a heading's tag; it holds the level as written, 1 to 6."""

    level: int


@frozen
class IdHole:
    """A hole for the value of an ``id``."""

    id: str


@frozen
class PartHole:
    """A hole for the value of an ``href`` that leads to an id of the same prose."""

    id: str


PlainText = tuple[str | RoleHole, ...]
"""Text without markup, and roles, whose names only the site knows."""


@frozen
class LabelHole:
    """A hole for a word of the interface: the default title of an admonition, by its kind."""

    key: str


Reference = LinkHole | ImageHole | RoleHole
Hole = Reference | LevelHole | IdHole | PartHole | LabelHole


@frozen
class Heading:
    """A heading of the prose, for tables of contents and for links to it."""

    level: int
    text: PlainText
    id: str


@frozen(kw_only=True)
class Prose:
    """A parsed Markdown text: pieces of HTML, with holes between them for what the page decides."""

    pieces: tuple[str | Hole, ...] = ()
    summary: PlainText = ()
    """The whole first paragraph as plain text; empty where there is none."""
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
    """What planning needs of a Markdown text. The prose itself is fetched when a page that shows it is rendered."""

    path: str
    """The path of its source file."""
    is_empty: bool
    """Whether there is nothing to show."""
    summary: PlainText = ()
    """The first paragraph as plain text; empty where there is none."""
    ids: frozenset[str] = frozenset()
    """Every id that a link may point to."""
    references: tuple[Reference, ...] = ()
    """The links, pictures and roles, in the order of the holes."""
    thousands: int = 0
    """How many full thousands of characters its HTML has."""


@frozen
class Parsed:
    """The result of parsing a Markdown text."""

    prose: Prose
    problems: tuple[Problem, ...] = ()
