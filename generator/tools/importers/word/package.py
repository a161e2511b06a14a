"""Opens a Word file: its parts, within limits, and how they refer to each other."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.read.pictures import MOST_BYTES
from generator.render.privacy.attachments import archive
from generator.render.privacy.attachments.reader import LARGEST

Element = Any
MOST: Final = 512 << 20
"""Bytes that all parts that are read may have together."""
SAVE_AGAIN: Final = say("open it in Word or WPS, save it as a new .docx, and import that")
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, EOFError, LookupError, RuntimeError,
    NotImplementedError,
)  # fmt: skip
_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z]+)")
"""Names of the stricter form of the format, which few programs write."""
_TRANSITIONAL: Final = {
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_names: Final[dict[Any, str]] = {}


@frozen
class Relation:
    """What an id in a part stands for."""

    kind: str
    """The last word of its type, such as ``image``."""
    target: str
    """A part's name; an address if it is outside."""
    is_outside: bool


class Package:
    """The parts of a Word file."""

    def __init__(self, body: bytes) -> None:
        """Reads its directory. Raises Fault where it is no archive that can be read."""
        self._left = MOST
        try:
            self._archive = archive.opened(io.BytesIO(body))
        except (*_BROKEN, archive.LargeArchiveError):
            raise _broken() from None
        self._members = {member.name.lstrip("/").lower(): member for member in archive.members(self._archive)}
        self._relations: dict[str, Mapping[str, Relation]] = {}

    @property
    def names(self) -> Iterator[str]:
        """The names of all parts, in lower case."""
        return iter(self._members)

    def body(self, name: str, most: int = MOST_BYTES) -> bytes | None:
        """The bytes of a part; None if it is not there. Raises Fault where it is broken, encrypted or too large."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        if member.is_encrypted or member.info.compress_type not in archive.METHODS:
            raise Fault(say("it is encrypted"), SAVE_AGAIN)
        try:
            with self._archive.open(member.info) as file:
                found = file.read(min(most, self._left) + 1)
        except _BROKEN:
            raise _broken() from None
        self._left -= len(found)
        if self._left < 0 or len(found) > most:
            raise Fault(say("the part {name} of it is larger than is read", name=name), SAVE_AGAIN)
        return found

    def xml(self, name: str) -> Element | None:
        """The root of a part that is XML; None if it is not there. Raises Fault."""
        body = self.body(name, LARGEST)
        return None if body is None else parsed(body, name)

    def relations(self, name: str) -> Mapping[str, Relation]:
        """What the ids in a part stand for."""
        if name not in self._relations:
            folder, _, file = name.rpartition("/")
            root = self.xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
            found = [] if root is None else [(one.get("Id", ""), _relation(one, folder)) for one in elements(root)]
            self._relations[name] = dict(found)
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """The names of the parts of a kind to which a part refers, each once."""
        found = self.relations(name).values()
        return list(dict.fromkeys(one.target for one in found if one.kind == kind and not one.is_outside))


def parsed(body: bytes, name: str) -> Element:
    """The root of a piece of XML. Nothing outside of it is read, and nothing in it is expanded. Raises Fault."""
    if any(sign in body for sign in (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))):
        raise _with_doctype(name)
    body = _STRICT.sub(_transitional, body)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Fault(say("the part {name} of it is broken, or nested too deep", name=name), SAVE_AGAIN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_doctype(name)
    return root


def elements(parent: Element) -> Iterator[Element]:
    """The elements in an element, without what else there may be."""
    return (child for child in parent if isinstance(child.tag, str))


def name_of(element: Element) -> str:
    """The name of an element with the prefix that the standard writes, such as ``w:p``."""
    tag = element.tag
    if tag not in _names:
        if len(_names) > 10_000:
            # Names may be made up without end.
            _names.clear()
        space, _, local = str(tag).rpartition("}")
        _names[tag] = f"{_PREFIXES.get(space[1:], '?')}:{local}"
    return _names[tag]


def child(parent: Element | None, *path: str) -> Element | None:
    """The element that a path of names in Word's namespace leads to; None if there is none."""
    for name in path:
        parent = None if parent is None else parent.find(_W + name)
    return parent


def value(element: Element | None, name: str = "val") -> str:
    """An attribute in Word's namespace; empty if there is none."""
    return "" if element is None else element.get(_W + name) or ""


def number(element: Element | None, name: str = "val", default: int = 0) -> int:
    """An attribute as a number within reason."""
    text = value(element, name)
    return max(-9999, min(int(text), 9999)) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def is_on(parent: Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None if nothing is said about it."""
    found = child(parent, name)
    return None if found is None else value(found) not in ("0", "false", "off", "none")


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target") or ""
    is_outside = element.get("TargetMode") == "External"
    if not is_outside:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Relation((element.get("Type") or "").rpartition("/")[2], target, is_outside)


def _transitional(found: re.Match[bytes]) -> bytes:
    name = found[1] + b"/" + found[2]
    return _TRANSITIONAL.get(name, b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + found[2])


def _with_doctype(name: str) -> Fault:
    return Fault(say("the part {name} of it holds a DOCTYPE, as no Word file does", name=name), SAVE_AGAIN)


def _broken() -> Fault:
    return Fault(say("it is broken"), SAVE_AGAIN)
