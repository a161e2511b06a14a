"""Files to publish, as they are rendered or as they lie on the disk."""

from __future__ import annotations

from pathlib import Path

from generator.ground.frozen import frozen


@frozen
class Output:
    """A file to publish, as bytes."""

    path: str
    """From the output folder, with ``/``."""
    body: bytes
    unscanned: bytes | None = None
    """What of it has yet to be looked through for what must not be published; None for all."""


@frozen
class Copy:
    """A file to publish, as it lies on the disk."""

    path: str
    """From the output folder, with ``/``."""
    original: Path


@frozen
class Original:
    """A picture or attachment to publish, which lies under content/."""

    path: str
    """From the output folder, with ``/``."""
    source: str
    """From the site's folder."""


@frozen
class ImageVariant:
    """A version of a picture to publish, as it was developed."""

    path: str
    """From the output folder, with ``/``."""
    source: str
    """The original, from the site's folder."""
    number: int
    """Which of its versions."""
    digest: bytes
    """The fingerprint of its bytes."""


@frozen
class Card:
    """A picture that stands for an entry, to be drawn."""

    path: str
    """From the output folder, with ``/``."""
    site: str
    """What the site is called."""
    title: str
    facts: str
    """The date, and whom it was about."""


@frozen
class Icon:
    """The site's icon, to be scaled."""

    path: str
    """From the output folder, with ``/``."""
    original: Path
    side: int
    """In pixels."""
