"""Components: the rows, links, bodies … of which pages are composed, each made once for the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

from generator.ground.dates import DateSpan, Day
from generator.ground.errors import Checked, Fault, Field, Problem
from generator.ground.frozen import frozen
from generator.ground.text import shortened
from generator.model import urls
from generator.model.components import (
    Body,
    Figure,
    FileLink,
    KindBlock,
    Line,
    Link,
    Picture,
    Resolved,
    Row,
    TargetRow,
)
from generator.model.content import Entry, Policy, Status, Target
from generator.model.lists import Pager, TagRow
from generator.model.prose import RoleHole
from generator.model.record import RequestLine, RequestRow, RequestStep
from generator.model.settings import Derived
from generator.site.counters import Tally
from generator.site.plan.pagination import cut, month_pages
from generator.site.plan.request_rows import kind_links, request_components, request_row
from generator.site.references import Measure, References, TextRecord
from generator.site.requests import Request
from generator.site.roles import TextContext, context_of, resolved
from generator.site.site import Site
from generator.site.texts import SUMMARY_LENGTH

T = TypeVar("T")


@frozen(kw_only=True)
class Components:
    """The rows, links, bodies … of a site's pages. They are keyed by the path of their source file, unless stated."""

    site: Site
    rows: Mapping[str, Row]
    entry_lines: Mapping[str, Line]
    """The shorter form for lists with one line for each entry."""
    links: Mapping[str, Link]
    """The link to each entry's page."""
    target_links: Mapping[str, Link]
    """By the target's id."""
    bodies: Mapping[str, Body]
    summaries: Mapping[str, str]
    """The writer's summary, else the first paragraph cut at a sentence's end; empty without text."""
    target_rows: Mapping[str, TargetRow]
    """By the target's id."""
    request_rows: Mapping[str, RequestRow]
    """By the request's id, in the order of raising."""
    request_steps: Mapping[str, tuple[RequestStep, ...]]
    """The history of each request, by its id."""
    request_lines: Mapping[str, tuple[RequestLine, ...]]
    """By an entry's path, its steps of requests; entries without requests have no key."""
    successors: Mapping[str, Link]
    """The entries that take the place of withdrawn ones."""
    policy_links: Mapping[str, Link]
    """By the policy's id."""
    policy_files: Mapping[str, tuple[FileLink, ...]]
    """By the policy's id."""
    files: frozenset[str]
    """The files under content/ that pages show or offer for download."""
    pictures: Mapping[str, Picture]
    """The pictures among these files, by path."""

    def listed(self, entries: Iterable[Entry]) -> tuple[Row, ...]:
        """The rows of these entries."""
        return tuple(self.rows[entry.path] for entry in entries)

    def pages(
        self, url: str, entries: Sequence[Entry], *, first: int | None = None
    ) -> Iterator[tuple[str, tuple[Row, ...], Pager]]:
        """A list of entries split into pages: URL, rows and pager of each; always at least one page.

        ``first`` is the most that the first page takes, where that is fewer.
        """
        size = self.site.settings.per_page
        months = month_pages(url, entries, size, first=first)
        for page, found, pager in cut(url, entries, size, first=first, months=months):
            yield page, self.listed(found), pager

    def cut(self, url: str, items: Sequence[T], size: int | None = None) -> Iterator[tuple[str, Sequence[T], Pager]]:
        """A list split into pages of ``size`` items, by default ``per_page``; always at least one page."""
        return cut(url, items, size or self.site.settings.per_page)

    def figures(self, tallies: Mapping[str, Tally], by: str = "", name: str = "") -> tuple[Figure, ...]:
        """The figures of these tallies, each with the URL of the page that lists its entries.

        ``by`` and ``name`` give the month, kind or target that the tallies belong to; empty for the whole diary.
        """
        declared = self.site.settings.counters
        return tuple(
            Figure(counter.label, tallies[key].total, counter.unit, urls.counter(key, by, name))
            for key, counter in declared.items()
            if key in tallies and tallies[key].entries
        )

    def says_targets(self, tallies: Mapping[str, Tally]) -> bool:
        """Whether one of these figures says how many targets were served."""
        declared = self.site.settings.counters
        return any(declared[key].derived is Derived.TARGETS and tally.entries for key, tally in tallies.items())

    def kind_blocks(self) -> tuple[KindBlock, ...]:
        """The kinds that have targets, in the order of the settings."""
        return tuple(
            KindBlock(
                id=kind,
                label=label,
                url=urls.kind(kind),
                targets=rows,
                count=len(rows),
                last=max((row.last for row in rows if row.last), default=None),
            )
            for kind, label in self.site.settings.kinds.items()
            if (rows := tuple(row for row in self.target_rows.values() if row.kind == kind))
        )

    def request_rows_on(self, day: Day, requests: Iterable[Request]) -> dict[str, RequestRow]:
        """The rows of requests as they stood on a day (``Request.until``), by their ids."""
        kinds = kind_links(self.site)
        return {one.id: request_row(one, self.target_links, kinds, self.site, day) for one in requests}

    def picture(self, entry: Entry) -> Picture | None:
        """The picture that stands for an entry: its cover, else the first in its text; None where it has neither."""
        shown = (found.picture for found in self.bodies[entry.path].links if found.picture)
        return self.rows[entry.path].cover or next(shown, None)


