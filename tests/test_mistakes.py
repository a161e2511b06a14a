"""Mistakes that writers make, on every line of every kind of file: each is told, and its hint can be followed.

Nothing passes in silence that changes what a file says. What ``rizhi fix`` mends, and what a writer mends by following
hints to the letter, says what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from generator.ground.errors import Problem
from generator.tools.fix.parsed_file import parsed_file
from generator.tools.fix.trial import Trial

ENTRY: Final = "content/entries/a.md"
FILES: Final = {
    ENTRY: """\
---
title: 走进青石村
date: 2020-03-05
part: am
targets: [qingshi]
tags: [调研, 慰问]
place: 村委会
weather: 晴
summary: 到村里走访
slug: zoujin
status: published
counts: {走访: 3, 座谈会: 1}
policies: [bangfu]
authors: [工作组, 通讯员]
corrections: [{date: 2020-03-20, note: 改了人数}]
requests: [{id: shuiku, target: qingshi, title: 修水库, status: raised}]
---
　　上午到村委会座谈。
""",
    "content/entries/b.md": """\
---
title: 走进青石村
date: 2020-03-05
counts:
  走访: 3
  座谈会: {qingshi: 1}
requests:
  - id: shuiku
    target: qingshi
    status: raised
    helped_by: [胜利村]
  - id: daolu
    status: resolved
    title: 修道路
corrections:
- date: 2020-03-20
  note: 改了人数
---
""",
    "content/targets/qingshi.md": "---\nname: 青石村\nkind: village\naliases: [青石, 青石大队]\nclosed: 2021-03-05\n---\n",
    "content/policies/bangfu.md": "---\ntitle: 帮扶办法\nlevel: city\nfiles: [a.pdf, b.pdf]\nnumber: 鲁〔2020〕3号\n---\n",
    "content/people.yaml": "people:\n- {id: zhao, name: 赵铁柱, role: private}\n- id: li\n  name: 李二狗\n  role: private\n",
    "content/site.yaml": """\
title: 日志
base_url: https://example.org/
per_page: 10
search: false
counters: {走访: , 座谈会: {unit: 次}}
requests:
  overdue_days: 20
menu:
  - title: 日志
    link: /entries/
""",
}
LINE: Final = re.compile(r"(?P<margin>\s*(?:- )?)(?P<key>\w+): (?P<value>.+)")
WIDE: Final = str.maketrans("[]{}", "［］｛｝")
Mistake = Callable[[str, str], str]
MISTAKES: Final[dict[str, Mistake]] = {
    "full-width colon": lambda key, value: f"{key}：{value}",
    "no space": lambda key, value: f"{key}:{value}",
    "space before the colon": lambda key, value: f"{key} : {value}",
    "equals sign": lambda key, value: f"{key} = {value}",
    "arrow": lambda key, value: f"{key}=>{value}",
    "no colon": lambda key, value: f"{key} {value}",
    "semicolon for the colon": lambda key, value: f"{key}; {value}",
    "full-width semicolon for the colon": lambda key, value: f"{key}；{value}",
    "full-width comma": lambda key, value: f"{key}: {value.replace(', ', '，')}",
    "enumeration comma": lambda key, value: f"{key}: {value.replace(', ', '、')}",
    "full-width colon within": lambda key, value: f"{key}: {value.replace(': ', '：')}",
    "full-width brackets": lambda key, value: f"{key}: {value.translate(WIDE)}",
    "lenticular brackets": lambda key, value: f"{key}: {value.translate(str.maketrans('[]', '【】'))}",
    "round brackets": lambda key, value: f"{key}: {value.translate(str.maketrans('[]', '()'))}",
    "all full-width": lambda key, value: f"{key}：{value.translate(WIDE).replace(', ', '，').replace(': ', '：')}",
    "no brackets": lambda key, value: f"{key}: {value.strip('[]{}')}",
    "brackets around": lambda key, value: f"{key}: [{value}]" if value[0] not in "[{" else f"{key}: {value}",
    "bracket not closed": lambda key, value: f"{key}: {value[:-1] if value[-1] in ']}' else '[' + value}",
    "bracket closed by another": lambda key, value: f"{key}: {value[:-1]}{')' if value[-1] in ']}' else value[-1]}",
    "comma behind the bracket": lambda key, value: f"{key}: {value},",
    "quote not closed": lambda key, value: f'{key}: "{value}',
    "quote not opened": lambda key, value: f'{key}: {value}"',
    "quotes around": lambda key, value: f'{key}: "{value}"',
    "curly quotes": lambda key, value: f"{key}: “{value}”",
    "JSON": lambda key, value: f'"{key}": "{value}",',
    "tab in front": lambda key, value: f"\t{key}: {value}",
    "space in front": lambda key, value: f" {key}: {value}",
    "full-width space in front": lambda key, value: f"　{key}: {value}",
    "list sign in front": lambda key, value: f"- {key}: {value}",
    "bullet in front": lambda key, value: f"• {key}: {value}",
    "number in front": lambda key, value: f"1. {key}: {value}",
    "misspelt": lambda key, value: f"{key[:-2]}{key[-1]}{key[-2]}: {value}",
    "in capitals": lambda key, value: f"{key.upper()}: {value}",
    "in Markdown": lambda key, value: f"**{key}**: {value}",
    "in Markdown with the colon": lambda key, value: f"**{key}：** {value}",
    "key in curly quotes": lambda key, value: f"“{key}”: {value}",
    "no value": lambda key, _: f"{key}:",
    "no line end": lambda key, value: f"{key}: {value} language: zh",
    "twice": lambda key, value: f"{key}: {value}\n{key}: {value}",
    "semicolon behind": lambda key, value: f"{key}: {value};",
    "full-width digits": lambda key, value: (
        f"{key}: {value.translate(str.maketrans('0123456789', '０１２３４５６７８９'))}"
    ),
    "invisible character": lambda key, value: f"{key}: {value[:2]}\u200b{value[2:]}",
    "invisible character in the key": lambda key, value: f"{key[:2]}\u200b{key[2:]}: {value}",
    "comment": lambda key, value: f"{key}: {value} # 待核",
    "on the next line": lambda key, value: f"{key}:\n{value}",
}


class Case(NamedTuple):
    """A file with one mistake."""

    name: str
    path: str
    line: str
    text: str


def cases() -> Iterator[Case]:
    for path, text in FILES.items():
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if match := LINE.fullmatch(line):
                for name, mistake in MISTAKES.items():
                    margin, key, value = match.groups()
                    below = "\n" + " " * len(margin)
                    wrong = margin + mistake(key, value).replace("\n", below)
                    if name == "tab in front" and margin:
                        wrong = "\t" * len(margin.replace("-", "")) + f"{key}: {value}"
                    if wrong != line:
                        yield Case(name, path, line, "\n".join((*lines[:number], wrong, *lines[number + 1 :])))
