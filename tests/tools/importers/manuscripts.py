"""Manuscripts in memory, and what a review makes of them."""

from __future__ import annotations

from generator.ground.messages import say
from generator.model.settings import DEFAULT_HARDSHIP
from generator.render.documents.blocks import (
    Block,
    Paragraph,
    Picture,
    Text,
)
from generator.tools.importers import manuscript
from generator.tools.importers.answers import Answers
from generator.tools.importers.drafts import planned
from generator.tools.importers.known import Known
from generator.tools.importers.manuscript import Manuscript, Piece
from generator.tools.importers.review import Review, review
from tests.space import PNG

PICTURE = manuscript.Picture(name="image1.png", body=PNG, ending=".png")


DAY = "2020年3月5日 晴"


EMPTY = Known(language="zh-CN", targets={}, people=(), hardship=DEFAULT_HARDSHIP, paths=frozenset(), imported={})


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def made(*blocks: Block | str, **pictures: manuscript.Picture) -> Manuscript:
    pieces = [p(one) if isinstance(one, str) else one for one in blocks]
    return Manuscript(
        file="a.docx",
        folder="",
        digest="0" * 64,
        kind="docx",
        title="",
        published="",
        pieces=tuple(Piece(block=one, where=say("line {line}", line=at)) for at, one in enumerate(pieces, 1)),
        pictures=pictures,
        left_out=(),
    )


def reviewed(found: Manuscript, answers: Answers | None = None) -> Review:
    return review(found, EMPTY, answers or {}, 2023)


def texts(found: Manuscript, answers: Answers | None = None) -> list[str]:
    """The texts of the drafts, in the order of their days."""
    plan = planned(reviewed(found, answers), found, EMPTY, "en")
    assert plan.value is not None, plan.problems
    bodies = {**plan.value.entries, **plan.value.pages}
    return [body.decode().split("\n---\n", 1)[1].strip() for name, body in sorted(bodies.items()) if name[-3:] == ".md"]


def picture(alt: str = "", src: str = "a") -> Picture:
    return Picture(src, alt)
