"""The look of an official document: the measures of GB/T 9704-2012 (党政机关公文格式), for Word files and for PDF.

A page has 22 lines of 28 characters. The title is set in 小标宋, the text in 仿宋, headings in 黑体, 楷体 and 仿宋 by
their levels, page numbers in 宋体. The fonts are named and never part of a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Final

from generator.render.documents.arrangement import NUMBERED, official
from generator.render.documents.closing import ACROSS, BESIDE_DATE, LINES
from generator.render.documents.layout import Layout, Typeface, WordStyle
from generator.render.documents.ordinary import ORDINARY
from generator.render.documents.sizes import INDENT, TALLEST, TEXT_WIDTH
from generator.render.documents.styles import (
    LEVELS,
    PAPER,
    bar,
    border,
    fonts,
    page,
    page_number,
    size,
    space,
    table_texts,
)
from generator.render.documents.wide_tables import SIZES

_TOP: Final = 37
"""The head margin (天头) in millimetres, as are the next five."""
_LEFT: Final = 28
"""The binding margin (订口)."""
_WIDTH: Final = 156
_HEIGHT: Final = 225
_DASHES: Final = 7
"""From the text to the dashes of the page number."""
_A4: Final = (210, 297)
_SECOND: Final = 22
"""二号 in points: the title."""
_THIRD: Final = 16
"""三号: the text and its headings."""
_FOURTH: Final = 14
"""四号: page numbers."""
_ONE: Final = _FOURTH * 20
"""One of its characters in twips."""
_SMALL_FOURTH: Final = 12
"""小四: tables and captions."""
_FIFTH: Final = 10.5
"""五号: footnotes."""


def _points(millimetres: float) -> float:
    return millimetres / 25.4 * 72


def _twips(millimetres: float) -> int:
    """Rounded down: with a twip too much, the last line would not fit."""
    return int(_points(millimetres) * 20)


_LINE: Final = _twips(_HEIGHT) // LINES
"""The height of a line in twips."""
_INDENT: Final = round(2 * _twips(_WIDTH) / ACROSS)
_TIGHTER: Final = _twips(_WIDTH) / 20 / ACROSS - _THIRD
"""What is added between two characters in points (a little less than nothing), so that 28 of them fill a line."""
_TIGHTER_TWIPS: Final = floor(_TIGHTER * 20) - 1
"""The same in twips; LibreOffice leaves a point of the width out of its grid."""

_TITLE: Final = "方正小标宋简体"
_SONG: Final = "宋体"
_HEI: Final = "黑体"
_KAI: Final = "楷体_GB2312"
_FANG: Final = "仿宋_GB2312"

_FACES: Final = {1: (_HEI, _HEI), 2: (_KAI,)}
"""What headings are set in by their levels, for Chinese and for Latin text; those of others in that of the text."""

TYPEFACES: Final = (
    Typeface(_TITLE, ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "STZhongsong", "宋体", "SimSun")),
    Typeface(_FANG, ("FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", "Noto Serif CJK SC")),
    Typeface(_HEI, ("SimHei", "华文黑体", "STHeiti", "Noto Sans CJK SC")),
    Typeface(_KAI, ("KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", "Noto Serif CJK SC")),
    Typeface(_SONG, ("SimSun", "华文宋体", "STSong", "Noto Serif CJK SC")),
)  # fmt: skip
"""The fonts of the form, with those that take their places."""

# The page says that it has a grid of 22 lines and 28 characters. Programs differ in what they put into its cells (for
# LibreOffice, a character that is a little wider than a cell needs two), so the text has these measures by itself.
_OFF_GRID: Final = '<w:snapToGrid w:val="0"/>'
_EXACT: Final = f'{_OFF_GRID}<w:spacing w:before="0" w:after="0" w:line="{_LINE}" w:lineRule="exact"/>'
_INDENTED: Final = f'<w:ind w:firstLineChars="200" w:firstLine="{_INDENT}"/>'
# Without space between figures and Chinese, so that the width of a line is known here.
_AT_THE_RIGHT: Final = f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{_EXACT}<w:jc w:val="right"/>'
_FLAT: Final = f'{_OFF_GRID}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_FRAME: Final = bar("000000")
_KEPT: Final = "<w:keepNext/><w:keepLines/>"
_CENTRED: Final = '<w:jc w:val="center"/>'
_BODY: Final = "BodyTextFirstIndent"


def _heading(level: int) -> WordStyle:
    # Bold is none of those that have numbers.
    run = fonts(*_FACES[level]) if level in _FACES else fonts(_FANG) + "<w:b/><w:bCs/>" * (level > NUMBERED)
    paragraph = f'{_KEPT}{_EXACT}{_INDENTED}<w:outlineLvl w:val="{level - 1}"/>'
    return WordStyle(f"Heading{level}", f"heading {level}", paragraph, run, following=_BODY)


def _levels(name: str, shown: str) -> tuple[WordStyle, ...]:
    return tuple(
        WordStyle(f"{name}{level if level > 1 else ''}", f"{shown} {level if level > 1 else ''}".strip(), _EXACT)
        for level in (1, 2, 3)
    )


def _small(points: float) -> str:
    """The size of what does not stand in lines of 28 characters."""
    return f'<w:spacing w:val="0"/>{size(points)}'


def _loose(before: int, after: int, line: int = 300) -> str:
    """The lines of what stands between those of the text."""
    return f"{_OFF_GRID}{space(before, after, line)}"


_PARAGRAPHS: Final = (
    WordStyle(
        "Title", "Title", f"{_KEPT}{_EXACT}{_CENTRED}", f"{fonts(_TITLE)}{_small(_SECOND)}", following="Subtitle"
    ),
    WordStyle("Subtitle", "Subtitle", f"<w:keepNext/>{_EXACT}{_CENTRED}", fonts(_KAI), following=_BODY),
    *map(_heading, range(1, LEVELS + 1)),
    WordStyle("BodyText", "Body Text", _EXACT + _INDENTED),
    WordStyle(_BODY, "Body Text First Indent", _EXACT + _INDENTED),
    WordStyle("Standfirst", "Standfirst", _EXACT + _INDENTED, following=_BODY),
    WordStyle("Dateline", "Dateline", f"<w:keepNext/>{_EXACT}{_INDENTED}", fonts(_KAI), following=_BODY),
    *_levels("ListBullet", "List Bullet"),
    *_levels("ListNumber", "List Number"),
    *_levels("ListContinue", "List Continue"),
    WordStyle("ListParagraph", "List Paragraph", _EXACT),
    WordStyle("Term", "Term", f"<w:keepNext/>{_EXACT}{_INDENTED}", "<w:b/><w:bCs/>", following="ListContinue"),
    WordStyle("Quote", "Quote", _EXACT, fonts(_KAI)),
    WordStyle(
        "Caption", "caption", _loose(60, 120) + _CENTRED, f"{fonts(_KAI)}{_small(_SMALL_FOURTH)}", following=_BODY
    ),
    WordStyle("Figure", "Figure", f"<w:keepNext/>{_loose(120, 0, 240)}{_CENTRED}", following="Caption"),
    WordStyle(
        "HTMLPreformatted",
        "HTML Preformatted",
        f'{_loose(60, 60, 240)}<w:ind w:left="{_INDENT}"/><w:jc w:val="left"/>',
        f"{fonts(_SONG, 'Consolas')}<w:noProof/>{_small(_FIFTH)}",
    ),
    WordStyle("NoteTitle", "Note Title", f"<w:keepNext/>{_FRAME}{_EXACT}", fonts(_HEI, _HEI)),
    WordStyle("NoteText", "Note Text", _FRAME + _EXACT),
    WordStyle("FootnoteText", "footnote text", _loose(0, 20, 288), _small(_FIFTH), is_quick=False),
    *table_texts(f'{_loose(40, 40, 240)}<w:jc w:val="left"/>', map(_small, SIZES)),
    WordStyle(
        "Rule",
        "Rule",
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'{_loose(60, 120, 240)}<w:ind w:left="3200" w:right="3200"/>',
        is_quick=False,
    ),
    WordStyle(
        "Gap",
        "Gap",
        f'{_OFF_GRID}<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>',
        is_quick=False,
    ),
    WordStyle("Attachment", "Attachment", f'<w:keepLines/>{_EXACT}<w:jc w:val="left"/>'),
    WordStyle("Roster", "Roster", f'<w:keepLines/>{_EXACT}<w:jc w:val="left"/>'),
    WordStyle("Annex", "Annex", f"{_KEPT}<w:pageBreakBefore/>{_EXACT}", fonts(_HEI, _HEI), following=_BODY),
    WordStyle("Signature", "Signature", f"<w:keepNext/>{_AT_THE_RIGHT}", following="Date"),
    WordStyle("Date", "Date", _AT_THE_RIGHT),
    WordStyle(
        "Copies",
        "Copies",
        f'{_EXACT}<w:ind w:left="{4 * _ONE}" w:right="{_ONE}" w:hanging="{3 * _ONE}"/>',
        _small(_FOURTH),
    ),
    WordStyle(
        "Printed",
        "Printed",
        f'<w:tabs><w:tab w:val="right" w:pos="{_twips(_WIDTH) - _ONE}"/></w:tabs>{_EXACT}'
        f'<w:ind w:left="{_ONE}" w:right="{_ONE}"/>',
        _small(_FOURTH),
    ),
    WordStyle("End", "End", _FLAT, is_quick=False),
    WordStyle(
        "Footer",
        "footer",
        f'{_OFF_GRID}<w:spacing w:before="0" w:after="0" w:line="{_FOURTH * 20}" w:lineRule="exact"/>',
        f"{fonts(_SONG, _SONG)}{_small(_FOURTH)}",
        is_quick=False,
    ),
)
"""All paragraph styles except Normal."""

_BOTTOM: Final = _A4[1] - _TOP - _HEIGHT

_RIGHT: Final = _A4[0] - _LEFT - _WIDTH


def _on_page(*margins: int) -> str:
    """The properties of a page, by its margins from the top on clockwise."""
    sides = zip(("top", "right", "bottom", "left"), margins, strict=True)
    # From the foot of a page to that of its number, in the middle of whose height the dashes are.
    measures = " ".join(f'w:{side}="{_margin(one)}"' for side, one in sides)
    foot = _twips(margins[2] - _DASHES) - _ONE // 2
    return (
        f'<w:pgMar {measures} w:header="851" w:footer="{foot}" w:gutter="0"/><w:cols w:space="720"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{_LINE}" w:charSpace="{floor(_TIGHTER * 4096)}"/>'
    )


def _margin(millimetres: int) -> int:
    """A margin in twips: beside the text, what its measure leaves."""
    left = {_RIGHT: PAPER[0] - _twips(_LEFT) - _twips(_WIDTH), _BOTTOM: PAPER[1] - _twips(_TOP) - _twips(_HEIGHT)}
    return left.get(millimetres) or _twips(millimetres)


GONGWEN: Final = Layout(
    arrange=official,
    is_official=True,
    template="official.typ",
    measures={
        "top": _points(_TOP),
        "bottom": _points(_BOTTOM),
        "left": _points(_LEFT),
        "right": _points(_A4[0] - _LEFT - _WIDTH),
        "line": _LINE / 20,
        "tighter": _TIGHTER,
        "title": _SECOND,
        "text": _THIRD,
        "number": _FOURTH,
        "table": _SMALL_FOURTH,
        "note": _FIFTH,
        "numbered": NUMBERED,
        "dashes": _points(_DASHES),
        "across": ACROSS,
        "beside": BESIDE_DATE,
    },
    width=_twips(_WIDTH),
    height=_twips(_HEIGHT),
    picture=(20 * (TEXT_WIDTH - INDENT), 20 * TALLEST),
    indent=_INDENT,
    list_indent=_INDENT,
    table_sizes=SIZES,
    has_exact_lines=True,
    frame=_FRAME,
    shade="",
    defaults=f'{fonts(_FANG)}<w:spacing w:val="{_TIGHTER_TWIPS}"/>{size(_THIRD)}',
    normal=f'<w:widowControl w:val="0"/>{_EXACT}',
    normal_text=size(_THIRD),
    paragraphs=_PARAGRAPHS,
    words=(
        ("Hyperlink", "Hyperlink", ""),
        ("HTMLCode", "HTML Code", fonts(_FANG, "Consolas")),
        *((f"RunIn{level}", f"Run-in Heading {level}", fonts(*face)) for level, face in _FACES.items()),
        ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
    ),
    bullets=("——",),
    bullet_fonts=fonts(_FANG, signs=True),
    lines=border("000000"),
    typefaces=TYPEFACES,
    page=page(_on_page(_TOP, _RIGHT, _BOTTOM, _LEFT)),
    landscape=page(_on_page(_LEFT, _BOTTOM, _RIGHT, _TOP), is_turned=True),
    footers=(
        page_number(f'<w:ind w:rightChars="100" w:right="{_ONE}"/><w:jc w:val="right"/>', "—"),
        page_number(f'<w:ind w:leftChars="100" w:left="{_ONE}"/><w:jc w:val="left"/>', "—"),
    ),
)
"""A page as offices send it."""

LAYOUTS: Final[Mapping[str | None, Layout]] = {None: ORDINARY, "gongwen": GONGWEN}
"""The looks by the names under which they are asked for."""
