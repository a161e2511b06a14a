"""Reports definitions of links, `[label]: address`, that nothing uses.

CommonMark does not show definitions, so an unused one could be lost text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown_it.utils import EnvType

from generator.ground.messages import Message, say
from generator.read.markdown.parse_state import ParseState


class Definitions(dict[str, Any]):
    """The definitions of a text by label, with a record of which ones were used."""

    def __init__(self) -> None:
        """Begin without definitions."""
        super().__init__()
        self.used: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        """The definition of a label, for a link or a picture, which uses it."""
        self.used.add(label)
        return super().get(label, default)


def report(definitions: Definitions, env: EnvType, parse_state: ParseState) -> None:
    """Warn of each definition that nothing uses, or that repeats a label."""
    remedy = say("write \\[ at its beginning if it is text, or delete it")
    for label, definition in definitions.items():
        if label not in definitions.used:
            fact = say("the line defines a link that the text does not use, so it is not shown")
            _warn(parse_state, definition, fact, remedy)
    for definition in env.get("duplicate_refs", ()):
        fact = say('the link "{label}" is defined twice; this line is not shown', label=definition["label"])
        _warn(parse_state, definition, fact, remedy)


def _warn(parse_state: ParseState, definition: Mapping[str, Any], fact: Message, remedy: Message) -> None:
    parse_state.report(parse_state.line(definition["map"][0], "["), fact, remedy, is_warning=True)
