"""What an article is made of, whatever file it is written to: blocks, and inlines in them."""

from __future__ import annotations

from generator.ground.frozen import frozen


@frozen(kw_only=True)
class Style:
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


@frozen
class Text:
    """Characters of one style."""

    text: str
    style: Style = Style()


@frozen
class Break:
    """The end of a line within a paragraph."""


@frozen
class Picture:
    """A picture, in running text or in a figure."""

    src: str
    alt: str
    style: Style = Style()
    """A picture may be a link."""


@frozen
class Box:
    """A box to tick."""

    is_checked: bool


@frozen
class Reference:
    """The mark of a footnote in the text."""

    note: str
    """The footnote's key."""
    text: str
    """What the mark says, as in ``[1]``."""
    style: Style = Style()


@frozen
class Anchor:
    """A place that a link ``#id`` leads to."""

    id: str


Inline = Text | Break | Picture | Box | Reference | Anchor
Inlines = tuple[Inline, ...]


@frozen
class Heading:
    """A heading; level 1 is the article's own."""

    level: int
    inlines: Inlines


@frozen
class Paragraph:
    """A paragraph."""

    inlines: Inlines
    role: str = ""
    """``standfirst``, ``byline`` or ``dateline``; empty for any other."""
    language: str = ""
    """Empty where it is the article's own."""


@frozen
class Item:
    """An item of a list."""

    blocks: tuple[Block, ...]
    is_checked: bool | None = None
    """None where it is no task."""


@frozen
class Listing:
    """A list."""

    items: tuple[Item, ...]
    start: int | None
    """The first number; None where the items have no numbers."""
    is_tight: bool
    """Whether no item's text stands in a paragraph of its own."""


@frozen
class Term:
    """What is defined."""

    inlines: Inlines


@frozen
class Definition:
    """What is said of the term before it."""

    blocks: tuple[Block, ...]


@frozen
class Definitions:
    """Terms, each followed by what is said of it."""

    parts: tuple[Term | Definition, ...]


@frozen
class Cell:
    """A cell of a table."""

    blocks: tuple[Block, ...]
    align: str = ""
    """``left``, ``center`` or ``right``; empty where nothing is said."""


@frozen
class Table:
    """A table."""

    head: tuple[tuple[Cell, ...], ...]
    """The rows that name the columns."""
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def columns(self) -> int:
        """How many cells the longest row has."""
        return max((len(row) for row in (*self.head, *self.rows)), default=0)


@frozen
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


@frozen
class Code:
    """Lines of code."""

    text: str
    language: str = ""
    """The programming language; empty where none is named."""


@frozen
class Figure:
    """A picture on lines of its own."""

    inlines: Inlines
    caption: tuple[Block, ...]


@frozen
class Note:
    """A box beside the text."""

    kind: str
    """``note``, ``warning``, …; ``admonition`` for one that is only called by its title."""
    title: Inlines
    blocks: tuple[Block, ...]


@frozen
class Rule:
    """A line between paragraphs."""


@frozen
class Footnote:
    """The text of a footnote."""

    key: str
    blocks: tuple[Block, ...]


@frozen
class Footnotes:
    """The footnotes of the text before them."""

    notes: tuple[Footnote, ...]


Block = Heading | Paragraph | Listing | Definitions | Table | Quote | Code | Figure | Note | Rule | Footnotes
Blocks = tuple[Block, ...]
