"""Finds e-mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.ground.patterns import deferred
from generator.render.privacy.finding import Kind
from generator.render.privacy.numbers import Hit

_ADDRESS = deferred(
    r"""(?<![a-z0-9._%+\\-]) ([a-z0-9_%+-][a-z0-9._%+-]{0,63}+)  ([ ]?)@([ ]?)
        (?: ([a-z0-9-]++(?>(?:\.[a-z0-9-]++)+)) (?!\.\w) | ([\w-]++(?>(?:\.[\w-]++)+)) )""",
    re.VERBOSE,
)
"""A local part directly behind a backslash lacks its first letter, which may be that of an escape."""
_ENDINGS = """
    avif css gif gz htm html ico jpeg jpg js json map min mjs mp4 pdf png svg tar tgz ts txt webm webmanifest webp
    whl woff xml yaml
"""
_FILES: Final = frozenset(_ENDINGS.split())
"""File endings, as in ``picture@2x.png``; none of them is a top-level domain."""
_VERSION = deferred(r"v?[0-9]+\.[0-9]|[0-9]+x\.")
"""How a version or the scale of a picture begins, where a domain would."""
_WRITTEN = deferred(r"[0-9._+-]")
"""What is in many local parts, but not in words."""
_OCTETS = deferred("%[0-9a-f]{2}")
_BEFORE_USER: Final = deferred(r"[a-z][a-z0-9+.-]{1,15}://[^/\s@]{0,64}$")
"""The scheme of a URL, and what stands before its user."""
_ACCOUNTS: Final = frozenset(("git", "hg", "svn"))
"""Accounts that serve programs on every host."""


def addresses(text: str) -> Iterator[Hit]:
    """Every address (RFC 5322, without quoted local parts) in text that is folded, with white space collapsed."""
    if "@" not in text:
        return
    for match in _ADDRESS.finditer(text):
        local, domain = match[1], match[4] or match[5]
        if match[2] and not match[3] and not _WRITTEN.search(local):
            # A word stands before the name of an account.
            continue
        if local in _ACCOUNTS or _VERSION.match(domain) or _OCTETS.search(local):
            # Where octets are escaped, what they stand for is looked at, too.
            continue
        if _BEFORE_USER.search(text, max(0, match.start() - 90), match.start()):
            continue
        before, _, ending = domain.rpartition(".")
        while ending in _FILES:
            domain = before
            before, _, ending = domain.rpartition(".")
        if before and len(ending) >= 2 and (ending.isalpha() or ending.startswith("xn--")):
            yield Kind.EMAIL, f"{local}@{domain}", match.start()
