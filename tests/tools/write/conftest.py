"""What the tests of the writing page's server share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, Asking, asking


@pytest.fixture
def page(space: SiteSpace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    """The writing page of a site that has one draft."""
    space.write("content/entries/a.md", DRAFT)
    with asking(space, Path(tmp_path_factory.mktemp("preview"))) as found:
        yield found
