"""The cache's file: an SQLite database that may be deleted at any time, opened, checked and begun again.

A missing file, one of another version and one that cannot be written are an empty cache. A damaged file raises
BrokenCacheError, and the build begins again with an empty one.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from generator.ground.fingerprint import sealed, unsealed
from generator.ground.temporary import made_folder
from generator.pipeline.cache.schema import CHECKED, COLUMNS, TABLES, checksum
from generator.pipeline.cache.spill import unwritable

_LARGE: Final = 10_000_000
"""Bytes: the cache of a site of some hundred pages."""
_NAME: Final = re.compile("[0-9a-f]{32}")
"""A cache is called after its output folder."""
_UNUSED: Final = 90 * 86_400
"""Seconds without a change after which a cache is deleted: nobody builds into that folder any more."""
_SCHEMA: Final = [one.strip() for one in TABLES.split(";") if one.strip()]
_PATIENCE: Final = 60
"""Seconds for which a file that another process reads is waited for."""
_TOGETHER: Final = 500
"""Rows that are asked for in one query."""
_FAULTS: Final = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError)
"""What it raises for wrong SQL and wrong values, which are faults of the program."""


_REFUSALS: Final = frozenset(
    (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        # Somebody else, such as a backup, reads the file for longer than is waited.
        sqlite3.SQLITE_BUSY,
    )
)
_READS: Final = frozenset((sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ))
"""What it raises, of the kind of ``_REFUSALS``, for a file that is damaged."""


class CacheHeader(NamedTuple):
    """The program that makes a cache. What another version of it made is of no use; what another machine made is."""

    stats: str
    """The digest of the stats of its files; empty where they are too new to be trusted."""
    contents: Callable[[], str]
    """What is in these files. It takes longer to find out, and is the same wherever the stats are."""

    def is_of(self, saved: bytes) -> bool:
        """Whether the program that saved this header is the same."""
        contents, _, stats = saved.partition(b"\n")
        return (self.stats != "" and stats == self.stats.encode()) or contents == self.contents().encode()

    def __bytes__(self) -> bytes:
        """The header as it is saved: two lines."""
        return f"{self.contents()}\n{self.stats}".encode()


class BrokenCacheError(Exception):
    """The cache is damaged, or cannot be read or written."""


class UnwritableCacheError(BrokenCacheError):
    """The cache cannot be written: the disk is full, or the file may not be changed. What is in it stays whole."""


class Database:
    """An open cache. A context manager."""

    def __init__(self, path: Path, header: CacheHeader, *, is_lasting: bool = True, remembers: bool = True) -> None:
        """Opens the file at ``path``; it is created where it is missing. Raises sqlite3.Error.

        One that is not lasting is deleted when it is closed. ``remembers`` says whether a later build will use it.
        """
        self.path = path
        self.is_lasting = is_lasting
        self.remembers = remembers
        self.was_damaged = False
        """Whether it takes the place of a damaged one."""
        self._header = header
        self._is_writing = False
        self._remove: Callable[[], None] = lambda: None
        """Removes the folder of a file that is not lasting."""
        self._process = os.getpid()
        self._connection = self._connect()

    @classmethod
    def existing(cls, path: Path, header: CacheHeader) -> Self | None:
        """The cache at ``path``, to look into without a lock; None where there is none that can be used."""
        if not path.is_file():
            return None
        try:
            cache = cls(path, header)
        except (OSError, sqlite3.Error, UnicodeDecodeError):
            return None
        if cache._is_usable():
            return cache
        cache.close()
        return None

    @classmethod
    def open(cls, path: Path, header: CacheHeader) -> Self:
        """The cache at ``path``; a new one where it is missing, damaged or of another version.

        The caller holds the cache's lock. Where no file can be kept at ``path``, the cache is a temporary one.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            ignored_by_git(path.parent)
            if cache := cls.existing(path, header):
                cache.renew_header()
                return cache
            was_damaged = path.is_file() and path.stat().st_size > 0 and not _is_other_version(path)
            _delete(path)
            cache = cls(path, header)
            try:
                cache._create()
            except BaseException:
                cache.close()
                raise
        except (OSError, sqlite3.Error, BrokenCacheError):
            return cls.temporary(remembers=False)
        cache.was_damaged = was_damaged
        return cache

    @classmethod
    def temporary(cls, *, remembers: bool = False) -> Self:
        """An empty cache that is deleted when it is closed. Raises BuildError on a full disk."""
        path, remove = _temporary_file()
        cache = cls(path, CacheHeader("", str), is_lasting=False, remembers=remembers)
        cache._remove = remove
        try:
            cache._create()
        except BrokenCacheError as error:
            cache.close()
            raise unwritable(error) from error
        return cache

    def restart(self) -> None:
        """Takes an empty file in the place of this one, which is damaged. Raises BuildError on a full disk."""
        self._connection.close()
        _delete(self.path)
        self.forget()
        try:
            self._connection = self._connect()
            self._create()
        except (BrokenCacheError, sqlite3.Error):
            # What could not be deleted cannot be written either.
            self.do_without()
        self.was_damaged = True

    def do_without(self) -> None:
        """Takes an empty temporary file in the place of this one, which stays. Raises BuildError on a full disk."""
        self._connection.close()
        self.forget()
        self.remembers = self.remembers and not self.is_lasting
        self._remove()
        (self.path, self._remove), self.is_lasting = _temporary_file(), False
        self._connection = self._connect()
        try:
            self._create()
        except BrokenCacheError as error:
            raise unwritable(error) from error

    @property
    def is_large(self) -> bool:
        """Whether it belongs to a site whose files take longer to scan than a process to start."""
        try:
            return self.path.stat().st_size > _LARGE
        except OSError:
            return False

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """All queries in the block see one state of the file, whatever another process commits."""
        self._execute("BEGIN")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file, and deletes it if it is not lasting."""
        self._connection.close()
        if not self.is_lasting:
            _delete(self.path)
        self._remove()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            # A power cut may damage the file; then it is made again.
            connection.execute("PRAGMA synchronous = OFF")
        except BaseException:
            connection.close()
            raise
        return connection

    def forget(self) -> None:
        """Forgets rows that are held in memory."""

    def is_damaged(self) -> bool:
        """Whether a row is not what was saved. It reads every row, so it is asked only where something went wrong."""
        try:
            if self._schema() != _SCHEMA:
                return True
            return any(
                checksum(columns) != known
                for table, names in CHECKED.items()
                for *columns, known in self._execute(f"SELECT {names}, checksum FROM {table}")  # noqa: S608 - our own
            )
        except (BrokenCacheError, sqlite3.Error):
            return True

    def _schema(self) -> list[str]:
        return [one for (one,) in self._execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")]

    def _is_usable(self) -> bool:
        try:
            saved = self.meta("header")
            return saved is not None and self._header.is_of(saved)
        except (sqlite3.Error, BrokenCacheError):
            return False

    def renew_header(self) -> None:
        """Saves the stats of the same program as they are now, so that its files need not be read the next time."""
        saved = self.meta("header") or b""
        if not saved.endswith(f"\n{self._header.stats}".encode()):
            with contextlib.suppress(BrokenCacheError):
                self.set_meta("header", bytes(self._header))

    def _create(self) -> None:
        with self._checked():
            self._connection.executescript(f"BEGIN; {TABLES} COMMIT;")
        self.set_meta("header", bytes(self._header))

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this process.

        A worker opens its own: SQLite's locks belong to a process, so one that was forked within a transaction
        would lock nothing.
        """
        if self._process != os.getpid():
            if self._is_writing:
                message = "a worker was forked within a transaction"
                raise RuntimeError(message)
            self._connection, self._process = self._connect(), os.getpid()
        return self._connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything that is saved in the block is there afterwards, or none of it. Nothing may fork within."""
        self._execute("BEGIN IMMEDIATE")
        self._is_writing = True
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            self.forget()
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            raise
        finally:
            self._is_writing = False

    @contextlib.contextmanager
    def _checked(self) -> Iterator[None]:
        """SQLite's errors as BrokenCacheError. Wrong SQL or values are faults of the program and stay as they are."""
        try:
            yield
        except _FAULTS:
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code == sqlite3.SQLITE_ERROR:
                # Wrong SQL, or a damaged schema, which ``is_damaged`` finds.
                raise
            is_refused = code is not None and code not in _READS and code & 0xFF in _REFUSALS
            raise (UnwritableCacheError if is_refused else BrokenCacheError) from error

    def _execute(self, query: str, *values: object) -> list[Any]:
        with self._checked():
            return self.connection.execute(query, values).fetchall()

    def _save(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Saves rows, in the place of those with the same keys."""
        places = ", ".join("?" * len(COLUMNS[table]))
        self._execute_many(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)  # noqa: S608 - our own names

    def _execute_many(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._checked():
            self.connection.executemany(query, rows)

    def _rows_of(self, table: str, columns: str, key: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
        """These columns of the rows with these values of the key, in any order."""
        wanted = list(values)
        for start in range(0, len(wanted), _TOGETHER):
            some = wanted[start : start + _TOGETHER]
            places = ", ".join("?" * len(some))
            yield from self._execute(f"SELECT {columns} FROM {table} WHERE {key} IN ({places})", *some)  # noqa: S608

    def _delete_rows(self, table: str, key: str, values: Iterable[object]) -> None:
        self._execute_many(f"DELETE FROM {table} WHERE {key} = ?", ((value,) for value in values))  # noqa: S608 - our own names

    def _sealed(self, table: str, key: str, value: str) -> bytes | None:
        """The body of a row that was sealed; None where there is none, or where it is damaged."""
        rows = self._execute(f"SELECT body FROM {table} WHERE {key} = ?", value)  # noqa: S608 - our own names
        raw = rows[0][0] if rows else None
        return unsealed(raw) if isinstance(raw, bytes) else None

    def meta(self, name: str) -> bytes | None:
        """The value of this name; None where there is none, or where it is damaged."""
        return self._sealed("meta", "name", name)

    def set_meta(self, name: str, body: bytes | None) -> None:
        """Saves a value under a name, or deletes it with None."""
        if body is None:
            self._delete_rows("meta", "name", [name])
        else:
            self._save("meta", [(name, sealed(body))])


def _temporary_file() -> tuple[Path, Callable[[], None]]:
    """A place for a file, and what removes it and the folder that it is in. Raises BuildError on a full disk."""
    try:
        folder, remove = made_folder()
    except OSError as error:
        raise unwritable(error) from error
    return folder / "cache", remove


def _is_other_version(path: Path) -> bool:
    """Whether a file is a sound cache, which another version of the program made."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            raw = connection.execute("SELECT body FROM meta WHERE name = 'header'").fetchone()[0]
            return unsealed(raw) is not None
    except (sqlite3.Error, UnicodeDecodeError, TypeError):
        return False


def _delete(path: Path) -> None:
    for ending in ("", "-journal"):
        with contextlib.suppress(OSError):
            Path(f"{path}{ending}").unlink()


def delete_unused(path: Path) -> None:
    """Deletes the caches in the folder of ``path`` that no build has written to for long."""
    for other in path.parent.iterdir():
        with contextlib.suppress(OSError):
            if other != path and _NAME.fullmatch(other.name) and time.time() - other.stat().st_mtime > _UNUSED:
                _delete(other)


def ignored_by_git(folder: Path) -> None:
    """Keeps a folder that can be made again at any time out of the repository."""
    ignoring = folder / ".gitignore"
    if not ignoring.exists():
        ignoring.write_text("*\n", encoding="utf-8")
