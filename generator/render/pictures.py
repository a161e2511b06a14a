"""Pictures as HTML: on pages in the width that fits the screen, elsewhere as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from generator.model.components import Picture, Version

Address = Callable[[str], str]
"""How a page writes the address of a URL of the site."""

_USUAL = 1080
"""Pixels: the version for what cannot choose, as feeds and old browsers."""


def responsive(
    picture: Picture, address: Address, *, alt: str, classes: str = "", sizes: str = "100vw", eager: bool = False
) -> str:
    """``<picture>`` with all versions, from which the browser takes the smallest that is sharp.

    ``sizes`` says how wide it is shown (HTML, source size list). With its size and its colour in place the text
    below need not jump when it comes; only what is ``eager`` is asked for before it is near.
    """
    versions = picture.versions
    if not versions:
        return _img(picture, address(picture.url), alt, classes, eager=eager)
    moves = ' media="(prefers-reduced-motion: no-preference)"' if picture.is_moving else ""
    webp = [(one.webp, one.width) for one in versions if one.webp]
    source = f'<source type="image/webp"{moves}{_srcset(webp, address, sizes)}>' if webp else ""
    plain = _srcset([(one.url, one.width) for one in versions], address, sizes) if len(versions) > 1 else ""
    img = _img(picture, address(_usual(versions).url), alt, classes, plain, eager=eager, tone=picture.tone)
    return f"<picture>{source}{img}</picture>"


def single(picture: Picture, address: Address, *, alt: str, classes: str = "") -> str:
    """``<img>`` with one version, for readers of feeds, which know neither the page's widths nor its colours."""
    if not picture.versions:
        return _img(picture, address(picture.url), alt, classes)
    usual = _usual(picture.versions)
    size = (usual.width, max(1, round(picture.height * usual.width / picture.width)))
    return _img(picture, address(usual.url), alt, classes, size=size)


def whole(picture: Picture, address: Address, *, alt: str, classes: str = "") -> str:
    """``<img>`` with the widest version, for documents that leave the site."""
    return _img(picture, address(picture.url), alt, classes)


def _img(
    picture: Picture,
    src: str,
    alt: str,
    classes: str,
    srcset: str = "",
    *,
    eager: bool = False,
    size: tuple[int, int] | None = None,
    tone: str = "",
) -> str:
    width, height = size or (picture.width, picture.height)
    named = f' class="{escape(classes)}"' if classes else ""
    measures = f' width="{width}" height="{height}"' if width else ""
    # The style sheet reads the colour from here, for a page may hold no styles of its own.
    waiting = f' data-tone="{tone}"' if tone else ""
    lazy = "" if eager else ' loading="lazy"'
    return f'<img src="{escape(src)}"{srcset} alt="{escape(alt)}"{named}{measures}{waiting}{lazy} decoding="async">'


def _srcset(files: Iterable[tuple[str, int]], address: Address, sizes: str) -> str:
    listed = ", ".join(f"{address(url)} {width}w" for url, width in files)
    return f' srcset="{escape(listed)}" sizes="{escape(sizes)}"'


def _usual(versions: tuple[Version, ...]) -> Version:
    return next((one for one in versions if one.width >= _USUAL), versions[-1])
