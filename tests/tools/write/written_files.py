"""Files of a site as writers write them: each way to write a value, with comments, line ends and marks of all kinds."""

from __future__ import annotations

import codecs
import copy
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from generator.read.yaml_tree import Tree

TEXTS = (
    "进企业", "01", "true", "no", "14:30", "2020-03-05", "3 月", "#1车间", "一号 #2", "一号: 东头", "- 横线", "it's",
    '说"好"', "[青石", "{甲}", "*重要*", "&甲", "@晴", "%甲", "!甲", "|甲", ">甲", "`甲`", "甲\\乙", "“引号”、【括号】",
    "甲，乙", "a, b", "null", "~", "?", "? 甲", ":", "长" * 200, "😀", "a:b", "a: ", "甲'乙\"丙", "0x1F", "1_000",
    "é", "=", "<<", "---", "...",
)  # fmt: skip
LONG = ("第一行\n第二行", "第一段\n\n第二段", "一\n  缩进\n三", "# 不是注释\n- 不是列表", "甲\n" * 30 + "乙")
BODIES = (
    "正文。\n",
    "",
    "\n\n正文 `x`\t\n",
    "---\n不是抬头\n",
    "末行没有换行",
    "2020\\. 年\n\n| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A field of a file: its value, and how it is written."""

    key: str
    value: Tree
    above: str
    """Comments and empty lines."""
    text: str
    """All behind the colon, up to the line end."""
    comment: str
    """Behind the value, on its last line."""


@dataclass(frozen=True, slots=True)
class File:
    """A file with what is in it."""

    path: str
    fields: tuple[Written, ...]
    body: str
    end: str
    mark: bytes
    encoding: str
    closes: bool
    """Whether the last line has an end."""

    def raw(self) -> bytes:
        """Its bytes."""
        return self.mark + "".join(self.parts()).encode(self.encoding)

    def parts(self) -> list[str]:
        """Its text in pieces: what opens it, each field, the rest."""
        is_yaml = self.path.endswith(".yaml")
        made = ["" if is_yaml else "---\n"]
        made += [f"{one.above}{one.key}:{one.text}{one.comment}\n" for one in self.fields]
        made += ["# 末尾的注释\n" if is_yaml else f"---\n{self.body}"]
        if not self.closes:
            made[-1] = made[-1].rstrip("\n")
        return [part.replace("\n", self.end) for part in made]


def file(dice: Random) -> File:
    """A file drawn by chance."""
    numbers = itertools.count(1)
    values: dict[str, Tree] = {
        "title": dice.choice(TEXTS),
        "date": dice.choice(("2020-03-05", "2020-03-05/06", "01")),
        "summary": dice.choice((*LONG, *TEXTS)),
        "tags": list(dice.sample(TEXTS, dice.randint(1, 4))),
        "counts": {name: dice.choice(("3", "01", dice.choice(TEXTS))) for name in ("走访", "座谈会", "b c")},
        "extra": {"甲": {"a": dice.choice(TEXTS), "b": ["1", dice.choice(TEXTS)]}, "乙": dice.choice(TEXTS)},
        "requests": [_request(dice, number) for number in range(dice.randint(1, 3))],
        "place": dice.choice(TEXTS),
    }
    kept = [key for key in values if dice.random() < 0.7] or ["title"]
    dice.shuffle(kept)
    is_yaml = dice.random() < 0.2
    mark = dice.choice((b"", b"", codecs.BOM_UTF8))
    return File(
        path="content/site.yaml" if is_yaml else "content/entries/a.md",
        fields=tuple(_written(key, values[key], dice, numbers) for key in kept),
        body="" if is_yaml else dice.choice(BODIES),
        end=dice.choice(("\n", "\n", "\r\n", "\r")),
        mark=mark,
        encoding="utf-8" if mark else dice.choice(("utf-8", "utf-8", "gb18030")),
        closes=dice.random() < 0.8,
    )


def _request(dice: Random, number: int) -> Tree:
    made: dict[str, Tree] = {"id": f"r{number}", "title": dice.choice(TEXTS), "status": "raised"}
    if dice.random() < 0.5:
        made["note"] = dice.choice(TEXTS)
    return made


def _written(key: str, value: Tree, dice: Random, numbers: Iterator[int]) -> Written:
    above = dice.choice(("", "", "\n", f"# 注{next(numbers)}。\n", f"\n # 注{next(numbers)}。\n"))
    text = _behind_colon(value, dice, numbers)
    is_last_line_free = not text.startswith((" |", " >"))
    comment = (
        dice.choice(("", "", " ", f"  # 注{next(numbers)}。", f"\t# 注{next(numbers)}。")) if is_last_line_free else ""
    )
    return Written(key, value, above, text, comment)


def _behind_colon(value: Tree, dice: Random, numbers: Iterator[int]) -> str:
    if isinstance(value, str):
        return _scalar_lines(value, dice)
    if dice.random() < 0.4:
        return dice.choice((" ", "  ", "\t")) + _flow(value, dice)
    indent = dice.choice(("  ", "    ", "")) if isinstance(value, list) else dice.choice(("  ", "    "))
    return "\n" + _block(value, indent, dice, numbers).rstrip("\n")


def _scalar_lines(value: str, dice: Random) -> str:
    if "\n" in value:
        indented = "".join(f"\n  {line}" if line else "\n" for line in value.split("\n"))
        return f" |-{indented}" if dice.random() < 0.7 else f" {json.dumps(value, ensure_ascii=False)}"
    if value == value.strip() and dice.random() < 0.1:
        return f" >-\n  {value.strip()}"
    return dice.choice((" ", "  ", "\t")) + _flow(value, dice)


def _is_plain(value: str) -> bool:
    return value.isalnum() or (
        value.isprintable() and value.replace("-", "").replace("，", "").isalnum() and value[0] != "-"
    )


def _flow(value: Tree, dice: Random) -> str:
    """A value on one line, or in brackets over several."""
    if isinstance(value, list):
        gap = dice.choice((", ", ",", " , ", ",\n    "))
        return f"[{gap.join(_flow(one, dice) for one in value)}{dice.choice(('', ' ', ','))}]"
    if isinstance(value, dict):
        pairs = (f"{_flow(key, dice)}: {_flow(one, dice)}" for key, one in value.items())
        return "{" + dice.choice((", ", ",\n    ")).join(pairs) + "}"
    text = value or ""
    ways = ["'" + text.replace("'", "''") + "'", json.dumps(text, ensure_ascii=False)]
    ways += [json.dumps(text)] if max(text, default="") < "\U00010000" else []
    return dice.choice([text, text, *ways] if _is_plain(text) else ways)


def _block(value: Tree, indent: str, dice: Random, numbers: Iterator[int]) -> str:
    lines = []
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and dice.random() < 0.6:
                inner = _block(item, indent + "  ", dice, numbers)
                lines.append(f"{indent}- {inner.removeprefix(indent + '  ')}")
            else:
                lines.append(f"{indent}- {_flow(item, dice).replace(chr(10), '')}{_behind(dice, numbers)}\n")
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) or dice.random() < 0.5:
                written = " " + _flow(item, dice).replace("\n", "") + _behind(dice, numbers)
            else:
                written = "\n" + _block(item, indent + "  ", dice, numbers).rstrip("\n")
            lines.append(f"{indent}{_flow(key, dice)}:{written}\n")
    return "".join(lines)


