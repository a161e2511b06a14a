"""Files whose names are nearly those that a text names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Final

from generator.ground.text import normal

_SIGNS: Final = re.compile(r"[\s_-]+")


class NearFiles:
    """Files by folder and name, whatever its capitals, width, spaces, hyphens and ending."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths: dict[str, list[str]] = {}
        for path in paths:
            self._paths.setdefault(_plain(path), []).append(path)

    def only_one(self, path: str) -> str | None:
        """The only file of the same folder with this name but for capitals, width, spaces, hyphens and ending."""
        near = self._paths.get(_plain(path), [])
        return near[0] if len(near) == 1 else None


def _plain(path: str) -> str:
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(normal("NFKC", name))[0]
    return posixpath.join(folder, _SIGNS.sub("", stem.casefold()))
