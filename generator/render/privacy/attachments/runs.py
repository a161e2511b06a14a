"""Finds readable text in bytes whose structure is not known, in every encoding that is possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.render.privacy.glyphs import BLOCK

_WINDOW: Final = 1 << 20
_OVERLAP: Final = 256
"""Bytes of a window that the next one holds, too: more than a name or a number needs."""
COARSE: Final = 1024
FINE: Final = 256
"""Sizes of the blocks that are text or noise: a picture or a film has a few words amid much noise."""
_NOISE: Final = {COARSE: 236, FINE: 148}
"""Different bytes in a block of compressed data (about 250 and 162); Chinese text in UTF-16 has at most 230 and 140."""
_WIDE = re.compile(
    "[\t\n\r -~\xa0-\u024f\u0400-\u04ff\u2010-\u2027\u3001-\u3011\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]{2,}"
)
_NARROW = re.compile(rb"[\t\n\r -~\x80-\xfe]{3,}")
_LONE = "\ufffd"


def runs(body: bytes, block: int = COARSE) -> Iterator[str]:
    """The readable runs of characters, separated, in UTF-16 of both kinds, UTF-8 and GB18030."""
    for start in range(0, len(body), _WINDOW):
        window = _without_noise(body[max(0, start - _OVERLAP) : start + _WINDOW], block)
        # UTF-16 text may begin at an even or an odd offset; office programs write its low bytes first, cameras last.
        for encoding in ("utf-16-le", "utf-16-be"):
            for offset in (0, 1):
                found = _WIDE.findall(window[offset:].decode(encoding, errors="replace"))
                if found:
                    yield BLOCK.join(found)
        yield from _narrow(_NARROW.findall(window))


def _narrow(found: list[bytes]) -> Iterator[str]:
    """Runs of bytes in UTF-8 and GB18030, whose characters may begin at the first byte of a run or at the second."""
    if not found:
        return
    whole = BLOCK.encode().join(found)
    yield whole.decode(errors="replace").replace(_LONE, BLOCK)
    if not whole.isascii():
        for one in (whole, BLOCK.encode().join([run[1:] for run in found])):
            yield one.decode("gb18030", errors="replace").replace(_LONE, BLOCK)


def _without_noise(body: bytes, size: int) -> bytes:
    """The bytes without blocks of compressed data, in which any two characters occur by chance."""
    blocks = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join([block if len(set(block)) < _NOISE[size] else bytes(2) for block in blocks])
