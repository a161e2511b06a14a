"""An entry as a record for programs: what ``/data/entries.json`` says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from generator.ground.json_lines import Record, json_line, without_empty
from generator.model import urls
from generator.model.components import EntryRecord, Row
from generator.model.content import Correction, Entry, Person, PersonRole, RequestNote


def entry_record(entry: Entry, row: Row, requests: list[Record]) -> EntryRecord:
    """The record of an entry; ``row`` is what lists show of it."""
    return EntryRecord(row.url, json_line(_record(entry, row, requests)))


def pseudonyms(people: Mapping[str, Person]) -> dict[str, str]:
    """What stands for the id of each private person, which may be a name."""
    return {one.id: one.pseudonym or "" for one in people.values() if one.role is PersonRole.PRIVATE}


def request_notes(entry: Entry, hidden: Mapping[str, str]) -> list[Record]:
    """The steps of requests in an entry's record; ``hidden`` are the pseudonyms that stand for ids."""
    return [
        without_empty(_fields(replace(note, helped_by=tuple(hidden.get(name, name) for name in note.helped_by))))
        for note in entry.requests
    ]


def _record(entry: Entry, row: Row, requests: list[Record]) -> Record:
    return {
        "title": entry.title,
        "url": urls.relative(urls.ENTRY_DATA, row.url),
        "start": entry.span.start.isoformat(),
        "end": entry.span.end.isoformat(),
        "part": entry.part,
        "targets": entry.targets,
        "tags": entry.tags,
        "place": entry.place,
        "weather": entry.weather,
        "summary": row.summary,
        "major": entry.major,
        "headline": entry.headline,
        "language": entry.language,
        "authors": entry.authors,
        "reviewed_by": entry.reviewed_by,
        "counts": entry.counts and dict(entry.counts),
        "requests": requests,
        "counts_by_target": entry.counts_by_target and {key: dict(one) for key, one in entry.counts_by_target.items()},
        "policies": entry.policies,
        "corrections": entry.corrections and [_fields(correction) for correction in entry.corrections],
        "withdrawn": entry.withdrawn and _fields(entry.withdrawn),
        "source": entry.path,
    }


def _fields(value: Correction | RequestNote) -> Record:
    return {one.name: getattr(value, one.name) for one in fields(value)}
