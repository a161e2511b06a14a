"""Sites as large as they come: 600 targets, 500 tags, 1,500 entries; and one with one. Seeded, in Chinese."""

from __future__ import annotations

import datetime
import io
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from tests.space import SiteSpace

SETTINGS: Final = """\
title: 驻村日记
description: 县直机关驻村工作队的工作日志：到过哪些地方，为谁做了什么，群众提了什么，后来办得怎样。
base_url: https://example.org/
organization: 驻村工作队
counters:
  走访: {unit: 次, shared: true}
  座谈会: {unit: 场, shared: true}
  宣讲: {unit: 场, shared: true}
  协调会: {unit: 次, shared: true}
"""
FIRST: Final = datetime.date(2015, 4, 2)
SURNAMES: Final = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜曾解朴盖仇查单区重长六大"
PLACES: Final = "庄沟岭湾台桥店屯山安厂口坡河滩"
KINDS: Final = (
    ("village", "{}家{}村", "{}{}镇{}家{}村村民委员会"),
    ("community", "{}{}社区", "{}{}街道{}{}社区居民委员会"),
    ("enterprise", "{}{}机械", "{}{}市{}{}机械制造有限公司"),
    ("project", "{}{}水渠", "{}{}乡{}{}灌溉水渠改造工程"),
)
"""Kinds of targets, with the forms of their short and full names."""
WORDS: Final = (
    "村里", "党员", "干部", "上午", "一起", "看了", "水渠", "大棚", "路灯", "账目", "老人", "孩子", "学校", "卫生室",
    "商量", "修好", "还差", "资金", "月底", "名单", "化肥", "种子", "订单", "工人", "车间", "合同", "银行", "手续",
)  # fmt: skip
SUBJECTS: Final = ("村道积水", "路灯不亮", "贷款到期", "招工困难", "水渠渗漏", "网络不通", "校车太少", "账目不清")
STAGES: Final = ("reported", "coordinating", "resolved", "closed")


def target_names(count: int) -> list[tuple[str, str, str]]:
    """For each of ``count`` targets its kind, short name and full name; no name is used twice."""
    found: dict[str, tuple[str, str, str]] = {}
    dice = random.Random(600)
    while len(found) < count:
        kind, short, full = dice.choices(KINDS, (6, 2, 2, 1))[0]
        own = dice.choice(SURNAMES), dice.choice(PLACES)
        around = dice.choice(SURNAMES), dice.choice(PLACES)
        found.setdefault(short.format(*own), (kind, short.format(*own), full.format(*around, *own)))
    return list(found.values())


def tag_names(count: int) -> list[str]:
    """``count`` tags; no one is used twice."""
    pairs = [f"{one}{other}" for one in WORDS for other in WORDS if one != other]
    return random.Random(500).sample(pairs, count)


def write(space: SiteSpace, *, entries: int, targets: int, tags: int, theme: str = "default") -> SiteSpace:
    """Writes a site with so many of each. Every third entry has a cover, every fourth has a step of a request."""
    space.write("content/site.yaml", f"{SETTINGS}theme: {theme}\n")
    dice = random.Random(7)
    for number, (kind, short, full) in enumerate(target_names(targets)):
        space.write(
            f"content/targets/t{number:03}.md",
            f"---\nname: {full}\nshort_name: {short}\nkind: {kind}\nplace: 山前镇\n---\n{prose(dice, 2)}\n",
        )
    for number, colour in enumerate(("#b56a3f", "#5f7d58", "#6a7f9a")[: -(-entries // 3)]):
        space.write(f"content/entries/p{number}.jpg", picture(colour))
    labels = tag_names(tags)
    for number in range(entries):
        day = FIRST + datetime.timedelta(number * min(1600, 9 * entries) // entries)
        space.entry(f"e{number:04}", prose(dice, dice.randint(3, 9)), **fields(dice, number, day, targets, labels))
    return space


def fields(
    dice: random.Random, number: int, day: datetime.date, targets: int, labels: Sequence[str]
) -> Mapping[str, str]:
    """The front matter of an entry."""
    chosen = [f"t{one:03}" for one in dice.sample(range(targets), min(targets, dice.randint(1, 6)))]
    given = {
        "title": f"{''.join(dice.choices(WORDS, k=3))}：{''.join(dice.choices(WORDS, k=2))}",
        "date": str(day),
        "place": "山前镇",
        "targets": listed(chosen),
        "tags": listed(dice.sample(labels, min(len(labels), dice.randint(1, 6)))),
        "counts": f"{{走访: {dice.randint(1, 9)}, 座谈会: 1, 宣讲: 0, 协调会: {dice.randint(0, 1)}}}",
    }
    if number % 3 == 0:
        given["cover"] = f"p{number % 9 // 3}.jpg"
    if number % 4 == 0:
        of = f", target: {chosen[0]}" if chosen else ""
        given["requests"] = f"[{{id: q{number}, status: raised, title: {dice.choice(SUBJECTS)}{of}, note: 望早日办好}}]"
    elif number % 4 == 1 and number % 16 != 1:
        given["requests"] = f"[{{id: q{number - 1}, status: {STAGES[number // 4 % 4]}, note: 已经联系}}]"
    return given


def listed(names: Sequence[str]) -> str:
    """A list in YAML."""
    return f"[{', '.join(names)}]"


def prose(dice: random.Random, sentences: int) -> str:
    """So many sentences, a paragraph for every three; what they say does not matter."""
    said = [f"{''.join(dice.choices(WORDS, k=6))}，{''.join(dice.choices(WORDS, k=5))}。" for _ in range(sentences)]
    return "\n\n".join("".join(said[at : at + 3]) for at in range(0, sentences, 3)) + "\n"


def picture(colour: str) -> bytes:
    """A photograph's worth of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
    return out.getvalue()


BIG_SITES: Final[Mapping[str, Mapping[str, int]]] = {
    "600 targets": {"entries": 240, "targets": 600, "tags": 24},
    "500 tags": {"entries": 240, "targets": 12, "tags": 500},
    "1,500 entries": {"entries": 1500, "targets": 30, "tags": 24},
    "one entry": {"entries": 1, "targets": 0, "tags": 0},
}
"""The four sites: how many entries, targets and tags each has."""


def big_site(folder: Path, name: str, *options: str, theme: str = "default") -> SiteSpace:
    """One of the four sites in ``folder``, published with these options."""
    space = write(SiteSpace(folder), **BIG_SITES[name], theme=theme)
    space.build(*options)
    return space
