"""What the codes of a PDF's fonts stand for (ISO 32000-1, 9.6 to 9.10)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.render.privacy.attachments.pdf_objects import PdfObjects, decoded

_ENCODINGS: Final = (
    (re.compile(rb"GB"), "gb18030"),
    (re.compile(rb"B5|ETen|HKscs"), "big5"),
    (re.compile(rb"Uni\w+-(?:UCS2|UTF16)"), "utf-16-be"),
    (re.compile(rb"Uni\w+-UTF8"), "utf-8"),
)
"""The encodings of Chinese fonts, by the names of their tables; the last that fits counts."""
_SECTION = re.compile(rb"begin(codespacerange|bfchar|bfrange)(.*?)end\1", re.DOTALL)
_ITEM = re.compile(rb"<([0-9a-fA-F\s]*+)>|(\[)|(\])")
_MOST_CODES: Final = 70_000
_DIGITS: Final = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_SIGNS: Final = {"space": " ", "hyphen": "-", "period": ".", "at": "@", "underscore": "_", "comma": ",", "plus": "+"}


class Font:
    """A font: how the bytes of a text become characters."""

    def __init__(self, width: int, table: Mapping[int, str], encoding: str = "") -> None:
        self._width = width
        """Bytes of a code, where there is a table."""
        self._table = table
        self._encoding = encoding
        """The encoding of the text; empty where the table tells the characters."""

    @property
    def is_known(self) -> bool:
        """Whether anybody can tell what its codes stand for."""
        return bool(self._table or self._encoding)

    def text(self, raw: bytes) -> str:
        """The characters of a text; one that is not known is left out."""
        if self._encoding and not self._table:
            return raw.decode(self._encoding, errors="replace").replace("\ufffd", "")
        width = self._width
        codes = (int.from_bytes(raw[at : at + width], "big") for at in range(0, len(raw), width))
        fallback = {code: chr(code) for code in range(32, 127)} if width == 1 and self._encoding else {}
        return "".join([self._table.get(code, fallback.get(code, "")) for code in codes])


def font(facts: Mapping[bytes, Any], objects: PdfObjects) -> Font:
    """The font with these facts. Raises ValueError and zlib.error."""
    number = facts.get(b"ToUnicode")
    stream = objects.by_number.get(number) if isinstance(number, int) else None
    is_wide = objects.resolved(facts.get(b"Subtype")) == b"Type0"
    if stream is not None:
        width, table = _table(decoded(stream, objects))
        return Font(2 if is_wide and width != 1 else width, table)
    encoding = objects.resolved(facts.get(b"Encoding"))
    if is_wide:
        name = bytes(encoding) if isinstance(encoding, bytes) else b""
        known = [value for pattern, value in _ENCODINGS if pattern.search(name)]
        return Font(2, {}, known[-1] if known else "")
    if isinstance(encoding, dict):
        table = dict(_differences(objects.items(encoding.get(b"Differences"))))
        return Font(1, table, "cp1252" if all(table.values()) else "")
    has_own = isinstance(objects.resolved(facts.get(b"FontDescriptor")), dict)
    # A part of a font numbers its letters as it likes, unless it names an encoding.
    is_part = has_own and b"+" in bytes(objects.resolved(facts.get(b"BaseFont")) or b"") and encoding is None
    return Font(1, {}, "" if is_part else "cp1252")


def _differences(items: list[Any]) -> Iterator[tuple[int, str]]:
    """The characters of single codes, by the names of their shapes; empty for a name that says nothing."""
    code = 0
    for item in items:
        if isinstance(item, float):
            code = int(item)
        elif isinstance(item, bytes):
            yield code, _named(item.decode("latin-1"))
            code += 1


def _named(name: str) -> str:
    if name in _DIGITS:
        return str(_DIGITS.index(name))
    if found := re.fullmatch(r"(?:uni|u)([0-9A-F]{4,5})(?:\..*)?", name):
        return chr(int(found[1], 16))
    if len(name) == 1 or name in _SIGNS:
        return _SIGNS.get(name, name)
    # Shapes of other signs have a name of two letters at least, numbered ones have digits.
    return "" if any(map(str.isdigit, name)) else "\N{REPLACEMENT CHARACTER}"


def _table(cmap: bytes) -> tuple[int, dict[int, str]]:
    """The bytes of a code, and what each code stands for (ToUnicode)."""
    width, table = 0, dict[int, str]()
    for section in _SECTION.finditer(cmap):
        items = [item[1] if item[1] is not None else item[0] for item in _ITEM.finditer(section[2])]
        if section[1] == b"codespacerange":
            width = max(width, *(len(_bytes(item)) for item in items if item not in (b"[", b"]")), 0)
        elif section[1] == b"bfchar":
            table.update((_code(code), _text(text)) for code, text in zip(items[::2], items[1::2], strict=False))
        else:
            table.update(_ranges(items))
        if len(table) > _MOST_CODES:
            raise ValueError
    return min(width, 2) or 2, table


def _ranges(items: list[bytes]) -> Iterator[tuple[int, str]]:
    at = 0
    while at + 2 < len(items):
        first, last, text = _code(items[at]), _code(items[at + 1]), items[at + 2]
        if last - first > _MOST_CODES:
            raise ValueError
        if text == b"[":
            end = items.index(b"]", at)
            yield from ((first + place, _text(one)) for place, one in enumerate(items[at + 3 : end]))
            at = end + 1
            continue
        start = _text(text)
        if start:
            for code in range(first, last + 1):
                yield code, start[:-1] + chr(min(ord(start[-1]) + code - first, 0x10FFFF))
        at += 3


def _bytes(digits: bytes) -> bytes:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode())


def _code(digits: bytes) -> int:
    return int.from_bytes(_bytes(digits), "big")


def _text(digits: bytes) -> str:
    return unicodedata.normalize("NFC", _bytes(digits).decode("utf-16-be", errors="replace"))
