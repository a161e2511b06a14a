"""What is known of a picture that was developed: the versions of it that are published."""

from __future__ import annotations

from generator.ground.frozen import frozen


@frozen
class ImageVariant:
    """One version of a picture, as a file."""

    width: int
    ending: str
    """``webp``, ``jpg`` or ``png``."""
    size: int
    """In bytes."""
    digest: bytes
    """The fingerprint of its bytes."""


@frozen(kw_only=True)
class ImageInfo:
    """A picture, upright and rebuilt from its pixels, in the widths in which it is published."""

    kind: str
    """What the original is: ``jpeg``, ``heic``, ``svg`` …"""
    width: int
    """Of the widest version, in pixels; 0 for a drawing that names no size."""
    height: int
    """As ``width``."""
    variants: tuple[ImageVariant, ...] = ()
    """By width, WebP first; none for a drawing, which is published as it lies."""
    tone: str = ""
    """Its average colour, ``#8a7f70``; empty for one that is seen through."""
    is_moving: bool = False
    """Whether its WebP moves. Its other versions show the first picture."""
