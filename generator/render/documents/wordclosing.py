"""What stands below the text of an official document, as paragraphs of a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from generator.ground.text import display_width
from generator.render.documents.blocks import Inlines, Text
from generator.render.documents.closing import Closing, at_the_right, broken
from generator.render.documents.layout import Layout
from generator.render.documents.signers import OF_NAMES, Signers
from generator.render.documents.wordruns import element

_AT_THE_FOOT: Final = {"vertAnchor": "margin", "tblpYSpec": "bottom", "horzAnchor": "page"}


class Written(Protocol):
    """Writes a paragraph."""

    def __call__(
        self, inlines: Inlines, named: str, *properties: str, indent: list[str] | None = None, stays: bool = False
    ) -> str:
        """A paragraph in a style; one that ``stays`` is on the page of the next."""


class ClosingWriter:
    """Writes it: all on the page of the text's last line, as far as it has room there."""

    def __init__(self, found: Closing, layout: Layout, written: Written) -> None:
        self._found = found
        self._layout = layout
        self._written = written

    def paragraphs(self) -> list[str]:
        """The attachments, the signature, the day and the remarks."""
        return [*self._attachments(), *self._signed(), *self._remarks()]

    def _remarks(self) -> Iterator[str]:
        """What is to be remarked. Of several, the first that are kept stay together, and so do the last two."""
        found, last = self._found, len(self._found.remarks)
        for at, remark in enumerate(found.remarks, 1):
            stays = at < found.kept or at == last - 1 or (at == last and self._has_foot)
            whole = [element("keepLines")] if at <= found.kept else []
            yield self._written(remark, "BodyTextFirstIndent", *whole, stays=stays)

    def _blank(self) -> str:
        """An empty line that stays with what is below it."""
        return self._written((), "BodyText", stays=True)

    @property
    def _has_foot(self) -> bool:
        """Whether the foot of the page on which it ends is that of the last one."""
        return bool(self._found.copies) and not self._found.annexes

    def _ind(self, **characters: float) -> list[str]:
        """An indent in characters."""
        char = self._layout.indent / 2
        return [element("ind", **{side: str(round(one * char)) for side, one in characters.items()})]

    def _attachments(self) -> Iterator[str]:
        """What goes with the document, after an empty line."""
        found = self._found
        if found.attachments:
            yield self._blank()
        word, number = found.indent
        is_signed = bool(found.signature or found.date)
        for at, (shown, name) in enumerate(zip(found.numbers, found.attachments, strict=True), 1):
            before = found.word * (at == 1) + shown + "\t" * bool(shown)
            indent = self._ind(left=2 + word + number, hanging=number + word * (at == 1))
            stays = found.is_whole if at < len(found.attachments) else is_signed
            yield self._written((Text(before), *name), "Attachment", indent=indent, stays=stays)

    def _signed(self) -> Iterator[str]:
        """The signature, centred above the day, after an empty line."""
        found = self._found
        offices = [*broken(found.signature)] if found.signature else []
        *rights, right = at_the_right(offices, found.date)
        if found.signature or found.date:
            yield self._blank()
        for office, beside in zip(offices, rights, strict=True):
            yield self._written(office, "Signature", indent=self._ind(right=beside))
        if found.date:
            stays = found.kept > 0 or (self._has_foot and not found.remarks)
            yield self._written(found.date, "Date", indent=self._ind(right=right), stays=stays)

    def foot(self) -> Iterator[str]:
        """A table at the foot of the page on which the paragraph below it is, which is as good as none."""
        copies = self._found.copies
        if not copies:
            return
        width = str(self._layout.width)
        # With its place on the page, LibreOffice sets it at the foot, too.
        left = str(int(self._layout.measures["left"] * 20))
        yield element(
            "tbl",
            element(
                "tblPr",
                element("tblpPr", leftFromText="0", rightFromText="0", **_AT_THE_FOOT, tblpX=left),
                element("tblOverlap", val="never"),
                element("tblW", w=width, type="dxa"),
                element("tblBorders", *map(_border, ("top", "bottom", "insideH"), ("8", "8", "6"))),
                element("tblLayout", type="fixed"),
                element("tblCellMar", *(element(side, w="0", type="dxa") for side in ("left", "right"))),
            ),
            element("tblGrid", element("gridCol", w=width)),
            *(self._row(*copy) for copy in copies),
        )
        yield self._written((), "End")

    def _row(self, office: Inlines, day: Inlines) -> str:
        line = self._written((*office, Text("\t"), *day), "Printed") if day else self._written(office, "Copies")
        cell = element("tc", element("tcPr", element("tcW", w=str(self._layout.width), type="dxa")), line)
        return element("tr", element("trPr", element("cantSplit")), cell)


def signed_out(found: Signers, layout: Layout, written: Written) -> Iterator[str]:
    """The number of a document and who let it out, below whose first name others stand."""
    char = layout.indent / 2
    widest = max(display_width(names) for names in found.names) / 2
    label = display_width(found.label) / 2
    name = layout.measures["across"] - 1 - widest
    stops = (element("tab", val="left", pos=str(round(at * char))) for at in (name - label, name))
    indent = [element("tabs", *stops), element("ind", left=str(round(char)), firstLineChars="0", firstLine="0")]
    for at, names in enumerate(found.names):
        before = "\t\t" if at else f"{found.number}\t{found.label}"
        yield written((Text(before), Text(names, OF_NAMES)), "BodyText", indent=indent, stays=True)


def _border(side: str, width: str) -> str:
    """A line, in eighths of a point: of 0.35 mm, or of 0.25 mm."""
    return element(side, val="single", sz=width, space="0", color="000000")
