"""What an import has written, and the moments at which it is killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.space import SiteSpace, tree

MOVES: tuple[tuple[object, str], ...] = ((Path, "replace"), (Path, "rename"), (shutil, "rmtree"))

WRITES = ((os, "fsync"), (Path, "mkdir"), *MOVES)


def drafts(space: SiteSpace) -> dict[str, str]:
    """The Markdown of all drafts by path."""
    content = {path: body for path, body in tree(space.folder / "content").items() if path.endswith(".md")}
    return {path: body.decode() for path, body in content.items() if path.startswith(("entries/", "pages/"))}


def field(text: str, name: str) -> str:
    return next((line.partition(": ")[2] for line in text.split("\n") if line.startswith(f"{name}: ")), "")


def die_at(moment: int, monkeypatch: pytest.MonkeyPatch, calls: tuple[tuple[object, str], ...] = WRITES) -> None:
    """Ends the process at its write of that number."""
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **others: object) -> object:
            count[0] += 1
            if count[0] == moment:
                os._exit(9)
            return real(*given, **others)

        return call

    for owner, name in calls:
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
