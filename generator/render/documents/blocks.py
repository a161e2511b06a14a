"""The document model of exports: an article as blocks, with inlines in them, independent of the file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.ground.frozen import frozen


@frozen(kw_only=True)
class Style:
    """The character style of an inline."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    superscript: bool = False
    link: str = ""
    """The target of a link, ``#id`` within the article; empty if it is no link."""
    heading: int = 0
    """The level of the heading that it is, where a text follows that in its line; 0 for none."""
    language: str = ""
    """Empty for the article's own language."""
    has_signs: bool = False
    """Whether signs in it, “ ” — … ·, are Chinese and not Western, which only Word has to be told."""


@frozen
class Text:
    """Text in one style."""

    text: str
    style: Style = Style()


@frozen
class Break:
    """A line break within a paragraph."""


@frozen
class Picture:
    """A picture, in running text or in a figure."""

    src: str
    alt: str
    style: Style = Style()
    """Holds the link, if the picture is one."""
    is_apart: bool = False
    """Whether it stands on a line of its own within a paragraph, being more than a sign."""


@frozen
class Box:
    """A checkbox."""

    is_checked: bool


@frozen
class Reference:
    """A reference to a footnote."""

    note: str
    """The footnote's key."""
    text: str
    """The text shown, such as ``[1]``."""
    style: Style = Style()


@frozen
class Anchor:
    """A place that links to ``#id`` lead to."""

    id: str


Inline = Text | Break | Picture | Box | Reference | Anchor
Inlines = tuple[Inline, ...]


DEEPEST_HEADING = 6
"""The deepest level of a heading in HTML and in Markdown, where those below it are bold lines."""


@frozen
class Heading:
    """A heading; level 1 is the article's own."""

    level: int
    inlines: Inlines
    is_centred: bool = False
    """Whether it stands in the middle of its line, as those of chapters do in official documents."""


@frozen
class Paragraph:
    """A paragraph."""

    inlines: Inlines
    role: str = ""
    """What it is besides text, as its class in HTML says (``parse.ROLES``); empty for any other paragraph."""
    language: str = ""
    """Empty for the article's own language."""
    indents: tuple[float, float] = (0, 0)
    """The characters by which the first line of a list of names and its further ones are indented."""


@frozen
class Item:
    """An item of a list."""

    blocks: tuple[Block, ...]
    is_checked: bool | None = None
    """None if it is no task."""


@frozen
class Listing:
    """A list."""

    items: tuple[Item, ...]
    start: int | None
    """The first number; None for a list with bullets."""
    is_tight: bool
    """Whether the items are shown without space between them (CommonMark)."""


@frozen
class Term:
    """A term of a definition list."""

    inlines: Inlines


@frozen
class Definition:
    """A definition of the term before it."""

    blocks: tuple[Block, ...]


@frozen
class Definitions:
    """A definition list: terms, each followed by its definitions."""

    parts: tuple[Term | Definition, ...]


@frozen
class Cell:
    """A place in a table."""

    blocks: tuple[Block, ...]
    align: str = ""
    """``left``, ``center`` or ``right``; empty for the default."""
    columns: int = 1
    """How many places it takes, from here to the right."""
    rows: int = 1
    """How many it takes, from here down."""
    covered: str = ""
    """``left`` or ``above`` where a cell from there takes this place, which is empty then."""


@frozen
class Table:
    """A table."""

    head: tuple[tuple[Cell, ...], ...]
    """The header rows."""
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def columns(self) -> int:
        """The number of cells of the longest row."""
        return max((len(row) for row in (*self.head, *self.rows)), default=0)

    def filled(self, rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[Cell, ...]]:
        """Rows of it, all of them as long as the longest."""
        columns = self.columns
        return ((*row, *[Cell(())] * (columns - len(row))) for row in rows)


@frozen
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


@frozen
class Code:
    """A block of code."""

    text: str
    language: str = ""
    """The programming language; empty if none is given."""


@frozen
class Figure:
    """A picture as a block of its own, with its caption."""

    inlines: Inlines
    caption: tuple[Block, ...]


@frozen
class Note:
    """An admonition: a box with a title."""

    kind: str
    """``note``, ``warning``, …; ``admonition`` for one without a kind."""
    title: Inlines
    blocks: tuple[Block, ...]


@frozen
class Rule:
    """A horizontal rule between paragraphs."""


@frozen
class Footnote:
    """The text of a footnote."""

    key: str
    blocks: tuple[Block, ...]


@frozen
class Footnotes:
    """The footnotes of the text before them."""

    notes: tuple[Footnote, ...]


@frozen
class Landscape:
    """Blocks on pages of their own, whose long side is at the foot, so that a table with many columns has room."""

    blocks: tuple[Block, ...]


Block = (
    Heading | Paragraph | Listing | Definitions | Table | Quote | Code | Figure | Note | Rule | Footnotes | Landscape
)
Blocks = tuple[Block, ...]
