"""How a document looks on paper: one value for each look, which the writers of Word files and of PDF share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.ground.frozen import frozen
from generator.render.documents.arrangement import Arranged
from generator.render.documents.blocks import Blocks


@frozen
class WordStyle:
    """A paragraph style of a Word file."""

    id: str
    name: str
    """For a built-in style, Word's own name, which it translates into the user's language."""
    paragraph: str = ""
    """Paragraph properties in XML."""
    run: str = ""
    """Text properties in XML."""
    base: str = "Normal"
    following: str = ""
    """The style of a paragraph that is typed after one of this style; empty for the same."""
    is_quick: bool = True
    """Whether Word lists it in the style gallery."""


@frozen
class Typeface:
    """A font that a Word file names; no file is part of it."""

    name: str
    others: tuple[str, ...]
    """Its other names, then the fonts that take its place where it is missing, the best first."""


@frozen(kw_only=True)
class Layout:
    """A look. The measures are those of a Word file, in twips (twentieths of a point)."""

    arrange: Callable[[Blocks, str], Arranged]
    """Puts an article's blocks into the order of the look; it is given the language, too."""
    is_official: bool
    """Whether it is that of official documents: with attachments, a signature and a day at the end, and no record."""
    template: str
    """The file that gives PDF the same look."""
    measures: Mapping[str, float]
    """What that file takes from here; of an official document also what a Word file needs for its end."""
    width: int
    """Of the text."""
    height: int
    """Of the text."""
    picture: tuple[float, float]
    """The width and the height that a picture has at most: with the full height of a page, it has no caption there."""
    indent: int
    """Two characters of the text: what a paragraph's first line, and each level of a list, is indented by."""
    list_indent: int
    """What the outermost lists are indented by in addition."""
    table_sizes: tuple[float, ...]
    """The sizes of a table's text in points: the usual one, and smaller ones where figures would be torn."""
    has_exact_lines: bool
    """Whether lines of the text have one height, whatever stands in them. Word would cut a picture there."""
    frame: str
    """Border and background of the paragraphs of an admonition, in XML."""
    shade: str
    """The background of the cells in a table's head; empty for none."""
    defaults: str
    """Text properties in XML."""
    normal: str
    """Paragraph properties of the style Normal, without its alignment."""
    normal_text: str
    """Its text properties; by its size LibreOffice counts the characters of a line."""
    paragraphs: tuple[WordStyle, ...]
    """All paragraph styles except Normal, on which they are based."""
    words: tuple[tuple[str, str, str], ...]
    """The styles of texts within paragraphs: id, name and properties of each."""
    bullets: tuple[str, ...]
    """What stands before the items of lists without numbers, by their levels in turn."""
    bullet_fonts: str
    """Text properties of bullets and numbers."""
    lines: str
    """The properties of the lines that a table is drawn with."""
    typefaces: tuple[Typeface, ...]
    page: str
    """The properties of the page."""
    landscape: str = ""
    """Those of one whose long side is at the foot; empty where there is none."""
    footers: tuple[str, ...]
    """The foot of a page; where there are two, of an odd and of an even one."""
