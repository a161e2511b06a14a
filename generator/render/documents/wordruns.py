"""Writes inlines as the runs of a Word paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final
from urllib.parse import quote, urlsplit

from markupsafe import escape

from generator.ground.text import is_han
from generator.render.documents import styles
from generator.render.documents.blocks import (
    Anchor,
    Box,
    Break,
    Inline,
    Inlines,
    Picture,
    Reference,
    Style,
    Text,
)
from generator.render.documents.long_words import whole_amounts
from generator.render.documents.package import Package
from generator.render.documents.runs import box, link_of
from generator.render.documents.signs import with_signs
from generator.render.documents.sizes import measured, set_apart

_LONGEST: Final = 2000
"""The length from which Word rejects an address."""

_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"
_SCHEMES: Final = ("", "http", "https", "mailto", "tel", "ftp")
_PIECE: Final = re.compile(r"[\t\n]|[^\t\n]+")


def element(tag: str, *children: str, **attributes: str) -> str:
    """An element of WordprocessingML, as text: elements as objects take ten times as long to make."""
    written = "".join(f' w:{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<w:{tag}{written}>{''.join(children)}</w:{tag}>" if children else f"<w:{tag}{written}/>"


class Runs:
    """Writes the runs of one article."""

    def __init__(
        self, package: Package, language: str, picture: Callable[[str], bytes | None], linked: frozenset[str]
    ) -> None:
        """Starts without bookmarks. ``linked`` are the ids to which links lead."""
        self._package = package
        self._language = language
        self._picture = picture
        self._names = {part: f"_part{number}" for number, part in enumerate(sorted(linked), 1)}
        self._bookmarked: set[str] = set()
        self._large: dict[str, bool] = {}
        self.notes: dict[str, int] = {}
        """The footnotes at the foot of a page, with their numbers."""
        self.listed: dict[str, int] = {}
        """Those that no page has at its foot, since its text does not refer to them, with their numbers in a list."""

    def runs(self, inlines: Inlines, width: int) -> list[str]:
        """The runs and hyperlinks of a paragraph that is ``width`` twips wide."""
        return list(self._runs(inlines, width))

    def _runs(self, inlines: Inlines, width: int) -> Iterator[str]:
        signed = with_signs(inlines, otherwise=styles.is_eastern(self._language))
        for link, group in groupby(set_apart(signed, self._is_large), link_of):
            runs = [run for inline in group for run in self._inline(inline, width)]
            target = self._target(link)
            if target is None:
                yield from runs
            else:
                yield f'<w:hyperlink {target[0]}="{target[1]}">{"".join(runs)}</w:hyperlink>'

    def _target(self, link: str) -> tuple[str, str] | None:
        """The attribute of a hyperlink and its value; None if the link becomes plain text."""
        if link.startswith("#"):
            name = self._names.get(link[1:])
            return ("w:anchor", name) if name else None
        address = external(link)
        return ("r:id", self._package.link(address)) if address else None

    def _inline(self, inline: Inline, width: int) -> Iterator[str]:
        match inline:
            case Text(text, style):
                yield self._run(style, *_text(whole_amounts(text)), emphasis=style.has_signs or any(map(is_han, text)))
            case Break():
                yield element("r", element("br"))
            case Box():
                yield element("r", element("rPr", _symbols()), *_text(box(inline)))
            case Picture():
                yield self._run(inline.style, *self._picture_run(inline, width))
            case Reference(note, text, style):
                yield from self._reference(note, text, style)
            case Anchor(part):
                yield from self._bookmark(part)

    def _is_large(self, found: Picture) -> bool:
        if found.src not in self._large:
            size = measured(self._picture(found.src))
            self._large[found.src] = size is not None and size.is_large
        return self._large[found.src]

    def _picture_run(self, found: Picture, width: int) -> Iterator[str]:
        """A picture, or its alternative text in brackets."""
        content = self._picture(found.src)
        inline = self._package.picture(content, found.alt, width) if content else None
        if inline is not None:
            yield element("drawing", inline)
            return
        is_eastern = styles.is_eastern(found.style.language or self._language)
        left, right = "［］" if is_eastern else "[]"
        yield from _text(f"{left}{found.alt or found.src}{right}")

    def _reference(self, note: str, text: str, style: Style) -> Iterator[str]:
        """The sign of a footnote where it is first referred to; elsewhere, and within footnotes, what leads to it."""
        name = self._names.get(note)
        if name is None:
            yield self._run(style, *_text(text), style_id="FootnoteReference")
        elif note in self.notes or note in self.listed or self._package.is_in_notes:
            number = {**self.notes, **self.listed}.get(note, text)
            yield element("hyperlink", self._run(style, *_text(str(number)), style_id="FootnoteReference"), anchor=name)
        else:
            self.notes[note] = len(self.notes) + 1
            sign = element("footnoteReference", id=str(self.notes[note]))
            yield from self._bookmark(note, self._run(style, sign, style_id="FootnoteReference"))

    def _bookmark(self, part: str, *around: str) -> Iterator[str]:
        name = self._names.get(part)
        if name is None or part in self._bookmarked:
            return
        self._bookmarked.add(part)
        number = str(len(self._bookmarked))
        yield element("bookmarkStart", id=number, name=name)
        yield from around
        yield element("bookmarkEnd", id=number)

    def _run(self, style: Style, *children: str, style_id: str = "", emphasis: bool = False) -> str:
        properties = list(self._properties(style, style_id, emphasis=emphasis))
        return element("r", *([element("rPr", *properties)] if properties else []), *children)

    def _properties(self, style: Style, style_id: str, *, emphasis: bool) -> Iterator[str]:
        """The properties of a run, in the order that the format requires."""
        language = style.language or self._language
        is_dotted = emphasis and language.startswith("zh")
        named = style_id or ("HTMLCode" if style.code else "Hyperlink" if self._target(style.link) else "")
        if style.heading and not named:
            named = f"RunIn{style.heading}"
        if named:
            yield element("rStyle", val=named)
        if style.has_signs:
            # Else Word has them in the font of Latin text, where they are narrow.
            yield element("rFonts", hint="eastAsia")
        if style.bold:
            yield from (element("b"), element("bCs"))
        if style.italic and not is_dotted:
            yield from (element("i"), element("iCs"))
        if style.strike:
            yield element("strike")
        if style.superscript:
            yield element("vertAlign", val="superscript")
        if style.italic and is_dotted:
            # Chinese has no italics: emphasis is a dot below each character.
            yield element("em", val="dot")
        if style.language and style.language != self._language:
            yield element("lang", **{"eastAsia" if styles.is_eastern(language) else "val": styles.word_tag(language)})


def _symbols() -> str:
    return element("rFonts", ascii="Segoe UI Symbol", hAnsi="Segoe UI Symbol", eastAsia="Segoe UI Symbol")


def _text(text: str) -> Iterator[str]:
    """Text elements, with tabs and line ends as elements of their own."""
    for piece in _PIECE.findall(text):
        if piece == "\t":
            yield element("tab")
        elif piece == "\n":
            yield element("br")
        else:
            yield f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


def external(link: str) -> str:
    """An external address as Word accepts it; empty if it is invalid, too long or of a scheme that is not allowed."""
    try:
        scheme = urlsplit(link).scheme
    except ValueError:
        return ""
    if scheme.lower() not in _SCHEMES:
        return ""
    address = quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", link), safe=_SAFE)
    return address if len(address) <= _LONGEST else ""


def unadorned(inlines: Inlines) -> Inlines:
    """A heading's inlines without links, which would be blue, and bold, which its style decides."""
    return tuple(
        replace(one, style=replace(one.style, link="", bold=False)) if isinstance(one, Text) else one for one in inlines
    )


def bolded(inline: Inline) -> Inline:
    """A text in bold."""
    return Text(inline.text, replace(inline.style, bold=True)) if isinstance(inline, Text) else inline
