"""The words of a retired dialect do not come back: neither as names in the code nor in what is written about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
CODE: Final = sorted((ROOT / "generator").rglob("*.py"))
DOCUMENTS: Final = [ROOT / "README.md", *(ROOT / name / "README.md" for name in ("generator", "themes", "tests"))]

RETIRED_NAMES: Final = frozenset(
    [
        "Desk",
        "Darkroom",
        "Easel",
        "Exchanged",
        "Fragments",
        "Glimpse",
        "Index",
        "Learnt",
        "Linked",
        "Look",
        "Made",
        "Originals",
        "Parts",
        "PageRow",
        "Pile",
        "Prepared",
        "Prosed",
        "Readings",
        "Seen",
        "Sheet",
        "Shelf",
        "Slip",
        "Spool",
        "Stamp",
        "Stamps",
        "Standing",
        "Stood",
        "Telling",
        "Thing",
        "Things",
        "Unknown",
        "Wanted",
        "Workshop",
        "adopt",
        "anew",
        "as_asked",
        "exchanged",
        "fallen",
        "glimpse",
        "goals",
        "is_recallable",
        "keep_slices",
        "keep_told",
        "meanwhile",
        "of_theme",
        "outline",
        "recalled",
        "restamped",
        "said",
        "said_of",
        "stamp",
        "stamp_of",
        "stands",
        "told",
        "unless_broken",
    ]
)
"""Names that were once classes, functions and fields of the pipeline and its neighbours."""
RETIRED_MODULES: Final = frozenset(
    [
        "asked",
        "assembling",
        "darkroom",
        "developing",
        "everyday",
        "exchanging",
        "fences",
        "folding",
        "fragments",
        "indexing",
        "leaks",
        "machines",
        "making",
        "naming",
        "nearest",
        "outlines",
        "parts",
        "prepare",
        "reading",
        "readers",
        "rows",
        "rules",
        "searching",
        "shelves",
        "slices",
        "slips",
        "spool",
        "stale",
        "stamps",
        "standing",
        "store_of",
        "suspicion",
        "telling",
        "things",
        "trees",
        "unchanged",
        "words",
        "yaml_walk",
    ]
)
RETIRED_WORDS: Final = re.compile(
    r"\b(?:anew|beside|darkroom|glimpse[sd]?|put aside|at hand|shelf|shelves|spool|taken up|outlines? of|"
    r"told in bytes|what it says beside|stamps?|exchanged|exchanging)\b",
    re.IGNORECASE,
)
"""Words of prose that stood for something which the field calls otherwise."""
PLAIN_USES: Final = re.compile(
    r"beside the (?:entries|list|text)|beside a word of hardship|words beside", re.IGNORECASE
)
"""Where one of them means what a dictionary says."""


def defined_names(tree: ast.AST) -> Iterator[str]:
    """The names of classes, functions, arguments and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name.strip("_")
        elif isinstance(node, ast.arg):
            yield node.arg.strip("_")
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id.strip("_")


def prose(source: str) -> str:
    """The docstrings and comments of a module."""
    texts = [
        node.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    return "\n".join([*texts, *re.findall(r"(?:^|\s)# (.*)", source)])


def test_no_name_of_the_old_dialect_is_defined() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in CODE
        for name in defined_names(ast.parse(path.read_text(encoding="utf-8")))
        if name in RETIRED_NAMES
    ]
    assert found == []


def test_no_module_has_an_old_name() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in CODE if path.stem in RETIRED_MODULES] == []


def test_no_old_word_is_written() -> None:
    texts = {path: prose(path.read_text(encoding="utf-8")) for path in CODE}
    texts |= {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path, text in texts.items()
        for line in text.split("\n")
        if RETIRED_WORDS.search(PLAIN_USES.sub("", line))
    ]
    assert found == []
