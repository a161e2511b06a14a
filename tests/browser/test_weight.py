"""What pages cost on a phone: bytes, style sheets, scripts, and that nothing moves once it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bench.weight import weighed
from tests.crawl import served
from tests.space import PNG, SiteSpace


@pytest.fixture(scope="module")
def packed(demo: SiteSpace) -> Iterator[str]:
    """The demo from a server that packs texts."""
    with served(demo.folder / "output", packs=True) as root:
        yield root


@pytest.mark.parametrize(
    ("path", "limit"), [("", 40_000), ("2020/03/16/ground-breaking/", 30_000), ("chronicle/", 40_000)]
)
def test_a_page_is_light_and_stands_still(browser: Browser, packed: str, path: str, limit: int) -> None:
    found = weighed(browser, packed + path, is_slow=True)
    assert 1_000 < found.bytes <= limit
    assert found.picture_bytes
    assert found.shift == 0
    assert (found.style_sheets, found.blocking_scripts) == (1, 0)


def test_a_page_in_large_letters_stands_still_too(browser: Browser, packed: str) -> None:
    assert weighed(browser, f"{packed}requests/", remembers="large", is_slow=True).shift == 0


def test_what_moves_is_measured(browser: Browser, tmp_path: Path) -> None:
    late = (
        "setTimeout(() => document.body.prepend(Object.assign(document.createElement('h1'), {textContent: 'x'})), 300)"
    )
    (tmp_path / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><link rel=stylesheet href=a.css><script src=a.js></script>"
        f"<body><p>x<script>{late}</script><img src=a.png alt=''>",
        encoding="utf-8",
    )
    for name in ("a.css", "a.js", "favicon.ico"):
        (tmp_path / name).write_bytes(b" " * 5_000)
    (tmp_path / "a.png").write_bytes(PNG)
    with served(tmp_path) as root:
        found = weighed(browser, root, is_slow=True)
    assert found.shift > 0
    assert found.blocking_scripts == 1
    assert found.bytes > 10_000
    assert found.picture_bytes >= len(PNG)
