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

parser: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001 - nothing else says how an expression is built
DEFERRED = type(deferred(""))


def patterns() -> Iterator[tuple[str, str | bytes, int]]:
    """Each expression that a module keeps, with where it is and its flags."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name != "generator.__main__":
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, DEFERRED | re.Pattern):
                    yield f"{module.name}.{name}", value.pattern, value.flags


def possessive_groups(tree: Any) -> Iterator[Any]:
    """The possessive repetitions in a parsed expression of more than one character."""
    for code, arguments in tree:
        if code is parser.POSSESSIVE_REPEAT and not is_simple(arguments[2]):
            yield arguments
        yield from within(arguments)


def within(arguments: Any) -> Iterator[Any]:
    if isinstance(arguments, parser.SubPattern):
        yield from possessive_groups(arguments)
    elif isinstance(arguments, tuple | list):
        for one in arguments:
            yield from within(one)


def is_simple(tree: Any) -> bool:
    return len(tree) == 1 and tree[0][0] in (parser.LITERAL, parser.NOT_LITERAL, parser.IN, parser.ANY)


def wrong(pattern: str | bytes, flags: int) -> bool:
    return bool(list(possessive_groups(parser.parse(pattern, flags & ~re.DEBUG))))


def test_groups_are_not_repeated_possessively() -> None:
    """Python before 3.11.5 reads them wrongly (gh-106052): they are repeated within an atomic group instead."""
    found = list(patterns())
    assert len(found) > 200
    assert [name for name, pattern, flags in found if wrong(pattern, flags)] == []
    assert wrong("(?:a|bc)*+", 0)
    assert not wrong("(?>(?:a|bc)*)[a-z]++x*+", 0)


def test_nor_in_expressions_that_are_made_of_a_sites_own_words(
    site: Callable[[str], SiteSpace], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str | bytes, int]] = []
    compiled = re.compile

    def collecting(pattern: str | bytes, flags: int = 0) -> re.Pattern[Any]:
        made.append((pattern, flags))
        return compiled(pattern, flags)

    monkeypatch.setattr(re, "compile", collecting)
    space = site("")
    names = "name: 钱多福, role: private, aliases: [福伯, Qian Duofu, 古丽·阿依]"
    space.write("content/people.yaml", f"people:\n- {{id: hidden, {names}}}\n")
    space.entry("a", body="到钱 多 福家。\n")
    assert "content/entries/a.md" in space.fails().err
    assert len(made) > 3
    assert [pattern for pattern, flags in made if isinstance(pattern, str | bytes) and wrong(pattern, flags)] == []
