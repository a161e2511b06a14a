"""The text files under content/, read: what is in the cache is taken from it, the others are parsed.

A file is recognised by its stat, or else by the digest of its bytes. Its *record* is everything that it says, except
its prose, which is loaded where it is rendered.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, cast

from generator.ground.errors import Problem
from generator.ground.file_stat import File, are_trusted
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.model.content import Source
from generator.model.prose import Prose, Text
from generator.pipeline.cache.schema import SourceRow, SourceUpdate, is_known
from generator.pipeline.cache.store import Cache
from generator.pipeline.snapshot import Snapshot
from generator.pipeline.workers import parallel_map
from generator.read import sources
from generator.site.structure_digest import structure_digest

_FORMAT: Final = 5
_BATCH: Final = 500
"""Files that are saved in one transaction."""


@frozen
class SourceSet:
    """What was read of all text files."""

    content_digests: Mapping[str, bytes]
    """By path, the digest of each file's bytes."""
    record_digests: Mapping[str, bytes]
    """By path, the digest of each sound file's record."""
    structure_digests: Mapping[str, bytes]
    """By path, the digest of that part of the record that decides about other pages."""
    problems: tuple[Problem, ...]
    """What is wrong with faulty files. The warnings of sound ones are in their records."""
    faulty: Mapping[str, Any]
    """The values of faulty files, with defaults for what is wrong in them."""
    unread: Mapping[str, Text]
    """The texts of files that gave no value."""
    faulty_proses: Mapping[str, bytes]
    """The proses of faulty files that gave a value, serialised."""

    def prose(self, path: str, cache: Cache) -> Prose:
        """The prose of a file. Raises BrokenCacheError."""
        if path not in self.faulty_proses:
            return cast("Prose", cache.prose(path, self.content_digests[path]))
        return cast("Prose", pickle.loads(self.faulty_proses[path]))  # noqa: S301 - our own, unchanged


class SourceRecord(NamedTuple):
    """What a sound file says, except its prose."""

    value: Any
    problems: tuple[Problem, ...]
    """Warnings, of its encoding or its text."""
    front_matter_digest: bytes
    """Empty for a file of YAML."""


class ChangedSource(NamedTuple):
    """A text file that has to be opened."""

    path: str
    place: str
    """Its path on the disk."""
    row: SourceRow | None
    """What was known of it; None for a new file."""
    record: bytes | None
    """Its record when it was last read, serialised; None for a new file."""


class ParseResult(NamedTuple):
    """What became of a file that was opened."""

    path: str
    content_digest: bytes
    record: bytes | None = None
    """Its record, serialised; None for a file whose bytes are known, and for a faulty one."""
    record_digest: bytes = b""
    structure_digest: bytes = b""
    prose: bytes | None = None
    """Its prose, serialised."""
    value: Any = None
    """The value of a faulty file, with defaults for what is wrong in it."""
    text: Text | None = None
    problems: tuple[Problem, ...] = ()

    def is_faulty(self, row: SourceRow | None) -> bool:
        """Whether there is no sound record of it: neither a new one nor that of its ``row``."""
        return self.record is None and (row is None or row.content_digest != self.content_digest)


def changed_sources(snapshot: Snapshot, cache: Cache) -> list[ChangedSource]:
    """The text files that are not recognised by their stats, in the order of the walk."""
    known = cache.sources()
    changed = [
        (path, file, known.get(path))
        for path, file in snapshot.sources.texts.items()
        if not is_known(file, known.get(path))
    ]
    rows = {path: row.record_digest for path, _, row in changed if row is not None}
    records = dict(cache.records(rows))
    return [ChangedSource(path, file.path, row, records.get(path)) for path, file, row in changed]


def parse_changed(changed: Iterable[ChangedSource], *, is_remembered: bool) -> list[ParseResult]:
    """These files, parsed; ``is_remembered`` says whether a later build will ask for what decides about it."""
    return [_parsed(one, is_remembered=is_remembered) for one in changed]


def read_sources(
    snapshot: Snapshot,
    cache: Cache,
    jobs: int,
    *,
    parsed: Callable[[], list[ParseResult]] | None = None,
) -> SourceSet:
    """Reads all text files. ``parsed`` gives the results of all ``changed_sources`` where a child parses them."""
    texts = snapshot.sources.texts
    known = cache.sources()
    rows = {path: row for path in texts if (row := known.get(path))}
    faulty: list[ParseResult] = []
    if parsed:
        results: Iterable[ParseResult] = parsed()
    else:
        changed = changed_sources(snapshot, cache)
        results = parallel_map(lambda one: _parsed(one, is_remembered=cache.remembers), changed, jobs)
    updates: list[SourceUpdate] = []
    for one in results:
        if one.is_faulty(rows.get(one.path)):
            faulty.append(one)
            rows.pop(one.path, None)
            continue
        row = rows[one.path] = _row(one, texts[one.path], rows.get(one.path), snapshot.moment)
        updates.append(SourceUpdate(row, one.record, one.prose))
        if len(updates) == _BATCH:
            _save(updates, (), cache)
            updates = []
    gone = known.keys() - texts.keys() - snapshot.sources.files.keys()
    _save(updates, {*gone, *(one.path for one in faulty)} & known.keys(), cache)
    digests = {path: row.content_digest for path, row in rows.items()}
    digests |= {one.path: one.content_digest for one in faulty}
    return SourceSet(
        # In the order of the walk, whichever of them were known.
        content_digests={path: digests[path] for path in texts},
        record_digests={path: row.record_digest for path, row in rows.items()},
        structure_digests={path: row.structure_digest for path, row in rows.items()},
        problems=tuple(problem for one in faulty for problem in one.problems),
        faulty={one.path: one.value for one in faulty if one.value is not None},
        unread={one.path: one.text for one in faulty if one.text is not None and one.value is None},
        faulty_proses={one.path: one.prose for one in faulty if one.prose is not None},
    )


