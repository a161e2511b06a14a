"""What is worth telling of a manuscript, and asks for no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.ground.messages import Message, say
from generator.render.documents.blocks import Table
from generator.tools.importers.diary_tables import days_in
from generator.tools.importers.lines import FILE_NAME, words
from generator.tools.importers.manuscript import Manuscript, Piece


def notes_of(manuscript: Manuscript, pieces: Sequence[Piece]) -> Iterator[Message]:
    """What was made of it before it was read; pictures that are missing or no page shows; tables that were not cut."""
    if manuscript.is_converted:
        yield say("LibreOffice made a Word file of it first: compare the drafts with the original")
    for one in manuscript.pictures.values():
        if one.is_unread:
            yield say(
                "the picture {name} is in a format that no page shows: save it as PNG, and put that into the draft",
                name=one.name[:80],
            )
        elif one.body is None:
            yield say("the picture {name} is not in the file", name=one.name[:80])
    for piece in pieces:
        if isinstance(piece.block, Table) and len(list(days_in(piece.block))) > 1:
            yield say("{where}: a table with several days in it stayed a table of one entry", where=piece.where)
        if FILE_NAME.fullmatch(line := words(piece.block)):
            yield say("a picture is missing where {name} stands", name=line)
