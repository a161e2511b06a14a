"""Finds a font with Chinese characters among the installed fonts of Linux, macOS and Windows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_NAMES: Final = (
    "NotoSerifCJK-Bold.ttc", "NotoSerifCJKsc-Bold.otf", "NotoSerifSC-Bold.otf", "NotoSerifSC-Bold.ttf",
    "SourceHanSerifSC-Bold.otf", "SourceHanSerifCN-Bold.otf", "Songti.ttc", "NotoSansCJK-Bold.ttc",
    "NotoSansCJKsc-Bold.otf", "NotoSansSC-Bold.otf", "NotoSansSC-Bold.ttf", "SourceHanSansSC-Bold.otf",
    "SourceHanSansCN-Bold.otf", "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf", "NotoSerifCJK-Regular.ttc", "STHeiti Medium.ttc", "PingFang.ttc",
    "Hiragino Sans GB.ttc", "msyhbd.ttc", "msyh.ttc", "Dengb.ttf", "simhei.ttf", "simsun.ttc", "wqy-zenhei.ttc",
    "wqy-microhei.ttc", "DroidSansFallbackFull.ttf",
)  # fmt: skip
"""Known font files, the best first: a bold serif like the theme's headlines."""


def chinese_font() -> Path | None:
    """The path of the best known Chinese font; None if the usual folders hold none of them."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for place, _, names in os.walk(folder):
            for name in names:
                if name in _NAMES:
                    found.setdefault(name, Path(place, name))
    return next((found[name] for name in _NAMES if name in found), None)


def _folders() -> Iterator[Path]:
    """The font folders of Linux, macOS and Windows."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - without a home folder, it returns "~" and does not raise
    yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")
    yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    for variable, below in (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts")):
        if root := os.environ.get(variable):
            yield Path(root, below)
