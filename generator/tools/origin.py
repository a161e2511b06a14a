"""Where this program was installed from, so that the machine that publishes a site can install the same.

pip records it with the installed package (PEP 610), except for what comes from an index.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import url2pathname

from generator import __version__
from generator.ground.frozen import frozen

WHEELS: Final = "wheels"
"""The folder of a site for a wheel of this program that no other machine could fetch."""


@frozen
class Origin:
    """What ``pip install`` needs on another machine."""

    requirement: str
    """A requirement (PEP 508), or the path of the wheel within the site."""
    wheel: Path | None = None
    """The wheel on this machine, to be copied into the site."""
    source: Path | None = None
    """The folder of which a wheel has to be made first; None for a wheel that can be fetched, or is there."""


def origin() -> Origin:
    """The origin of the program that runs."""
    try:
        recorded = distribution("rizhi").read_text("direct_url.json")
    except PackageNotFoundError:
        # It runs from a checkout that nobody installed.
        return Origin(f"{WHEELS}/*.whl", source=Path(__file__).parents[2])
    return _recorded(json.loads(recorded)) if recorded else Origin(f"rizhi=={__version__}")


def _recorded(found: dict[str, Any]) -> Origin:
    url = found["url"]
    if "vcs_info" in found:
        vcs = found["vcs_info"]
        return Origin(f"rizhi @ {vcs['vcs']}+{url}@{vcs['commit_id']}")
    if urlsplit(url).scheme != "file":
        return Origin(f"rizhi @ {url}")
    place = Path(url2pathname(urlsplit(url).path))
    if place.suffix == ".whl" and place.is_file():
        return Origin(f"{WHEELS}/{place.name}", wheel=place)
    return Origin(f"{WHEELS}/*.whl", source=place)