def _save(updates: list[SourceUpdate], gone: Iterable[str], cache: Cache) -> None:
    if updates or gone:
        with cache.transaction():
            cache.save_sources(updates, gone=set(gone))


def _row(one: ParseResult, file: File, known: SourceRow | None, moment: int) -> SourceRow:
    trusted = int(are_trusted((file.stat,), moment))
    if one.record is None:
        assert known is not None
        return known._replace(stat_trusted=trusted, stat=file.stat)
    return SourceRow(one.path, one.content_digest, one.record_digest, one.structure_digest, trusted, file.stat)


def _parsed(one: ChangedSource, *, is_remembered: bool) -> ParseResult:
    path, place, row, record = one
    digest, source, problems = sources.read(path, place)
    if row is not None and digest == row.content_digest:
        return ParseResult(path, digest)
    if record is not None and source is not None and (found := _with_other_text(source, digest, record, problems)):
        return found
    # Where nothing has to be parsed, no parser is loaded.
    from generator.site import dispatch
    from generator.site.texts import front_matter_digest

    if source is None:
        return ParseResult(
            path, digest, value=dispatch.fallback(path), text=dispatch.empty_text(path), problems=problems
        )
    checked = dispatch.read(source)
    text, prose = getattr(checked, "text", None), getattr(checked, "prose", None)
    front_matter = front_matter_digest(source) if prose is not None and is_remembered else b""
    found_record = SourceRecord(checked.value, (*problems, *checked.problems), front_matter)
    return _result(path, digest, found_record, prose, text, is_remembered=is_remembered)


def _with_other_text(source: Source, digest: bytes, record: bytes, problems: tuple[Problem, ...]) -> ParseResult | None:
    """The result for a file whose text alone changed; None where more changed, or where its text is not shown."""
    from generator.site.texts import front_matter_digest, with_text

    known = SourceRecord._make(pickle.loads(record))  # noqa: S301 - our own, unchanged
    if not known.front_matter_digest or known.front_matter_digest != front_matter_digest(source):
        return None
    if getattr(known.value, "withdrawn", None):
        return None
    value, parsed = with_text(known.value, source)
    # The fields are the same, and so is what is told of them.
    of_fields = (problem for problem in known.problems if problem.field is not None)
    found = SourceRecord(value, (*problems, *of_fields, *parsed.problems), known.front_matter_digest)
    return _result(source.path, digest, found, parsed.prose, value.text, is_remembered=True)


def _result(
    path: str, digest: bytes, found: SourceRecord, prose: Prose | None, text: Text | None, *, is_remembered: bool
) -> ParseResult:
    serialized = None if prose is None else pickle.dumps(prose, _FORMAT)
    if found.value is None or not all(problem.is_warning for problem in found.problems):
        kept = None if found.value is None else serialized
        return ParseResult(path, digest, value=found.value, text=text, prose=kept, problems=found.problems)
    record = pickle.dumps(tuple(found), _FORMAT)
    record_digest = fingerprint(record)
    return ParseResult(
        path,
        digest,
        record,
        record_digest,
        # It is asked for by later builds alone.
        structure_digest(found.value, found.problems, record_digest) if is_remembered else record_digest,
        prose=serialized,
    )


def load_records(source_set: SourceSet, cache: Cache) -> tuple[dict[str, Any], list[Problem]]:
    """The values of all files, by path, and their warnings and problems. Raises BrokenCacheError."""
    values: dict[str, Any] = {}
    problems = list(source_set.problems)
    for path, body in cache.records(source_set.record_digests):
        values[path], found, _ = pickle.loads(body)  # noqa: S301 - our own, unchanged
        problems += found
    ordered = {path: values[path] for path in source_set.content_digests if path in values}
    return ordered | dict(source_set.faulty), problems


def load_record(path: str, source_set: SourceSet, cache: Cache) -> SourceRecord:
    """The record of one sound file. Raises BrokenCacheError."""
    body = cache.record(path, source_set.record_digests[path])
    return SourceRecord._make(pickle.loads(body))  # noqa: S301 - our own, unchanged
