"""What the program says to people: each sentence once in English, with its Chinese beside it."""

from __future__ import annotations

import functools
import locale
import os
from collections.abc import Mapping
from pathlib import Path

from generator.ground.frozen import frozen


@frozen
class Message:
    """A sentence and the values that fill it, so that it can be said in more than one language."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """The sentence in English."""
        return self.said_in("en")

    def said_in(self, language: str) -> str:
        """The sentence in ``language``: ``"zh"``, or anything else for English.

        A sentence that the Chinese catalogue lacks is said in English.
        """
        template = chinese().get(self.template, self.template) if language == "zh" else self.template
        values = {name: value.said_in(language) if isinstance(value, Message) else value for name, value in self.values}
        return template.format_map(values)


def say(template: str, /, **values: object) -> Message:
    """A sentence whose ``{names}`` are filled with ``values``, each shown as ``str`` shows it."""
    plain = (int, str, Message)
    return Message(template, tuple((name, one if isinstance(one, plain) else str(one)) for name, one in values.items()))


@functools.cache
def chinese() -> Mapping[str, str]:
    """The catalogue: English template → Chinese template. Read when a sentence is first said in Chinese."""
    import yaml

    text = Path(__file__).with_name("messages.zh.yaml").read_text(encoding="utf-8")
    catalogue: dict[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)
    return catalogue


def spoken_language() -> str:
    """The language that the person at the keyboard reads: ``"zh"`` or ``"en"``.

    ``RIZHI_LANGUAGE`` decides, else the locale's variables in POSIX order, else what the system says.
    Only messages follow it; what is published never does.
    """
    for name in ("RIZHI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"
