"""Plans a report by period: the figures of a week, a month or other days, its requests, policies and entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from math import ceil
from typing import Final

from generator.ground.dates import DateSpan, Day
from generator.ground.frozen import frozen
from generator.ground.periods import Period
from generator.ground.text import first_sentence
from generator.model import urls
from generator.model.content import Entry, RequestStatus
from generator.model.pages import Page
from generator.model.period_report import (
    EntryNote,
    FigureRow,
    Handover,
    PartRow,
    PartTable,
    ReportView,
    RequestMove,
    RequestMoves,
)
from generator.model.settings import Counter, Derived
from generator.site.counters import Counters, Tick
from generator.site.plan.chronicle import sections
from generator.site.plan.components import Components, span_of
from generator.site.plan.ledger import in_ledger
from generator.site.requests import ENDS, Request

_COLUMNS: Final = 7
"""Counters side by side in one table: more do not fit on a sheet of paper."""


@frozen(kw_only=True)
class ReportOrder:
    """What a report is to be about, and what it is to hold."""

    period: Period
    day: Day
    """The day on which it sees the requests: the last of the period, or today while that goes on."""
    target: str | None
    """The id of the only target to report on; None for all. Likewise kind and tag."""
    kind: str | None
    tag: str | None
    title: str
    has_texts: bool
    """Whether the texts of the entries follow."""
    pictures: int
    """How many pictures at most."""


def period_report(order: ReportOrder, components: Components) -> Page:
    """The report as a page of its own, for a site with at least one entry.

    An entry belongs to the period in which it begins, as in the figures of counters by month. Requests are seen as they
    stood at the end of the period. Where the report is limited to a tag, a request belongs to it with the entry that
    raised it.
    """
    scope = _Scope(order, components)
    entries, requests = scope.entries, scope.requests_until(order.period.span.end)
    view = ReportView(
        period=order.period,
        before=order.period.before().span,
        covers=tuple(scope.names),
        day=order.day,
        targets=len({target for entry in entries if not entry.withdrawn for target in scope.covered(entry.targets)}),
        figures=tuple(scope.figures()),
        parts=tuple(scope.parts()),
        requests=_moves(requests, order.period.span, order.day, components),
        overdue_days=components.site.settings.overdue_days,
        handovers=tuple(_handovers(entries, scope, components)),
        major=tuple(_note(entry, components) for entry in entries if entry.major),
        others=tuple(_note(entry, components) for entry in entries if not entry.major),
        pictures=tuple(
            (components.rows[entry.path], picture)
            for entry in sorted(entries, key=lambda entry: not entry.major)
            if order.pictures and (picture := components.picture(entry)) is not None
        )[: order.pictures],
        sections=sections(entries, span_of(entries) or order.period.span, components) if order.has_texts else (),
    )
    told = (step.entry.path for request in requests for step in request.steps)
    texts = dict.fromkeys((*(entry.path for entry in entries), *told))
    return Page(url=urls.HOME, own_title=order.title, texts=tuple(texts), view=view)


class _Scope:
    """What of the site a report covers."""

    def __init__(self, order: ReportOrder, components: Components) -> None:
        self._order, self._components, self._site = order, components, components.site

    @cached_property
    def _targets(self) -> frozenset[str] | None:
        """The ids of the targets that it is limited to; None for all."""
        order = self._order
        if order.target is None and order.kind is None:
            return None
        return frozenset(
            one.id
            for one in self._site.targets.values()
            if order.target in (None, one.id) and order.kind in (None, one.kind)
        )

    @property
    def names(self) -> Iterator[str]:
        """The target, the kind and the tag that it is limited to."""
        if self._order.target:
            yield self._site.targets[self._order.target].name
        if self._order.kind:
            yield self._site.settings.kinds[self._order.kind]
        if self._order.tag:
            yield self._order.tag

    def covered(self, targets: Iterable[str]) -> list[str]:
        """Those of these targets that it covers."""
        return [one for one in targets if one in self._site.targets and (self._targets is None or one in self._targets)]

    def _concerns(self, targets: Iterable[str], entry: Entry | None) -> bool:
        """Whether it covers something about these targets that this entry tells; None where that does not matter."""
        if self._targets is not None and self._targets.isdisjoint(targets):
            return False
        return self._order.tag is None or entry is None or self._order.tag in entry.tags

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries that begin in the period, in the order of the diary."""
        span = self._order.period.span
        begun = (one for one in self._site.entries if span.start <= one.span.start <= span.end)
        return [entry for entry in begun if self._concerns(entry.targets, entry)]

    @cached_property
    def _requests(self) -> dict[str, Request]:
        return {
            name: one
            for name, one in self._site.requests.items()
            if self._concerns((one.target,) if one.target else (), one.steps[0].entry)
        }

    def requests_until(self, day: Day) -> list[Request]:
        """Its requests as they stood at the end of ``day``."""
        return [known for one in self._requests.values() if (known := one.until(day)) is not None]

    def _counters(self, first: Day, last: Day) -> Counters:
        """The counters of what it covers on these days."""

        def counts(counter: Counter, tick: Tick) -> bool:
            # A request was chosen by the entry that raised it, whichever entry ends it.
            is_request = counter.derived in (Derived.RAISED, Derived.RESOLVED)
            entry = None if is_request else self._site.counters.entries[tick.at]
            return first <= tick.day <= last and self._concerns(self._site.counters.targets_of(tick), entry)

        return replace(self._site.counters, requests=self._requests, counts=counts)

    @cached_property
    def _now(self) -> Counters:
        return self._counters(self._order.period.span.start, self._order.period.span.end)

    def figures(self) -> Iterator[FigureRow]:
        """The counters that have counted anything until the end of the period."""
        span, before = self._order.period.span, self._order.period.before().span
        earlier, so_far = self._counters(before.start, before.end), self._counters(Day.min, span.end)
        for key, counter in self._site.settings.counters.items():
            if so_far.whole[key].entries:
                yield FigureRow(
                    counter=counter,
                    number=self._now.whole[key].total,
                    before=earlier.whole[key].total,
                    so_far=so_far.whole[key].total,
                )

    def parts(self) -> Iterator[PartTable]:
        """The figures by kind and by target, where the report covers more than one."""
        kinds, targets = self._site.settings.kinds, self._components.target_links
        if self._order.kind is None and self._order.target is None:
            yield from self._tables("kind", [(kind, label) for kind, label in kinds.items()])
        if self._order.target is None:
            covered = self.covered(targets)
            yield from self._tables("target", [(target, targets[target].title) for target in covered])

    def _tables(self, by: str, names: Sequence[tuple[str, str]]) -> Iterator[PartTable]:
        tallies = self._now.by_kind if by == "kind" else self._now.by_target
        counted = [
            key
            for key, counter in self._site.settings.counters.items()
            if self._now.whole[key].entries and (by, counter.derived) != ("target", Derived.TARGETS)
        ]
        # As many in each table, so that none has a table of its own.
        across = ceil(len(counted) / ceil(len(counted) / _COLUMNS)) if counted else 1
        for at in range(0, len(counted), across):
            keys = counted[at : at + across]
            rows = [
                PartRow(title, tuple(tallies[name][key].total if key in tallies[name] else 0 for key in keys))
                for name, title in names
                if name in tallies
            ]
            rows = [row for row in rows if any(row.numbers)]
            sums = tuple(self._now.whole[key].total for key in keys)
            if rows:
                yield PartTable(
                    by=by,
                    columns=tuple(self._site.settings.counters[key] for key in keys),
                    rows=tuple(rows),
                    sums=sums,
                    exceeds=any(sum(row.numbers[number] for row in rows) > total for number, total in enumerate(sums)),
                )


