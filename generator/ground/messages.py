"""The program's messages to its users, in English and Chinese.

The code holds each sentence in English, which is also its key in the Chinese catalogue, ``messages.zh.yaml``.
"""

from __future__ import annotations

import functools
import locale
import os
from collections.abc import Mapping
from pathlib import Path

from generator.ground.frozen import frozen


@frozen
class Message:
    """A template and the values that fill it, so that it can be shown in more than one language."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """The sentence in English."""
        return self.in_language("en")

    def in_language(self, language: str) -> str:
        """The sentence in ``language``: ``"zh"``, or anything else for English.

        A sentence that the Chinese catalogue lacks stays English.
        """
        template = chinese().get(self.template, self.template) if language == "zh" else self.template
        values = {
            name: value.in_language(language) if isinstance(value, Message) else value for name, value in self.values
        }
        return template.format_map(values)


def say(template: str, /, **values: object) -> Message:
    """A message whose ``{names}`` are filled with ``values``; each is shown as ``str`` shows it."""
    plain = (int, str, Message)
    return Message(template, tuple((name, one if isinstance(one, plain) else str(one)) for name, one in values.items()))


@functools.cache
def chinese() -> Mapping[str, str]:
    """The catalogue: English template → Chinese template. It is read when it is first needed."""
    import yaml

    text = Path(__file__).with_name("messages.zh.yaml").read_text(encoding="utf-8")
    catalogue: dict[str, str] = yaml.load(text, Loader=yaml.CSafeLoader)
    return catalogue


def user_language() -> str:
    """The language of the user at this machine: ``"zh"`` or ``"en"``.

    It comes from ``RIZHI_LANGUAGE``, else from the locale's variables in POSIX order, else from the system's setting.
    Only messages depend on it; published files never do.
    """
    for name in ("RIZHI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"
