"""The pictures and attachments under content/: each is read once, and recognised by its stat afterwards."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from generator.ground.file_stat import File, are_trusted
from generator.ground.files import file_digest, opened_file
from generator.ground.fingerprint import fingerprint
from generator.pipeline.cache.schema import SourceRow, SourceUpdate, is_known
from generator.pipeline.cache.store import Cache

_FORMAT: Final = 5


@dataclass(slots=True)
class AssetIndex:
    """What is known of the files that are no text."""

    files: Mapping[str, File]
    """By path from the site's folder."""
    cache: Cache
    moment: int
    """When the files were found, in nanoseconds since 1970."""
    _new: dict[str, tuple[SourceRow, bytes]] = field(default_factory=dict)
    """What the cache does not know yet: row, and what was found out about the file, serialised."""

    def info(self, path: str) -> Any:
        """What was found out about a file with these bytes; None where nothing was. Raises OSError."""
        row = self._row(path)
        if not row.record_digest:
            return None
        body = (self._new[path][1] if path in self._new else b"") or self.cache.record(path, row.record_digest)
        return pickle.loads(body)  # noqa: S301 - our own, unchanged

    def set_info(self, path: str, info: object) -> None:
        """Keeps what was found out about a file, so that it need not be opened again. Raises OSError."""
        body = pickle.dumps(info, _FORMAT)
        self._new[path] = (self._row(path)._replace(record_digest=fingerprint(body)), body)

    def content_digest(self, path: str) -> bytes:
        """The digest of a file's bytes. Raises OSError."""
        return self._row(path).content_digest

    def size(self, path: str) -> int:
        """The number of bytes that the file had when it was found."""
        return self.files[path].stat[0]

    def read(self, path: str) -> bytes:
        """A file's bytes; one more than it had where it has grown since, so that its digest is another.

        Raises OSError, and Fault for a pipe.
        """
        with opened_file(self.files[path].path) as file:
            return file.read(self.size(path) + 1)

    def _row(self, path: str) -> SourceRow:
        if path in self._new:
            return self._new[path][0]
        file, row = self.files[path], self.cache.sources().get(path)
        if row is not None and row.content_digest and is_known(file, row):
            return row
        digest = file_digest(file.path)
        known = row.record_digest if row is not None and row.content_digest == digest else b""
        new = self._unread(path)._replace(content_digest=digest, record_digest=known)
        self._new[path] = (new, b"")
        return new

    def _unread(self, path: str) -> SourceRow:
        stat = self.files[path].stat
        return SourceRow(path, b"", b"", b"", int(are_trusted((stat,), self.moment)), stat)

    def save(self) -> None:
        """Saves what was found out, and the stats of all other files. Within a transaction."""
        known = self.cache.sources()
        unread = [
            SourceUpdate(self._unread(path))
            for path, file in self.files.items()
            if path not in self._new and not is_known(file, known.get(path))
        ]
        self.cache.save_sources([*unread, *(SourceUpdate(row, body or None) for row, body in self._new.values())])
