"""Where the lines of a PDF stand, as poppler's pdftotext tells it."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Final

from tests.shared import PROCESSES, kept_folder

PATIENCE: Final = 120
"""Seconds that a busy machine may take to start LibreOffice, or for one document."""
_PAGE: Final = re.compile(r"<page .*?</page>", re.DOTALL)
_WORD: Final = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


@dataclass(frozen=True)
class Line:
    """A line of a page, in points from the page's upper left corner."""

    left: float
    right: float
    middle: float
    """The middle of its height."""
    text: str

    @property
    def character(self) -> float:
        """The width of a character with the space beside it, in a line of Chinese characters."""
        return (self.right - self.left) / len(self.text)


def lines(pdf: Path) -> list[list[Line]]:
    """The lines of each page, from above."""
    told = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return [_lines(page) for page in _PAGE.findall(told)]


def _lines(page: str) -> list[Line]:
    found: dict[int, list[tuple[float, float, float, str]]] = {}
    for left, top, right, bottom, text in _WORD.findall(page):
        middle = (float(top) + float(bottom)) / 2
        # Words of several fonts stand on one line.
        at = next((key for key in found if abs(key - middle) < 4), round(middle))
        found.setdefault(at, []).append((float(left), float(right), middle, unescape(text)))
    return [_line(sorted(words)) for _, words in sorted(found.items())]


def _line(words: list[tuple[float, float, float, str]]) -> Line:
    text = "".join(text for *_, text in words)
    return Line(words[0][0], max(right for _, right, *_ in words), words[0][2], text)


def made_by_office(document: bytes, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a Word file."""
    place = folder / "document.docx"
    place.write_bytes(document)
    command = [*_office(), "--convert-to", "pdf", "--outdir", str(folder), str(place)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return place.with_suffix(".pdf")


@cache
def _office() -> tuple[str, ...]:
    """The command of an office that runs already and takes a thirtieth of the time, until the last test has ended.

    It would end with its last document, so that one stays open.
    """
    folder = kept_folder()
    open_one = folder / "open.txt"
    open_one.write_bytes(b"")
    office = ("soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}")
    PROCESSES.append(
        subprocess.Popen(
            [*office, str(open_one)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    )
    deadline = time.monotonic() + PATIENCE
    while not (folder / ".~lock.open.txt#").exists():
        assert time.monotonic() < deadline, "LibreOffice does not start"
        time.sleep(0.05)
    return office
