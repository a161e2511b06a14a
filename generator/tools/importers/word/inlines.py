"""Reads what is in a paragraph of a Word file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, Final

from generator.ground.messages import say
from generator.render.documents.blocks import Box, Break, Inline, Picture, Reference, Style, Text
from generator.tools.importers.raised import FORMATTING, moved
from generator.tools.importers.word.document import CLOCKED, DELETED, FALLBACK, HIDDEN, PLACEHOLDER, Document, Field
from generator.tools.importers.word.package import Element, R, child, elements, is_on, name_of, number, value
from generator.tools.importers.word.symbols import UNKNOWN, equation, symbol

Inlines = Iterator[Inline]
_LINK: Final = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')
_CLOCK: Final = re.compile(r"\s*(?:DATE|TIME|(?:SAVE|PRINT|CREATE)DATE)\b", re.IGNORECASE)
"""Fields that show when somebody opened, saved, printed or made the file: no day on which anything was done."""
_EQ: Final = re.compile(r"\s*EQ\b")
_EQ_SWITCH: Final = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)|\\[a-z]+(?:\\[a-z]+)*(?:\s*\d+)?|[(),]')
_GOOD: Final = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SMALL: Final = 360_000
"""A centimetre in Word's units: a picture that is smaller stands within its sentence."""
_SIGNS: Final = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011", "w:softHyphen": ""}
_SILENT: Final = frozenset(
    ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:rubyPr",
     "w:ffData", "w:smartTagPr", "w:customXmlPr", "w:numberingChange", "w:fldData", "wp:positionH", "wp:positionV",
     "wp:sizeRelH", "m:ctrlPr", "?:sizeRelH", "?:sizeRelV")
)  # fmt: skip
"""Properties, in which no text stands."""


