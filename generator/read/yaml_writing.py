"""How a value is written so that YAML reads it: in quotes, and with half-width signs.

An input method leaves full-width signs where YAML has its own. What is repaired here is only shown, as a hint.
"""

from __future__ import annotations

import re
from typing import Final

WIDE: Final = re.compile("[：，、；［］【】｛｝]")
_HALF: Final = str.maketrans("：，、；［］【】｛｝", ":,,,[][]{}")
_BRACKETS: Final = str.maketrans("［］【】｛｝", "[][]{}")


def in_quotes(value: str) -> str:
    """The value in quotes, as YAML: in double quotes, or in single ones where it contains double quotes."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def half_width(value: str) -> str | None:
    """A list or mapping in brackets with half-width signs; None where a bracket is missing.

    Full-width signs within its texts stay, as in ``{date: 2020-03-20， note: 改了，再改}``.
    """
    text = value.translate(_BRACKETS).strip()
    if text.count("[") != text.count("]") or text.count("{") != text.count("}"):
        return None
    if ":" not in text and "：" not in text:
        return re.sub(r"\s*[，、；]\s*", ", ", text)
    text = re.sub(r"\s*[，、；]\s*(?=[^，、；,:：{}\[\]]+[:：])", ", ", text)
    text = re.sub(r"([{\[,]\s*[^,:：{}\[\]]+?)\s*：\s*", r"\1: ", text)
    # A key without a value.
    return re.sub(r":(?=[,}\]])", ": ", text)


def half_width_key(key: str, *, has_value: bool) -> str:
    """A key that swallowed values, ``走访：2，座谈会：1``, as YAML.

    One that ``has_value`` of its own ends in the key of that value.
    """
    *pairs, last = re.split("[，、；]" if has_value else "[，、；](?=[^，、；：]+：)", key)
    if ("：" in last) is has_value or not all("：" in pair for pair in pairs):
        # Commas belong to a value, and brackets to a key.
        pairs, last = [], key
    if "：" not in key:
        return key.translate(_HALF).strip()
    return ", ".join(_pair(piece.strip()) for piece in (*pairs, last))


def _pair(written: str) -> str:
    """A key with a full-width colon, and its value, which may be in full-width brackets."""
    name, colon, value = written.partition("：")
    if not colon:
        return written
    value = value.strip()
    repaired = half_width(value) if value[:1] in "［【｛[{" else None
    return f"{name.strip()}: {repaired or value}"
