"""Parses the content of a role into the id of a record and the words to show."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from generator.ground.text import nfc

ROLES: Final = ("target", "request", "count", "person")
"""All known roles. Any other name in braces before a code span is a problem."""

WRITTEN: Final = re.compile(rf"\{{(?:{'|'.join(ROLES)})\}}`")
"""The beginning of a role in a text that is shown as it is written."""


class RoleTarget(NamedTuple):
    """The parsed content of a role."""

    key: str
    text: str
    """The words to show; empty to show the record's own name."""


def parse_target(content: str) -> RoleTarget:
    """Parses ``key`` or ``text <key>``; the key is empty where it is missing."""
    content = " ".join(content.split())
    if content.endswith(">") and "<" in content:
        text, _, key = content[:-1].rpartition("<")
        return RoleTarget(nfc(key.strip()), text.strip())
    return RoleTarget(nfc(content), "")
