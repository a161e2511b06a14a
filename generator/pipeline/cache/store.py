"""The cache: what earlier builds read and made, in one SQLite file that may vanish at any time.

It is never asked whether it is right, only whether it has the answer: everything in it is known by the
fingerprint of what it was made of, and what it hands out is held against a checksum of its own. A file that
is missing, broken, locked or of another version is an empty cache; one that turns out to be broken half-way
raises BrokenCacheError, and the build begins again without it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from generator.ground.fingerprint import fingerprint, sealed, unsealed
from generator.pipeline.cache.page_packs import Shelf, shelf_of
from generator.pipeline.cache.schema import BlockRow, Learnt, PageRow, SourceRow, StampRow
from generator.pipeline.cache.spill import no_room

_LARGE: Final = 10_000_000
"""Bytes: those of some hundred pages."""
_NAME: Final = re.compile("[0-9a-f]{32}")
"""What caches are called: after their output folder."""
_UNUSED: Final = 90 * 86_400
"""Seconds without a change after which nobody builds into that folder any more."""
_DAMAGED: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What comes of a damaged file; the latter where SQLite quotes a name out of it."""
_TABLES: Final = """
CREATE TABLE meta(name TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
CREATE TABLE source(path TEXT PRIMARY KEY, print BLOB, mark BLOB, outline BLOB, safe INTEGER,
    size INTEGER, mtime INTEGER, ctime INTEGER, ino INTEGER);
CREATE TABLE facts(path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE prose(path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE page(path TEXT PRIMARY KEY, kind TEXT, mark BLOB, frame BLOB, texts BLOB, sources TEXT, print BLOB,
    safe INTEGER, size INTEGER, mtime INTEGER, ctime INTEGER, ino INTEGER, parts BLOB, noticed BLOB);
CREATE TABLE goals(path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE told(shelf INTEGER PRIMARY KEY, head BLOB, body BLOB);
CREATE TABLE slice(path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE block(name TEXT PRIMARY KEY, size INTEGER, mark BLOB, frame BLOB, texts BLOB,
    sources TEXT, prints BLOB, body BLOB);
CREATE TABLE code(name TEXT PRIMARY KEY, body BLOB);
"""


class BrokenCacheError(Exception):
    """The cache is not what it was."""


