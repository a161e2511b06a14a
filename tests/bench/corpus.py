"""The corpus: seeded entries of about 1.4 KB of Chinese Markdown, for 60 targets and 24 tags, over three years."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TARGETS: Final = 60
TAGS: Final = 24
DAYS: Final = 1096
FIRST: Final = datetime.date(2018, 1, 1)
KINDS: Final = ("enterprise", "project", "village", "community")

# What the characters say does not matter; how many bytes they take does.
_CHARACTERS: Final = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


@dataclass(frozen=True, slots=True)
class Written:
    """One entry of the corpus."""

    name: str
    title: str
    date: datetime.date
    targets: tuple[str, ...]
    tags: tuple[str, ...]
    place: str
    body: str


def entries(count: int, seed: int = 7) -> Iterator[Written]:
    """``count`` entries in the order of their dates; the same for the same seed."""
    dice = random.Random(seed)
    for number in range(count):
        yield Written(
            name=f"e{number:06}",
            title=_text(dice, 14),
            date=FIRST + datetime.timedelta(number * DAYS // count),
            targets=tuple(sorted(dice.sample([target(one) for one in range(TARGETS)], dice.randint(1, 2)))),
            tags=tuple(sorted(dice.sample([tag(one) for one in range(TAGS)], dice.randint(1, 3)))),
            place=_text(dice, 5),
            body=_body(dice),
        )


def target(number: int) -> str:
    """A target's id."""
    return f"t{number:02}"


def tag(number: int) -> str:
    """A tag."""
    return f"标签{number:02}"


def _text(dice: random.Random, length: int) -> str:
    return "".join(dice.choices(_CHARACTERS, k=length))


def _body(dice: random.Random) -> str:
    paragraphs = [
        f"{_text(dice, 32)}，**{_text(dice, 6)}**{_text(dice, 28)}。\n{_text(dice, 30)}[{_text(dice, 4)}](https://example.org/)。"
        for _ in range(3)
    ]
    return (
        "\n\n".join([*paragraphs, f"## {_text(dice, 8)}", f"- {_text(dice, 20)}\n- {_text(dice, 20)}", _text(dice, 60)])
        + "\n"
    )
