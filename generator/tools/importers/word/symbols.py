"""Signs of symbol fonts, and equations, as ordinary text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.tools.importers.word.package import Element, elements, name_of

UNKNOWN: Final = "〓"
"""What printers set for a sign that they do not have."""
_WINGDINGS: Final = {
    0x21: "✏", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "❑",
    0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x7A: "⌧", 0x9F: "•", 0xA1: "○", 0xA4: "◎", 0xA7: "▪",
    0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + at: sign for at, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8C + at: sign for at, sign in enumerate("❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2: Final = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●"}
_SYMBOL: Final = {
    0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x77: "ω", 0x44: "Δ", 0x53: "Σ",
    0x57: "Ω", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷",
    0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0xE5: "∑",
}  # fmt: skip
_FONTS: Final = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE: Final = range(0xF000, 0xF100)


def symbol(font: str, code: int) -> str:
    """The sign with this code in a font; ``UNKNOWN`` where only the font knows it."""
    known = _FONTS.get(font.lower())
    if known is None and code not in _PRIVATE and 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000:
        return chr(code)
    return (known or {}).get(code - 0xF000 if code in _PRIVATE else code, UNKNOWN)


def equation(element: Element) -> str:
    """An equation on one line: every sign of it, with ``/``, ``^``, ``_`` and ``√`` for how they stand."""
    return "".join(_equation(element))


def _equation(element: Element) -> Iterator[str]:
    parts = {name_of(one): one for one in elements(element)}
    match name_of(element):
        case "m:t":
            yield element.text or ""
        case "w:t":
            yield element.text or ""
        case "m:f":
            yield f"{_grouped(parts.get('m:num'))}/{_grouped(parts.get('m:den'))}"
        case "m:rad":
            degree = "" if "m:deg" not in parts else equation(parts["m:deg"])
            yield f"{degree}√{_grouped(parts.get('m:e'))}"
        case "m:sSup" | "m:sSub" | "m:sSubSup":
            yield "" if "m:e" not in parts else equation(parts["m:e"])
            yield f"_{_grouped(parts['m:sub'])}" if "m:sub" in parts else ""
            yield f"^{_grouped(parts['m:sup'])}" if "m:sup" in parts else ""
        case "m:d":
            yield f"({', '.join(equation(one) for one in elements(element) if name_of(one) == 'm:e')})"
        case _:
            for one in elements(element):
                yield from _equation(one)


def _grouped(element: Element | None) -> str:
    text = "" if element is None else equation(element)
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
