"""The style of a Word file in WordprocessingML: its styles, page and lists.

The fonts are those of Chinese print: 宋体 for text, 黑体 for headings, 楷体 for standfirsts, bylines and quotations.
"""

from __future__ import annotations

from typing import Final

from generator.ground.frozen import frozen

NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

NAMESPACES: Final = (
    f"{NAMESPACE} "
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
"""Those of a text with links and pictures."""

TEXT_WIDTH: Final = 8674
"""The width of the text on A4 in twips (twentieths of a point): 21 cm less two margins of 2.85 cm."""

TEXT_HEIGHT: Final = 13958
"""The height of the text in twips: 29.7 cm less two margins of 2.54 cm."""

INDENT: Final = 480
"""Two characters of 12 points, in twips."""

BULLETS: Final = 1
"""The id of the list shared by all bulleted lists; each numbered list has an id of its own."""

_SONG: Final = "宋体"
_HEI: Final = "黑体"
_KAI: Final = "楷体"
_ACCENT: Final = "A8241B"
_SHADE: Final = '<w:shd w:val="clear" w:color="auto" w:fill="F5F2EA"/>'
_PADDING: Final = f"""<w:pBdr>{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="F5F2EA"/>'
        for side in ("top", "left", "bottom", "right")
    )
}</w:pBdr>"""
_BAR: Final = '<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{color}"/></w:pBdr>'

NOTE_FRAME: Final = _BAR.format(color=_ACCENT) + _SHADE
"""Border and background of the paragraphs of an admonition."""


@frozen
class WordStyle:
    """A paragraph style."""

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


def fonts(east: str, west: str = "Times New Roman") -> str:
    """The font properties for Chinese (``east``) and Latin (``west``) text."""
    return f'<w:rFonts w:ascii="{west}" w:hAnsi="{west}" w:eastAsia="{east}" w:cs="{west}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'


def _space(before: int, after: int, line: int = 360) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _heading(level: int, points: float, before: int) -> WordStyle:
    return WordStyle(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{_space(before, 120)}<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>',
        f"{fonts(_HEI, 'Arial')}<w:b/><w:bCs/>{_size(points)}",
        following="BodyTextFirstIndent",
    )


def _levels(name: str, shown: str) -> tuple[WordStyle, ...]:
    return tuple(
        WordStyle(f"{name}{level if level > 1 else ''}", f"{shown} {level if level > 1 else ''}".strip(), _space(0, 0))
        for level in (1, 2, 3)
    )


_INDENTED: Final = f'<w:ind w:firstLineChars="200" w:firstLine="{INDENT}"/>'

PARAGRAPH_STYLES: Final = (
    WordStyle(
        "Title",
        "Title",
        f'<w:keepNext/>{_space(240, 240)}<w:jc w:val="center"/>',
        f"{fonts(_HEI, 'Arial')}<w:b/><w:bCs/>{_size(22)}",
        following="Subtitle",
    ),
    WordStyle(
        "Subtitle",
        "Subtitle",
        f'{_space(0, 120)}<w:jc w:val="center"/>',
        f'{fonts(_KAI)}<w:color w:val="5C554B"/>',
        following="BodyTextFirstIndent",
    ),
    *(_heading(level, points, before) for level, points, before in (
        (1, 16, 360), (2, 14, 280), (3, 13, 240), (4, 12, 200), (5, 12, 200), (6, 12, 200)
    )),
    WordStyle("BodyText", "Body Text", _space(0, 120)),
    WordStyle("BodyTextFirstIndent", "Body Text First Indent", _space(0, 0) + _INDENTED),
    WordStyle("Standfirst", "Standfirst", _space(0, 240), fonts(_KAI), following="BodyTextFirstIndent"),
    WordStyle("Dateline", "Dateline", f'<w:keepNext/>{_space(0, 60)}<w:jc w:val="left"/>', '<w:color w:val="5C554B"/>'),
    *_levels("ListBullet", "List Bullet"),
    *_levels("ListNumber", "List Number"),
    *_levels("ListContinue", "List Continue"),
    WordStyle("ListParagraph", "List Paragraph", _space(0, 0)),
    WordStyle("Term", "Term", f"<w:keepNext/>{_space(60, 0)}", "<w:b/><w:bCs/>", following="ListContinue"),
    WordStyle("Quote", "Quote", _BAR.format(color="D9D2C5") + _space(120, 120) + "<w:contextualSpacing/>", fonts(_KAI)),
    WordStyle(
        "Caption",
        "caption",
        f'{_space(60, 240, 300)}<w:jc w:val="center"/>',
        f'<w:color w:val="5C554B"/>{_size(10.5)}',
        following="BodyTextFirstIndent",
    ),
    WordStyle("Figure", "Figure", f'<w:keepNext/>{_space(180, 0, 240)}<w:jc w:val="center"/>', following="Caption"),
    WordStyle(
        "HTMLPreformatted",
        "HTML Preformatted",
        f'{_PADDING}{_SHADE}{_space(120, 120, 288)}<w:ind w:left="100" w:right="100"/><w:jc w:val="left"/>',
        f"{fonts(_SONG, 'Consolas')}<w:noProof/>{_size(10)}",
    ),
    WordStyle("NoteTitle", "Note Title", f"<w:keepNext/>{NOTE_FRAME}{_space(0, 0)}", f"{fonts(_HEI, 'Arial')}<w:b/>"),
    WordStyle("NoteText", "Note Text", NOTE_FRAME + _space(0, 0)),
    WordStyle("FootnoteText", "footnote text", f"{_space(0, 40, 300)}", _size(10.5), is_quick=False),
    WordStyle("TableText", "Table Text", f'{_space(0, 0, 300)}<w:jc w:val="left"/>', _size(10.5)),
    WordStyle(
        "Rule",
        "Rule",
        '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="8A8378"/></w:pBdr>'
        f'{_space(120, 240, 240)}<w:ind w:left="3200" w:right="3200"/>',
        is_quick=False,
    ),
    WordStyle("Gap", "Gap", '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', is_quick=False),
    WordStyle("Footer", "footer", f'{_space(0, 0, 240)}<w:jc w:val="center"/>', _size(9), is_quick=False),
)  # fmt: skip
"""All paragraph styles except Normal, on which they are based."""

_CUSTOM: Final = frozenset(
    ("Standfirst", "Dateline", "Term", "Figure", "NoteTitle", "NoteText", "TableText", "Rule", "Gap")
)
"""The ids of styles that are not built into Word."""

_TEXT_STYLES: Final = (
    ("Hyperlink", "Hyperlink", '<w:color w:val="0563C1"/><w:u w:val="single"/>'),
    ("HTMLCode", "HTML Code", f'{fonts(_SONG, "Consolas")}{_size(11)}{_SHADE}'),
    ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
)  # fmt: skip

_GRID: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A8378"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def styles(language: str) -> str:
    """The styles part; ``language`` is that of the spelling check."""
    east = language if is_eastern(language) else "zh-CN"
    west = "en-US" if is_eastern(language) else language
    jc = "both" if is_eastern(language) else "left"
    return (
        f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(_SONG)}{_size(12)}"
        f'<w:lang w:val="{west}" w:eastAsia="{east}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl/>{_space(0, 0)}<w:jc w:val="{jc}"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{''.join(map(_style, PARAGRAPH_STYLES))}{''.join(_text_style(*style) for style in _TEXT_STYLES)}"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{_GRID}</w:tblBorders></w:tblPr></w:style></w:styles>"
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


def numbering(starts: list[tuple[int, int, str]]) -> str:
    """The numbering part: the bulleted list, and a numbered list for each level, first number and format given."""
    forms = ["%{level}.", "[%{level}]"]
    kinds = "".join(_kind(at, form) for at, form in enumerate(forms, 1))
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{forms.index(form) + 1}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for at, (level, start, form) in enumerate(starts, BULLETS + 1)
    )
    return (
        f'<w:numbering {NAMESPACE}>{_kind(0, "")}{kinds}<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
        f"{lists}</w:numbering>"
    )


