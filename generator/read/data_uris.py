"""Files that are written into texts: as addresses that hold them (``data:``, RFC 2397), or in Base64 (RFC 4648)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_to_bytes

from generator.ground.errors import Fault
from generator.ground.patterns import deferred
from generator.read.pictures import picture

_SIGNS: Final = (b"data:", b"data%3a", b"data\\:")
"""How an address begins, in small letters: these are looked for many times faster."""
_DEEPEST: Final = 3
"""How many texts within texts are looked at: a drawing in a style sheet may hold a picture."""
_DIGITS: Final = rb"(?>(?:[a-z0-9+/=_-]+|%2[bf]|%3d|\\/)+)"
_BREAKS: Final = rb"(?>(?:\s|\\?\r?\n|\\[nr]|%0[ad]|&\#(?:1[03]|x[ad]);)+)"
_ADDRESS: Final = deferred(
    rb"""(?P<head> data (?: : | %3a | \\: ) [^:,"'()<>\s]{0,200}? )
    (?: (?P<sign> (?: ; | %3b | \\; ) base64 (?: , | %2c | \\, ) )
        (?P<digits> """ + _BREAKS + rb"?" + _DIGITS + rb"(?>(?:" + _BREAKS + _DIGITS + rb""")*) )
      | , (?P<octets> (?=[!-~]{0,40}%[0-9a-f]{2}) [!\#-&*-;=?-~]+ ) )""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
"""What stands for the file may be broken into lines, and escaped as JSON and addresses escape it."""
_FIRST: Final = deferred(_DIGITS, re.IGNORECASE)
_NO_DIGITS: Final = deferred(rb"\\[nr]|&\#(?:1[03]|x[ad]);|[\s\\=]", re.IGNORECASE)
_PLAIN: Final = deferred(rb"data:[\w.+/=-]{0,100};base64,[0-9A-Za-z+/]{16,}+=*+")
"""The plainest such address."""
_QUOTES: Final = (b'"', b"'")


def held(text: bytes) -> Iterator[bytes]:
    """The files in the addresses of a text."""
    return (_file(text, one)[0] for one in _addresses(text))


def without(text: bytes) -> bytes:
    """The text without the files in its addresses: their letters are no words, though some may look like a name."""
    return _PLAIN.sub(b"", text) if b";base64," in text else text


def cleaned(text: bytes, depth: int = _DEEPEST) -> bytes:
    """The text with the pictures in its addresses as ``pictures`` cleans them; cleaning it again changes nothing.

    What is no picture, or cannot be cleaned, is left, and so is a text that is not in UTF-8.
    """
    parts, end = [], 0
    for one in _addresses(text) if _is_text(text) else ():
        body, stop = _file(text, one)
        if (new := _without_metadata(body, depth)) != body:
            parts += [text[end : one.end("head")], one["sign"] or b";base64,", binascii.b2a_base64(new, newline=False)]
            end = stop
    return b"".join((*parts, text[end:])) if parts else text


def from_base64(text: bytes) -> bytes:
    """The bytes; as many of them as are whole where the end is missing."""
    digits = _NO_DIGITS.sub(b"", text).translate(bytes.maketrans(b"-_", b"+/"))
    return binascii.a2b_base64(digits[: len(digits) // 4 * 4] + _last(digits[len(digits) // 4 * 4 :]))


def _last(rest: bytes) -> bytes:
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _addresses(text: bytes) -> Iterator[re.Match[bytes]]:
    lower = text.lower()
    return _ADDRESS.finditer(text) if any(sign in lower for sign in _SIGNS) else iter(())


def _file(text: bytes, one: re.Match[bytes]) -> tuple[bytes, int]:
    """What the address holds, and where it ends: behind a white space, only if it is in quotation marks."""
    if one["octets"]:
        return unquote_to_bytes(one["octets"]), one.end()
    first, is_quoted = _FIRST.match(text, one.start("digits")), text[one.start() - 1 : one.start()] in _QUOTES
    stop = one.end() if is_quoted or first is None else first.end()
    return from_base64(unquote_to_bytes(text[one.start("digits") : stop])), stop


def _without_metadata(body: bytes, depth: int) -> bytes:
    try:
        return picture(body, is_original=True).body
    except Fault:
        return cleaned(body, depth - 1) if depth else body


def _is_text(body: bytes) -> bool:
    try:
        return "\0" not in body.decode()
    except UnicodeDecodeError:
        return False
