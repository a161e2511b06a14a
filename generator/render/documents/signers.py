"""Who signed a document to a higher office: to the right of its number, two on a line (GB/T 9704-2012, 7.2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.blocks import Style

_LINE: Final = re.compile(r"(?:(\S.*?)\s+|(\S.*号)\s*)?(签\s*发\s*人\s*[：:])\s*(\S.*?)\s*")
_NAME: Final = re.compile(r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff]|[\u4e00-\u9fff·]+)[\s、]*")
_ON_A_LINE: Final = 2
OF_NAMES: Final = Style(heading=2)
"""The style of the names, which have the face of such headings, 楷体."""


@frozen
class Signers:
    """The number of a document on the left, and on the right who let it out."""

    number: str
    """Empty where it stands elsewhere."""
    label: str
    """签发人：."""
    names: tuple[str, ...]
    """Those of each line."""


def signers(line: str) -> Signers | None:
    """Those of a line below a title; None for any other line."""
    found = _LINE.fullmatch(line)
    return Signers(found[1] or found[2] or "", found[3], tuple(_rows(found[4]))) if found else None


def _rows(names: str) -> Iterator[str]:
    found = _NAME.findall(names)
    if "".join(found) != names:
        yield names
        return
    for at in range(0, len(found), _ON_A_LINE):
        yield "".join(found[at : at + _ON_A_LINE]).strip()
