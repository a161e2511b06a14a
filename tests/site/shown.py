"""What pages show, read out of their HTML."""

from __future__ import annotations

import re


def headlines(page: str) -> list[str]:
    """The titles of a page's list of entries."""
    return re.findall(r'class="headline"><a href="[^"]*">(.*?)</a>', page)


def ledger(page: str) -> list[str]:
    """The titles of a list of requests."""
    return re.findall(r'class="ledger-title"[^>]*><a href="[^"]*">(.*?)</a>', page)


def figures(page: str) -> dict[str, str]:
    """The numbers of a page's figures, by label."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    return {re.sub("<[^>]*>", "", label): re.sub("<[^>]*>", "", text) for label, text in found}
