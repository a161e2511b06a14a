"""What roles in a text name: found by key, and called by another one."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from generator.ground.text import nfc
from generator.read.markdown.role_target import parse_target
from generator.site.roles import ABOUT

_ROLE: Final = re.compile(r"(\{(\w+)\}(`+))(?!`)(.+?)(?<!`)(?=\3(?!`))", re.DOTALL)


def names_any(source: str, role: str, keys: Container[str]) -> bool:
    """Whether a role of this kind in a text names one of these."""
    return any(found[2] == role and _called(role, found[4], keys) for found in _ROLE.finditer(source))


def with_key(source: str, role: str, old: str, new: str) -> str:
    """A text in which all roles of this kind that named ``old`` name ``new``; all else in them stays."""

    def renamed(found: re.Match[str]) -> str:
        content = found[4]
        called = _called(role, content, (old,)) if found[2] == role else ""
        if not called:
            return found[0]
        begin = content.rindex("<") + 1 if content.rstrip().endswith(">") and "<" in content else 0
        at = content.index(called, begin)
        return f"{found[1]}{content[:at]}{new}{content[at + len(called) :]}"

    return _ROLE.sub(renamed, source)


def can_be_key(name: str) -> bool:
    """Whether a role can name it."""
    return bool(name) and "`" not in name and parse_target(name).key == name


def _called(role: str, content: str, keys: Container[str]) -> str:
    """Which of these keys a role names, as it is written there; empty for none."""
    inner = content.rstrip()
    key = (inner[inner.rindex("<") + 1 : -1] if inner.endswith(">") and "<" in inner else inner).strip()
    if role == "count" and nfc(key) not in keys:
        key = key.removesuffix(f" {ABOUT}").rstrip()
    return key if nfc(key) in keys else ""
