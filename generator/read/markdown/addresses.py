"""Addresses of links and pictures, kept as the writer wrote them until HTML needs them percent-encoded."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.common.normalize_url import normalizeLink

_ENCODED: Final = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


class Address(str):
    """An address in Markdown. The string itself is as written; ``str(address)`` is the percent-encoded form.

    markdown-it percent-encodes an address when it parses it (``进度表.pdf`` becomes ``%E8%BF%9B…``), but a page has to
    find the file by its name. So the encoding is delayed until an HTML renderer converts the address.
    """

    __slots__ = ()

    def __str__(self) -> str:
        """The address percent-encoded, as in CommonMark's HTML."""
        return normalizeLink(written(self))


def written(address: object) -> str:
    """The address as written, as a plain string. ``address`` is the value of a token's attribute."""
    return address[:] if isinstance(address, str) else ""


def legible(link: str) -> str:
    """The address as readers see it: with the letters that percent-encoding hides, as in ``%E4%B8%AD``."""
    return _ENCODED.sub(_decoded, link)


def _decoded(found: re.Match[str]) -> str:
    text = bytes.fromhex(found[0].replace("%", "")).decode(errors="replace")
    return text if text.isprintable() and "\ufffd" not in text else found[0]
