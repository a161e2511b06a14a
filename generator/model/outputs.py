"""Files to publish, as they are rendered or as they lie on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.ground.frozen import Frozen


@dataclass(frozen=True, slots=True)
class Output(Frozen):
    """A file to publish, as bytes."""

    path: str
    """From the output folder, with ``/``."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Copy(Frozen):
    """A file to publish, as it lies on the disk."""

    path: str
    """From the output folder, with ``/``."""
    original: Path


@dataclass(frozen=True, slots=True)
class Original(Frozen):
    """A picture or attachment to publish, which lies under content/."""

    path: str
    """From the output folder, with ``/``."""
    source: str
    """From the site's folder."""


@dataclass(frozen=True, slots=True)
class Sheet(Frozen):
    """A version of a picture to publish, as it was developed."""

    path: str
    """From the output folder, with ``/``."""
    source: str
    """The original, from the site's folder."""
    number: int
    """Which of its versions."""
    print: bytes
    """The fingerprint of its bytes."""


@dataclass(frozen=True, slots=True)
class Card(Frozen):
    """A picture that stands for an entry, to be drawn."""

    path: str
    """From the output folder, with ``/``."""
    site: str
    """What the site is called."""
    title: str
    facts: str
    """The date, and whom it was about."""


@dataclass(frozen=True, slots=True)
class Icon(Frozen):
    """The site's icon, to be scaled."""

    path: str
    """From the output folder, with ``/``."""
    original: Path
    side: int
    """In pixels."""
