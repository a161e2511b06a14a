"""The text of attachments, so far as it can be read without the program that wrote them."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from typing import Final

TEXTS: Final = frozenset(
    (".html", ".htm", ".xhtml", ".xml", ".rels", ".json", ".csv", ".txt", ".css", ".js", ".svg", ".md", ".webmanifest")
)
_ZIPS: Final = frozenset((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".ofd", ".zip"))
"""Packages of files, text and others: those that office programs write, and plain ones."""
BINARY: Final = frozenset((".doc", ".xls", ".ppt", ".wps", ".et", ".dps"))
"""Older office formats, which hold their text in one of a few encodings among much else."""
_LARGEST: Final = 32 * 1024 * 1024
"""Bytes of one part of a package that are looked through."""
_DEEPEST: Final = 3
"""Packages within packages."""
_MOST: Final = 10_000
"""Parts of a package that are looked at."""
_EDGE: Final = "\x02"
"""What no name and no number goes on behind."""

_RUN = re.compile(
    r"</?(?:w:(?:r|t|rPr|b|bCs|i|iCs|u|strike|color|sz|szCs|rFonts|lang|highlight|proofErr|bookmarkStart|bookmarkEnd"
    r"|noProof|kern|spacing|shd|rStyle|hyperlink|ins|smartTag|sdtContent|lastRenderedPageBreak)"
    r"|a:(?:r|t|rPr|latin|ea|cs|solidFill|srgbClr|schemeClr)|text:(?:span|a|bookmark\w*)|b|i|u|em|strong|span|font|r|t"
    r"|rPr|sz|color|rFont|family|charset|scheme)\b[^>]*>"
)
"""Tags within a line: office programs cut words into runs anywhere. All others are edges."""
_TAG = re.compile("<[^>]*>")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_BROKEN = (
    zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError, zlib.error,
    lzma.LZMAError, struct.error,
)  # fmt: skip
"""What a package raises that is broken or locked."""


def texts(path: str, body: bytes) -> Iterator[str]:
    """What of a file is text; nothing of what cannot be read."""
    return _texts(path, body, 0)


def _texts(path: str, body: bytes, depth: int) -> Iterator[str]:
    ending = PurePosixPath(path).suffix.lower()
    if ending in TEXTS:
        yield _decoded(body)
    elif ending in BINARY:
        # Two bytes a character may begin at either of two places.
        yield from (body.decode("utf-16-le", errors="replace"), body[1:].decode("utf-16-le", errors="replace"))
        yield from (body.decode(errors="replace"), body.decode("gb18030", errors="replace"))
    elif ending in _ZIPS and depth < _DEEPEST:
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as parts:
                for part in parts.infolist()[:_MOST]:
                    yield from _part(parts, part, depth)
        except _BROKEN:
            return


def _part(parts: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> Iterator[str]:
    name = part.filename
    if not part.flag_bits & 0x800:
        # Chinese Windows writes names in its own encoding, which the library takes for another.
        name = name.encode("cp437", errors="replace").decode("gb18030", errors="replace")
    yield name
    try:
        body = parts.open(part).read(_LARGEST)
    except _BROKEN:
        return
    for text in _texts(name, body, depth + 1):
        yield _words(text) if name.lower().endswith((".xml", ".rels")) else text


def _words(xml: str) -> str:
    """The text of XML, and what its attributes say: names of sheets and authors, descriptions, addresses."""
    tags = (value for tag in _TAG.findall(xml) for value in _VALUE.findall(tag))
    said = [unescape(one or other) for one, other in tags]
    return unescape(_TAG.sub(_EDGE, _RUN.sub("", xml))) + _EDGE + _EDGE.join(dict.fromkeys(said))


def _decoded(body: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")
