"""Extracts the text of Rich Text (RTF 1.9.1), which office programs open under any name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.render.privacy.attachments.flow import ROW, TAB, Flow
from generator.render.privacy.escapes import paired
from generator.render.privacy.glyphs import BLOCK, CELL

_PIECE: Final = 1 << 16
"""Characters after which text is given away at the next end of a paragraph."""
_TOGETHER: Final = 10_000
"""Tokens after which the reader may count them."""
_DEEPEST: Final = 10_000
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})?[ ]?|((?:\\'[0-9a-fA-F]{2}){1,4096})|\\(.)|([{}])|([^\\{}\r\n]{1,4096})|.",
    re.DOTALL,
)
_WORDS: Final = {
    **dict.fromkeys((b"par", b"sect", b"page", b"column"), BLOCK),
    **dict.fromkeys((b"cell", b"nestcell"), CELL),
    **dict.fromkeys((b"row", b"nestrow"), ROW),
    b"tab": TAB,
    b"line": "\n",
    b"emspace": " ",
    b"enspace": " ",
}
"""What control words stand for. Text is continued across all others."""
_SIGNS: Final = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": BLOCK, b"\r": BLOCK}
_ASIDES: Final = frozenset(
    b"""
    fldinst footnote annotation atnauthor atnid fonttbl colortbl stylesheet info header headerl headerr headerf footer
    footerl footerr footerf shptxt listtable revtbl pntext
    """.split()
)
"""Destinations that stand aside."""
_DATA: Final = frozenset((b"pict", b"themedata", b"datastore", b"objdata"))
"""Destinations of data in hexadecimal digits: pictures, settings, embedded files."""
_ENCODINGS: Final = {950: "big5", 65001: "utf-8"}


class _Group:
    """What braces hold together."""

    __slots__ = ("asides", "data", "skip")

    def __init__(self, skip: int, data: list[bytes] | None) -> None:
        self.skip = skip
        """How many characters after one in Unicode repeat it for old programs."""
        self.data = data
        """The digits of a destination of data; None in all others."""
        self.asides = 0


class RichText:
    """Reads one file."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.tokens = 0
        """How many words, signs and braces were read."""
        self.objects: list[bytes] = []
        """The files that are embedded, once the texts are read."""
        self._flow = Flow()
        self._groups = [_Group(1, None)]
        self._raw = bytearray()
        """Bytes that are not decoded yet: a character may be cut between two tokens."""
        self._encoding = "gb18030"
        self._repeated = 0
        """How many characters are still to come that repeat one in Unicode."""

    def texts(self) -> Iterator[str]:
        """The text in pieces, perhaps empty ones. Raises ValueError where no program nests so deep."""
        position = 0
        while match := _TOKEN.match(self._body, position):
            position = match.end()
            self.tokens += 1
            if not self.tokens % _TOGETHER:
                yield ""
            word, argument, octets, sign, brace, plain = match.groups()
            if word == b"bin":
                position += max(0, int(argument or 0))
            elif word:
                self._take_word(word, int(argument or 0))
                if self._flow.size > _PIECE and word == b"par":
                    yield self._taken()
            elif octets:
                self._take(bytes.fromhex(octets.replace(b"\\'", b"").decode()))
            elif brace:
                self._take_brace(brace)
            elif sign:
                self._take_sign(sign)
            elif plain:
                self._take(plain)
        yield self._taken()

    def _take(self, raw: bytes) -> None:
        data = self._groups[-1].data
        if data is not None:
            data.append(raw)
            return
        skipped = min(self._repeated, len(raw))
        self._repeated -= skipped
        self._raw += raw[skipped:]

    def _take_word(self, word: bytes, argument: int) -> None:
        group = self._groups[-1]
        if word == b"u":
            self._add(chr(argument % 0x10000))
            self._repeated = group.skip
        elif word == b"uc":
            group.skip = min(max(argument, 0), 9)
        elif word == b"ansicpg":
            self._encoding = _ENCODINGS.get(argument, "gb18030")
        elif word in _DATA:
            group.data = []
        elif word in _ASIDES:
            self._begin_aside()
        elif word in _WORDS:
            self._add(_WORDS[word])

    def _take_sign(self, sign: bytes) -> None:
        if sign == b"*":
            # Old programs skip what follows.
            self._begin_aside()
        else:
            self._add(_SIGNS.get(sign, ""))

    def _take_brace(self, brace: bytes) -> None:
        self._decode()
        self._repeated = 0
        group = self._groups[-1]
        if brace == b"{":
            if len(self._groups) > _DEEPEST:
                raise ValueError
            # A picture's settings stand in groups of its own, without digits of it.
            self._groups.append(_Group(group.skip, None if group.data is None else []))
        elif len(self._groups) > 1:
            self._groups.pop()
            for _ in range(group.asides):
                self._flow.end_aside()
            if group.data:
                self._keep(b"".join(group.data))

    def _begin_aside(self) -> None:
        self._decode()
        if not self._groups[-1].asides:
            self._groups[-1].asides = 1
            self._flow.begin_aside()

    def _add(self, text: str) -> None:
        self._decode()
        if self._groups[-1].data is None:
            self._flow.add(text)

    def _decode(self) -> None:
        if self._raw:
            self._flow.add(self._raw.decode(self._encoding, errors="replace"))
            self._raw.clear()

    def _keep(self, digits: bytes) -> None:
        try:
            self.objects.append(bytes.fromhex(digits.decode("ascii")))
        except ValueError:
            # Settings are words, no digits.
            self._flow.add(BLOCK + digits.decode(self._encoding, errors="replace") + BLOCK)

    def _taken(self) -> str:
        self._decode()
        return paired(self._flow.taken())
