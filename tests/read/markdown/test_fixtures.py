"""The cases of tests/fixtures/markdown: title, ``.``, Markdown, ``.``, HTML, ``.``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from generator.read.markdown import parse
from tests.read.markdown.shown import html

FIXTURES: Final = Path(__file__).parents[2] / "fixtures" / "markdown"
CASE: Final = re.compile(r"(?P<title>[^\n]+)\n\.\n(?P<text>.*?)^\.\n(?P<html>.*?)^\.\n\n?", re.DOTALL | re.MULTILINE)


def cases() -> Iterator[tuple[str, str, str]]:
    """Every case: its name, its Markdown and its HTML."""
    for path in sorted(FIXTURES.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found = list(CASE.finditer(text))
        assert "".join(case[0] for case in found) == text, f"{path.name} holds more than cases"
        for case in found:
            yield f"{path.stem}: {case['title']}", case["text"], case["html"]


CASES: Final = list(cases())


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_case(text: str, expected: str) -> None:
    assert html(parse(text, path="a.md").prose) == expected


def test_no_two_cases_have_one_name() -> None:
    names = [name for name, _, _ in CASES]
    assert len(names) == len(set(names))
