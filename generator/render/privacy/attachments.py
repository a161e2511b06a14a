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
_RTF_BYTES = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+")
_RTF_CHARACTER = re.compile(r"\\u(-?[0-9]+) ?\??")
_WITHIN: Final = (
    (re.compile(r"<w:(?:br|cr)\b[^>]*>|<text:line-break\b[^>]*>|<a:br\b[^>]*>"), "\n"),
    (re.compile(r"<w:softHyphen\b[^>]*>"), ""),
    (re.compile(r"<w:noBreakHyphen\b[^>]*>"), "-"),
    (re.compile(r"<text:(?:s|tab)\b[^>]*>"), " "),
)
"""What stands for a character within a line."""
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
        yield from _decodings(body)
    elif ending in BINARY:
        # Two bytes a character may begin at either of two places.
        yield from (body.decode("utf-16-le", errors="replace"), body[1:].decode("utf-16-le", errors="replace"))
        yield from (body.decode(errors="replace"), body.decode("gb18030", errors="replace"))
        yield _rtf(body)
    elif ending in _ZIPS and depth < _DEEPEST:
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as parts:
                yield from _decodings(parts.comment)
                for part in parts.infolist()[:_MOST]:
                    yield from _part(parts, part, depth)
        except _BROKEN:
            # Broken, or something else under that name: then it may be text just so.
            yield from _decodings(body)
            yield _rtf(body)
    elif depth and not ending:
        yield from _decodings(body)


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
    for pattern, char in _WITHIN:
        xml = pattern.sub(char, xml)
    return unescape(_TAG.sub(_EDGE, _RUN.sub("", xml))) + _EDGE + _EDGE.join(dict.fromkeys(said))


def _decodings(body: bytes) -> Iterator[str]:
    """A text in the encoding that it names, in UTF-8, or else in all that Chinese systems have written."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if body.startswith(mark):
            yield body.decode(encoding, errors="replace")
            return
    try:
        yield body.decode()
        if b"\0" not in body:
            return
    except UnicodeDecodeError:
        yield from (body.decode(encoding, errors="replace") for encoding in ("gb18030", "big5"))
    yield from (body.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be"))


def _rtf(body: bytes) -> str:
    """The text of Rich Text, which office programs read under any name; nothing where it is none."""
    if not body.lstrip().startswith(b"{\\rtf"):
        return ""
    raw = _RTF_BYTES.sub(lambda run: bytes.fromhex(run[0].replace(b"\\'", b"").decode()), body)
    text = raw.decode("gb18030", errors="replace")
    text = _RTF_CHARACTER.sub(lambda char: chr(int(char[1]) % 0x10000), text)
    return re.sub(r"[{}]|\\[a-z]+-?[0-9]* ?", "", re.sub(r"\\(?:par|cell|row|line|tab)\b", _EDGE, text))
