"""Mistakes that writers make, on every line of every kind of file: each is told, and its hint can be followed.

Nothing passes in silence that changes what a file says. What ``rizhi fix`` mends, and what a writer mends by following
hints to the letter, says what was meant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
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
    "content/targets/a.md": "---\nname: 青石村\nkind: village\naliases: [青石, 大队]\nclosed: 2021-03-05\n---\n",
    "content/policies/a.md": "---\ntitle: 帮扶办法\nlevel: city\nfiles: [a.pdf, b.pdf]\nnumber: 〔2020〕3号\n---\n",
    "content/people.yaml": "people:\n- {id: zh, name: 赵一, role: private}\n- id: li\n  name: 李二\n  role: private\n",
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
    "no brackets": lambda key, value: f"{key}: {value.strip('[]').removeprefix('{').removesuffix('}')}",
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
                        wrong = "\t" * (margin.count(" ") // 2) + f"{margin.lstrip()}{key}: {value}"
                    if wrong != line and (path == ENTRY or name not in IN_ENTRY) and (name, key) not in TOO_SHORT:
                        yield Case(name, path, line, "\n".join((*lines[:number], wrong, *lines[number + 1 :])))


IN_ENTRY: Final = {"no line end"}
"""The field that follows is one of an entry."""
TOO_SHORT: Final = {("misspelt", "id")}
"""For one slip to be told from another word."""
IN_TEXT: Final = {
    "curly quotes",
    "quote not opened",
    "comma behind the bracket",
    "semicolon behind",
    "full-width digits",
}
"""They stay where readers see them, if they stand in a text."""
LIKE_NO_LINE: Final = {"no value"}
"""As good as no line at all, where a field may be left out; else nobody but the writer knows."""
BETWEEN_FILES: Final = re.compile(r"  (?:走访|座谈会): |files: |- id: |kind: |    target: ")
"""Lines whose values are held against other files, which these cases have not."""
CHOSEN: Final = {"comment", "no line end"}
"""What was meant is for a person to say."""
EVERY: Final = 1 if os.environ.get("RIZHI_MISTAKES") == "all" else 4
"""Of so many cases one is tried: of each kind of mistake, those on some of the lines."""
ROUNDS: Final = 4
"""A mistake may hide another one."""


def test_every_mistake_is_told_and_can_be_mended() -> None:
    meant = {path: parsed_file(path, text.encode()) for path, text in FILES.items()}
    assert not [problem for file in meant.values() for problem in file.problems]
    wrong, repaired, told = [], 0, 0
    for number, case in enumerate(cases()):
        if number % EVERY:
            continue
        file, value = parsed_file(case.path, case.text.encode()), meant[case.path].value
        told += bool(file.problems)
        if all(problem.is_warning for problem in file.problems):
            if not file.problems and file.value != value and not is_shown(case):
                wrong.append(f"{case.name} in {case.line!r} passes silently")
            continue
        trial = Trial(file)
        trial.run()
        is_clean = all(problem.is_warning for problem in trial.file.problems)
        repaired += is_clean
        if is_clean and case.name not in CHOSEN | LIKE_NO_LINE and trial.file.value != value:
            wrong.append(f"{case.name} in {case.line!r} is repaired to {trial.file.text!r}")
        if case.name not in LIKE_NO_LINE and not can_be_followed(case, value):
            wrong.append(f"{case.name} in {case.line!r}: no hint leads to what was meant: {file.problems}")
    assert wrong == []
    # What is neither told nor repaired changes nothing of what the file says.
    assert told > 1300 // EVERY
    assert repaired > 1250 // EVERY


def test_the_same_mistake_on_every_line_is_repaired() -> None:
    """As whoever does not know better makes it."""
    meant = parsed_file(ENTRY, FILES[ENTRY].encode()).value
    wrong = []
    for name in ("equals sign", "JSON", "list sign in front", "in Markdown", "on the next line", "quote not closed"):
        lines = ((LINE.fullmatch(line), line) for line in FILES[ENTRY].split("\n"))
        text = "\n".join(MISTAKES[name](*found.group("key", "value")) if found else line for found, line in lines)
        trial = Trial(parsed_file(ENTRY, text.encode()))
        trial.run()
        if trial.file.problems or trial.file.value != meant:
            wrong.append(f"{name}: {trial.file.text}")
    assert wrong == []


def is_shown(case: Case) -> bool:
    """Whether what changed is seen by readers, or held against other files."""
    return case.name in IN_TEXT | LIKE_NO_LINE or BETWEEN_FILES.match(case.line) is not None


def can_be_followed(case: Case, value: Any) -> bool:
    """Whether hints that are followed to the letter lead to a file that is sound and says what was meant."""
    text = case.text
    for _ in range(ROUNDS):
        file = parsed_file(case.path, text.encode())
        problems = [one for one in file.problems if not one.is_warning]
        if not problems:
            return case.name in CHOSEN or file.value == value
        lines = text.split("\n")
        for problem in sorted(problems, key=lambda one: -one.line):
            follow(lines, problem)
        text = "\n".join(lines)
    return False


def follow(lines: list[str], problem: Problem) -> None:
    """Does with the lines of a file what the hint of a problem says."""
    at, column = problem.line - 1, problem.column - 1
    line = lines[at]
    margin = line[: len(line) - len(line.lstrip())]
    hint = str(problem.hint).partition(", or ")[0]
    if found := re.fullmatch(r"put it on the line above: (.+)", hint):
        lines[at : at + 2] = [margin + found[1]]
    elif found := re.fullmatch(r"begin a new line before (\S+)", hint):
        lines[at : at + 1] = [line[: line.index(f" {found[1]}")], margin + line[line.index(found[1]) :]]
    elif re.match(r"take (it|the spaces at its beginning) away", hint):
        lines[at] = line.lstrip()
    elif found := re.fullmatch(r"write (\d) spaces in its place", hint):
        lines[at] = margin.replace("\t", " " * int(found[1])) + line.lstrip()
    elif found := re.fullmatch(r"begin the line with (\d) spaces", hint):
        lines[at] = " " * int(found[1]) + line.lstrip()
    elif found := re.fullmatch(r'did you mean "(.+)"\?', hint):
        word = re.match(r"[^:：]+", line[column:])
        lines[at] = line[:column] + found[1] + line[column + len(word[0] if word else "") :]
    elif hint == "keep one of the two":
        del lines[at]
    elif found := re.fullmatch(r"(?:write (?:it as in )?|separate items with half-width commas: )(.+)", hint):
        lines[at] = written(line, column, margin, found[1])


def written(line: str, column: int, margin: str, said: str) -> str:
    """A line with what a hint says to write: the whole field, or its value."""
    if re.match(r"(- )?[\"\w]+:( |$)", said):
        return margin + said
    before = line[: line.index(": ") + 2] if ": " in line[:column] and "{" not in line[:column] else line[:column]
    return before + said