def link(entry: Entry) -> Link:
    """The link to an entry's page."""
    return Link(entry.title, urls.entry(entry.span.start, entry.slug))


def target_link(target: Target) -> Link:
    """The link to a target's page."""
    return Link(target.shown_name, urls.target(target.id))


def counted(entries: Iterable[Entry]) -> int:
    """How many entries there are, without withdrawn ones, as counters have it."""
    return sum(entry.withdrawn is None for entry in entries)


def tag_row(title: str, url: str, entries: Sequence[Entry]) -> TagRow:
    """The row of a tag, or of an author, with these entries (at least one)."""
    count = counted(entries)
    return TagRow(title, url, count, len(entries) - count, _last_day(entries))


def _last_day(entries: Iterable[Entry]) -> Day | None:
    """The last day of those that count."""
    return max((entry.span.end for entry in entries if entry.withdrawn is None), default=None)


def span_of(entries: Sequence[Entry]) -> DateSpan | None:
    """From the first day of these entries to the last; None without entries."""
    if not entries:
        return None
    return DateSpan(min(entry.span.start for entry in entries), max(entry.span.end for entry in entries))


class _Resolved(NamedTuple):
    """What the references of a site's texts, covers and policies resolve to."""

    bodies: Mapping[str, Body]
    """By path."""
    covers: Mapping[str, Resolved | None]
    """By the entry's path; None for an entry without a cover."""
    policy_files: Mapping[str, tuple[Resolved, ...]]
    """By the policy's id."""

    @property
    def shown(self) -> Iterator[Resolved]:
        """Everything that is shown or handed out."""
        yield from (found for body in self.bodies.values() for found in body.links)
        yield from (cover for cover in self.covers.values() if cover)
        yield from (found for files in self.policy_files.values() for found in files)


def components(site: Site, measure: Measure) -> Checked[Components]:
    """The components of all published pages, with a problem for every reference that leads nowhere."""
    problems: list[Problem] = []
    refer = References(site, measure)
    resolved = _resolve(site, refer, problems)
    summaries = {one.path: _summary(one, site) for one in _text_records(site)}
    links = {entry.path: link(entry) for entry in site.entries}
    target_links = {target.id: target_link(target) for target in site.targets.values()}
    rows = {one.path: _row(one, target_links, links[one.path].url, summaries, resolved.covers) for one in site.entries}
    requests = request_components(site, links, target_links)
    shown = list(resolved.shown)
    value = Components(
        site=site,
        rows=rows,
        entry_lines={path: Line.of(row) for path, row in rows.items()},
        links=links,
        target_links=target_links,
        bodies=resolved.bodies,
        summaries=summaries,
        target_rows={one.id: _target_row(one, site, summaries[one.path]) for one in site.targets.values()},
        request_rows=requests.rows,
        request_lines=requests.lines,
        request_steps=requests.steps,
        successors=_successors(site, refer, links, problems),
        policy_links={one.id: Link(one.title, urls.policy(one.id)) for one in site.content.policies},
        policy_files={key: tuple(map(_file_link, found)) for key, found in resolved.policy_files.items()},
        files=frozenset(one.file for one in shown if one.file),
        pictures={one.file: one.picture for one in shown if one.file and one.picture},
    )
    return Checked(value, tuple(problems))


def _text_records(site: Site) -> list[TextRecord]:
    """Everything published that has a text."""
    return [*site.entries, *site.targets.values(), *site.pages, *site.content.policies]


