"""What changed in the record since a day, for a terminal, as a table or as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from generator.ground import dates
from generator.ground.dates import Day
from generator.ground.frozen import frozen
from generator.ground.json_lines import Record, json_array, json_line
from generator.ground.messages import Message, say
from generator.model.record import Change
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.session import Session
from generator.render.data_files import spreadsheet
from generator.site.plan.changes import changes_since
from generator.tools.listing import Form, Listing, lines, listing
from generator.tools.whole_site import WholeSite, whole_site

_COLUMNS: Final = ("day", "change", "subject", "target", "note", "url")
_WEEK: Final = timedelta(days=6)


@frozen(kw_only=True)
class Selected:
    """Which changes to list, and how."""

    since: Day | None
    """None for the last week of the diary."""
    form: Form
    width: int
    """Of a line of text, in terminal cells."""


def change_list(selected: Selected, session: Session) -> Listing:
    """The entries that are new, corrected or withdrawn, and the steps of requests, since a day: the newest first.

    Raises BuildError where the site has problems, or where the list would give away private data.
    """
    with opened_images(session) as images:
        whole = whole_site(session, images)
    whole.check()
    newest = whole.site.newest
    since = selected.since or (newest - _WEEK if newest else None)
    found = changes_since(since, whole.components) if since else []
    sources = tuple(entry.path for entry in whole.site.entries)
    return listing(_written(found, selected, whole), _summary(found, since), sources, whole)


def _written(found: Sequence[Change], selected: Selected, whole: WholeSite) -> str:
    match selected.form:
        case "csv":
            head = map(whole.templates.say, map("column.{}".format, _COLUMNS))
            return spreadsheet(head, (_cells(one, whole) for one in found))
        case "json":
            return json_array(json_line(_record(one, whole)) for one in found)
        case "text":
            shown = (lines(one.subject.title, _facts(one, whole), selected.width) for one in found)
            return "".join(f"{line}\n" for block in shown for line in block)


def _facts(one: Change, whole: WholeSite) -> Iterator[str]:
    yield dates.written_day(one.day, whole.site.settings.language)
    yield _change(one, whole)
    yield from filter(None, (one.target and one.target.title, one.note))


def _change(one: Change, whole: WholeSite) -> str:
    """What changed, in the words of the site."""
    word = whole.templates.say
    if one.status is None:
        return word(f"change.{one.kind}")
    reached = word("change.request", state=word(f"request.{one.status}"))
    return f"{reached} {word('reopened')}" if one.is_reopened else reached


def _cells(one: Change, whole: WholeSite) -> tuple[object, ...]:
    target = one.target.title if one.target else ""
    return (one.day, _change(one, whole), one.subject.title, target, one.note or "", whole.address(one.subject.url))


def _record(one: Change, whole: WholeSite) -> Record:
    return {
        "day": one.day,
        "change": one.kind,
        "title": one.subject.title,
        "url": whole.address(one.subject.url),
        "status": one.status,
        "reopened": one.is_reopened,
        "target": one.target and one.target.title,
        "note": one.note,
    }


def _summary(found: Sequence[Change], since: Day | None) -> Message:
    if since is None:
        return say("Nothing has changed.")
    if not found:
        return say("Nothing has changed since {day}.", day=since)
    number = say("1 change") if len(found) == 1 else say("{n} changes", n=len(found))
    return say("{changes} since {day}.", changes=number, day=since)
