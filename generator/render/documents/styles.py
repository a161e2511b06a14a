"""The look of a Word file in WordprocessingML: its styles, page and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from generator.render.documents.layout import Layout, WordStyle

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

NAMESPACES: Final = (
    f"{NAMESPACE} "
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
"""Those of a text with links and pictures."""

BULLETS: Final = 1
"""The id of the list shared by all bulleted lists; each numbered list has an id of its own."""
LEVELS: Final = 9
"""How many a list has in Word, and how many headings have below the title."""
_NO_TAB: Final = '<w:suff w:val="nothing"/>'


def fonts(east: str, west: str = "Times New Roman", *, signs: bool = False) -> str:
    """The font properties for Chinese (``east``) and Latin (``west``) text; which of them has ``signs`` of both."""
    hint = ' w:hint="eastAsia"' if signs else ""
    return f'<w:rFonts{hint} w:ascii="{west}" w:hAnsi="{west}" w:eastAsia="{east}" w:cs="{west}"/>'


def size(points: float) -> str:
    """The size of text."""
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'


def space(before: int, after: int, line: int = 360) -> str:
    """The space around a paragraph in twips, and the height of its lines in 240ths of a line."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def table_text(size: int) -> str:
    """The id of the style of a table's text in one of its sizes."""
    return f"TableText{size + 1 if size else ''}"


_CUSTOM: Final = frozenset(
    (
        "Standfirst",
        "Dateline",
        "Term",
        "Figure",
        "NoteTitle",
        "NoteText",
        *map(table_text, range(4)),
        "Rule",
        "Gap",
        "Attachment",
        "Roster",
    )
)
"""The ids of styles that are not built into Word."""


def table_texts(paragraph: str, runs: Iterable[str]) -> tuple[WordStyle, ...]:
    """The styles of a table's text, one for each of its sizes: ``TableText``, ``TableText2`` and so on."""
    return tuple(
        WordStyle(table_text(size), f"Table Text {size + 1 if size else ''}".strip(), paragraph, run, is_quick=not size)
        for size, run in enumerate(runs)
    )


def bar(color: str) -> str:
    """A line at the left of a paragraph."""
    return f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{color}"/></w:pBdr>'


def border(color: str) -> str:
    """The lines around the cells of a table."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{color}"/>' for side in sides)


def styles(language: str, layout: Layout) -> str:
    """The styles part; ``language`` is that of the spelling check."""
    east = language if is_eastern(language) else "zh-CN"
    west = "en-US" if is_eastern(language) else language
    jc = "both" if is_eastern(language) else "left"
    normal_text = f"<w:rPr>{layout.normal_text}</w:rPr>" if layout.normal_text else ""
    return (
        f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{layout.defaults}"
        f'<w:lang w:val="{west}" w:eastAsia="{east}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{layout.normal}<w:jc w:val="{jc}"/></w:pPr>{normal_text}</w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{''.join(map(_style, layout.paragraphs))}{''.join(_text_style(*style) for style in layout.words)}"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{layout.lines}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def _style(style: WordStyle) -> str:
    own = ' w:customStyle="1"' if style.id in _CUSTOM else ""
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.base}"/>{following}{"<w:qFormat/>" if style.is_quick else ""}'
        f"<w:pPr>{style.paragraph}</w:pPr><w:rPr>{style.run}</w:rPr></w:style>"
    )


def _text_style(identity: str, name: str, run: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{run}</w:rPr></w:style>'
    )


def is_eastern(language: str) -> bool:
    """Whether a language uses the East Asian fonts."""
    return language.lower().split("-")[0] in ("zh", "ja", "ko")


_WORD_TAGS: Final = {
    "zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "en-US", "ja": "ja-JP", "ko": "ko-KR",
    "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "it": "it-IT", "pt": "pt-PT",
}  # fmt: skip


def word_tag(language: str) -> str:
    """Word's tag for a language, which includes a country: ``zh`` → ``zh-CN``."""
    lower = language.lower()
    return _WORD_TAGS.get(lower) or _WORD_TAGS.get("-".join(lower.split("-")[:2])) or language


def numbering(starts: list[tuple[int, int]], layout: Layout) -> str:
    """The numbering part: the bulleted list, and a numbered list for each level and first number given."""
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for at, (level, start) in enumerate(starts, BULLETS + 1)
    )
    # Of a bullet, programs draw one character, and then a tab. A dash of two takes the whole indent.
    bullets = [("bullet" if len(one) == 1 else "none", one) for one in layout.bullets]
    bulleted = [bullets[level % len(bullets)] for level in range(LEVELS)]
    numbered = [("decimal", f"%{level}.") for level in range(1, LEVELS + 1)]
    return (
        f"<w:numbering {NAMESPACE}>{_levels(0, bulleted, layout)}{_levels(1, numbered, layout)}"
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>'
    )


def _levels(number: int, forms: Sequence[tuple[str, str]], layout: Layout) -> str:
    """A list, with a format and a text for each of its levels."""
    step = layout.indent
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'{_NO_TAB if form == "none" else ""}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{layout.list_indent + step * (level + 1)}" w:hanging="{step}"/></w:pPr>'
        f"<w:rPr>{layout.bullet_fonts}</w:rPr></w:lvl>"
        for level, (form, text) in enumerate(forms)
    )
    kind = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>'


def footnotes(found: Iterable[tuple[int, Iterable[str]]]) -> str:
    """The part with the texts of footnotes, by their numbers, and the lines above them."""
    lines = (
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in zip(LINES_ABOVE_NOTES, ("separator", "continuationSeparator"), strict=True)
    )
    notes = (f'<w:footnote w:id="{number}">{"".join(blocks)}</w:footnote>' for number, blocks in found)
    return f"<w:footnotes {NAMESPACES}>{''.join((*lines, *notes))}</w:footnotes>"


LINES_ABOVE_NOTES: Final = (-1, 0)
"""The numbers that Word gives to the line above footnotes, and to that above what is left of one."""


def font_table(layout: Layout) -> str:
    """The fonts with other names for each, for systems that do not know it."""
    return f"<w:fonts {NAMESPACE}>" + "".join(
        f'<w:font w:name="{one.name}"><w:altName w:val="{",".join(one.others)}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for one in layout.typefaces
    ) + "</w:fonts>"  # fmt: skip


PAPER: Final = (11906, 16838)
"""A4 in twips."""


def page(properties: str, *, is_turned: bool = False) -> str:
    """The properties of an A4 page, or of one whose long side is at the foot."""
    wide, high = PAPER[::-1] if is_turned else PAPER
    side = ' w:orient="landscape"' * is_turned
    return f'<w:sectPr {NAMESPACE}><w:pgSz w:w="{wide}" w:h="{high}"{side}/>{properties}</w:sectPr>'


def page_number(properties: str = "", dash: str = "") -> str:
    """The foot of a page: its number, between dashes or without."""
    before, after = (
        f'<w:r><w:t xml:space="preserve">{one}</w:t></w:r>' if dash else "" for one in (f"{dash} ", f" {dash}")
    )
    return (
        f'<w:p {NAMESPACE}><w:pPr><w:pStyle w:val="Footer"/>{properties}</w:pPr>{before}'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{after}</w:p>'
    )
