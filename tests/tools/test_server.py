"""The preview as a web application, on a system on which other programs have had their say."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from generator.tools import server
from tests.space import SiteSpace
from tests.tools.write.asking import asking


def test_files_are_served_as_what_they_are(space: SiteSpace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows asks its registry what a file is, where programs put what they like; a browser runs no plain text."""
    monkeypatch.setattr("starlette.responses.guess_type", lambda *_, **__: ("text/plain", None))
    monkeypatch.setattr("mimetypes.guess_type", lambda *_, **__: ("text/plain", None))
    for name in ("assets/x.js", "files/x.svg", "files/x.html", ".x/x.html", "a/.x/x.html", "x.html", "x.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    served = {
        "assets/x.js": (200, "text/javascript; charset=utf-8", ""),
        "files/x.svg": (200, "image/svg+xml", "sandbox"),
        "files/x.html": (200, "text/html; charset=utf-8", "sandbox"),
        ".x/x.html": (404, "text/plain; charset=utf-8", ""),
        "a/.x/x.html": (404, "text/plain; charset=utf-8", ""),
        "x.jpg": (200, "image/jpeg", ""),
    }
    with asking(space, tmp_path) as page:
        for name, expected in served.items():
            found = page.raw("GET", f"/{name}")
            headers = found.headers
            assert (found.status, headers["content-type"], headers.get("content-security-policy", "")) == expected, name
        assert b"reload.js" in page.raw("GET", "/x.html").body
        assert b"reload.js" not in page.raw("GET", "/files/x.html").body


def test_paths_are_taken_apart_as_the_system_writes_them(
    space: SiteSpace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PurePath", PureWindowsPath)
    (tmp_path / "a\\.x").write_text("x", encoding="utf-8")
    with asking(space, tmp_path) as page:
        assert page.raw("GET", "/a%5C.x").status == 404
