"""Addresses of links and pictures, kept as the writer wrote them."""

from __future__ import annotations

from markdown_it.common.normalize_url import normalizeLink


class Address(str):
    """An address in Markdown: the string is what was written, ``str(address)`` what HTML would say.

    markdown-it percent-encodes an address as it reads it (``进度表.pdf`` becomes ``%E8%BF%9B…``), but a page
    has to find the file by its name. So the encoding waits until an HTML renderer asks for it.
    """

    __slots__ = ()

    def __str__(self) -> str:
        """The address as CommonMark's HTML has it, percent-encoded."""
        return normalizeLink(written(self))


def written(address: object) -> str:
    """The address as it stands in the source, as a plain string; ``address`` is the value of a token's attribute."""
    return address[:] if isinstance(address, str) else ""
