"""The architecture is kept: imports point to lower floors, modules and functions stay small."""

from __future__ import annotations

import ast
import graphlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def plan() -> list[str]:
    """The modules and folders in the order of generator/README.md, from floor 0 up."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    table = text.split("<!-- house -->")[1]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("|")]
    return [room for row in rows for room in re.findall(r"`([\w/]+)`", row[2])]


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "/".join(part for part in parts if part != "__init__")


def imports_of(path: Path) -> set[str]:
    """All our modules that a module imports, including imports within functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator"):
            for alias in node.names:
                inner = PACKAGE.joinpath(*node.module.split(".")[1:], alias.name)
                is_module = inner.with_suffix(".py").exists() or inner.is_dir()
                found.add(f"{node.module}.{alias.name}" if is_module else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("generator")}
    return {name.removeprefix("generator").removeprefix(".").replace(".", "/") for name in found} - {""}


def place_of(name: str, order: list[str]) -> int:
    """The line of the plan for a module: its own, else its folder's."""
    while name not in order:
        assert "/" in name, f"generator/{name} has no line in generator/README.md"
        name = name.rpartition("/")[0]
    return order.index(name)


def test_imports_run_downhill() -> None:
    order = plan()
    uphill = []
    for path in MODULES:
        if imported := imports_of(path):
            here = place_of(name_of(path), order)
            uphill += [f"{name_of(path)} imports {name}" for name in imported if place_of(name, order) > here]
    assert uphill == []


def test_no_import_hides_in_circles_inside_a_room() -> None:
    """Folders of several modules (the Markdown rules) have no import cycles."""
    graph = {name_of(path): imports_of(path) for path in MODULES}

    # What leads into no circle is followed once, since there are very many ways to it.
    sound: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join((*above, name))
        if name not in sound:
            for imported in graph.get(name, ()):
                visit(imported, (*above, name))
            sound.add(name)

    for name in graph:
        visit(name, ())


def test_rooms_of_one_folder_import_in_one_direction() -> None:
    """Folders side by side never lean on each other in a circle."""
    graph: dict[str, set[str]] = {}
    for path in MODULES:
        for imported in imports_of(path):
            here, there = name_of(path).split("/"), imported.split("/")
            parting = next((n for n, parts in enumerate(zip(here, there, strict=False), 1) if len(set(parts)) > 1), 0)
            one, other = "/".join(here[:parting]), "/".join(there[:parting])
            if (PACKAGE / one).is_dir() and (PACKAGE / other).is_dir() and parting:
                graph.setdefault(one, set()).add(other)
    graphlib.TopologicalSorter(graph).prepare()


def test_files_and_functions_are_small() -> None:
    large = [
        str(path.relative_to(ROOT)) for path in (*MODULES, *TESTS) if path.read_text(encoding="utf-8").count("\n") > 400
    ]
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno
                large += [f"{name_of(path)}: {node.name} is longer than fifty lines"] if lines >= 50 else []
    assert large == []


def test_every_room_of_the_plan_exists() -> None:
    for room in plan():
        assert (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file(), room
