"""Draws cards: the preview pictures that chats and search engines show for a link to an entry.

A card has sixteen colours, so that it is small and quick to draw. It shows no more than the entry's page does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from generator.ground.lines import shortened, wrapped
from generator.model.outputs import Card

SIZE: Final = (1200, 630)
"""Width and height in pixels, as link previews expect them."""
_MARGIN: Final = 84
_WIDTH: Final = SIZE[0] - 2 * _MARGIN
_TITLES: Final = ((76, 2), (64, 3), (52, 4))
"""Font sizes of the title in pixels, each with its maximum of lines. The first size in which the title fits is used."""
_SMALL: Final = 34
_RUNS: Final = 3
"""zlib's Z_RLE. It makes cards smaller and is faster, as most of a card is background."""
_OPENING: Final = frozenset("“‘（《〈「『【")
"""Punctuation whose left half is empty. At the beginning of a line it is moved left by that half."""
_LEADING: Final = 1.36
_PAPER, _QUIET, _INK, _ACCENT = 0, 10, 14, 15
"""Palette indices: from paper to ink in even steps, then the accent."""

Glyph = tuple[Image.Image | None, int, int, float]
"""A drawn character: its mask (None for white space), the offset right and down of the pen, and its advance width."""


class CardPainter:
    """Draws the cards of one site. Each character is rasterised once for all cards."""

    def __init__(self, font: Path, colours: tuple[str, str, str]) -> None:
        """``colours`` are paper, ink and accent, such as ``#fffefa``. Raises OSError if the font cannot be read."""
        self._palette = list(_shades(*(_rgb(colour) for colour in colours)))
        self._ground = _ground()
        face = _face(str(font))
        self._letters = {
            size: _letters(ImageFont.truetype(str(font), size, index=face, layout_engine=ImageFont.Layout.BASIC))
            for size in (_SMALL, *(size for size, _ in _TITLES))
        }

    def drawn(self, card: Card) -> bytes:
        """The card as PNG."""
        image = self._ground.copy()
        small = self._measure(_SMALL)
        self._write(image, shortened(wrapped(card.site, _WIDTH, small), 1, _WIDTH, small), _MARGIN, _SMALL, _QUIET)
        size, lines = self.title(card.title)
        height = round(size * _LEADING) * len(lines)
        self._write(image, lines, (SIZE[1] - height) // 2 - 4, size, _INK)
        facts = shortened(wrapped(card.facts, _WIDTH, small), 1, _WIDTH, small)
        self._write(image, facts, SIZE[1] - _MARGIN - _SMALL, _SMALL, _QUIET)
        image.putpalette(self._palette)
        file = BytesIO()
        image.save(file, "PNG", bits=4, compress_type=_RUNS)
        return file.getvalue()

    def title(self, title: str) -> tuple[int, list[str]]:
        """The largest font size, in pixels, in which a title fits, and the title's lines at that size."""
        for size, most in _TITLES:
            lines = wrapped(title, _WIDTH, self._measure(size))
            if len(lines) <= most:
                return size, lines
        size, most = _TITLES[-1]
        return size, shortened(lines, most, _WIDTH, self._measure(size))

    def _measure(self, size: int) -> Callable[[str], float]:
        letter = self._letters[size]
        return lambda text: sum(letter(char)[3] for char in text)

    def _write(self, image: Image.Image, lines: Iterable[str], top: int, size: int, colour: int) -> None:
        letter = self._letters[size]
        for line in lines:
            left = float(_MARGIN)
            if line[:1] in _OPENING and letter(line[0])[3] > 0.9 * size:
                left -= size / 2
            for char in line:
                mask, right, down, advance = letter(char)
                if mask is not None:
                    image.paste(colour, (round(left) + right, top + down), mask)
                left += advance
            top += round(size * _LEADING)


def _letters(font: ImageFont.FreeTypeFont) -> Callable[[str], Glyph]:
    @cache
    def letter(char: str) -> Glyph:
        left, top, right, bottom = (round(side) for side in font.getbbox(char))
        advance = font.getlength(char)
        if right <= left or bottom <= top:
            return None, 0, 0, advance
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).text((-left, -top), char, fill=255, font=font)
        return mask, left, top, advance

    return letter


def _ground() -> Image.Image:
    """The background of all cards: paper, with a bar of the accent colour on top."""
    image = Image.new("L", SIZE, _PAPER)
    ImageDraw.Draw(image).rectangle((0, 0, SIZE[0], 11), fill=_ACCENT)
    return image


def _rgb(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _shades(paper: tuple[int, ...], ink: tuple[int, ...], accent: tuple[int, ...]) -> Iterator[int]:
    for step in range(_INK + 1):
        yield from (round(one + (other - one) * step / _INK) for one, other in zip(paper, ink, strict=True))
    yield from accent


def _face(font: str) -> int:
    """The index of the face with Mainland Chinese glyphs in a font collection; 0 if no face is named so."""
    for index in range(16):
        try:
            name = ImageFont.truetype(font, 10, index=index).getname()[0] or ""
        except OSError:
            break
        if name.endswith((" SC", " GB", " CN")):
            return index
    return 0
