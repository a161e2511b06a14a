"""What the content of a role names."""

from __future__ import annotations

from typing import Final, NamedTuple

from generator.ground.text import nfc

ROLES: Final = ("target", "request", "count", "person")
"""The roles that the site knows. Any other name before a code span is a problem."""


class RoleTarget(NamedTuple):
    """What a role's content says."""

    key: str
    text: str
    """Empty where the named thing's own name is to be shown."""


def parse_target(content: str) -> RoleTarget:
    """What ``key`` or ``text <key>`` names; the key is empty where there is none."""
    content = " ".join(content.split())
    if content.endswith(">") and "<" in content:
        text, _, key = content[:-1].rpartition("<")
        return RoleTarget(nfc(key.strip()), text.strip())
    return RoleTarget(nfc(content), "")
