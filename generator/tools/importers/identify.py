"""Tells what kind of file something is, by its contents."""

from __future__ import annotations

import codecs
import re
from typing import Final, Literal

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.render.privacy.attachments import compound
from generator.render.privacy.attachments.kinds import ARCHIVES, COMPOUND, is_media
from generator.tools.importers.word.package import SAVE_AGAIN, Package

Format = Literal["docx", "html", "mhtml", "markdown", "text"]

_MHTML: Final = re.compile(rb"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|(?:html|head|body|meta|title|article|section|div|p|h[1-6]"
    r"|table|ul|ol|span|br|img|a|blockquote|figure)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN: Final = re.compile(r"---\n(?:[^\n]*\n){0,200}?---\n|(?:.*\n)*?(?:#{1,6} |!\[[^\]\n]*\]\()", re.MULTILINE)
_START: Final = 8192


def identify(name: str, body: bytes) -> Format:
    """The format of a file. Its name only tells Markdown from plain text. Raises Fault for what is not read."""
    if not body.strip():
        raise Fault(say("the file is empty"))
    start = body[:_START]
    if start.startswith(ARCHIVES):
        return _archive(body)
    _refuse_others(body, start)
    if _MHTML.match(start.lstrip()):
        return "mhtml"
    is_utf16 = start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if b"\0" in start and not is_utf16:
        raise Fault(say("files of this kind cannot be read"), SAVE_AGAIN)
    # Every sign that is looked for has the same byte in all other encodings.
    text = start.decode("utf-16" if is_utf16 else "utf-8-sig", "replace").replace("\r\n", "\n")
    if 'progid="Word.Document"' in text or "<pkg:package" in text:
        raise _old()
    if _HTML.match(text):
        return "html"
    is_named = name.lower().endswith((".md", ".markdown", ".mdown"))
    is_text = name.lower().endswith(".txt")
    return "markdown" if is_named or (not is_text and _MARKDOWN.match(text)) else "text"


def _refuse_others(body: bytes, start: bytes) -> None:
    """Raises Fault for what is no text."""
    if start.startswith(COMPOUND):
        _refuse_compound(body)
    if start.lstrip().startswith(b"{\\rtf"):
        raise _old()
    if b"%PDF-" in start[:1024]:
        raise Fault(
            say("it is a PDF, which holds where signs stand on paper, not what was written"),
            say("import the file that the PDF was made from"),
        )
    if is_media(start):
        raise Fault(
            say("it is a picture, a sound or a film, and holds no text"), say("import the text that it goes with")
        )


def _archive(body: bytes) -> Format:
    names = list(Package(body).names)
    kinds = {name.partition("/")[0] for name in names}
    if "xl" in kinds or "ppt" in kinds:
        raise Fault(
            say("it is a workbook or a presentation, not a text"),
            say("copy what belongs in the log into a Word file, and import that"),
        )
    if "content.xml" in names:
        raise _old()
    if "[content_types].xml" not in names:
        raise Fault(say("it is an archive of several files"), say("unpack it, and import the files in it"))
    return "docx"


def _refuse_compound(body: bytes) -> None:
    try:
        streams = {one.name for one in compound.CompoundFile(body).streams()}
    except (ValueError, LookupError, OverflowError, ArithmeticError):
        streams = set()
    if "EncryptedPackage" in streams:
        raise Fault(say("it is encrypted"), say("open it with its password, save it without one, and import that"))
    raise _old()


def _old() -> Fault:
    return Fault(
        say("it is a document in an older format or of another program"),
        say("open it in Word or WPS, save it as .docx, and import that"),
    )
