"""The types of parsed YAML: trees of plain values, and the positions of their fields."""

from __future__ import annotations

from generator.ground.frozen import frozen

Tree = str | None | list["Tree"] | dict[str, "Tree"]


@frozen
class Position:
    """Where a field is in the file: line and column, from 1, of its key and of its value."""

    key: tuple[int, int]
    value: tuple[int, int]
