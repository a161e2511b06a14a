"""The tables of the cache, and the types of their rows.

The cache is one SQLite file; ``cache/store`` reads and writes it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import Any, Final, NamedTuple, Self

from generator.ground.file_stat import File, FileStat

TABLES: Final = """
CREATE TABLE meta(name TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
CREATE TABLE source(path TEXT PRIMARY KEY, content_digest BLOB, record_digest BLOB, structure_digest BLOB,
    stat_trusted INTEGER, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, checksum INTEGER);
CREATE TABLE planned_source(path TEXT PRIMARY KEY, record_digest BLOB) WITHOUT ROWID;
CREATE TABLE record(path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE prose(path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE component(id INTEGER PRIMARY KEY, digest BLOB, body BLOB);
CREATE TABLE page(path TEXT PRIMARY KEY, form_digest BLOB, components_checksum INTEGER, components BLOB, body BLOB);
CREATE TABLE published(path TEXT PRIMARY KEY, kind TEXT, page_digest BLOB, template_digest BLOB, text_digests BLOB,
    text_paths TEXT, content_digest BLOB, anchors BLOB, findings BLOB, stat_trusted INTEGER,
    size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, checksum INTEGER);
CREATE TABLE links(path TEXT PRIMARY KEY, body BLOB);
CREATE TABLE search_block(name TEXT PRIMARY KEY, size INTEGER, digest BLOB, template_digest BLOB, text_digests BLOB,
    text_paths TEXT, files TEXT, checksum INTEGER, components BLOB, body BLOB);
CREATE TABLE template_code(name TEXT PRIMARY KEY, body BLOB);
"""

COLUMNS: Final = {
    table: tuple(re.findall(r"(\w+) (?:TEXT|BLOB|INTEGER)", columns))
    for table, columns in re.findall(r"TABLE (\w+)\((.*?)\)(?: WITHOUT ROWID)?;", TABLES, re.DOTALL)
}
"""The columns of each table."""
CHECKED: Final = {
    table: ", ".join(columns[: columns.index("checksum")])
    for table, columns in COLUMNS.items()
    if "checksum" in columns
}
"""Of the tables whose rows have a checksum, the columns that it is of."""


def checksum(columns: Iterable[Any]) -> int:
    """The checksum (CRC-32) of a row, by which damage to its columns is told from a fault of the program."""
    return zlib.crc32(repr(tuple(columns)).encode())


class SourceRow(NamedTuple):
    """What is known of a file under content/."""

    path: str
    content_digest: bytes
    """The digest of its bytes; empty for an attachment that nobody has read yet."""
    record_digest: bytes
    """The digest of its record: everything that it says, except its prose."""
    structure_digest: bytes
    """The digest of that part of the record that decides about other pages (``site/structure_digest``)."""
    stat_trusted: int
    """Whether the stat was safely older than the scan that noted it."""
    stat: FileStat

    @classmethod
    def of(cls, columns: tuple[Any, ...]) -> Self:
        """The row with these columns."""
        return cls._make((*columns[:5], columns[5:]))

    @property
    def columns(self) -> tuple[Any, ...]:
        """The columns that have a checksum."""
        return (*self[:5], *self.stat)


def is_known(file: File, row: SourceRow | None) -> bool:
    """Whether a file is surely the one that a row is about, by its stat."""
    return row is not None and bool(row.stat_trusted) and row.stat == file.stat


class SourceUpdate(NamedTuple):
    """What was read of a file, to be saved."""

    row: SourceRow
    record: bytes | None = None
    """Its record, serialised; None where that is in the cache already."""
    prose: bytes | None = None
    """Its prose, serialised; None where that is in the cache already, or where it has none."""


class PlannedFile(NamedTuple):
    """A file to be published, known by everything that decides its bytes."""

    path: str
    """From the output folder."""
    kind: str
    """The name of its page's view; empty for a file that no template makes."""
    page_digest: bytes
    """The digest of its page and the components in it, or of what a file without a page is made of."""
    template_digest: bytes
    """The digest of its template, the settings and the rules of privacy."""
    text_digests: bytes
    """The content digests of the files whose text it shows, one after the other."""
    text_paths: str
    """The paths of those files, one a line."""


class PublishedFile(NamedTuple):
    """A file as it was published."""

    planned: PlannedFile
    content_digest: bytes
    """The digest of its bytes."""
    anchors: bytes | None
    """The parts of other pages that it links to, serialised and sealed; None for none."""
    findings: bytes | None
    """The private data found in it, serialised and sealed; None for none."""
    stat_trusted: int
    """Whether the stat was safely older than the moment that noted it."""
    stat: FileStat

    @classmethod
    def of(cls, columns: tuple[Any, ...]) -> Self:
        """The row with these columns."""
        return cls._make((PlannedFile._make(columns[:6]), *columns[6:10], columns[10:]))

    @property
    def columns(self) -> tuple[Any, ...]:
        """The columns that have a checksum."""
        return (*self.planned, *self[1:5], *self.stat)


class PublishedStat(NamedTuple):
    """By what a published file is recognised: its stat, or else its bytes."""

    path: str
    content_digest: bytes
    stat_trusted: int
    stat: FileStat


class SearchBlockRow(NamedTuple):
    """What is known of a block of the search index."""

    name: str
    size: int
    """How many documents it holds."""
    digest: bytes
    """The digest of its documents, except their prose."""
    template_digest: bytes
    """The digest of the settings, the strings and the rules of privacy."""
    text_digests: bytes
    """The content digests of the files whose text its documents show, one after the other."""
    text_paths: str
    """The paths of those files, one a line; an empty line for a document without a text."""
    files: str
    """The number of the document and of its piece with which each file of texts begins; empty until they are made."""
