"""Marks in every place of generated files: every character is accounted for, in its order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from generator.ground.errors import Fault
from generator.tools.importers.census import check_complete
from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.texts_of import text_of
from tests.tools.importers.sources import PLACES, RUN, SPACES, W, lines_of, paragraph, read, word

NOTED = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}
"""Marks that stand in a part of their own, by what refers to them."""


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{level + 1}"/>'
        "</w:lvl>"
        for level, form in enumerate(("decimal", "bullet"))
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


ITEM = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'


CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><a:p><a:r><a:t>{}</a:t></a:r>'
    "</a:p></c:title><c:cat><c:v>{}</c:v></c:cat></c:chart></c:chartSpace>"
)


class Marks:
    """Marks that are numbered in the order of a generated document."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0
        self.apart: list[int] = []
        """Those that stand elsewhere than in the text's order: in notes and what is left out."""
        self.notes: dict[str, str] = dict.fromkeys(NOTED, "")

    def new(self, *, apart: bool = False) -> str:
        self.count += 1
        self.apart += [self.count] if apart else []
        return f"记{self.count}号"

    def inline(self) -> str:
        place = self.chance.choice([*PLACES, *NOTED])
        mark = self.new(apart=place in (*NOTED, "deleted", "hidden", "clock", "box"))
        if place in PLACES:
            return PLACES[place].format(*[mark] * 2)
        self.notes[place] += f'<w:{place} w:id="{self.count}"><w:p>{RUN.format(mark)}</w:p></w:{place}>'
        return f'<w:r><w:{place}Reference w:id="{self.count}"/></w:r>'

    def block(self) -> str:
        inner = "".join(self.inline() for _ in range(self.chance.randint(1, 4)))
        kind = self.chance.choice(("paragraph", "paragraph", "item", "inner item", "table"))
        if kind == "table":
            cells = "".join(f"<w:tc>{one}</w:tc>" for one in (paragraph(inner), paragraph(RUN.format(self.new()))))
            return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        return paragraph(inner, "" if kind == "paragraph" else ITEM.format(int(kind == "inner item")))

    def document(self) -> bytes:
        body = "".join(self.block() for _ in range(self.chance.randint(2, 9)))
        beside = {"header": f"<w:hdr {SPACES}>{paragraph(RUN.format(self.new(apart=True)))}</w:hdr>"}
        beside["chart"] = CHART.format(self.new(apart=True), self.new(apart=True))
        notes = {part: f"<w:{part} {SPACES}>{self.notes[one]}</w:{part}>" for one, part in NOTED.items()}
        return word(body, **beside, **notes, numbering=NUMBERING)


def less_by_one(made: Manuscript) -> list[Manuscript]:
    """The manuscript without each of its pieces with text, and without each of what was left out."""
    pieces, left = made.pieces, made.left_out
    told = [at for at, one in enumerate(pieces) if text_of((one.block,)).strip()]
    return [
        *(replace(made, pieces=pieces[:at] + pieces[at + 1 :]) for at in told),
        *(replace(made, left_out=left[:at] + left[at + 1 :]) for at in range(len(left))),
    ]


def check_marks(made: Manuscript, marks: Marks, body: bytes, name: str) -> None:
    """Every mark is accounted for, those of the text in their order; what loses a piece is noticed."""
    text = "\n".join(lines_of(made))
    whole = "\n".join([text, made.title, *(one.text for one in made.left_out)])
    assert [at for at in range(1, marks.count + 1) if f"记{at}号" not in whole] == [], name
    places = [text.index(f"记{at}号") for at in range(1, marks.count + 1) if at not in marks.apart]
    assert places == sorted(places), name
    for less in less_by_one(made):
        with pytest.raises(Fault):
            check_complete(body, less)


def test_marks_in_every_place_are_accounted_for_and_one_piece_less_is_noticed() -> None:
    for seed in range(40):
        marks = Marks(seed)
        body = marks.document()
        check_marks(read(body), marks, body, f"seed {seed}")


WEB_PLACES = {
    "{}": True, "<b>{}</b>": True, "<a href='https://a.example/'>{}</a>": True, "<font><i>{}</i></font>": True,
    "<ruby>{}<rt>yin</rt></ruby>": True, "<code>{}</code>": True, "<img src=a.png alt='{}'>": True, "<br>{}": True,
    "<sup>{}</sup>": False, "<span style='display:none'>{}</span>": False, "<button>{}</button>": False,
    "<select><option>{}</select>": False, "<iframe>{}</iframe>": False, "<textarea>{}</textarea>": False,
}  # fmt: skip
"""Places within a block, and whether what is there stays in the text's order."""


WEB_BLOCKS = (
    "<p>{}</p>", "<div>{}</div>", "<section><section>{}</section></section>", "<h2>{}</h2>", "<pre>{}</pre>", "{}",
    "<ul><li>{}<li>甲</ul>", "<ol><li><ul><li>{}</ul></ol>", "<blockquote><p>{}</blockquote>",
    "<table><tr><td>{}<td>甲<tr><td rowspan=2>乙<td>丙</table>", "<dl><dt>甲<dd>{}</dl>",
    "<details><summary>甲</summary>{}</details>", "<figure><img src=a.png><figcaption>{}</figcaption></figure>",
)  # fmt: skip


WEB_ASIDE = ("<nav>{}</nav>", "<aside>{}</aside>", "<footer>{}</footer>", "<noscript>{}</noscript>", "<p hidden>{}</p>")


def test_marks_in_every_place_of_a_page_are_accounted_for() -> None:
    for seed in range(40):
        marks, body = Marks(seed), ""
        for _ in range(marks.chance.randint(2, 9)):
            if marks.chance.random() < 0.2:
                body += marks.chance.choice(WEB_ASIDE).format(marks.new(apart=True))
                continue
            block, inner = marks.chance.choice(WEB_BLOCKS), ""
            for _ in range(marks.chance.randint(1, 3)):
                place, is_text = marks.chance.choice(list(WEB_PLACES.items()))
                inner += place.format(marks.new(apart=not is_text))
            body += block.format(inner)
        page = f"<!doctype html><title>{marks.new(apart=True)}</title><body>{body}".encode()
        check_marks(read(page, "a.html"), marks, page, f"seed {seed}: {body}")
