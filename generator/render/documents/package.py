"""Assembles a Word file from python-docx's emptied template. The same text gives the same bytes."""

from __future__ import annotations

import copy
import datetime
import hashlib
from collections.abc import Container, Iterable
from io import BytesIO
from itertools import count
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.image.image import Image
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu
from lxml import etree

from generator.ground.dates import Day
from generator.render.documents import styles
from generator.render.documents.layout import Layout

_PIXEL: Final = 9525
"""A pixel at 96 dpi in English metric units (EMU)."""

_TWIP: Final = 635
"""A twip (a twentieth of a point) in EMU."""
_LEFT_OUT: Final = ("/stylesWithEffects", "/customXml", "/thumbnail", "/webSettings")
"""Relationships of the template that a new file does not need."""

_MODERN: Final = (
    '<w:compatSetting xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
)


_UNSTRETCHED: Final = f"<w:doNotExpandShiftReturn {styles.NAMESPACE}/>"
"""A line of justified text that somebody broke is not stretched to the margin."""

_PARSER: Final = etree.XMLParser(resolve_entities=False, huge_tree=True)
"""Takes texts of any length and depth."""


class Package:
    """A Word file under construction."""

    def __init__(self, *, title: str, language: str, author: str, created: Day, layout: Layout) -> None:
        """Starts with an empty page."""
        self._document: WordDocument = Document()
        self._layout = layout
        self._pictures = 0
        self._links: dict[tuple[Part, str], str] = {}
        self._images: dict[bytes, tuple[ImagePart, Image]] = {}
        self._shown: dict[tuple[Part, bytes], str] = {}
        self._numbers = count(1)
        part = self._document.part
        name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
        self._notes = Part(name, kind, package=part.package)
        self.is_in_notes = False
        """Whether what is written now stands in a footnote."""
        for rels in (part.rels, part.package.rels):
            for key in [key for key, rel in rels.items() if rel.reltype.endswith(_LEFT_OUT)]:
                del rels[key]
        _replace(self._document.styles.element, styles.styles(language, layout))
        _set_blob(part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE), styles.font_table(layout))
        self._set_page()
        self._describe(title, language, author, created)

    def _set_page(self) -> None:
        body = self._document.element.body
        _replace(body.sectPr, self._layout.page)
        section = self._document.sections[0]
        self._document.settings.odd_and_even_pages_header_footer = len(self._layout.footers) > 1
        for footer, written in zip((section.footer, section.even_page_footer), self._layout.footers, strict=False):
            footer.is_linked_to_previous = False
            _replace(footer.paragraphs[0]._p, written)  # noqa: SLF001
        settings: Any = self._document.settings.element
        compat = settings.find(_tag("compat"))
        compat.replace(compat.find(_tag("compatSetting")), parse_xml(_MODERN))
        compat.insert(0, parse_xml(_UNSTRETCHED))
        settings.find(_tag("characterSpacingControl")).set(_tag("val"), "compressPunctuation")
        settings.find(_tag("themeFontLang")).set(_tag("eastAsia"), "zh-CN")

    def _describe(self, title: str, language: str, author: str, created: Day) -> None:
        properties = self._document.core_properties
        properties.title, properties.author, properties.language = title[:255], author[:255], language[:255]
        properties.comments = properties.last_modified_by = ""
        properties.created = properties.modified = datetime.datetime.combine(created, datetime.time())

    def link(self, address: str) -> str:
        """The relationship id under which the text refers to an external address."""
        key = self._part, address
        if key not in self._links:
            self._links[key] = self._related(RELATIONSHIP_TYPE.HYPERLINK, address, is_external=True)
        return self._links[key]

    @property
    def _part(self) -> Part:
        """The part that is written now, which has the relationships of what stands in it."""
        return self._notes if self.is_in_notes else self._document.part

    def _related(self, kind: str, target: str | Part, *, is_external: bool) -> str:
        """The id of a new relationship. python-docx would look through all others for each."""
        rels = self._part.rels
        key = next(key for key in map("rId{}".format, self._numbers) if key not in rels)
        rels.add_relationship(kind, target, key, is_external)
        return key

    def picture(self, content: bytes, alt: str, width: int) -> str | None:
        """A picture for a run, at most ``width`` twips wide; None if Word cannot show it."""
        try:
            key, image = self._image(content)
            wide, high = self._layout.picture
            size = _size(image, min(width, wide), high)
        except Exception:  # noqa: BLE001
            # For damaged pictures, python-docx raises all kinds of exceptions, even a bare Exception.
            return None
        self._pictures += 1
        inline: Any = CT_Inline.new_pic_inline(self._pictures, key, f"picture{self._pictures}", *size)
        inline.docPr.set("descr", alt)
        for side in ("distT", "distB", "distL", "distR"):
            # Without these, LibreOffice adds space at the sides, and the picture is not centred.
            inline.set(side, "0")
        return str(etree.tostring(inline, encoding="unicode"))

    def _image(self, content: bytes) -> tuple[str, Image]:
        """The relationship id of a picture's file, which equal pictures share, and its size."""
        digest = hashlib.sha256(content).digest()
        if digest not in self._images:
            image = Image.from_file(BytesIO(content))
            name = PackURI(f"/word/media/image{len(self._images) + 1}.{image.ext}")
            self._images[digest] = ImagePart.from_image(image, name), image
        file, image = self._images[digest]
        key = self._part, digest
        if key not in self._shown:
            self._shown[key] = self._related(RELATIONSHIP_TYPE.IMAGE, file, is_external=False)
        return self._shown[key], image

    def put_notes(self, footnotes: str) -> None:
        """Puts the part of the footnotes into the file."""
        _set_blob(self._notes, footnotes)
        self._related(RELATIONSHIP_TYPE.FOOTNOTES, self._notes, is_external=False)
        settings: Any = self._document.settings.element
        lines = "".join(f'<w:footnote w:id="{number}"/>' for number in styles.LINES_ABOVE_NOTES)
        known = parse_xml(f"<w:footnotePr {styles.NAMESPACE}>{lines}</w:footnotePr>")
        settings.find(_tag("compat")).addprevious(known)

    def _set_sections(self) -> None:
        """Gives all sections the foot of the last one, which is that of what stands at the end of the file."""
        body = self._document.element.body
        feet = [one for one in body.sectPr if one.tag == _tag("footerReference")]
        last = body.sectPr.getprevious()
        sections = [one for one in body.iter(_tag("sectPr")) if one is not body.sectPr]
        if sections and last is not None and sections[-1] in last.iter():
            _replace(body.sectPr, etree.tostring(sections.pop(), encoding="unicode"))
            body.remove(last)
        for section in sections:
            for at, foot in enumerate(feet):
                section.insert(at, copy.copy(foot))

    def bytes(self, blocks: Iterable[str], numbering: str, kept: Container[int]) -> bytes:
        """The file with these paragraphs and tables, and the numbering part for its lists.

        ``kept`` are those that stay on the page of the next; of a table, the last row does.
        """
        end = self._document.element.body.sectPr
        body = etree.fromstring(f"<w:body {styles.NAMESPACES}>{''.join(blocks)}</w:body>", _PARSER)
        for at, block in enumerate(list(body)):
            if at in kept:
                _keep(block if block.tag == _tag("p") else block[-1])
            end.addprevious(block)
        self._set_sections()
        _replace(self._document.part.numbering_part.element, numbering)
        stream = BytesIO()
        self._document.save(stream)
        return _timeless(stream)


