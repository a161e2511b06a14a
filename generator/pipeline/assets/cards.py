"""Cards and icons: the pictures that are drawn for a site. Nothing that draws is imported before one is drawn."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import BuildError, Problem
from generator.ground.files import opened_file
from generator.ground.fingerprint import fingerprint
from generator.ground.messages import say
from generator.model.outputs import Card, Icon
from generator.model.settings import Settings
from generator.read import sources
from generator.render.fonts import chinese_font

RECIPE: Final = 1
"""To be raised when the same card or icon would be drawn otherwise."""
_FONTS: Final = (b"OTTO", b"ttcf", b"true", b"\0\1\0\0")
"""How font files begin (OpenType, 5.1)."""


@dataclass
class Painter:
    """Draws cards and scales icons."""

    font: Path | None
    """None where no card is to be drawn."""
    colours: Mapping[str, str]

    def digest(self, spec: Card | Icon) -> bytes:
        """The digest of everything that decides how it looks."""
        if isinstance(spec, Icon):
            return fingerprint(repr((RECIPE, spec.side)).encode(), spec.original.read_bytes())
        font = self.font and (self.font.name, self.font.stat().st_size)
        return fingerprint(repr((RECIPE, spec, sorted(self.colours.items()), font)).encode())

    def draw(self, spec: Card | Icon) -> bytes:
        """The picture. Raises BuildError where a font or an icon cannot be read."""
        if isinstance(spec, Card):
            body: bytes = self._cards.drawn(spec)
            return body
        from generator.render.icons import icon

        found = icon(spec.original.read_bytes(), spec.side)
        if found is None:
            raise BuildError(
                Problem(
                    path="/".join(spec.original.parts[-4:]),
                    message=say("the file is no picture that can be read"),
                    hint=say("save it again as PNG, as wide as high"),
                )
            )
        return found

    @cached_property
    def _cards(self) -> Any:
        from generator.render.cards import CardPainter

        assert self.font is not None
        try:
            return CardPainter(self.font, (self.colours["paper"], self.colours["ink"], self.colours["accent"]))
        except OSError:
            raise BuildError(_no_font(self.font.name)) from None


def card_font(settings: Settings, folder: Path, problems: list[Problem]) -> Path | None:
    """The font for cards; None where none are wanted, or where none was found, which is added to ``problems``."""
    if settings.cards is None or settings.base_url is None:
        return None
    if not settings.cards.font:
        font = chinese_font()
        if font is None:
            problems.append(
                Problem(
                    path=sources.SETTINGS,
                    field=("cards",),
                    message=say("no font with Chinese characters was found, so no cards are drawn"),
                    hint=say("install Noto Serif CJK or Noto Sans CJK, or name a font file: cards: {{font: path}}"),
                    is_warning=True,
                )
            )
        return font
    font = folder / settings.cards.font
    with contextlib.suppress(OSError, ValueError), opened_file(font) as file:
        if file.read(4) in _FONTS:
            return font
    problems.append(_no_font(settings.cards.font))
    return None


def _no_font(name: str) -> Problem:
    return Problem(
        path=sources.SETTINGS,
        field=("cards",),
        message=say("{path} is no font that can be read", path=name),
        hint=say("write the path of a .ttf, .otf or .ttc file, from the site's folder or from the root"),
    )
