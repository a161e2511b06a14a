"""Errors of the program, made on purpose within what a build does with its cache.

They are put where any program that keeps something in SQLite passes by: at a statement that writes, and at what
makes bytes of values. Nothing is known of who does it.
"""

from __future__ import annotations

import builtins
import marshal
import pickle
import re
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

_WRITING: Final = re.compile(r"\s*(INSERT|REPLACE|UPDATE|DELETE)\b", re.IGNORECASE)


def times(count: Path) -> int:
    """How often the place was passed by in the last build."""
    return count.stat().st_size


class _Failing:
    """Raises an error of a kind when it is passed by for a certain time; never for 0. Counts in a file."""

    message: Final = "made on purpose"

    def __init__(self, kind: str, at: int, count: Path) -> None:
        self.error, self.at, self.count, self.passed = getattr(builtins, kind), at, count, 0
        count.write_bytes(b"")

    def pass_by(self) -> None:
        """Once more."""
        self.passed += 1
        with self.count.open("ab") as file:
            file.write(b".")
        if self.passed == self.at:
            raise self.error(self.message)


def fail_in_a_statement(kind: str, at: int, count: Path) -> None:
    """Has this process fail at its ``at``-th statement that writes into a database."""
    failing = _Failing(kind, at, count)

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *values: Any) -> Any:
            if _WRITING.match(sql):
                failing.pass_by()
            return super().execute(sql, *values)

        def executemany(self, sql: str, values: Any) -> Any:
            failing.pass_by()
            return super().executemany(sql, values)

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def execute(self, sql: str, *values: Any) -> Any:
            return self.cursor().execute(sql, *values)

        def executemany(self, sql: str, values: Any) -> Any:
            return self.cursor().executemany(sql, values)

    sqlite3.connect = partial(sqlite3.connect, factory=Connection)  # type: ignore[assignment]


def fail_in_a_serialiser(kind: str, at: int, count: Path) -> None:
    """Has this process fail when the pipeline makes bytes of a value for the ``at``-th time."""
    failing = _Failing(kind, at, count)

    def wrapped(dumps: Callable[..., bytes]) -> Callable[..., bytes]:
        def serialise(*values: Any, **options: Any) -> bytes:
            if sys._getframe(1).f_globals["__name__"].startswith("generator.pipeline"):  # noqa: SLF001 - who asks
                failing.pass_by()
            return dumps(*values, **options)

        return serialise

    pickle.dumps = wrapped(pickle.dumps)
    marshal.dumps = wrapped(marshal.dumps)
