"""What a hint proposes is accepted: it is written into the file to the letter, and the site builds."""

from __future__ import annotations

import re
from pathlib import Path

from tests.space import SiteSpace

SITE = """\
title: 日志
base_url: https://example.org/
counters: {走访: , 座谈会: }
"""
HEAD = "title: 标题\ndate: 2020-03-05\n"
MISTAKES = (
    # Full-width signs of an input method.
    "title：标题\ndate：2020-03-05\n",
    "title: 标题\ndate：2020-03-05\nplace：烟台\n",
    HEAD + "counts: {座谈会：1，走访：2}\n",
    HEAD + "counts: {座谈会：1，走访: 2}\n",
    HEAD + "counts: {座谈会: 1，走访: 2}\n",
    HEAD + "counts: {座谈会：1, 走访：2}\n",
    HEAD + "counts: ｛座谈会: 1｝\n",
    HEAD + "counts: ｛座谈会：1，走访：2｝\n",
    HEAD + "targets: [qingshi]\ncounts: {走访: {qingshi：2}}\n",
    HEAD + "corrections: [{date: 2020-03-20，note: 改了，再改}]\n",
    HEAD + "corrections: [{date: 2020-03-20, note：改了，再改}]\n",
    HEAD + "corrections:\n- {date：2020-03-20, note: 改了}\n",
    HEAD + "tags: 【调研，慰问】\n",
    HEAD + "tags: [调研，慰问]\n",
    HEAD + "tags: 调研、慰问\n",
    HEAD + "extra: {车牌颜色：蓝}\n",
    # One text where several fields are wanted.
    HEAD + "corrections: 改了人数\n",
    HEAD + "corrections: 改了人数: 三人，不是两人\n",
    HEAD + 'corrections: "改了: 三人"\n',
    HEAD + "corrections: [改了人数]\n",
    HEAD.replace("2020", "2019") + "corrections: 改了人数\n",
    HEAD.replace("2020", "2019") + "withdrawn: 有误\n",
    HEAD + "requests: 修路\n",
    HEAD + "requests:\n- 修桥、铺路\n",
    HEAD + "counts: 走访3次\n",
    HEAD + "counts: [走访: 3, 座谈会: 1]\n",
    HEAD + "counts: {走访: 3次}\n",
    HEAD + "counts: {座谈会：1，走访: 三}\n",
    HEAD + "counts:\n  座谈会：1\n",
    HEAD + "counts:\n  座谈会：1\n  走访: 2\n",
    HEAD + "counts:\n  座谈会: 1\n  走访：2\n",
    HEAD + "targets: 青石村\n",
    HEAD + "extra: 甲\n",
    # Dates with something else.
    "title: 标题\ndate: 2020-03-05 上午\n",
    "title: 标题\ndate: 2020年3月5日晚上\n",
    "title: 标题\ndate: 2020年3月5日 星期四 晴\n",
    "title: 标题\ndate: 3月5日\n",
    # Signs that mean something in YAML.
    HEAD + "place: [青石村]东头\n",
    HEAD + "place: *重要*\n",
    HEAD + "place: 一号: 东头\n",
    HEAD + "place: 胜利村 #3\n",
    HEAD + 'place: "青石"村\n',
    HEAD + "place:青石村\n",
    HEAD + "weather: @晴\n",
)
PLACE = re.compile(r"content/entries/(\d+)\.md:(\d+):(\d+): ")
HINT = re.compile(r"  hint: (?:separate items with half-width commas: |write (?:the year too, as in |it as in )?)(.+)")
HALF_OF_DAY = re.compile(r"(.+), and a line (part: \w+)")


def test_hints(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, f"-- content/site.yaml --\n{SITE}")
    space.write("content/targets/qingshi.md", "---\nname: 青石村\nkind: village\n---\n")
    texts = list(MISTAKES)
    untouched = set(range(len(texts)))
    # A mistake may hide another one.
    for _ in range(3):
        for number, text in enumerate(texts):
            space.write(f"content/entries/{number}.md", f"---\n{text}---\n正文。\n")
        ran = space.run("check")
        if ran.status == 0:
            break
        for report in re.split(r"\n(?=content/)", ran.err):
            place, hint = PLACE.match(report), HINT.search(report)
            assert place, report
            assert hint, report
            number = int(place[1])
            texts[number] = followed(texts[number], int(place[2]) - 2, int(place[3]) - 1, hint[1])
            untouched.discard(number)
    assert ran.status == 0, ran.err
    assert [MISTAKES[number] for number in untouched] == []


def followed(text: str, number: int, column: int, hint: str) -> str:
    """The front matter with what a hint says in it, at a line and a column from 0."""
    lines = text.split("\n")
    half = HALF_OF_DAY.fullmatch(hint)
    said = f"{half[1]}\n{half[2]}" if half else hint
    line = lines[number]
    is_line = re.match(r"(- )?[\w-]+: |- \{", said)
    indent = len(line) - len(line.lstrip())
    start = indent if is_line else line.index(": ") + 2 if ": " in line[:column] else column
    lines[number] = line[:start] + said
    return "\n".join(lines)
