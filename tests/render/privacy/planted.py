"""Invented secrets, ways to disguise them, and texts to plant them in."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from html import escape

from generator.render.privacy import Kind, Rules, Scanner

HAN = "张三丰"
DOTTED = "阿卜杜拉·买买提"
LATIN = "Li An"


def identity(first: str) -> str:
    """Seventeen digits with the check character of GB 11643 (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in first:
        total = (total + int(digit)) * 2 % 11
    return first + "0123456789X"[(12 - total) % 11]


def card(first: str) -> str:
    """The digits with the last one by Luhn's rule."""
    for last in "0123456789":
        number = first + last
        total = 0
        for place, digit in enumerate(reversed(number)):
            value = int(digit) * (1 + place % 2)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return number
    raise AssertionError(first)


IDENTITY = identity("37060219811204001")
IDENTITY_X = next(full for n in range(100) if (full := identity(f"370602199002280{n:02}")).endswith("X"))
OLD_IDENTITY = "370602811204001"
MOBILE = "13812345678"
CARD = card("622202123456789")
LONG_CARD = card("622202123456789012")
EMAIL = "zhang.san@example.org"

RULES = Rules(names=(HAN, DOTTED, LANTERN := "欧阳灯火", LATIN))
SCANNER = Scanner(RULES)

Disguise = Callable[[str], str]


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def mathematical(text: str) -> str:
    return "".join(chr(0x1D7D8 + int(c)) if c.isdecimal() else c for c in text)


def arabic(text: str) -> str:
    return "".join(chr(0x0660 + int(c)) if c.isdecimal() else c for c in text)


def circled(text: str) -> str:
    return "".join(
        unicodedata.lookup(f"CIRCLED DIGIT {unicodedata.name(c).split()[-1]}") if c.isdecimal() else c for c in text
    )


def between(mark: str) -> Disguise:
    return mark.join


def once(mark: str) -> Disguise:
    """The text with the sign inserted in the middle."""
    return lambda text: text[: len(text) // 2] + mark + text[len(text) // 2 :]


def entities(text: str) -> str:
    return "".join(f"&#x{ord(c):X};" for c in text)


def decimal_entities(text: str) -> str:
    return "".join(f"&#{ord(c):05d};" for c in text)


def script(text: str) -> str:
    return (
        json.dumps("".join(text), ensure_ascii=True)[1:-1]
        if not text.isascii()
        else "".join(f"\\u{ord(c):04x}" for c in text)
    )


def octets(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


ANY: dict[str, Disguise] = {
    "plain": lambda text: text,
    "zero-width space": between("\u200b"),
    "zero-width joiner": once("\u200d"),
    "word joiner": between("\u2060"),
    "byte order mark": once("\ufeff"),
    "soft hyphen": between("\xad"),
    "variation selector": between("\ufe00"),
    "right-to-left mark": once("\u200f"),
    "right-to-left override": once("\u202e"),
    "grapheme joiner": between("\u034f"),
    "tag character": once("\U000e0041"),
    "strong": once("<strong></strong>"),
    "every character bold": lambda text: "".join(f"<b>{c}</b>" for c in text),
    "span with attributes": once("<span title=\"a>b\" class='x'>"),
    "link": lambda text: f'<a href="/x/">{text[:1]}</a>{text[1:]}',
    "comment": once("<!-- <p> -->"),
    "word break": once("<wbr>"),
    "cdata": once("<![CDATA["),
    "entities": entities,
    "decimal entities": decimal_entities,
    "entities twice": lambda text: escape(entities(text)),
    "zero-width entity": between("&ZeroWidthSpace;"),
    "soft hyphen entity": between("&shy;"),
    "script escapes": script,
    "script escapes twice": lambda text: script(text).replace("\\", "\\\\"),
    "code points": lambda text: "".join(f"\\u{{{ord(c):x}}}" for c in text),
    "css escapes": lambda text: "".join(f"\\{ord(c):04x} " for c in text),
    "octets": octets,
    "octets twice": lambda text: octets(text).replace("%", "%25"),
    "full width": full_width,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}

NAMES: dict[str, Disguise] = {
    "line break": once("\n"),
    "line break and indent": once("\n    "),
    "space": between(" "),
    "ideographic space": between("\u3000"),
    "no-break space": between("\xa0"),
    "thin space": once("\u2009"),
    "tab": once("\t"),
    "br": once("<br />\n"),
    "nbsp": once("&nbsp;"),
    "cells": once("</td>\n<td>"),
    "term": once("</dt><dd>"),
}

DIGITS: dict[str, Disguise] = {
    "mathematical": mathematical,
    "arabic": arabic,
    "circled": circled,
}

GROUPS: dict[str, Disguise] = {
    "space": str,
    "hyphen": lambda text: text.replace(" ", "-"),
    "no-break space": lambda text: text.replace(" ", "\xa0"),
    "ideographic space": lambda text: text.replace(" ", "\u3000"),
    "full-width hyphen": lambda text: full_width(text.replace(" ", "-")),
    "no-break hyphen": lambda text: text.replace(" ", "\u2011"),
    "spaced hyphen": lambda text: text.replace(" ", " - "),
    "marked up": lambda text: text.replace(" ", " <b></b>"),
    "br": lambda text: text.replace(" ", "<br>"),
    "nbsp": lambda text: text.replace(" ", "&nbsp;"),
}

CONTEXTS: dict[str, Callable[[str], str]] = {
    "prose": lambda text: f"<p>上午到村里，见到{text}，谈了很久。</p>",
    "attribute": lambda text: f'<img src="a.png" alt="图为{text}在门口">',
    "meta": lambda text: f'<meta property="og:description" content="图为{text}">',
    "atom": lambda text: f'<content type="html">{escape(f"<p>图为{text}。</p>")}</content>',
    "json": lambda text: json.dumps({"content_html": f"<p>\n图为{text}</p>"}, ensure_ascii=False),
    "ascii json": lambda text: json.dumps({"content_html": f"<p>\n图为{text}</p>"}),
    "csv": lambda text: f'日期,内容\n2020-03-05,"{text}",3\n',
    "text": lambda text: text,
}


def is_found(kind: Kind, value: str, text: str) -> bool:
    return any((finding.kind, finding.value) == (kind, value) for finding in SCANNER.found(text))
