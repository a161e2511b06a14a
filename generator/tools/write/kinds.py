"""Which kind of file lies where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.read.sources import MARKDOWN, PEOPLE, SETTINGS, folder_of

FOLDER_OF: Final[Mapping[str, str]] = {
    "entry": "entries",
    "target": "targets",
    "policy": "policies",
    "page": "pages",
}
"""The folder of each kind of Markdown file."""
_KIND_IN: Final = {folder: kind for kind, folder in FOLDER_OF.items()}
_YAML: Final = {SETTINGS: "site", PEOPLE: "people"}


def kind_of(path: str) -> str:
    """The kind of the file at a path, as the schema calls it. Raises Fault for a file that is none of the site's."""
    kind = _YAML.get(path) or (_KIND_IN.get(folder_of(path)) if path.lower().endswith(MARKDOWN) else None)
    if kind is None:
        raise Fault(say("{path} is no text of this site", path=path), say("choose a file from the list"))
    return kind


def page_kind(kind: str) -> str:
    """What the writing page calls a kind of file."""
    return "settings" if kind == "site" else kind
