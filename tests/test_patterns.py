"""Regular expressions mean the same to every Python that is supported."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import generator
from generator.ground.patterns import deferred
from tests.space import SiteSpace

DEFERRED = type(deferred(""))


def patterns() -> Iterator[tuple[str, str | bytes]]:
    """Each expression that a module keeps, with where it is."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name != "generator.__main__":
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, DEFERRED | re.Pattern):
                    yield f"{module.name}.{name}", value.pattern


def wrong(pattern: str | bytes) -> bool:
    """Whether a group in an expression is repeated possessively."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    bare = re.sub(r"\[\^?\]?[^\]]*\]", "c", re.sub(r"\\.", "e", text, flags=re.DOTALL))
    return re.search(r"\)(?:[*+?]|\{\d*,?\d*\})\+", bare) is not None


def test_groups_are_not_repeated_possessively() -> None:
    """Python before 3.11.5 reads them wrongly (gh-106052): they are repeated within an atomic group instead."""
    found = list(patterns())
    assert len(found) > 200
    assert [name for name, pattern in found if wrong(pattern)] == []
    held: tuple[str | bytes, ...] = ("(?:a|bc)*+", b"(?:a){1,3}+", "(a(b))?+c", r"[(](?:\))++")
    free: tuple[str, ...] = ("(?>(?:a|bc)*)[a-z]++x*+", r"\)++", "[)]*+", r"[^\]\[)]{2}+", "(?:a)+b")
    assert [wrong(one) for one in (*held, *free)] == [True] * len(held) + [False] * len(free)


def test_nor_in_expressions_that_are_made_of_a_sites_own_words(
    site: Callable[[str], SiteSpace], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str | bytes] = []
    compiled = re.compile

    def collecting(pattern: str | bytes, flags: int = 0) -> re.Pattern[Any]:
        made.append(pattern)
        return compiled(pattern, flags)

    monkeypatch.setattr(re, "compile", collecting)
    space = site("")
    names = "name: 钱多福, role: private, aliases: [福伯, Qian Duofu, 古丽·阿依]"
    space.write("content/people.yaml", f"people:\n- {{id: hidden, {names}}}\n")
    space.entry("a", body="到钱 多 福家。\n")
    assert "content/entries/a.md" in space.fails().err
    assert len(made) > 3
    assert [pattern for pattern in made if isinstance(pattern, str | bytes) and wrong(pattern)] == []
