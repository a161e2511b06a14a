"""The writing page of a small site, in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.space import TARGETS, SiteSpace, files

SITE = f"""\
-- content/site.yaml --
title: 工作日志
language: zh-CN
counters:
  visits: {{label: 走访, unit: 户}}
{TARGETS}\
-- content/entries/b.md --
---
title: 进社区   # 留着
date: 2020-03-06
tags: [调研]
requests:
  - {{id: bridge, status: raised, title: 村东头过河的便桥年久失修，雨季一到老人都要绕行三里路，请尽快修一修}}
---
从前的一天。
"""
OWN = ("http://127.0.0.1", "blob:", "data:")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """The site that all tests of a process share, with one server for it."""
    return SiteSpace.of(tmp_path_factory.mktemp("written"), SITE)


@pytest.fixture(autouse=True)
def space(written: SiteSpace) -> Iterator[SiteSpace]:
    """The same for one test: what that makes of it is gone afterwards.

    What every test uses is begun before the rest and ended behind it, so its pages are closed by then.
    """
    yield written
    own = dict(files(SITE))
    for place in (written.folder / "content").rglob("*"):
        if place.is_file() and place.relative_to(written.folder).as_posix() not in own:
            place.unlink()
    for path, text in own.items():
        written.write(path, text)


@pytest.fixture(scope="session")
def address(written: SiteSpace) -> Iterator[str]:
    """Where the writing page of the site is."""
    with opened(written) as found:
        yield found


@contextmanager
def opened(space: SiteSpace, port: int = 0) -> Iterator[str]:
    """The writing page of a site, by its address, with a program of its own."""
    command = [sys.executable, "-m", "generator", "write", str(space.folder), "--port", str(port), "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"RIZHI_LANGUAGE": "zh", "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout is not None
        try:
            yield next(word for line in process.stdout for word in line.split() if "/.rizhi/write/" in word)
            assert process.poll() is None, f"the program has ended with {process.returncode}"
        finally:
            process.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must neither complain nor ask another host for anything."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
    page.on("request", lambda asked: None if asked.url.startswith(OWN) else complaints.append(asked.url))
    yield page
    page.close()
    assert complaints == []
