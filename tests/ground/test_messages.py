"""Every sentence has its Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.ground.dates import MONTHS
from generator.ground.messages import Message, chinese, say, user_language

PACKAGE = Path(__file__).parents[2] / "generator"


def templates() -> set[str]:
    """Every sentence in the code: what is given to say() and, in help, to _() and _translated()."""
    found = {f"{month} {{year}}" for month in MONTHS}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("say", "_", "_translated")
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_every_sentence_has_its_chinese() -> None:
    assert sorted(templates() - chinese().keys()) == []


def test_no_chinese_is_left_over() -> None:
    assert sorted(chinese().keys() - templates()) == []


def test_both_languages_name_the_same_things() -> None:
    names = re.compile(r"(?<!\{)\{(\w+)\}")
    sentences = {one: other for one, other in chinese().items() if not re.match(r"[A-Z][a-z]+ \{year\}$", one)}
    assert [one for one, other in sentences.items() if set(names.findall(one)) != set(names.findall(other))] == []


def test_a_sentence_within_a_sentence_is_translated_in_the_same_language() -> None:
    message = say("{month} has {days} days", month=Message("February {year}", (("year", 2020),)), days=29)
    assert str(message) == "February 2020 has 29 days"
    assert message.in_language("zh") == "2020年2月有29天"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"RIZHI_LANGUAGE": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_messages_follow_the_keyboard(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("RIZHI_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert user_language() == language
