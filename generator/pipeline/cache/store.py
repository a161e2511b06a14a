"""The cache: what earlier builds read and made, one table for each kind of thing.

It is never asked whether something is right, only whether it has it: each value is found by its path, name or id, and
held against the digest of what it was made of, or against a checksum of its own. ``cache/database`` says what becomes
of a damaged file.
"""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from generator.ground.fingerprint import SIZE, fingerprint, sealed, unsealed
from generator.pipeline.cache.database import BrokenCacheError, Database
from generator.pipeline.cache.schema import (
    CHECKED,
    PublishedFile,
    PublishedStat,
    SearchBlockRow,
    SourceRow,
    SourceUpdate,
    checksum,
)

_SOURCE: Final = CHECKED["source"]
_PUBLISHED: Final = CHECKED["published"]
_BLOCK: Final = CHECKED["search_block"]
PLAN_NOTE: Final = "plan"
"""The name under which the cache knows whether, and how, the last plan can be used again."""


class Cache(Database):
    """An open cache. A context manager."""

    _sources: Mapping[str, SourceRow] | None = None
    _published: Mapping[str, PublishedFile] | None = None

    def forget(self) -> None:
        """Forgets rows that are held in memory."""
        self._sources = self._published = None

    def is_damaged(self) -> bool:
        """The same, with the plan: pages and components are what their digests say, and no component is missing."""
        if super().is_damaged():
            return True
        try:
            known = set()
            for number, digest, body in self._execute("SELECT id, digest, body FROM component"):
                if body is not None:
                    _whole(body, digest)
                known.add(number)
            for digest, ids, body in self._execute("SELECT form_digest, components, body FROM page"):
                if not known.issuperset(_ids(ids)):
                    return True
                _whole(body, digest, ids)
        except BrokenCacheError:
            return True
        return False

    # Sources: the files under content/.

    def sources(self) -> Mapping[str, SourceRow]:
        """What is known of the files under content/, by path."""
        if self._sources is None:
            rows = self._execute(f"SELECT {_SOURCE} FROM source")  # noqa: S608 - our own names
            self._sources = {row[0]: SourceRow.of(row) for row in rows}
        return self._sources

    def save_sources(self, updates: Sequence[SourceUpdate], *, gone: Collection[str] = ()) -> None:
        """Saves what was read of sources, and deletes those that are ``gone``. Within a transaction."""
        rows = {**self.sources(), **{one.row.path: one.row for one in updates}}
        self._sources = {path: row for path, row in rows.items() if path not in gone} if gone else rows
        self._save(
            "source",
            [(*one.row.columns, checksum(one.row.columns)) for one in updates],
        )
        records = ((one.row.path, one.record) for one in updates if one.record is not None)
        self._save("record", records)
        proses = (
            (one.row.path, sealed(one.row.content_digest + one.prose)) for one in updates if one.prose is not None
        )
        self._save("prose", proses)
        for table in ("source", "record", "prose"):
            self._delete_rows(table, "path", gone)

    def records(self, digests: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        """The records with these digests, by path, serialised. Raises BrokenCacheError where one is missing."""
        found = 0
        for path, body in self._rows_of("record", "path, body", "path", digests):
            found += 1
            yield path, _whole(body, digests[path])
        if found < len(digests):
            raise BrokenCacheError

    def record(self, path: str, digest: bytes) -> bytes:
        """One record, serialised. Raises BrokenCacheError."""
        rows = self._execute("SELECT body FROM record WHERE path = ?", path)
        return _whole(rows[0][0] if rows else None, digest)

    def prose(self, path: str, content_digest: bytes) -> Any:
        """The prose of the source at ``path`` whose bytes have this digest. Raises BrokenCacheError."""
        body = self._sealed("prose", "path", path)
        if body is None or not body.startswith(content_digest):
            raise BrokenCacheError
        return pickle.loads(body[len(content_digest) :])  # noqa: S301 - our own, unchanged

    # The plan: pages and the components in them.

    def form_digests(self) -> dict[str, bytes]:
        """The digests of all planned pages in normal form, by path."""
        return dict(self._execute("SELECT path, form_digest FROM page"))

    def component_digests(self, ids: Iterable[int] | None = None) -> dict[int, bytes]:
        """The digests of these components, by id; of all without ``ids``."""
        if ids is None:
            return dict(self._execute("SELECT id, digest FROM component"))
        return dict(self._rows_of("component", "id, digest", "id", ids))

    def components(self, ids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """The components with these ids, serialised. Raises BrokenCacheError for a damaged one."""
        rows = self._rows_of("component", "id, digest, body", "id", ids)
        return ((number, _whole(body, digest)) for number, digest, body in rows)

    def page(self, path: str) -> tuple[array[int], bytes] | None:
        """A planned page: the ids of its components, and its body; None where there is none."""
        rows = self._execute("SELECT form_digest, components, body FROM page WHERE path = ?", path)
        if not rows:
            return None
        digest, components, body = rows[0]
        return _ids(components), _whole(body, digest, components)

    def pages_with(self, components: AbstractSet[int]) -> list[str]:
        """The paths of the planned pages that hold one of these components."""
        found = []
        for path, known, body in self._execute("SELECT path, components_checksum, components FROM page"):
            ids = _ids(body)
            if zlib.crc32(body) != known:
                raise BrokenCacheError
            if not components.isdisjoint(ids):
                found.append(path)
        return found

    def save_plan(
        self,
        pages: Iterable[tuple[str, bytes, bytes, bytes]],
        components: Iterable[tuple[int, bytes, bytes | None]],
    ) -> None:
        """Saves pages (path, form digest, component ids, body) and components (id, digest, body). In a transaction."""
        checked = ((path, digest, zlib.crc32(ids), ids, body) for path, digest, ids, body in pages)
        self._save("page", checked)
        self._save("component", components)

    def forget_plan(self) -> None:
        """Has the next build plan from the sources. Within a transaction."""
        self.set_meta(PLAN_NOTE, None)

    def delete_planned(self, pages: Iterable[str], components: Iterable[int]) -> None:
        """Deletes pages and components that are planned no longer. Within a transaction."""
        self._delete_rows("page", "path", pages)
        self._delete_rows("component", "id", components)

    # Published files.

    def published(self) -> Mapping[str, PublishedFile]:
        """What is known of all published files, by path."""
        if self._published is None:
            rows = self._execute(f"SELECT {_PUBLISHED} FROM published")  # noqa: S608 - our own names
            self._published = {row[0]: PublishedFile.of(row) for row in rows}
        return self._published

    def published_paths(self) -> AbstractSet[str]:
        """The paths of all published files. Quicker than ``published``."""
        if self._published is not None:
            return self._published.keys()
        return {path for (path,) in self._execute("SELECT path FROM published")}

    def published_stats(self) -> list[PublishedStat]:
        """By what the published files are recognised. Quicker than ``published``."""
        rows = self._execute("SELECT path, content_digest, stat_trusted, size, mtime, ctime, inode FROM published")
        return [PublishedStat(path, digest, trusted, tuple(stat)) for path, digest, trusted, *stat in rows]

    def save_published(
        self, rows: Sequence[PublishedFile], links: Iterable[tuple[str, bytes]], *, gone: Collection[str]
    ) -> None:
        """Saves published files and where each page links to, and deletes those that are ``gone``. In a transaction."""
        known = {**self.published(), **{row.planned.path: row for row in rows}}
        self._published = {path: row for path, row in known.items() if path not in gone} if gone else known
        self._save(
            "published",
            ((*columns, checksum(columns)) for columns in (row.columns for row in rows)),
        )
        self._save("links", ((path, sealed(body)) for path, body in links))
        for table in ("published", "links"):
            self._delete_rows(table, "path", gone)

    def planned_digests(self) -> dict[str, bytes]:
        """The record digests of all sources when the site was last planned and published, by path."""
        return dict(self._execute("SELECT path, record_digest FROM planned_source"))

    def save_planned_digests(self) -> None:
        """Notes that today's records are those of the published plan. Within a transaction."""
        known = self.planned_digests()
        now = {path: row.record_digest for path, row in self.sources().items()}
        changed = [(path, digest) for path, digest in now.items() if known.get(path) != digest]
        self._save("planned_source", changed)
        self._delete_rows("planned_source", "path", known.keys() - now.keys())

    def links(self) -> Iterator[tuple[str, bytes]]:
        """Where each published page links to, by path. Raises BrokenCacheError."""
        for path, raw in self._execute("SELECT path, body FROM links"):
            yield path, _unsealed(raw)

    # The search index and compiled templates.

    def search_blocks(self) -> dict[str, SearchBlockRow]:
        """What is known of the blocks of the search index, by name. Raises BrokenCacheError."""
        found = {}
        for *row, known in self._execute(f"SELECT {_BLOCK}, checksum FROM search_block"):  # noqa: S608 - our own names
            if checksum(row) != known:
                raise BrokenCacheError
            found[row[0]] = SearchBlockRow._make(row)
        return found

    def search_block(self, name: str) -> tuple[array[int], bytes]:
        """A block: the ids of its components, and its body. Raises BrokenCacheError."""
        rows = self._execute("SELECT components, body FROM search_block WHERE name = ?", name)
        if not rows:
            raise BrokenCacheError
        components, raw = rows[0]
        ids = _ids(components)
        if not isinstance(raw, bytes):
            raise BrokenCacheError
        return ids, _whole(raw[SIZE:], raw[:SIZE], components)

    def save_search_blocks(self, blocks: Iterable[tuple[SearchBlockRow, bytes, bytes]], *, gone: Iterable[str]) -> None:
        """Saves blocks, with component ids and bodies, and deletes those that are ``gone``. In a transaction."""
        rows = ((*row, checksum(row), ids, fingerprint(ids, body) + body) for row, ids, body in blocks)
        self._save("search_block", rows)
        self._delete_rows("search_block", "name", gone)

    def template_code(self, name: str) -> bytes | None:
        """The compiled form of a template; None where it is not known."""
        return self._sealed("template_code", "name", name)

    def save_template_code(self, name: str, body: bytes) -> None:
        """Saves the compiled form of a template."""
        self._save("template_code", [(name, sealed(body))])


def _ids(raw: object) -> array[int]:
    """The ids of components in a column. Damage may make anything of it, or nothing: then raises BrokenCacheError."""
    if not isinstance(raw, bytes) or len(raw) % array("q").itemsize:
        raise BrokenCacheError
    return array("q", raw)


def _whole(body: object, digest: bytes, *before: bytes) -> bytes:
    """A body that has this digest, alone or behind others. Raises BrokenCacheError for any other."""
    if not isinstance(body, bytes) or fingerprint(*before, body) != digest:
        raise BrokenCacheError
    return body


def _unsealed(raw: object) -> bytes:
    body = unsealed(raw) if isinstance(raw, bytes) else None
    if body is None:
        raise BrokenCacheError
    return body
