"""Files that were uploaded, looked at as a whole: pictures to their end, documents and archives for what is in them."""

from __future__ import annotations

import mmap
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Final

from generator.ground.errors import Fault
from generator.ground.files import read_file
from generator.ground.messages import say
from generator.read import pictures
from generator.render.privacy.attachments import archive
from generator.render.privacy.attachments.kinds import ARCHIVES, COMPOUND

_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, LookupError, RuntimeError, EOFError)
_PARTS: Final = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx", "OFD.xml": ".ofd"}
"""For the beginning of a part without which a document is none, its ending."""
_OPEN: Final = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp", "epub+zip": ".epub"}
"""For the end of what a document says that it is."""
_MACROS: Final = ("vbaproject.bin", "/macrosheets/", "script-lc.xml")
_DIRECTORY: Final = "_VBA_PROJECT".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 26)
"""How the directory of a compound file names that place: 64 bytes, and how many of them are the name."""
_RUNS: Final = say("programs or web pages are in the file, and those are not stored")
_REMEDY: Final = say("send only the documents or pictures in it")
_PROGRAMS: Final = frozenset((
    ".exe", ".dll", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".lnk", ".url", ".hta", ".reg", ".cpl", ".msc",
    ".js", ".jse", ".mjs", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1", ".sh", ".command", ".py", ".php", ".jar", ".class",
    ".apk", ".dex", ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm",
))  # fmt: skip
_PAGES: Final = frozenset((".html", ".htm", ".xhtml", ".xht", ".shtml", ".svg", ".svgz", ".mht", ".mhtml"))
_MOST: Final = 1 << 16
"""Bytes of a part that says what a document is."""


def whole_ending(place: Path, ending: str) -> str:
    """The ending for a file that begins as one with this ending does. Raises Fault for what is not stored."""
    if ending in pictures.ENDINGS:
        pictures.picture(read_file(place, pictures.MOST_BYTES))
        return ending
    with place.open("rb") as file:
        start = file.read(len(COMPOUND))
        if start == COMPOUND and _has_macros(file):
            raise Fault(_RUNS, _REMEDY)
        return _of_archive(file, ending) if start[:4] in ARCHIVES else ending


def _has_macros(file: IO[bytes]) -> bool:
    """Whether a document of the older formats has a place for macros in its directory."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as body:
        return body.find(_DIRECTORY) >= 0


def _of_archive(file: IO[bytes], ending: str) -> str:
    try:
        with archive.opened(file) as opened:
            names = [one.name for one in archive.members(opened)]
            kind = _kind(opened, names)
            has_macros = b"macroEnabled" in _part(opened, names, "[Content_Types].xml")
    except _BROKEN:
        raise Fault(say("the file is cut short or damaged"), say("choose the file once more")) from None
    if has_macros or _runs(names, is_document=ending != ".zip"):
        raise Fault(_RUNS, _REMEDY)
    is_known = ending in (*_PARTS.values(), *_OPEN.values())
    return (kind or ".zip") if is_known else ending


def _kind(opened: zipfile.ZipFile, names: Sequence[str]) -> str:
    """The ending of a document by its parts; empty for any other archive."""
    mimetype = _part(opened, names, "mimetype").decode("ascii", "replace").strip()
    known = (ending for word, ending in _OPEN.items() if mimetype.endswith(word))
    found = (ending for part, ending in _PARTS.items() if any(name.startswith(part) for name in names))
    return next(known, next(found, ""))


def _part(opened: zipfile.ZipFile, names: Sequence[str], name: str) -> bytes:
    if name not in names:
        return b""
    with opened.open(name) as file:
        return file.read(_MOST)


def _runs(names: Sequence[str], *, is_document: bool) -> bool:
    """Whether something in it can run. The drawings of a document and the pages of an e-book are shown by programs."""
    lower = [name.lower() for name in names]
    endings = {PurePosixPath(name).suffix for name in lower}
    refused = _PROGRAMS if is_document else _PROGRAMS | _PAGES
    return not endings.isdisjoint(refused) or any(sign in name for name in lower for sign in _MACROS)