def _resolve(site: Site, refer: References, problems: list[Problem]) -> _Resolved:
    """Resolves all references of the site; each that leads nowhere is added to ``problems``."""
    for text in site.unread.texts.values():
        refer.body(text, context_of(None, site), problems)
    return _Resolved(
        bodies={one.path: refer.body(one.text, context_of(one, site), problems) for one in _text_records(site)},
        covers={entry.path: _cover(entry, refer, problems) for entry in site.entries},
        policy_files={policy.id: _files(policy, refer, problems) for policy in site.content.policies},
    )


def _file_link(one: Resolved) -> FileLink:
    return FileLink(PurePosixPath(one.file or one.url).name, one.url, one.facts)


def _files(policy: Policy, refer: References, problems: list[Problem]) -> tuple[Resolved, ...]:
    """The files of a policy that exist; for each of the others, a problem is added to ``problems``."""
    found = []
    for number, name in enumerate(policy.files):
        try:
            found.append(refer.attachment(name, policy.path))
        except Fault as fault:
            field = ("files", number)
            problems.append(_at_field(field, name, fault, policy.path))
    return tuple(found)


def misnamed_files(site: Site) -> Iterator[Problem]:
    """Names of files that are not there, where only one can be meant."""
    problems: list[Problem] = []
    _resolve(site, References(site, _unmeasured), problems)
    yield from (problem for problem in problems if problem.repair)


def _unmeasured(path: str) -> Picture:
    raise OSError(path)


def _at_field(field: Field, name: str, fault: Fault, path: str) -> Problem:
    return Problem(path=path, field=field, message=fault.message, hint=fault.hint, repair=fault.repair_of(name))


def _cover(entry: Entry, refer: References, problems: list[Problem]) -> Resolved | None:
    if entry.cover is None:
        return None
    try:
        return refer.picture(entry.cover, entry.path)
    except Fault as fault:
        problems.append(_at_field(("cover",), entry.cover, fault, entry.path))
        return None


def _successors(site: Site, refer: References, links: Mapping[str, Link], problems: list[Problem]) -> dict[str, Link]:
    """By the paths of withdrawn entries, those that take their places; others are added to ``problems``."""
    found = {}
    for entry in site.entries:
        try:
            path = refer.entry(entry.successor, entry.path) if entry.successor else None
        except Fault as fault:
            problems.append(_at_field(("withdrawn", "successor"), entry.successor or "", fault, entry.path))
            continue
        if path:
            found[entry.path] = links[path]
    return found


def _summary(one: TextRecord, site: Site) -> str:
    if not isinstance(one, Policy) and one.summary is not None:
        return one.summary
    pieces = one.text.summary
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    context = context_of(one, site)
    summary = "".join(piece if isinstance(piece, str) else _name(piece, context, site) for piece in pieces)
    return shortened(summary.strip(), SUMMARY_LENGTH)


def _name(role: RoleHole, context: TextContext, site: Site) -> str:
    try:
        return role.text or resolved(role, context, site).name
    except Fault:
        # The problem is reported where the text itself is resolved.
        return ""


def _row(
    entry: Entry,
    targets: Mapping[str, Link],
    url: str,
    summaries: Mapping[str, str],
    covers: Mapping[str, Resolved | None],
) -> Row:
    cover = covers[entry.path]
    return Row(
        title=entry.title,
        url=url,
        span=entry.span,
        part=entry.part,
        place=entry.place,
        summary=summaries[entry.path],
        targets=tuple(targets[one] for one in entry.targets if one in targets),
        language=entry.language,
        cover=cover.picture if cover else None,
        is_draft=entry.status is not Status.PUBLISHED,
        is_withdrawn=entry.withdrawn is not None,
        is_major=entry.major,
    )


def _target_row(target: Target, site: Site, summary: str) -> TargetRow:
    parent = site.targets.get(target.parent or "")
    entries = site.indexes.by_target.get(target.id, ())
    return TargetRow(
        name=target.shown_name,
        full_name=target.name,
        url=urls.target(target.id),
        kind=target.kind,
        place=target.place,
        summary=summary,
        count=counted(entries),
        withdrawn=len(entries) - counted(entries),
        last=_last_day(entries),
        closed=target.closed,
        parent=target_link(parent) if parent else None,
    )
