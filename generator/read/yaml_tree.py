"""YAML as plain values, and where they stand."""

from __future__ import annotations

from generator.ground.frozen import frozen

Tree = str | None | list["Tree"] | dict[str, "Tree"]


@frozen
class Position:
    """Where a field stands: lines and columns from 1."""

    key: tuple[int, int]
    value: tuple[int, int]
