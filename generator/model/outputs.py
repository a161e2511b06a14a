"""The files that a build publishes, one type for each way to make their bytes.

Every ``path`` is relative to the output folder, with ``/``.
"""

from __future__ import annotations

from pathlib import Path

from generator.ground.frozen import frozen


@frozen
class Output:
    """A file whose bytes are ready."""

    path: str
    """From the output folder, with ``/``."""
    body: bytes
    unscanned: bytes | None = None
    """The part of the body that the privacy scan has not checked yet; None for the whole body."""


@frozen
class Copy:
    """A file that is copied unchanged from ``original``."""

    path: str
    """From the output folder, with ``/``."""
    original: Path


@frozen
class Original:
    """A picture or attachment from content/ that is published without its metadata."""

    path: str
    """From the output folder, with ``/``."""
    source: str
    """From the site's folder."""


@frozen
class ImageVariant:
    """One encoded version of a picture."""

    path: str
    """From the output folder, with ``/``."""
    source: str
    """The path of the original, relative to the site's folder."""
    number: int
    """Which of its versions."""
    content_digest: bytes
    """The digest of its bytes."""


@frozen
class Card:
    """A share card: a picture that is drawn for an entry, for link previews."""

    path: str
    """From the output folder, with ``/``."""
    site: str
    """The title of the site."""
    title: str
    facts: str
    """The date and the targets of the entry, as one line."""


@frozen
class Icon:
    """The site's icon, scaled to one size."""

    path: str
    """From the output folder, with ``/``."""
    original: Path
    side: int
    """Width and height in pixels."""
