"""Renders the web app manifest (W3C), with which a phone can install the site; reads the theme's colours for it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from generator.ground.text import display_width
from generator.model import urls
from generator.model.settings import Settings

_ROOT: Final = re.compile(r"^:root\s*\{([^}]*)\}", re.MULTILINE)
_COLOUR: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\b")
_DEFAULTS: Final = {"paper": "#fffefa", "ink": "#1f1c18", "accent": "#a8241b"}
_SHORT: Final = 12
"""The display width of a label below an icon: six Chinese characters."""


def colours(style: str) -> Mapping[str, str]:
    """The colours ``paper``, ``ink`` and ``accent`` of a style sheet's ``:root`` blocks; later declarations win."""
    found = dict(_COLOUR.findall("".join(_ROOT.findall(style))))
    return {name: found.get(name, colour) for name, colour in _DEFAULTS.items()}


def manifest(settings: Settings, style: str) -> str:
    """The manifest. Its URLs are relative, so that it works wherever the site is published."""
    shades = colours(style)
    fields = {
        "name": settings.title,
        "short_name": _short(settings.title),
        "description": settings.description,
        "lang": settings.language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": shades["paper"],
        "theme_color": shades["accent"],
        "icons": [
            {"src": urls.icon(side)[1:], "sizes": f"{side}x{side}", "type": "image/png"} for side in urls.ICON_SIDES
        ],
    }
    return json.dumps({key: value for key, value in fields.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _short(title: str) -> str:
    short = ""
    for char in title:
        if display_width(short + char) > _SHORT:
            break
        short += char
    return short.rstrip(" “‘（(")
