"""Tells what kind of file something is, by its contents."""

from __future__ import annotations

import codecs
import re
import struct
from typing import Final, Literal

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.render.privacy.attachments import compound, word
from generator.render.privacy.attachments.kinds import ARCHIVES, COMPOUND, is_media
from generator.tools.importers.word.package import SAVE_AGAIN, Package

Format = Literal["docx", "html", "mhtml", "markdown", "text"]
Older = Literal["doc", "wps", "rtf", "odt", "xml"]
"""Formats that are read by way of another program, by the endings that it knows them by."""

_MHTML: Final = re.compile(rb"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|(?:html|head|body|meta|title|article|section|div|p|h[1-6]"
    r"|table|ul|ol|dl|pre|span|font|center|br|img|a|blockquote|figure|main|header|form)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN: Final = re.compile(r"---\n(?:[^\n]*\n){0,200}?---\n|(?:.*\n)*?(?:#{1,6} |!\[[^\]\n]*\]\()", re.MULTILINE)
_START: Final = 8192
_OTHERS: Final = frozenset(("Workbook", "Book", "PowerPoint Document"))
_PACKED: Final = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_OPEN_OTHERS: Final = (b".spreadsheet", b".presentation", b".graphics")


def identify(name: str, body: bytes) -> Format | Older:
    """The format of a file. Its name only tells Markdown from plain text. Raises Fault for what is not read."""
    if not body.strip():
        raise Fault(say("the file is empty"))
    start = body[:_START]
    if start.startswith(ARCHIVES):
        return _archive(body)
    if start.startswith(COMPOUND):
        return _compound(body)
    if start.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    _refuse_others(start)
    if _MHTML.match(start.lstrip()):
        return "mhtml"
    is_utf16 = start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if b"\0" in start and not is_utf16:
        raise Fault(say("files of this kind cannot be read"), SAVE_AGAIN)
    # Every sign that is looked for has the same byte in all other encodings.
    text = start.decode("utf-16" if is_utf16 else "utf-8-sig", "replace").replace("\r\n", "\n")
    if 'progid="Word.Document"' in text or "<pkg:package" in text:
        return "xml"
    if _HTML.match(text):
        return "html"
    is_named = name.lower().endswith((".md", ".markdown", ".mdown"))
    is_text = name.lower().endswith(".txt")
    return "markdown" if is_named or (not is_text and _MARKDOWN.match(text)) else "text"


def _refuse_others(start: bytes) -> None:
    """Raises Fault for what is no text."""
    if b"%PDF-" in start[:1024]:
        raise _printed()
    if start.startswith(_PACKED):
        raise _packed()
    if is_media(start):
        raise Fault(
            say("it is a picture, a sound or a film, and holds no text"), say("import the text that it goes with")
        )


def _archive(body: bytes) -> Format | Older:
    package = Package(body)
    names = list(package.names)
    kinds = {name.partition("/")[0] for name in names}
    named = package.body("mimetype") or b""
    if "xl" in kinds or "ppt" in kinds or named.strip().endswith(_OPEN_OTHERS):
        raise _no_text()
    if "content.xml" in names:
        return "odt"
    if "ofd.xml" in names:
        raise _printed()
    if any(name.endswith(".iwa") for name in names):
        raise Fault(say("files of this kind cannot be read"), SAVE_AGAIN)
    if "[content_types].xml" not in names:
        raise _packed()
    return "docx"


def _compound(body: bytes) -> Older:
    """The format of a container of streams, in which old office programs keep all that they write."""
    try:
        streams = {one.name: one.body for one in compound.CompoundFile(body).streams() if not one.folder}
    except (ValueError, LookupError, ArithmeticError, struct.error):
        streams = {}
    document = streams.get(word.STREAM, b"")
    if "EncryptedPackage" in streams or word.is_encrypted(document):
        raise Fault(say("it is encrypted"), say("open it with its password, save it without one, and import that"))
    if not document and not _OTHERS.isdisjoint(streams):
        raise _no_text()
    # WPS writes Word's format under a name of its own; without that, it is Works, whose name is the same.
    return "doc" if document or not streams else "wps"


def _no_text() -> Fault:
    return Fault(
        say("it is a workbook or a presentation, not a text"),
        say("copy what belongs in the log into a Word file, cells as a table, and import that"),
    )


def _printed() -> Fault:
    return Fault(
        say("it is a PDF or OFD, which holds where signs stand on paper, not what was written"),
        say("import the file that it was made from"),
    )


def _packed() -> Fault:
    return Fault(say("it is an archive of several files"), say("unpack it, and import the files in it"))