def _moves(requests: Sequence[Request], span: DateSpan, day: Day, components: Components) -> RequestMoves:
    """What happened with requests in these days; ``requests`` are as they stood at their end."""
    rows = components.request_rows_on(day, requests)
    new: list[RequestMove] = []
    moved: list[RequestMove] = []
    done: list[RequestMove] = []
    for one in requests:
        steps = tuple(step for step in components.request_steps[one.id] if span.start <= step.date <= span.end)
        if not steps:
            continue
        move = RequestMove(rows[one.id], steps)
        if one.ended and span.start <= one.ended:
            done.append(move)
        else:
            (new if span.start <= one.raised else moved).append(move)
    open_rows = in_ledger([rows[one.id] for one in requests if one.is_open])
    return RequestMoves(
        raised=sum(span.start <= one.raised for one in requests),
        ended=len(done),
        resolved=sum(move.row.state is RequestStatus.RESOLVED for move in done),
        reopened=len(again := [one for one in requests if _is_reopened(one, span)]),
        undone=sum(_before(one, span) is RequestStatus.RESOLVED for one in again),
        new=tuple(new),
        moved=tuple(moved),
        done=tuple(sorted(done, key=lambda move: move.row.state is not RequestStatus.RESOLVED)),
        open=tuple(open_rows),
        overdue=sum(row.is_overdue for row in open_rows),
    )


def _is_reopened(request: Request, span: DateSpan) -> bool:
    """Whether it had ended before these days, and has another stage since."""
    before = _before(request, span)
    later = (step.note.status for step in request.steps if step.note.date >= span.start)
    return before in ENDS and any(status is not before for status in later)


def _before(request: Request, span: DateSpan) -> RequestStatus | None:
    """Its stage before these days; None where it was raised in them."""
    before = request.until(span.start - timedelta(days=1))
    return before.state if before else None


def _handovers(entries: Iterable[Entry], scope: _Scope, components: Components) -> Iterator[Handover]:
    """The policies that these entries handed over, in the order of the site's policies."""
    for policy, link in components.policy_links.items():
        told = [entry for entry in entries if policy in entry.policies]
        if told:
            ids = dict.fromkeys(target for entry in told for target in scope.covered(entry.targets))
            names = tuple(components.target_links[one].title for one in ids)
            yield Handover(link, names, len(told))


def _note(entry: Entry, components: Components) -> EntryNote:
    return EntryNote(components.rows[entry.path], entry.headline or first_sentence(components.summaries[entry.path]))