class Reader:
    """Reads the paragraphs of one part. What stands in boxes is kept until the paragraph is complete."""

    def __init__(self, document: Document) -> None:
        """Starts without boxes."""
        self.document = document
        self.boxes: list[Element] = []
        """Text boxes that are anchored in the paragraph."""
        self.floating: list[Picture] = []
        """Pictures that stand on lines of their own."""
        self._is_hidden = False
        self._is_clocked = False
        self._place = ""
        """``superscript`` or ``subscript``, if text is."""

    def inlines(self, parent: Element, style: Style, *, is_hidden: bool = False) -> list[Inline]:
        """The inlines in a paragraph."""
        self._is_hidden = is_hidden
        return [inline for one in elements(parent) for inline in self._inline(one, style)]

    def _inline(self, element: Element, style: Style) -> Inlines:
        name = name_of(element)
        if name in _SILENT:
            return
        if name in _SIGNS:
            yield from self._text(_SIGNS[name], style)
        elif read := self._readers.get(name):
            yield from read(self, element, style)
        else:
            for one in elements(element):
                yield from self._inline(one, style)

    def _text(self, text: str, style: Style) -> Inlines:
        if self._is_hidden:
            self.document.leave_out(HIDDEN, text)
        elif (field := self._computing()) is not None:
            field.instruction.append(text)
        elif self._is_clocked or any(_CLOCK.match("".join(one.instruction)) for one in self.document.fields):
            self.document.leave_out(CLOCKED, text)
        elif text:
            yield Text(self._moved(text), style)

    def _moved(self, text: str) -> str:
        """The text in raised or lowered signs, if it is to be; where there are none, that is told."""
        if self._place not in ("superscript", "subscript"):
            return text
        made = moved(text, self._place)
        if made is None:
            self.document.leave_out(FORMATTING, text)
            self.document.added.append(text)
        return text if made is None else made

    def _computing(self) -> Field | None:
        """The innermost field that is begun and whose instruction is not yet complete."""
        return next((field for field in reversed(self.document.fields) if not field.shown), None)

    def _t(self, element: Element, style: Style) -> Inlines:
        yield from self._text("".join(element.itertext()), style)

    def _run(self, element: Element, style: Style) -> Inlines:
        properties = child(element, "rPr")
        before, place = self._is_hidden, self._place
        if properties is not None:
            named = self.document.styles.style(value(child(properties, "rStyle")))
            hidden = is_on(properties, "vanish")
            self._is_hidden = hidden if hidden is not None else before or named.is_hidden
            self._place = value(child(properties, "vertAlign")) or named.place or place
            style = _styled(style, properties)
        for one in elements(element):
            yield from self._inline(one, style)
        self._is_hidden, self._place = before, place

    def _break(self, _element: Element, style: Style) -> Inlines:
        if self._is_hidden or self._computing() is not None:
            yield from self._text(" ", style)
        else:
            # A new page or column begins a line as well.
            yield Break()

    def _symbol(self, element: Element, style: Style) -> Inlines:
        code = value(element, "char")
        font = value(element, "font")
        sign = symbol(font, int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else UNKNOWN
        if sign == UNKNOWN:
            self.document.leave_out(say("a sign that only its font knows"), f"{font} {code}")
        yield from self._text(sign, style)

    def _deleted(self, element: Element, _style: Style) -> Inlines:
        text = "".join("".join(one.itertext()) for one in element.iter() if name_of(one) in ("w:delText", "w:t"))
        self.document.leave_out(DELETED, text)
        yield from ()

    def _field_sign(self, element: Element, style: Style) -> Inlines:
        fields = self.document.fields
        match value(element, "fldCharType"):
            case "begin":
                yield from self._chosen(child(element, "ffData", "ddList"), style)
                fields.append(Field([], []))
                checkbox = child(element, "ffData", "checkBox")
                if checkbox is not None:
                    on = is_on(checkbox, "checked")
                    yield Box(bool(is_on(checkbox, "default") if on is None else on))
            case "separate" if fields:
                fields[-1].shown.append(True)
            case "end" if fields:
                field = fields.pop()
                instruction = "".join(field.instruction)
                if _EQ.match(instruction) and not field.shown:
                    yield from self._text(_EQ_SWITCH.sub("", _EQ.sub("", instruction)).strip(), style)
                self.document.instructions.append(instruction)

    def _chosen(self, drop_down: Element | None, style: Style) -> Inlines:
        """The entry that is chosen in a list of a form (ECMA-376, 17.16.9): the first one if nothing is said."""
        entries = [one for one in elements(drop_down) if name_of(one) == "w:listEntry"] if drop_down is not None else []
        at = number(child(drop_down, "result"), default=number(child(drop_down, "default")))
        if 0 <= at < len(entries):
            chosen = value(entries[at])
            # It stands in no text of the file.
            self.document.added.append(chosen)
            yield from self._text(chosen, style)

    def _instruction(self, element: Element, _style: Style) -> Inlines:
        text = "".join(element.itertext())
        field = self._computing()
        (field.instruction if field is not None else self.document.instructions).append(text)
        yield from ()

    def _simple_field(self, element: Element, style: Style) -> Inlines:
        instruction = value(element, "instr")
        self.document.instructions.append(instruction)
        found = _LINK.match(instruction)
        before, self._is_clocked = self._is_clocked, self._is_clocked or _CLOCK.match(instruction) is not None
        for one in elements(element):
            yield from self._inline(one, self._linked(style, found[1]) if found else style)
        self._is_clocked = before

    def _hyperlink(self, element: Element, style: Style) -> Inlines:
        relation = self.document.relation(element.get(f"{R}id") or "")
        style = self._linked(style, relation.target) if relation and relation.is_outside else style
        for one in elements(element):
            yield from self._inline(one, style)

    def _linked(self, style: Style, address: str) -> Style:
        if _GOOD.match(address):
            return replace(style, link=address)
        self.document.leave_out(say("the address of a link that leads to no web page"), address)
        return style

    def _ruby(self, element: Element, style: Style) -> Inlines:
        """A word with its reading, which stands behind it in brackets."""
        base, reading = child(element, "rubyBase"), child(element, "rt")
        for one in elements(base if base is not None else ()):
            yield from self._inline(one, style)
        words = [
            inline for one in elements(reading if reading is not None else ()) for inline in self._inline(one, style)
        ]
        if words:
            self.document.added.append("（）")
            yield from (Text("（", style), *words, Text("）", style))

    def _placeholder_or_text(self, element: Element, style: Style) -> Inlines:
        content = child(element, "sdtContent")
        if child(element, "sdtPr", "showingPlcHdr") is not None:
            self.document.leave_out(PLACEHOLDER, all_text(content))
        elif content is not None:
            for one in elements(content):
                yield from self._inline(one, style)

    def _alternatives(self, element: Element, style: Style) -> Inlines:
        """One of several forms of the same thing; what only another form says is noted."""
        chosen, others = alternatives(element)
        for one in elements(chosen):
            yield from self._inline(one, style)
        for text in others:
            self.document.leave_out(FALLBACK, text)

    def _note(self, element: Element, style: Style) -> Inlines:
        kind = "footnote" if name_of(element) == "w:footnoteReference" else "endnote"
        key = value(element, "id")
        if key in self.document.notes[kind]:
            yield Reference(f"{kind} {key}", "*", replace(style, link=""))

    def _equation(self, element: Element, style: Style) -> Inlines:
        yield from self._text(equation(element), style)

    def _drawing(self, element: Element, style: Style) -> Inlines:
        """A drawing: its picture, what stands in its boxes, or a gap."""
        properties = next((one for one in element.iter() if name_of(one) == "wp:docPr"), None)
        title = "" if properties is None else properties.get("descr") or properties.get("title") or ""
        other = "" if properties is None or not properties.get("descr") else properties.get("title") or ""
        if other != title:
            self.document.leave_out(say("the title of a drawing"), other)
        is_inline = any(name_of(one) == "wp:inline" for one in elements(element))
        size = next((one for one in element.iter() if name_of(one) == "wp:extent"), None)
        width = "" if size is None else size.get("cx") or ""
        is_small = re.fullmatch("[0-9]{1,9}", width) is not None and int(width) < _SMALL
        title = self.document.said_of_picture(title)
        boxes, blips, charts = _parts_of(element)
        self.boxes += boxes
        keys = [self.document.picture(one.get(f"{R}embed") or one.get(f"{R}link") or "", title) for one in blips]
        keys += [self.document.gap(title or _shown(kind)) for kind in charts]
        for at, key in enumerate(keys):
            yield from self._placed(Picture(key, title if at == 0 else "", style), is_inline=is_inline and is_small)
        if not keys:
            self.document.leave_out(say("the description of a drawing"), title)

    def _vml(self, element: Element, style: Style) -> Inlines:
        """A drawing in the older form, which WPS and old files have."""
        for one in list(_outside_boxes(element)):
            match name_of(one):
                case "v:imagedata":
                    title = one.get("{urn:schemas-microsoft-com:office:office}title") or ""
                    title = self.document.said_of_picture(title)
                    key = one.get(f"{R}id") or one.get(f"{R}href") or ""
                    yield from self._placed(Picture(self.document.picture(key, title), title, style), is_inline=False)
                case "v:textpath":
                    yield from self._text(one.get("string") or "", style)
                case "w:txbxContent":
                    self.boxes.append(one)
                case "o:OLEObject":
                    relation = self.document.relation(one.get(f"{R}id") or "")
                    self.document.leave_out(say("a file within the file"), relation.target if relation else "?")
                case "v:shape" | "v:rect" if one.get("alt"):
                    self.document.leave_out(say("the description of a drawing"), one.get("alt"))

    def _placed(self, found: Picture, *, is_inline: bool) -> Inlines:
        if is_inline:
            yield found
        else:
            self.floating.append(found)
            yield found

    _readers: ClassVar[Mapping[str, Callable[[Reader, Element, Style], Inlines]]] = {
        "w:r": _run,
        "w:t": _t,
        "w:br": _break,
        "w:cr": _break,
        "w:sym": _symbol,
        "w:del": _deleted,
        "w:moveFrom": _deleted,
        "w:delText": _deleted,
        "w:fldChar": _field_sign,
        "w:instrText": _instruction,
        "w:delInstrText": _instruction,
        "w:fldSimple": _simple_field,
        "w:hyperlink": _hyperlink,
        "w:ruby": _ruby,
        "w:sdt": _placeholder_or_text,
        "mc:AlternateContent": _alternatives,
        "w:footnoteReference": _note,
        "w:endnoteReference": _note,
        "m:oMath": _equation,
        "w:drawing": _drawing,
        "w:pict": _vml,
        "w:object": _vml,
    }


def _parts_of(element: Element) -> tuple[list[Element], list[Element], list[str]]:
    boxes, blips, others = [], [], []
    for one in _outside_boxes(element):
        match name_of(one):
            case "w:txbxContent":
                boxes.append(one)
            case "a:blip":
                blips.append(one)
            case "c:chart":
                others.append("chart")
            case "dgm:relIds":
                others.append("diagram")
    return boxes, blips, others


def _shown(kind: str) -> str:
    return "chart" if kind == "chart" else "diagram"


def _outside_boxes(element: Element) -> Iterator[Element]:
    """An element and what is in it, down to its text boxes, of alternatives only the one that is read."""
    yield element
    if name_of(element) == "w:txbxContent":
        return
    inner = elements(alternatives(element)[0]) if name_of(element) == "mc:AlternateContent" else elements(element)
    for one in inner:
        yield from _outside_boxes(one)


def alternatives(element: Element) -> tuple[Element, list[str]]:
    """Of alternatives, the one to be read, and the texts of others that say something else."""
    branches = [one for one in elements(element) if name_of(one) in ("mc:Choice", "mc:Fallback")]
    if not branches:
        return element, []
    texts = [all_text(one) for one in branches]
    at = next((at for at, one in enumerate(branches) if texts[at] or _has_picture(one)), 0)
    return branches[at], [text for text in texts if text and text != texts[at]]


def _has_picture(element: Element) -> bool:
    return any(name_of(one) in ("a:blip", "v:imagedata") for one in element.iter())


def all_text(element: Element | None) -> str:
    """Every character in an element, of whatever kind."""
    if element is None:
        return ""
    found = (one for one in element.iter() if name_of(one) in ("w:t", "w:delText", "m:t", "a:t", "w:instrText"))
    return "".join(one.text or "" for one in found)


def _styled(style: Style, properties: Element) -> Style:
    changes: dict[str, bool] = {}
    for name, field in (("b", "bold"), ("i", "italic"), ("strike", "strike"), ("dstrike", "strike")):
        if (on := is_on(properties, name)) is not None:
            changes[field] = on or changes.get(field, False)
    return replace(style, **changes) if changes else style  # type: ignore[arg-type]
