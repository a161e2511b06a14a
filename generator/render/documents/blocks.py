"""What an article is made of, whatever file it is written to: blocks, and inlines in them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.ground.frozen import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(Frozen):
    """How a text is set off from the text around it."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    superscript: bool = False
    link: str = ""
    """Where it leads, ``#part`` within the article; empty where it is no link."""
    language: str = ""
    """Empty where it is the article's own."""


@dataclass(frozen=True, slots=True)
class Text(Frozen):
    """Characters of one style."""

    text: str
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Break(Frozen):
    """The end of a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Picture(Frozen):
    """A picture, in running text or in a figure."""

    src: str
    alt: str
    style: Style = Style()
    """A picture may be a link."""


@dataclass(frozen=True, slots=True)
class Box(Frozen):
    """A box to tick."""

    is_checked: bool


@dataclass(frozen=True, slots=True)
class Reference(Frozen):
    """The mark of a footnote in the text."""

    note: str
    """The footnote's key."""
    text: str
    """What the mark says, as in ``[1]``."""
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Anchor(Frozen):
    """A place that a link ``#id`` leads to."""

    id: str


Inline = Text | Break | Picture | Box | Reference | Anchor
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading(Frozen):
    """A heading; level 1 is the article's own."""

    level: int
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph(Frozen):
    """A paragraph."""

    inlines: Inlines
    role: str = ""
    """``standfirst``, ``byline`` or ``dateline``; empty for any other."""
    language: str = ""
    """Empty where it is the article's own."""


@dataclass(frozen=True, slots=True)
class Item(Frozen):
    """An item of a list."""

    blocks: tuple[Block, ...]
    is_checked: bool | None = None
    """None where it is no task."""


@dataclass(frozen=True, slots=True)
class Listing(Frozen):
    """A list."""

    items: tuple[Item, ...]
    start: int | None
    """The first number; None where the items have no numbers."""
    is_tight: bool
    """Whether no item's text stands in a paragraph of its own."""


@dataclass(frozen=True, slots=True)
class Term(Frozen):
    """What is defined."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Definition(Frozen):
    """What is said of the term before it."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Definitions(Frozen):
    """Terms, each followed by what is said of it."""

    parts: tuple[Term | Definition, ...]


@dataclass(frozen=True, slots=True)
class Cell(Frozen):
    """A cell of a table."""

    blocks: tuple[Block, ...]
    align: str = ""
    """``left``, ``center`` or ``right``; empty where nothing is said."""


@dataclass(frozen=True, slots=True)
class Table(Frozen):
    """A table."""

    head: tuple[tuple[Cell, ...], ...]
    """The rows that name the columns."""
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def columns(self) -> int:
        """How many cells the longest row has."""
        return max((len(row) for row in (*self.head, *self.rows)), default=0)


@dataclass(frozen=True, slots=True)
class Quote(Frozen):
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code(Frozen):
    """Lines of code."""

    text: str
    language: str = ""
    """The programming language; empty where none is named."""


@dataclass(frozen=True, slots=True)
class Figure(Frozen):
    """A picture on lines of its own."""

    inlines: Inlines
    caption: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Note(Frozen):
    """A box beside the text."""

    kind: str
    """``note``, ``warning``, …; ``admonition`` for one that is only called by its title."""
    title: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rule(Frozen):
    """A line between paragraphs."""


@dataclass(frozen=True, slots=True)
class Footnote(Frozen):
    """The text of a footnote."""

    key: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Footnotes(Frozen):
    """The footnotes of the text before them."""

    notes: tuple[Footnote, ...]


Block = Heading | Paragraph | Listing | Definitions | Table | Quote | Code | Figure | Note | Rule | Footnotes
Blocks = tuple[Block, ...]
