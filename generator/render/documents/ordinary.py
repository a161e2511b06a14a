"""The ordinary look of a Word file.

The fonts are those of Chinese print: 宋体 for text, 黑体 for headings, 楷体 for standfirsts, bylines and quotations.
"""

from __future__ import annotations

from typing import Final

from generator.render.documents.arrangement import as_written
from generator.render.documents.layout import Layout, Typeface, WordStyle
from generator.render.documents.styles import (
    LEVELS,
    bar,
    border,
    fonts,
    page,
    page_number,
    size,
    space,
    table_texts,
)

_INDENT: Final = 480
"""Two characters of 12 points, in twips."""

_TABLE_SIZES: Final = (10.5, 9.5, 8.5, 7)
_SONG: Final = "宋体"
_HEI: Final = "黑体"
_KAI: Final = "楷体"
_SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="F5F2EA"/>'
_PADDING: Final = f"""<w:pBdr>{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="F5F2EA"/>'
        for side in ("top", "left", "bottom", "right")
    )
}</w:pBdr>"""
_FRAME: Final = bar("A8241B") + _SHADE


def _heading(level: int, points: float, before: int) -> WordStyle:
    return WordStyle(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{space(before, 120)}<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>',
        f"{fonts(_HEI, 'Arial')}<w:b/><w:bCs/>{size(points)}",
        following="BodyTextFirstIndent",
    )


def _levels(name: str, shown: str) -> tuple[WordStyle, ...]:
    return tuple(
        WordStyle(f"{name}{level if level > 1 else ''}", f"{shown} {level if level > 1 else ''}".strip(), space(0, 0))
        for level in (1, 2, 3)
    )


_INDENTED: Final = f'<w:ind w:firstLineChars="200" w:firstLine="{_INDENT}"/>'

_PARAGRAPHS: Final = (
    WordStyle(
        "Title",
        "Title",
        f'<w:keepNext/>{space(240, 240)}<w:jc w:val="center"/>',
        f"{fonts(_HEI, 'Arial')}<w:b/><w:bCs/>{size(22)}",
        following="Subtitle",
    ),
    WordStyle(
        "Subtitle",
        "Subtitle",
        f'{space(0, 120)}<w:jc w:val="center"/>',
        f'{fonts(_KAI)}<w:color w:val="5C554B"/>',
        following="BodyTextFirstIndent",
    ),
    *(_heading(level, points, before) for level, points, before in (
        (1, 16, 360), (2, 14, 280), (3, 13, 240), *((level, 12, 200) for level in range(4, LEVELS + 1))
    )),
    WordStyle("BodyText", "Body Text", space(0, 120)),
    WordStyle("BodyTextFirstIndent", "Body Text First Indent", space(0, 0) + _INDENTED),
    WordStyle("Standfirst", "Standfirst", space(0, 240), fonts(_KAI), following="BodyTextFirstIndent"),
    WordStyle("Dateline", "Dateline", f'<w:keepNext/>{space(0, 60)}<w:jc w:val="left"/>', '<w:color w:val="5C554B"/>'),
    *_levels("ListBullet", "List Bullet"),
    *_levels("ListNumber", "List Number"),
    *_levels("ListContinue", "List Continue"),
    WordStyle("ListParagraph", "List Paragraph", space(0, 0)),
    WordStyle("Term", "Term", f"<w:keepNext/>{space(60, 0)}", "<w:b/><w:bCs/>", following="ListContinue"),
    WordStyle("Quote", "Quote", bar("D9D2C5") + space(120, 120) + "<w:contextualSpacing/>", fonts(_KAI)),
    WordStyle(
        "Caption",
        "caption",
        f'{space(60, 240, 300)}<w:jc w:val="center"/>',
        f'<w:color w:val="5C554B"/>{size(10.5)}',
        following="BodyTextFirstIndent",
    ),
    WordStyle("Figure", "Figure", f'<w:keepNext/>{space(180, 0, 240)}<w:jc w:val="center"/>', following="Caption"),
    WordStyle(
        "HTMLPreformatted",
        "HTML Preformatted",
        f'{_PADDING}{_SHADE}{space(120, 120, 288)}<w:ind w:left="100" w:right="100"/><w:jc w:val="left"/>',
        f"{fonts(_SONG, 'Consolas')}<w:noProof/>{size(10)}",
    ),
    WordStyle("NoteTitle", "Note Title", f"<w:keepNext/>{_FRAME}{space(0, 0)}", f"{fonts(_HEI, 'Arial')}<w:b/>"),
    WordStyle("NoteText", "Note Text", _FRAME + space(0, 0)),
    WordStyle("FootnoteText", "footnote text", f"{space(0, 40, 300)}", size(10.5), is_quick=False),
    *table_texts(f'{space(0, 0, 300)}<w:jc w:val="left"/>', map(size, _TABLE_SIZES)),
    WordStyle(
        "Rule",
        "Rule",
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="8A8378"/></w:pBdr>'
        f'{space(120, 240, 240)}<w:ind w:left="3200" w:right="3200"/>',
        is_quick=False,
    ),
    WordStyle("Gap", "Gap", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', is_quick=False),
    WordStyle("Footer", "footer", f'{space(0, 0, 240)}<w:jc w:val="center"/>', size(9), is_quick=False),
)  # fmt: skip
"""All paragraph styles except Normal, on which they are based."""

ORDINARY: Final = Layout(
    arrange=as_written,
    is_official=False,
    template="book.typ",
    measures={},
    width=8674,  # 21 cm less two margins of 2.85 cm
    height=13958,  # 29.7 cm less two margins of 2.54 cm
    picture=(8674, 0.8 * 13958),
    indent=_INDENT,
    list_indent=0,
    table_sizes=_TABLE_SIZES,
    has_exact_lines=False,
    frame=_FRAME,
    shade="F5F2EA",
    defaults=f"{fonts(_SONG)}{size(12)}",
    normal=f"<w:widowControl/>{space(0, 0)}",
    normal_text="",
    paragraphs=_PARAGRAPHS,
    words=(
        ("Hyperlink", "Hyperlink", '<w:color w:val="0563C1"/><w:u w:val="single"/>'),
        ("HTMLCode", "HTML Code", f"{fonts(_SONG, 'Consolas')}{size(11)}{_SHADE}"),
        ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
    ),
    bullets=("•", "–"),
    bullet_fonts=fonts(_SONG),
    lines=border("8A8378"),
    typefaces=(Typeface(_SONG, ("SimSun",)), Typeface(_HEI, ("SimHei",)), Typeface(_KAI, ("KaiTi",))),
    page=page(
        '<w:pgMar w:top="1440" w:right="1616" w:bottom="1440" w:left="1616" w:header="851" w:footer="851"'
        ' w:gutter="0"/><w:cols w:space="720"/>'
    ),
    footers=(page_number(),),
)
"""A page with wide margins, headings in 黑体, notes and tables in soft colours."""
