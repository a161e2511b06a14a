"""A real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.crawl import served
from tests.space import SiteSpace

PATIENCE = 60_000
"""Milliseconds that a busy machine may take for what is waited for."""
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process; each has pages of its own."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def stick(demo: SiteSpace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, published for a memory stick."""
    folder = tmp_path_factory.mktemp("stick")
    demo.build("--portable", "--output", str(folder))
    return folder


@pytest.fixture(scope="session")
def address(demo: SiteSpace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo as a server serves it, under a sub-path."""
    yield from _served(demo, tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def plain_address(plain: SiteSpace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same in the theme ``plain``."""
    yield from _served(plain, tmp_path_factory.mktemp("plain"))


def _served(space: SiteSpace, folder: Path) -> Iterator[str]:
    shutil.copytree(space.folder / "output", folder / "sub" / "path")
    with served(folder) as root:
        yield f"{root}sub/path/"
