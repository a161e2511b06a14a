"""What the tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.shared import end, share
from tests.space import SiteSpace

# How long an example takes says nothing on a machine that does other things too.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

LONG = ("browser/test_hostile.py", "pipeline/test_incremental.py", "pipeline/test_killed.py")
"""Files whose tests take longest, from the longest on."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They come first, so that in the end no process waits for what another has just begun."""
    places = {Path(__file__).parent / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(LONG)))


@pytest.fixture(scope="session", autouse=True)
def shared() -> Iterator[None]:
    """What is dear and the same each time is made once a process."""
    with pytest.MonkeyPatch.context() as patch:
        share(patch)
        yield
    end()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """The demo, published; whoever changes its sources takes a copy."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(Path(__file__).parents[1] / "content", folder / "content")
    space = SiteSpace(folder)
    assert space.build().err == ""
    return space


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory, demo: SiteSpace) -> SiteSpace:
    """The demo in the theme ``plain``, published."""
    folder = tmp_path_factory.mktemp("plain")
    shutil.copytree(demo.folder / "content", folder / "content")
    space = SiteSpace(folder)
    settings_file = folder / "content/site.yaml"
    settings_file.write_text(settings_file.read_text(encoding="utf-8") + "theme: plain\n", encoding="utf-8")
    assert space.build().err == ""
    return space


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str], SiteSpace]:
    """Makes a site of a text."""

    def make(text: str) -> SiteSpace:
        return SiteSpace.of(tmp_path, text)

    return make


@pytest.fixture
def space(tmp_path: Path) -> SiteSpace:
    """A site with settings and nothing else."""
    return SiteSpace.of(tmp_path, "")
