"""Requests as a list for a terminal, as a table or as data: what is open, for how long, and who deals with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from generator.ground import dates
from generator.ground.dates import Day
from generator.ground.frozen import frozen
from generator.ground.json_lines import json_array, json_line
from generator.ground.messages import Message, say
from generator.model.record import RequestRow
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.session import Session
from generator.render.data_files import table
from generator.site.plan.ledger import in_ledger, record, request_table
from generator.tools.listing import Form, Listing, lines, listing
from generator.tools.whole_site import WholeSite, whole_site


@frozen(kw_only=True)
class Selected:
    """Which requests to list, and how."""

    state: Literal["", "open", "overdue"]
    """Empty for all of them."""
    form: Form
    width: int
    """Of a line of text, in terminal cells."""


def request_list(selected: Selected, session: Session) -> Listing:
    """The requests of a site that are selected, in the order of the ledger: first what is open, the longest first.

    The table and the data are those that the site publishes. Raises BuildError where the site has problems, or where
    the list would give away private data.
    """
    with opened_images(session) as images:
        whole = whole_site(session, images)
    whole.check()
    newest = whole.site.newest
    rows = [row for row in in_ledger(whole.components.request_rows.values()) if _is_selected(row, selected)]
    return listing(_written(rows, selected, whole), _summary(rows, newest), _sources(rows, whole), whole)


def _is_selected(row: RequestRow, selected: Selected) -> bool:
    chosen: bool = {"": True, "open": not row.ended, "overdue": row.is_overdue}[selected.state]
    return chosen


def _sources(rows: Iterable[RequestRow], whole: WholeSite) -> tuple[str, ...]:
    """The paths of the entries that tell of these requests."""
    steps = (step for row in rows for step in whole.site.requests[row.id].steps)
    return tuple(dict.fromkeys(step.entry.path for step in steps))


def _written(rows: Sequence[RequestRow], selected: Selected, whole: WholeSite) -> str:
    match selected.form:
        case "csv":
            return table(request_table(rows, whole.components), whole.site.settings, whole.templates.say)
        case "json":
            return json_array(json_line(_record(row, whole)) for row in rows)
        case "text":
            return "".join(f"{line}\n" for row in rows for line in lines(row.title, _facts(row, whole), selected.width))


def _record(row: RequestRow, whole: WholeSite) -> dict[str, object]:
    newest = whole.site.newest
    open_days = row.days_open(newest) if newest else None
    return {**record(whole.site.requests[row.id], whole.components, whole.address), "days_open": open_days}


def _facts(row: RequestRow, whole: WholeSite) -> Iterator[str]:
    word, newest = whole.templates.say, whole.site.newest
    assert newest is not None

    def written(day: Day) -> str:
        return dates.written_day(day, whole.site.settings.language)

    state = word(f"request.{row.state}")
    yield f"{state} {word('request.overdue')}" if row.is_overdue else state
    if row.reopened:
        yield word("reopened_on", date=written(row.reopened))
    if row.days is not None:
        yield word("took_days", n=row.days)
    elif not row.ended:
        yield word("open_days", n=row.days_open(newest))
    if row.target:
        yield row.target.title
    if row.handler or row.person:
        yield " ".join(filter(None, (word("handler"), row.handler, row.person)))
    if row.deadline:
        yield f"{word('deadline')} {written(row.deadline)}"
    yield f"{word('column.moved')} {written(row.ended or row.moved)}"


def _summary(rows: Sequence[RequestRow], newest: Day | None) -> Message:
    if not rows:
        return say("There is no such request.")
    return say(
        "{requests}, {open} open, {overdue} overdue on {day}, the day of the newest entry.",
        requests=say("1 request") if len(rows) == 1 else say("{n} requests", n=len(rows)),
        open=sum(not row.ended for row in rows),
        overdue=sum(row.is_overdue for row in rows),
        day=newest,
    )