NUMBERS: Final = "%{level}."
"""The format of a list's numbers."""

NOTE_NUMBERS: Final = "[%{level}]"
"""The format of footnotes' numbers."""


def _kind(number: int, form: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"decimal" if form else "bullet"}"/>'
        f'<w:lvlText w:val="{form.format(level=level + 1) if form else "•–"[level % 2]}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{INDENT * (level + 1)}" w:hanging="{INDENT}"/></w:pPr>'
        f"<w:rPr>{fonts(_SONG)}</w:rPr></w:lvl>"
        for level in range(9)
    )
    kind = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>'


FONT_TABLE: Final = f"<w:fonts {NAMESPACE}>" + "".join(
    f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
    '<w:pitch w:val="variable"/></w:font>'
    for name, other in ((_SONG, "SimSun"), (_HEI, "SimHei"), (_KAI, "KaiTi"))
) + "</w:fonts>"  # fmt: skip
"""The fonts with their English names, for systems that do not know the Chinese ones."""

PAGE: Final = (
    f'<w:sectPr {NAMESPACE}><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1616" w:bottom="1440"'
    ' w:left="1616" w:header="851" w:footer="851" w:gutter="0"/><w:cols w:space="720"/></w:sectPr>'
)

PAGE_NUMBER: Final = (
    f'<w:p {NAMESPACE}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