def _size(image: Image, width: float, height: float) -> tuple[Emu, Emu]:
    """The size of a picture: as on a screen at 96 dpi, reduced to fit the page."""
    wide, high = image.px_width * _PIXEL, image.px_height * _PIXEL
    if wide <= 0 or high <= 0:
        raise ValueError
    scale = min(1.0, width * _TWIP / wide, height * _TWIP / high)
    return Emu(max(1, round(wide * scale))), Emu(max(1, round(high * scale)))


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _keep(element: Any) -> None:
    """Keeps the paragraphs of an element on the page of what follows."""
    for properties in element.iter(_tag("pPr")):
        if properties.find(_tag("keepNext")) is None:
            properties.insert(1, properties.makeelement(_tag("keepNext")))


def _replace(element: Any, xml: str) -> None:
    """Replaces the contents of an element in place, as python-docx holds references to it."""
    other: Any = parse_xml(xml)
    kept = [child for child in element if child.tag == _tag("footerReference")]
    for child in list(element):
        element.remove(child)
    for child in (*kept, *list(other)):
        element.append(child)


def _set_blob(part: Part, xml: str) -> None:
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()  # noqa: SLF001


def _timeless(stream: BytesIO) -> bytes:
    """The archive with fixed times, so that its bytes are reproducible."""
    out = BytesIO()
    with ZipFile(stream) as given, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = ZIP_DEFLATED, 0
            made.writestr(member, given.read(name))
    return out.getvalue()
