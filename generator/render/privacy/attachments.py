"""Extracts the text of attachments: plain text, office documents old and new, and archives."""

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

from generator.read.decoding import is_text

TEXTS: Final = frozenset(
    (".html", ".htm", ".xhtml", ".xml", ".rels", ".json", ".csv", ".txt", ".css", ".js", ".svg", ".md", ".webmanifest")
)
_ZIPS: Final = frozenset((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".ofd", ".zip"))
"""ZIP archives: documents of office programs, and plain ones."""
BINARY: Final = frozenset((".doc", ".xls", ".ppt", ".wps", ".et", ".dps"))
"""Older office formats, in which text in one of a few encodings is mixed with binary data."""
_LARGEST: Final = 32 * 1024 * 1024
"""The maximum number of bytes read of one member of an archive."""
_DEEPEST: Final = 3
"""The maximum depth of archives within archives."""
_MOST: Final = 10_000
"""The maximum number of members read of one archive."""
_EDGE: Final = "\x02"
"""A separator that no name and no number continues across."""

_RUN = re.compile(
    r"</?(?:w:(?:r|t|rPr|b|bCs|i|iCs|u|strike|color|sz|szCs|rFonts|lang|highlight|proofErr|bookmarkStart|bookmarkEnd"
    r"|noProof|kern|spacing|shd|rStyle|hyperlink|ins|smartTag|sdtContent|lastRenderedPageBreak)"
    r"|a:(?:r|t|rPr|latin|ea|cs|solidFill|srgbClr|schemeClr)|text:(?:span|a|bookmark\w*)|b|i|u|em|strong|span|font|r|t"
    r"|rPr|sz|color|rFont|family|charset|scheme)\b[^>]*>"
)
"""Inline tags: office programs split words into runs anywhere. All other tags separate text."""
_RTF_BYTES = re.compile(rb"(?:\\'[0-9a-fA-F]{2})+")
_RTF_CHARACTER = re.compile(r"\\u(-?[0-9]+) ?\??")
_WITHIN: Final = (
    (re.compile(r"<w:(?:br|cr)\b[^>]*>|<text:line-break\b[^>]*>|<a:br\b[^>]*>"), "\n"),
    (re.compile(r"<w:softHyphen\b[^>]*>"), ""),
    (re.compile(r"<w:noBreakHyphen\b[^>]*>"), "-"),
    (re.compile(r"<text:(?:s|tab)\b[^>]*>"), " "),
)
"""Elements that represent a character within a line."""
_TAG = re.compile("<[^>]*>")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_BROKEN = (
    zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError, KeyError, zlib.error,
    lzma.LZMAError, struct.error,
)  # fmt: skip
"""The exceptions that a broken or encrypted archive may raise."""


def texts(path: str, body: bytes) -> Iterator[str]:
    """The texts in a file, decoded in every encoding that is possible; nothing for what cannot be read."""
    return _texts(path, body, 0)


def _texts(path: str, body: bytes, depth: int) -> Iterator[str]:
    ending = PurePosixPath(path).suffix.lower()
    if ending in TEXTS:
        yield from _decodings(body)
    elif ending in BINARY:
        # UTF-16 text may begin at an even or an odd offset.
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
            # It is broken, or another format under this name, so it may be plain text.
            yield from _decodings(body)
            yield _rtf(body)
    elif is_text(body):
        yield from _decodings(body)


def _part(parts: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> Iterator[str]:
    name = part.filename
    if not part.flag_bits & 0x800:
        # Chinese Windows writes names in GB18030, which the library decodes as CP437.
        name = name.encode("cp437", errors="replace").decode("gb18030", errors="replace")
    yield name
    try:
        body = parts.open(part).read(_LARGEST)
    except _BROKEN:
        return
    for text in _texts(name, body, depth + 1):
        yield _words(text) if name.lower().endswith((".xml", ".rels")) else text


def _words(xml: str) -> str:
    """The text of XML and the values of its attributes: names of sheets and authors, descriptions, addresses."""
    tags = (value for tag in _TAG.findall(xml) for value in _VALUE.findall(tag))
    attributes = [unescape(one or other) for one, other in tags]
    for pattern, char in _WITHIN:
        xml = pattern.sub(char, xml)
    return unescape(_TAG.sub(_EDGE, _RUN.sub("", xml))) + _EDGE + _EDGE.join(dict.fromkeys(attributes))


def _decodings(body: bytes) -> Iterator[str]:
    """A text in the encoding of its byte order mark or in UTF-8, else in all encodings common on Chinese systems."""
    for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if body.startswith(bom):
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
    """The text of Rich Text, which office programs open under any file name; empty if it is no Rich Text."""
    if not body.lstrip().startswith(b"{\\rtf"):
        return ""
    raw = _RTF_BYTES.sub(lambda run: bytes.fromhex(run[0].replace(b"\\'", b"").decode()), body)
    text = raw.decode("gb18030", errors="replace")
    text = _RTF_CHARACTER.sub(lambda char: chr(int(char[1]) % 0x10000), text)
    return re.sub(r"[{}]|\\[a-z]+-?[0-9]* ?", "", re.sub(r"\\(?:par|cell|row|line|tab)\b", _EDGE, text))
