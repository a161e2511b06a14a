"""The corpus: seeded entries of about 1.3 KB of Chinese Markdown, for 60 targets and 24 tags, over three years.

The texts have what writers write: how many have a list, a table, a quotation was counted in public diaries (README.md).
"""

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
_WORDS: Final = ("Excel", "GB/T", "PM2.5", "the village", "Foxconn", "A4", "5G", "WeChat", "meltblown", "ISO 9001")
SHARES: Final = {
    "heading": 0.9,
    "list": 0.5,
    "nested list": 0.2,
    "ordered list": 0.25,
    "quotation": 0.35,
    "table": 0.05,
    "code": 0.2,
    "rule": 0.15,
}
"""How many of the texts have such a block; of those in running text see _sentence."""


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


def _sentence(dice: random.Random) -> str:
    """About thirty characters, some with bold words, a link, code or a Latin word among them."""
    kinds = ("plain", "bold", "link", "word", "code")
    match dice.choices(kinds, (40, 18, 16, 120, 5))[0]:
        case "bold":
            middle = f"**{_text(dice, 6)}**"
        case "link":
            middle = f"[{_text(dice, 4)}](https://example.org/{dice.randrange(99)})"
        case "word":
            middle = f" {dice.choice(_WORDS)} "
        case "code":
            middle = f"`{dice.choice(_WORDS)}`"
        case _:
            middle = _text(dice, 6)
    return f"{_text(dice, 14)}，{_text(dice, 5)}{middle}{_text(dice, 8)}。"


def _paragraph(dice: random.Random) -> str:
    return "".join(_sentence(dice) for _ in range(dice.randint(2, 4)))


def _block(kind: str, dice: random.Random) -> str:
    match kind:
        case "heading":
            return f"## {_text(dice, 8)}\n\n{_sentence(dice)}"
        case "list":
            return "\n".join(f"- {_text(dice, 16)}" for _ in range(3))
        case "nested list":
            return f"- {_text(dice, 10)}\n  - {_text(dice, 10)}\n  - {_text(dice, 10)}\n- {_text(dice, 10)}"
        case "ordered list":
            return "\n".join(f"{number}. {_text(dice, 16)}" for number in (1, 2, 3))
        case "quotation":
            return f"> {_sentence(dice)}"
        case "table":
            rows = "\n".join(f"| {_text(dice, 5)} | {dice.randrange(99)} |" for _ in range(4))
            return f"| {_text(dice, 3)} | {_text(dice, 2)} |\n|---|---:|\n{rows}"
        case "code":
            return f"```\n{dice.choice(_WORDS)} = {dice.randrange(99)}\n```"
        case _:
            return "---"


def _body(dice: random.Random) -> str:
    blocks = [_block(kind, dice) for kind, share in SHARES.items() if dice.random() < share]
    while sum(map(len, blocks)) < 330:
        blocks.insert(dice.randint(0, len(blocks)), _paragraph(dice))
    blocks.insert(0, _paragraph(dice))
    return "\n\n".join(blocks) + "\n"
