"""What could not be read of a site. References to it are not reported: what mends it may mend them, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.text import nfc
from generator.model import urls
from generator.model.prose import Text
from generator.read.sources import MARKDOWN, SETTINGS

_MADE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "entries": (
        *(urls.DATES, urls.TAGS, urls.REQUESTS, urls.COUNTERS, urls.CHRONICLE, urls.CORRECTIONS),
        *(f"/{digit}" for digit in range(10)),
    ),
    "policies": (urls.POLICIES,),
    "targets": (urls.TARGETS, urls.REQUESTS, urls.COUNTERS),
    "kinds": (urls.TARGETS, urls.REQUESTS, urls.COUNTERS),
    "counters": (urls.COUNTERS,),
}
"""The beginnings of the URLs of what files of a folder, or a setting, may give pages to."""


@frozen
class Unread:
    """Files without a value, and settings that are faulty."""

    texts: Mapping[str, Text]
    """By path, the texts of Markdown files with faulty front matter, whose references are checked all the same."""
    paths: frozenset[str]
    """Those of all files and folders that gave nothing."""
    settings: frozenset[str]
    """The names of those fields of site.yaml of which something got lost: the whole, or one of the writer's keys."""

    @classmethod
    def of(cls, texts: Mapping[str, Text], paths: Iterable[str], problems: Iterable[Problem]) -> Unread:
        """The files at ``paths``, and the settings that have ``problems``."""
        places = [(one.field, one.at_key) for one in problems if one.path == SETTINGS and one.field]
        lost = frozenset(str(field[0]) for field, at_key in places if len(field) == 1 or (len(field) == 2 and at_key))
        return cls(texts, frozenset(map(nfc, paths)), lost)

    def within(self, folder: str) -> list[str]:
        """The paths of Markdown files in one of the folders of content/, and of folders that may hold some."""
        top = f"content/{folder}"
        return [
            path
            for path in self.paths
            if path == top or (path.startswith(f"{top}/") and PurePosixPath(path).suffix.lower() in ("", *MARKDOWN))
        ]

    def may_publish(self, url: str) -> bool:
        """Whether there may be a page at ``url`` once all can be read; aliases are not thought of."""
        ids = (path.removeprefix("content/pages/").rpartition(".")[0] for path in self.within("pages"))
        return any(url.startswith(urls.page(one.removesuffix("/index"))) for one in ids) or any(
            url.startswith(beginnings)
            for name, beginnings in _MADE_OF.items()
            if name in self.settings or self.within(name)
        )


NOTHING: Final = Unread({}, frozenset(), frozenset())
"""Of a site without faults."""
