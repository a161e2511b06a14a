"""A real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.crawl import served
from tests.space import SiteSpace

PATIENCE = 60_000
"""Milliseconds that a busy machine may take for what is waited for."""
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def executable() -> str:
    """Where the browser is."""
    return shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process; each has pages of its own."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(browser, "new_context", _patient(browser.new_context))
            patch.setattr(browser, "new_page", _patient(browser.new_page))
            yield browser
        browser.close()


Opened = TypeVar("Opened", BrowserContext, Page)


def _patient(make: Callable[..., Opened]) -> Callable[..., Opened]:
    """Makes what waits as long for an address or an element as ``expect`` does; by itself it gives up sooner."""

    def made(**options: object) -> Opened:
        one = make(**options)
        one.set_default_timeout(PATIENCE)
        return one

    return made


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
