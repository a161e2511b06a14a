"""Renders pictures as HTML: on pages with versions to choose from, in feeds and documents as one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from generator.model.components import Picture, Version

Address = Callable[[str], str]
"""Gives the link to a URL of the site, as a page has to write it."""

_USUAL = 1080
"""The width in pixels for programs that cannot choose a version, such as feed readers and old browsers."""


_HIGHEST, _WIDEST = 48, 240
"""Pixels of a picture that is a sign within a line."""


def is_large(width: int, height: int) -> bool:
    """Whether a picture is more than a sign within a line, so that it stands on one of its own."""
    return height > _HIGHEST or width > _WIDEST


def responsive(
    picture: Picture, address: Address, *, alt: str, classes: str = "", sizes: str = "100vw", eager: bool = False
) -> str:
    """``<picture>`` with all versions, of which the browser loads the smallest that is sharp.

    ``sizes`` is the width at which it is shown (HTML, source size list). Its size and average colour are written into
    the page, so that the text below does not move when it arrives. Unless ``eager``, it is loaded when it comes near.
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
    """``<img>`` with one version, for feed readers, which do not have the style sheet."""
    if not picture.versions:
        return _img(picture, address(picture.url), alt, classes)
    usual = _usual(picture.versions)
    size = (usual.width, max(1, round(picture.height * usual.width / picture.width)))
    return _img(picture, address(usual.url), alt, classes, size=size)


def whole(picture: Picture, address: Address, *, alt: str, classes: str = "") -> str:
    """``<img>`` with the widest version, for exported documents."""
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
    # The style sheet reads the colour from here, as pages may not contain styles.
    waiting = f' data-tone="{tone}"' if tone else ""
    lazy = "" if eager else ' loading="lazy"'
    return f'<img src="{escape(src)}"{srcset} alt="{escape(alt)}"{named}{measures}{waiting}{lazy} decoding="async">'


def _srcset(files: Iterable[tuple[str, int]], address: Address, sizes: str) -> str:
    listed = ", ".join(f"{address(url)} {width}w" for url, width in files)
    return f' srcset="{escape(listed)}" sizes="{escape(sizes)}"'


def _usual(versions: tuple[Version, ...]) -> Version:
    return next((one for one in versions if one.width >= _USUAL), versions[-1])
