"""Cards: the picture that stands for an entry where a link to it is shown, in a chat or in a search.

A card is drawn in sixteen colours, so that it is cheap to make and small: what is seen of it is a title, and what it
says stands on the entry's page as well.
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
"""What previews of links ask for."""
_MARGIN: Final = 84
_WIDTH: Final = SIZE[0] - 2 * _MARGIN
_TITLES: Final = ((76, 2), (64, 3), (52, 4))
"""Sizes of the title, in pixels, with the lines that it may have: the first in which it fits."""
_SMALL: Final = 34
_RUNS: Final = 3
"""zlib's Z_RLE, with which a card is both smaller and sooner done, as most of it is paper."""
_OPENING: Final = frozenset("“‘（《〈「『【")
"""What leaves half its width free before it, which is not wanted at a line's beginning."""
_LEADING: Final = 1.36
_PAPER, _QUIET, _INK, _ACCENT = 0, 10, 14, 15
"""Colours by their number: from paper to ink in even steps, and the accent."""

Glyph = tuple[Image.Image | None, int, int, float]
"""A character: what to fill in, from where (right and down of the line's begin and top), and how far it goes."""


class Easel:
    """Draws the cards of one site. Characters are drawn once, whatever cards they stand on."""

    def __init__(self, font: Path, colours: tuple[str, str, str]) -> None:
        """``colours`` are paper, ink and accent, as ``#fffefa``. Raises OSError for a font that cannot be read."""
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
        """A title's lines, and the size of its letters in pixels: the largest in which it fits."""
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
    """What all cards have: paper, and the accent's rule on top."""
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
    """Which face of a collection is the one for the mainland's forms of characters; the first where none says so."""
    for index in range(16):
        try:
            name = ImageFont.truetype(font, 10, index=index).getname()[0] or ""
        except OSError:
            break
        if name.endswith((" SC", " GB", " CN")):
            return index
    return 0