def _behind(dice: Random, numbers: Iterator[int]) -> str:
    return dice.choice(("", "", f"  # 注{next(numbers)}。", f" # 注{next(numbers)}。\n      # 注{next(numbers)}。"))


def otherwise(value: Tree, dice: Random) -> Tree:
    """The value with one thing in it changed: a text, an item more or less."""
    made = copy.deepcopy(value)
    if isinstance(made, list):
        return _other_list(made, dice)
    if isinstance(made, dict):
        key = dice.choice(list(made))
        match dice.choice(("change", "change", "add", "remove")):
            case "add":
                made["新"] = dice.choice(TEXTS)
            case "remove" if len(made) > 1:
                del made[key]
            case _:
                made[key] = otherwise(made[key], dice)
        return made
    return dice.choice([text for text in (*TEXTS, *LONG) if text != value])


def _other_list(made: list[Tree], dice: Random) -> Tree:
    at = dice.randrange(len(made))
    fresh: Tree = dice.choice(TEXTS)
    if isinstance(made[0], dict):
        fresh = {"id": "新", "title": fresh}
    match dice.choice(("change", "append", "insert", "remove")):
        case "append":
            made.append(fresh)
        case "insert":
            made.insert(at, fresh)
        case "remove" if len(made) > 1:
            del made[at]
        case _:
            made[at] = otherwise(made[at], dice)
    return made
