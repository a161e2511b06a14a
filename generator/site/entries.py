"""Reads an entry: Source → Entry, with the problems of its own fields and text."""

from __future__ import annotations

import re

from generator.ground.errors import Problem
from generator.ground.messages import say
from generator.ground.text import cut_to_segment, is_windows_name, slug
from generator.model.content import Correction, Entry, RequestNote, Source
from generator.model.prose import Prose
from generator.read.schema import EntryFields, RequestFields
from generator.site.documents import Read, document
from generator.site.texts import text

_DATE_PREFIX = re.compile(r"\d{4}-\d{2}-\d{2}(?:_\d{2}(?:-\d{2})?)?[-_ ]*")


def entry(source: Source) -> Read[Entry]:
    """The entry that a file holds, with the problems that show without other files.

    A withdrawn entry keeps its title, dates, targets, tags and addresses. Its text, counts and facts are dropped.
    """
    read = document(EntryFields, source)
    fields = read.fields
    if fields is None:
        return Read(None, read.problems, read.text)
    named = _slug_of(source.path)
    entry_slug = fields.slug or named or _whole_name(source.path)
    withdrawn = Correction(fields.withdrawn.date, fields.withdrawn.reason) if fields.withdrawn else None
    notes = tuple(_request(request, fields) for request in fields.requests)
    value = Entry(
        path=source.path,
        title=fields.title,
        span=fields.date,
        part=fields.part,
        slug=cut_to_segment(entry_slug),
        targets=fields.targets,
        tags=fields.tags,
        place=None if withdrawn else fields.place,
        weather=None if withdrawn else fields.weather,
        summary=withdrawn.note if withdrawn else fields.summary,
        major=fields.major and not withdrawn,
        headline=None if withdrawn else fields.headline,
        cover=None if withdrawn else fields.cover,
        language=fields.language,
        former_slug=None if fields.slug or named else slug(fields.title) or None,
        aliases=fields.aliases,
        status=fields.status,
        publish_at=fields.publish_at,
        authors=fields.authors,
        reviewed_by=fields.reviewed_by,
        counts={} if withdrawn else {key: _total(count) for key, count in fields.counts.items()},
        counts_by_target={}
        if withdrawn
        else {key: count for key, count in fields.counts.items() if isinstance(count, dict)},
        requests=() if withdrawn else notes,
        withdrawn_requests=notes if withdrawn else (),
        policies=() if withdrawn else fields.policies,
        corrections=tuple(Correction(item.date, item.note) for item in fields.corrections),
        withdrawn=withdrawn,
        successor=fields.withdrawn.successor if fields.withdrawn else None,
        extra={} if withdrawn else fields.extra,
        text=text(source.path, Prose()) if withdrawn else read.text,
    )
    problems = (*_slug_problems(value, given=fields.slug is not None), *_unshown_headline(value), *read.problems)
    return Read(value, problems, value.text, Prose() if withdrawn else read.prose)


def _unshown_headline(entry: Entry) -> tuple[Problem, ...]:
    """A warning of a sentence for the list of major events in an entry that is none."""
    if entry.headline is None or entry.major:
        return ()
    fact = say("a headline is shown only among the major events, and this entry is none")
    hint = say("write major: true too, or delete the line headline:")
    return (Problem(path=entry.path, field=("headline",), message=fact, hint=hint, is_warning=True),)


def _total(count: int | dict[str, int]) -> int:
    return count if isinstance(count, int) else sum(count.values())


def _slug_of(path: str) -> str:
    """The slug for an entry that gives none: its file's name without the date; empty where the date is all of it."""
    return slug(_DATE_PREFIX.sub("", _names(path)[-1], count=1))


def _whole_name(path: str) -> str:
    """The slug for an entry that is called by its date alone: that date, and the folders that are more than dates.

    The title is no part of it, so that the address stays when the title is mended.
    """
    *folders, name = _names(path)
    return slug("-".join((*(one for one in folders if not re.fullmatch(r"[\d_.-]+", one)), name)))


def _names(path: str) -> list[str]:
    """The folders below ``entries`` and the file's name; that of its folder for ``index.md`` in one of its own."""
    names = path.rpartition(".")[0].split("/")[2:]
    return names[:-1] if names[-1] == "index" and len(names) > 1 else names


def _slug_problems(entry: Entry, *, given: bool) -> tuple[Problem, ...]:
    if not entry.slug:
        fact = say("the file's name has no letter or digit to make an address of")
    elif is_windows_name(entry.slug):
        fact = say('Windows cannot store a page called "{name}"', name=entry.slug)
    else:
        return ()
    hint = say("write another slug: in the front matter")
    return (Problem(path=entry.path, field=("slug",) if given else None, message=fact, hint=hint),)


def _request(request: RequestFields, entry: EntryFields) -> RequestNote:
    return RequestNote(
        id=request.id,
        status=request.status,
        date=request.date or entry.date.start,
        title=request.title,
        target=request.target,
        note=request.note,
        helped_by=request.helped_by,
        reopened=request.reopened,
        handler=request.handler,
        person=request.person,
        deadline=request.deadline,
    )
