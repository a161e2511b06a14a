"""Marks in every place of generated files: every character is accounted for, in its order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from generator.ground.errors import Fault
from generator.render.documents.blocks import Block, Item, Listing, Quote
from generator.tools.importers.census import check_complete
from generator.tools.importers.drafts import planned
from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.texts_of import text_of
from generator.tools.write.pasting import pasted
from tests.tools.importers.manuscripts import EMPTY, reviewed
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
        watermark = f'<w:r><w:pict><v:shape><v:textpath string="{self.new(apart=True)}"/></v:shape></w:pict></w:r>'
        header = paragraph(RUN.format(self.new(apart=True)) + watermark)
        beside = {"header": f"<w:hdr {SPACES}>{header}</w:hdr>"}
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
    "<input type=checkbox checked>{}": True, "<label><input type=RADIO>{}</label>": True, "<input value='{}'>": False,
    "<abbr title='{}'>x</abbr>": False, "<form><dfn title='{}'>x</dfn></form>": False,
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


TASKS = {
    "a.md": "## 2022年3月5日\n\n- [x] 下地\n- [ ] 送肥\n",
    "b.md": "2022年\n\n- [x] 3月5日 下地\n- [ ] 3月9日 送肥\n",
    "c.md": "2022年3月5日\n\n甲。\n\n> - [x] 3月6日 下地\n> - [ ] 3月9日 送肥\n",
    "a.html": "<h2>2022年3月5日</h2><ul><li><input type=checkbox checked>下地<li><input type=checkbox>送肥</ul>",
    "b.html": "<p>2022年3月5日<p><input type=radio checked>下地<table><tr><td><input type=radio><td>送肥</table>",
    "c.html": "<p>2022年<ul><li><p><input type=checkbox checked>3月5日 下地<li><input type=checkbox>3月9日 送肥</ul>",
    "d.html": "<p>2022年3月5日<p>甲。<form><input type=checkbox checked>下地<div><input type=radio>送肥</div></form>",
    "e.html": "<p>2022年3月5日<p>甲。<p><i role=checkbox aria-checked=true></i>下地<p><i role=radio></i>送肥",
}
"""Files in which the first task is done, and the second is not."""


def test_ticks_stand_in_a_draft_or_in_the_list() -> None:
    wrong = {}
    for name, text in TASKS.items():
        made = read(text.encode(), name)
        shown = reviewed(made)
        plan = planned(shown, made, EMPTY, "zh")
        drafts = "\n".join(body.decode() for body in plan.value.entries.values()) if plan.value else ""
        whole = "\n".join((drafts, *(one.text for one in shown.left_out)))
        signs = [sum(map(whole.count, one)) for one in (("☑", "[x]"), ("☐", "[ ]"))]
        if 0 in signs:
            wrong[name] = (whole, plan.problems)
    assert wrong == {}


def test_a_tick_that_is_lost_is_noticed() -> None:
    for name, text in TASKS.items():
        body = text.encode()
        made = read(body, name)
        bare = replace(made, pieces=tuple(replace(one, block=without_ticks(one.block)) for one in made.pieces))
        if bare != made and name.endswith("html"):
            with pytest.raises(Fault):
                check_complete(body, bare)
        if bare != made:
            found = planned(replace(reviewed(bare)), made, EMPTY, "zh")
            assert [str(one.message) for one in found.problems if "would be lost" in str(one.message)] != [], name


def without_ticks(block: Block) -> Block:
    """A block with lists of tasks as lists of anything else."""
    if isinstance(block, Quote):
        return replace(block, blocks=tuple(map(without_ticks, block.blocks)))
    return replace(block, items=tuple(Item(one.blocks) for one in block.items)) if isinstance(block, Listing) else block


def test_a_task_that_is_not_done_begins_no_entry_unless_somebody_says_so() -> None:
    made = read(TASKS["b.md"].encode(), "b.md")
    shown = reviewed(made)
    assert [one.title for one in shown.entries] == ["下地"]
    (asked,) = shown.questions
    assert (asked.kind, asked.source) == ("cut", "☐ 3月9日 送肥")
    assert [one.title for one in reviewed(made, {asked.id: "yes"}).entries] == ["下地", "送肥"]


def test_ticks_of_what_is_pasted() -> None:
    page = (
        "<ul><li><input type=checkbox checked>换皮带<li><input type=checkbox>换油</ul><p>泵<input type=radio checked>好"
    )
    assert pasted(page, "zh")["markdown"] == "- [x] 换皮带\n- [ ] 换油\n\n泵☑好"
