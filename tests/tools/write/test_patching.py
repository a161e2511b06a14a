"""One changed field leaves every other byte of a file alone, however the file is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from generator.ground.errors import BuildError, Fault
from generator.read import frontmatter
from generator.read.decoding import decoded
from generator.read.frontmatter_split import split
from generator.read.yaml_tree import Tree
from generator.tools.write.text_file import text_file
from generator.tools.write.yaml_styles import cleaned
from tests.tools.write.written_files import LONG, TEXTS, File, file, otherwise

CASES = 1000
_COMMENT = re.compile("# 注[0-9]+")


def read(path: str, raw: bytes) -> tuple[dict[str, Tree], str]:
    """The fields and the text of a file, as the site's own readers understand them."""
    source, _ = decoded(raw, path)
    if path.endswith(".yaml"):
        return frontmatter.read_tree(source.text, path), ""
    yaml, body = split(source)[:2]
    return frontmatter.read_tree(yaml, path), body


def test_one_changed_field_leaves_every_other_byte_alone() -> None:
    faults = []
    # The last one is a field with comments that would become part of the folded text above it.
    for number in (*range(CASES), 1580):
        dice = Random(number)
        made = file(dice)
        edit = _edit(made, dice)
        if fault := _fault(made, edit):
            faults.append((number, fault, edit, made.raw().decode(made.encoding)))
    assert [fault[0] for fault in faults] == [], "\n".join(map(str, faults[0]))


@dataclass(frozen=True, slots=True)
class Edit:
    """A field and the value that it gets."""

    key: str
    value: Tree
    is_whole: bool = True
    """Whether nothing of the old value stays; else all comments within it do, unless it gets smaller."""


def _edit(made: File, dice: Random) -> Edit:
    field = dice.choice(made.fields)
    match dice.choice(("change", "change", "change", "remove", "new", "whole")):
        case "remove":
            return Edit(field.key, None)
        case "new":
            fresh = _one_of(dice, dice.choice(TEXTS), dice.choice(LONG), [dice.choice(TEXTS)], {"甲": "乙"})
            return Edit("weather", fresh)
        case "whole":
            return Edit(field.key, _one_of(dice, dice.choice(TEXTS), ["甲", dice.choice(TEXTS)]))
        case _:
            other = otherwise(field.value, dice)
            return Edit(field.key, other, is_whole=_size(other) < _size(field.value))


def _one_of(dice: Random, *values: Tree) -> Tree:
    return dice.choice(values)


def _fault(made: File, edit: Edit) -> str:
    """What is wrong with an edit; empty where nothing is."""
    raw = made.raw()
    old, body = read(made.path, raw)
    assert old == {one.key: one.value for one in made.fields}, raw.decode(made.encoding)
    try:
        new = text_file(made.path, raw).with_fields({edit.key: edit.value}).raw()
        found, now = read(made.path, new)
    except (Fault, BuildError) as error:
        return f"refused: {error!r}"
    if _as_sent(found, edit) != _as_sent(old | {edit.key: edit.value}, edit):
        return f"reads otherwise: {new.decode(made.encoding)}"
    lost = {*_COMMENT.findall(raw.decode(made.encoding))} - {*_COMMENT.findall(new.decode(made.encoding))}
    if now != body or not _is_elsewhere_alone(made, edit.key, raw, new) or (lost and not edit.is_whole):
        return f"more was changed: {new.decode(made.encoding)}"
    return ""


def _as_sent(tree: dict[str, Tree], edit: Edit) -> dict[str, Tree]:
    """The fields, that of the edit without what a form cannot say: white space around a text."""
    values = {key: cleaned(value) if key == edit.key else value for key, value in tree.items()}
    return {key: value for key, value in values.items() if value is not None}


def _is_elsewhere_alone(made: File, key: str, raw: bytes, new: bytes) -> bool:
    """Whether all before and behind the lines of a field is as it was; around a new field, all."""
    parts = made.parts()
    at = next((number for number, one in enumerate(made.fields, 1) if one.key == key), None)
    if at is None:
        more = len(new) - len(raw)
        return any(new[:cut] + new[cut + more :] == raw for cut in range(len(raw) + 1))
    above = made.mark + "".join((*parts[:at], made.fields[at - 1].above.replace("\n", made.end))).encode(made.encoding)
    below = "".join(parts[at + 1 :]).encode(made.encoding)
    return new.startswith(above) and new.endswith(below) and len(new) >= len(above) + len(below)


def _size(value: Tree) -> int:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_size, items))


def test_one_changed_line_of_a_text_leaves_every_other_byte_alone() -> None:
    faults = []
    for number in range(CASES // 4):
        dice = Random(number)
        ends = ("\n", "\r\n", "\r") if dice.random() < 0.5 else (dice.choice(("\n", "\r\n")),)
        lines = [f"第{at}行{dice.choice('甲乙')}" for at in range(dice.randint(1, 9))]
        written = [line + dice.choice(ends) for line in lines]
        head = "---\ntitle:  '01'  # 注\n---\n\n".replace("\n", ends[0])
        at, new = dice.randrange(len(lines)), dice.choice(("改了", "改了\n两行", "", "第3行甲\n\n"))
        made = text_file("content/entries/a.md", (head + "".join(written)).encode())
        wanted = "".join(f"{line}\n" for line in (*lines[:at], new, *lines[at + 1 :]))
        result = made.with_text(wanted)
        above, below = head + "".join(written[:at]), "".join(written[at + 1 :])
        whole = result.raw().decode()
        if result.text != wanted or not whole.startswith(above) or not whole.endswith(below):
            faults.append((number, written, at, new, whole))
    assert faults == []
