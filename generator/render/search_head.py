"""The head of the search index: the file that every search loads first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from generator.model.search import SearchPlan, is_dated

HEAD: Final = "index"
"""The name of the file."""


def head(
    plan: SearchPlan, blocks: Sequence[tuple[str, int, int, str]], *, version: bytes, shards: int, room: int
) -> bytes:
    """The filters to choose from, words to begin with, and where documents and their texts are.

    ``blocks`` gives for each block the number of its first document, how many there are, and with which piece each of
    its files of texts begins. ``version`` changes whenever a file does.
    """
    months = sorted(name[:7] for name, *_ in blocks if is_dated(name))
    value = {
        "version": version.hex()[:12],
        "shards": shards,
        "room": room,
        "blocks": blocks,
        "kinds": plan.kinds,
        "targets": plan.targets,
        "tags": plan.tags,
        "words": plan.words,
        "months": [months[0], months[-1]] if months else [],
    }
    return f'rizhiSearch("{HEAD}",{json.dumps(value, ensure_ascii=False, separators=(",", ":"))});\n'.encode(
        errors="replace"
    )
