"""Finds e-mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.render.privacy.finding import Kind
from generator.render.privacy.numbers import Hit

_ADDRESS = re.compile(
    r"""(?<![a-z0-9._%+-]) ([a-z0-9_%+-][a-z0-9._%+-]{0,63}+)  [ ]?@[ ]?
        (?: ([a-z0-9-]++(?:\.[a-z0-9-]++)++) (?!\.\w) | ([\w-]++(?:\.[\w-]++)++) )""",
    re.VERBOSE,
)
_ENDINGS = """
    avif css gif htm html ico jpeg jpg js json map mjs mp4 pdf png svg ts webm webp woff xml
"""
_FILES: Final = frozenset(_ENDINGS.split())
"""File endings, as in ``picture@2x.png``; none of them is a top-level domain."""


def addresses(text: str) -> Iterator[Hit]:
    """Every address (RFC 5322, without quoted local parts) in text that is folded, with white space collapsed."""
    if "@" not in text:
        return
    for match in _ADDRESS.finditer(text):
        domain = match[2] or match[3]
        before, _, ending = domain.rpartition(".")
        if ending in _FILES:
            domain, ending = before, before.rpartition(".")[2] if "." in before else ""
        if len(ending) >= 2 and (ending.isalpha() or ending.startswith("xn--")):
            yield Kind.EMAIL, f"{match[1]}@{domain}", match.start()
