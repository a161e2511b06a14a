"""Files that are handed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.space import SITE, SiteSpace

_EPOCH = "1700000000"
"""In 2023: no title says a year that is yet to come."""


@pytest.fixture
def space(tmp_path: Path) -> SiteSpace:
    """A site with settings and nothing else."""
    found = SiteSpace(tmp_path, _EPOCH)
    found.write("content/site.yaml", SITE)
    return found


@pytest.fixture
def given(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Puts a file where somebody keeps it, outside of the site."""
    folder = tmp_path_factory.mktemp("writings")

    def put(name: str, text: str) -> Path:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        return place

    return put