class Cache:
    """An open cache. A context manager."""

    def __init__(self, place: Path, header: str, *, is_lasting: bool = True, remembers: bool = True) -> None:
        """The cache in the file ``place``; one that is not lasting is thrown away when it is closed.

        ``remembers`` says whether a later build will ask what this one made.
        """
        self.place = place
        self.is_lasting = is_lasting
        self.remembers = remembers
        self._sources: dict[str, SourceRow] | None = None
        self._pages: dict[str, PageRow] | None = None
        self._header = header
        self._connection = self._connect()
        self._process = os.getpid()

    @classmethod
    def open(cls, place: Path, header: str) -> Cache:
        """The cache at ``place`` for a program that ``header`` describes; an empty one where there is none.

        Where none can be kept there, one that lasts as long as the build.
        """
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            ignored_by_git(place.parent)
            _forget_unused(place)
            return cls._at(place, header) or cls._at(place, header) or cls.temporary()
        except (OSError, sqlite3.Error):
            return cls.temporary()

    @classmethod
    def _at(cls, place: Path, header: str) -> Cache | None:
        """The cache at ``place``; None where it was none, and is deleted now. Raises sqlite3.Error if locked."""
        try:
            cache = cls(place, header)
            if cache._is_sound():
                return cache
            cache.discard()
        except sqlite3.OperationalError:
            raise
        except _DAMAGED:
            _delete(place)
        return None

    @classmethod
    def temporary(cls, *, remembers: bool = False) -> Cache:
        """An empty cache that lasts until it is closed."""
        handle, name = tempfile.mkstemp(prefix="rizhi-", suffix=".cache")
        os.close(handle)
        cache = cls(Path(name), "", is_lasting=False, remembers=remembers)
        try:
            cache._create()
        except (sqlite3.Error, BrokenCacheError) as error:
            cache.discard()
            raise no_room(error) from error
        return cache

    def anew(self) -> Cache:
        """An empty cache in the place of one that turned out to be broken."""
        self.discard()
        if self.is_lasting and not self.place.exists():
            return self.open(self.place, self._header)
        # What could not be deleted could not be written either.
        return self.temporary(remembers=self.remembers and not self.is_lasting)

    @property
    def is_large(self) -> bool:
        """Whether it knows a site whose files take longer to look at than a process to start."""
        try:
            return self.place.stat().st_size > _LARGE
        except OSError:
            return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes it; what was not kept is gone."""
        self._connection.close()
        if not self.is_lasting:
            self.discard()

    def discard(self) -> None:
        """Deletes the file."""
        self._connection.close()
        _delete(self.place)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.place, timeout=10, isolation_level=None, check_same_thread=False)
        # It may be lost at a power cut; then it is made anew.
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def _is_sound(self) -> bool:
        """Whether it was made by this very program; a file without anything in it becomes such a cache."""
        try:
            if not self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._create()
            return self.meta("header") == self._header.encode()
        except sqlite3.OperationalError:
            raise
        except (*_DAMAGED, BrokenCacheError):
            return False

    def _create(self) -> None:
        self._connection.executescript(f"BEGIN; {_TABLES} COMMIT;")
        self.note({"header": self._header.encode()})

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this process: one that was opened before a fork is the parent's."""
        if self._process != os.getpid():
            self._connection, self._process = self._connect(), os.getpid()
        return self._connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Everything that is written in the block is there afterwards, or none of it."""
        with self._sound():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    @contextlib.contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, pickle.UnpicklingError, TypeError, ValueError, OverflowError) as error:
            raise BrokenCacheError from error

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._sound():
            return self.connection.execute(query, values).fetchall()

    def _body(self, table: str, key: str, name: str) -> bytes | None:
        rows = self._rows(f"SELECT body FROM {table} WHERE {key} = ?", name)  # noqa: S608 - our own names
        return rows[0][0] if rows else None

    def meta(self, name: str) -> bytes | None:
        """A note; None where there is none, or none that can be believed."""
        raw = self._body("meta", "name", name)
        return unsealed(raw) if isinstance(raw, bytes) else None

    def note(self, notes: Mapping[str, bytes]) -> None:
        """Keeps notes under their names."""
        rows = [(name, sealed(body)) for name, body in notes.items()]
        with self._sound():
            self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    def sources(self) -> dict[str, SourceRow]:
        """What is known of all sources, by path."""
        if self._sources is None:
            with self._sound():
                self._sources = {row[0]: SourceRow._make(row) for row in self._rows("SELECT * FROM source")}
        return self._sources.copy()

    def facts(self, marks: Mapping[str, bytes]) -> Iterator[tuple[str, Any]]:
        """What sources say beside their prose, whose fingerprints are ``marks``. Raises BrokenCacheError."""
        missing = len(marks)
        for path, body in self._rows("SELECT path, body FROM facts"):
            if path in marks:
                missing -= 1
                yield path, self._opened(body, marks[path])
        if missing:
            raise BrokenCacheError

    def fact(self, path: str, mark: bytes) -> Any:
        """What one source says."""
        return self._opened(self._body("facts", "path", path), mark)

    def _opened(self, body: object, mark: bytes) -> Any:
        if not isinstance(body, bytes) or fingerprint(body) != mark:
            raise BrokenCacheError
        return pickle.loads(body)  # noqa: S301 - our own, unchanged

    def _kept(self, table: str, key: str, name: str, mark: bytes) -> bytes | None:
        """What was kept behind ``mark`` and sealed with it; None where that is not there."""
        raw = self._body(table, key, name)
        body = unsealed(raw) if isinstance(raw, bytes) else None
        return body[len(mark) :] if body is not None and body.startswith(mark) else None

    def prose(self, path: str, mark: bytes) -> Any:
        """The prose of the source at ``path`` whose bytes have the fingerprint ``mark``. Raises BrokenCacheError."""
        return _loaded(self._kept("prose", "path", path, mark))

    def learn(self, learnt: Sequence[Learnt]) -> None:
        """Keeps what was read of sources."""
        self.sources()
        assert self._sources is not None
        self._sources |= {one.row.path: one.row for one in learnt}
        many = self.connection.executemany
        many("INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [one.row for one in learnt])
        facts = [(one.row.path, one.facts) for one in learnt if one.facts is not None]
        many("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts)
        proses = [(one.row.path, sealed(one.row.print + one.prose)) for one in learnt if one.prose is not None]
        many("INSERT OR REPLACE INTO prose VALUES (?, ?)", proses)

    def forget(self, paths: Iterable[str]) -> None:
        """Forgets sources that are gone."""
        gone = [(path,) for path in paths]
        self._sources = (
            {path: row for path, row in self.sources().items() if (path,) not in gone} if gone else self._sources
        )
        for table in ("source", "facts", "prose"):
            self.connection.executemany(f"DELETE FROM {table} WHERE path = ?", gone)  # noqa: S608 - our own names

    def pages(self) -> dict[str, PageRow]:
        """What is known of all published files, by path."""
        if self._pages is None:
            with self._sound():
                self._pages = {row[0]: PageRow._make(row) for row in self._rows("SELECT * FROM page")}
        return self._pages.copy()

    def stamps(self) -> list[StampRow]:
        """The same, but no more than by what each file is known again. Raises BrokenCacheError."""
        rows = self._rows("SELECT path, print, safe, size, mtime, ctime, ino FROM page")
        return [StampRow(path, print_, safe, tuple(stamp)) for path, print_, safe, *stamp in rows]

    def slice(self, path: str, mark: bytes) -> Any:
        """The page that was planned for a path, with the fingerprint ``mark``; None where it was not kept."""
        body = self._kept("slice", "path", path, mark)
        return None if body is None else _loaded(body)

    def keep_slices(self, slices: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keeps planned pages: path, fingerprint and the page itself."""
        rows = [(path, sealed(mark + body)) for path, mark, body in slices]
        with self.writing():
            self.connection.executemany("INSERT OR REPLACE INTO slice VALUES (?, ?)", rows)

    def told(self, row: PageRow) -> bytes | None:
        """What the page of a published file held, as it was told; None where it is not known."""
        shelf = self._shelf(shelf_of(row.path))
        return shelf.told[row.path] if shelf.marks.get(row.path) == row.mark else None

    def every_told(self, rows: Mapping[str, PageRow]) -> list[Shelf] | None:
        """What the pages of these files held, as it was told; None where any of it is not known."""
        shelves = [shelf for _, *raw in self._rows("SELECT * FROM told") if (shelf := Shelf.opened(*raw))]
        marks = {path: mark for shelf in shelves for path, mark in shelf.marks.items()}
        return shelves if all(marks.get(path) == row.mark for path, row in rows.items() if row.kind) else None

    def keep_told(self, paths: Iterable[str], told: Callable[[str], bytes | None]) -> None:
        """Keeps what pages hold, as it was ``told``; None has what was told of one forgotten. Within ``writing``."""
        by_shelf: dict[int, list[str]] = {}
        for path in paths:
            by_shelf.setdefault(shelf_of(path), []).append(path)
        new = ((number, {path: told(path) for path in some}) for number, some in by_shelf.items())
        shelves = ((number, self._shelf(number).altered(some)) for number, some in new)
        rows = ((number, *shelf.packed) for number, shelf in shelves)
        self.connection.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", rows)

    def _shelf(self, number: int) -> Shelf:
        """A shelf; an empty one where there is none that can be believed."""
        rows = self._rows("SELECT head, body FROM told WHERE shelf = ?", number)
        return (Shelf.opened(*rows[0]) if rows else None) or Shelf.of({})

    def goals(self) -> Iterator[tuple[str, bytes]]:
        """Where the links of all pages lead, by path, as it was kept. Raises BrokenCacheError."""
        for path, raw in self._rows("SELECT path, body FROM goals"):
            body = unsealed(raw) if isinstance(raw, bytes) else None
            if body is None:
                raise BrokenCacheError
            yield path, body

    def keep(self, rows: Sequence[PageRow], goals: Iterable[tuple[str, bytes]], *, gone: Collection[str]) -> None:
        """Keeps what is known of published files and where pages lead, and forgets those that are ``gone``."""
        self._pages = {**self.pages(), **{row.path: row for row in rows}}
        for path in gone:
            self._pages.pop(path, None)
        with self._sound():
            places = ", ".join("?" * len(PageRow._fields))
            self.connection.executemany(f"INSERT OR REPLACE INTO page VALUES ({places})", rows)  # noqa: S608 - as above
            led = ((path, sealed(body)) for path, body in goals)
            self.connection.executemany("INSERT OR REPLACE INTO goals VALUES (?, ?)", led)
            self.keep_told(gone, dict[str, bytes]().get)
            lost = [(path,) for path in gone]
            for table in ("page", "goals", "slice"):
                self.connection.executemany(f"DELETE FROM {table} WHERE path = ?", lost)  # noqa: S608 - our own names

    def blocks(self) -> dict[str, BlockRow]:
        """What is known of the blocks of the search's index, by name."""
        rows = self._rows("SELECT name, size, mark, frame, texts, sources, prints FROM block")
        return {row[0]: BlockRow._make(row) for row in rows}

    def block(self, name: str, mark: bytes) -> bytes:
        """The block whose fingerprint is ``mark``, as it was kept. Raises BrokenCacheError."""
        body = self._kept("block", "name", name, mark)
        if body is None:
            raise BrokenCacheError
        return body

    def keep_blocks(self, blocks: Iterable[tuple[BlockRow, bytes]], *, gone: Iterable[str]) -> None:
        """Keeps blocks and their documents, and forgets those that are ``gone``."""
        rows = ((*row, sealed(row.mark + body)) for row, body in blocks)
        self.connection.executemany("INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.connection.executemany("DELETE FROM block WHERE name = ?", [(name,) for name in gone])

    def code(self, name: str) -> bytes | None:
        """The compiled form of a template; None where it is not known."""
        raw = self._body("code", "name", name)
        return unsealed(raw) if isinstance(raw, bytes) else None

    def keep_code(self, name: str, body: bytes) -> None:
        """Keeps the compiled form of a template."""
        with self._sound():
            self.connection.execute("INSERT OR REPLACE INTO code VALUES (?, ?)", (name, sealed(body)))


def _loaded(body: bytes | None) -> Any:
    if body is None:
        raise BrokenCacheError
    return pickle.loads(body)  # noqa: S301 - our own, unchanged


def _delete(place: Path) -> None:
    for ending in ("", "-journal"):
        with contextlib.suppress(OSError):
            Path(f"{place}{ending}").unlink()


def _forget_unused(place: Path) -> None:
    """Deletes the caches beside ``place`` that no build has written to for long, each as large as its site."""
    for other in place.parent.iterdir():
        with contextlib.suppress(OSError):
            if other != place and _NAME.fullmatch(other.name) and time.time() - other.stat().st_mtime > _UNUSED:
                _delete(other)


def ignored_by_git(folder: Path) -> None:
    """Keeps what is made anew at any time out of the repository."""
    ignoring = folder / ".gitignore"
    if not ignoring.exists():
        ignoring.write_text("*\n", encoding="utf-8")
