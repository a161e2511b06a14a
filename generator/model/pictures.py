"""Encoded pictures: the versions in which a picture is published."""

from __future__ import annotations

from generator.ground.frozen import frozen


@frozen
class VariantInfo:
    """One version of a picture, as a file."""

    width: int
    ending: str
    """``webp``, ``jpg`` or ``png``."""
    size: int
    """In bytes."""
    content_digest: bytes
    """The digest of its bytes."""


@frozen(kw_only=True)
class ImageInfo:
    """A picture as it is published: upright, encoded again from its pixels, in several widths."""

    kind: str
    """The format of the original: ``jpeg``, ``heic``, ``svg`` …"""
    width: int
    """The width of the widest version in pixels; 0 for a drawing without a size."""
    height: int
    """As ``width``."""
    variants: tuple[VariantInfo, ...] = ()
    """By width, WebP first; none for a drawing, which is published as it lies."""
    tone: str = ""
    """The average colour, ``#8a7f70``; empty for a picture with transparency."""
    is_moving: bool = False
    """Whether the WebP is animated. The other versions show the first frame."""
