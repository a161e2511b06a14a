"""A manuscript: what a file that somebody hands in says, in the order of reading, whatever its format.

Readers of formats make it; cutting into entries begins with it.
"""

from __future__ import annotations

from generator.ground.frozen import frozen
from generator.ground.messages import Message
from generator.render.documents.blocks import Block
from generator.tools.importers.date_facts import DateLine


@frozen(kw_only=True)
class Picture:
    """A picture in the manuscript. A block refers to it by ``src``, which is its key in ``Manuscript.pictures``."""

    name: str
    """What the source calls it: a file's name or an address, for people to find it again."""
    body: bytes | None
    """Its bytes; None for a gap: the source leads to a picture, but does not hold it."""
    ending: str
    """By its contents, such as ``.jpg``; empty for a gap."""
    is_unread: bool = False
    """Whether the source holds a picture there, in a format that no page can show: TIFF, BMP, EMF, a drawing."""


@frozen(kw_only=True)
class Piece:
    """A block, and where it stands."""

    block: Block
    where: Message
    """Such as "paragraph 12" or "line 40"."""
    is_caption: bool = False
    """Whether the source itself calls it the caption of a picture (Word's style, ``<figcaption>``)."""
    day: DateLine | None = None
    """What a table says of the day of the entry that begins here; None where the text alone says it."""
    held: Block | None = None
    """The list or the quotation out of which it was taken; None where it stood free."""
    is_within: bool = False
    """Whether it stands in a table below such a day, where no other entry begins and no title stands."""


@frozen(kw_only=True)
class LeftOut:
    """A piece of text that stands in the source and in no block: a comment, a deletion, a header, hidden text."""

    kind: Message
    text: str
    where: Message


@frozen(kw_only=True)
class Manuscript:
    """Everything in one file."""

    file: str
    """Its name, without folders."""
    folder: str
    """The name of the folder that it lies in, for the year that may stand there; empty if there is none."""
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""
    kind: str
    """``docx``, ``html``, ``mhtml``, ``markdown`` or ``text``."""
    title: str
    """What the source names as its title outside of the text (``<title>``, a document property); may be empty."""
    published: str
    """A day of publication that the source names outside of the text, ISO 8601; may be empty. Never a file's time."""
    day: str = ""
    """The day that its front matter gives to all of it, ISO 8601; may be empty."""
    created: str = ""
    """The same of the day on which its front matter says that the file was made, which is only offered."""
    pieces: tuple[Piece, ...]
    pictures: dict[str, Picture]
    left_out: tuple[LeftOut, ...]
    added: str = ""
    """What the reader wrote into the pieces that no character of the source stands for: numbers of Word's lists."""
    is_converted: bool = False
    """Whether another program made a Word file of it first: nothing here can tell what was lost then."""
