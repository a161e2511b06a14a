"""What pages are made of: the row, the body and the links of every entry and target, made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.ground.dates import DateSpan
from generator.ground.errors import Checked, Fault, Problem
from generator.ground.text import shortened
from generator.model import urls
from generator.model.content import Entry, Policy, StandingPage, Status, Target
from generator.model.prose import RoleHole
from generator.model.views import Body, KindBlock, Link, Pager, Resolved, Row, TargetRow
from generator.site.documents import SUMMARY_LENGTH
from generator.site.references import Measure, References
from generator.site.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a site's pages, by the path of the file that each comes from."""

    site: Site
    rows: Mapping[str, Row]
    links: Mapping[str, Link]
    """The link to each entry's page."""
    target_links: Mapping[str, Link]
    """By the target's id."""
    bodies: Mapping[str, Body]
    summaries: Mapping[str, str]
    """The writer's own, else the first paragraph cut at a sentence's end; empty where there is no text."""
    target_rows: Mapping[str, TargetRow]
    """By the target's id."""
    files: frozenset[str]
    """The files under content/ that entries and pages show or hand out."""

    def listed(self, entries: Iterable[Entry]) -> tuple[Row, ...]:
        """The rows of these entries."""
        return tuple(self.rows[entry.path] for entry in entries)

    def pages(self, url: str, entries: Sequence[Entry]) -> Iterator[tuple[str, tuple[Row, ...], Pager]]:
        """A list cut into pages: URL, rows and place of each; one page at least."""
        size = self.site.settings.per_page
        total = max(1, -(-len(entries) // size))
        for number in range(1, total + 1):
            pager = Pager(
                number,
                total,
                urls.numbered(url, number - 1) if number > 1 else None,
                urls.numbered(url, number + 1) if number < total else None,
            )
            rows = self.listed(entries[(number - 1) * size : number * size])
            yield urls.numbered(url, number), rows, pager

    def kind_blocks(self) -> tuple[KindBlock, ...]:
        """The kinds that have targets, in the order of the settings."""
        return tuple(
            KindBlock(label, urls.kind(kind), rows)
            for kind, label in self.site.settings.kinds.items()
            if (rows := tuple(row for row in self.target_rows.values() if row.kind == kind))
        )


def link(entry: Entry) -> Link:
    """The link to an entry's page."""
    return Link(entry.title, urls.entry(entry.span.start, entry.slug))


def target_link(target: Target) -> Link:
    """The link to a target's page."""
    return Link(target.shown_name, urls.target(target.id))


def span_of(entries: Sequence[Entry]) -> DateSpan | None:
    """From the first day of these entries to the last; None where there are none."""
    if not entries:
        return None
    return DateSpan(min(entry.span.start for entry in entries), max(entry.span.end for entry in entries))


def parts(site: Site, measure: Measure) -> Checked[Parts]:
    """The parts of all published pages, and every reference in them that leads nowhere."""
    problems: list[Problem] = []
    refer = References(site, measure)
    prosed: list[Entry | Target | StandingPage] = [
        *site.entries,
        *site.targets.values(),
        *site.pages,
    ]
    for policy in site.content.policies:
        _check_policy(policy, refer, problems)
    for text in site.unread.values():
        refer.body(text, problems)
    bodies = {one.path: refer.body(one.text, problems) for one in prosed}
    covers = {entry.path: _cover(entry, refer, problems) for entry in site.entries}
    summaries = {one.path: _summary(one, site) for one in prosed}
    links = {entry.path: link(entry) for entry in site.entries}
    target_links = {target.id: target_link(target) for target in site.targets.values()}
    resolved = [*(found for body in bodies.values() for found in body.links), *covers.values()]
    return Checked(
        Parts(
            site=site,
            rows={
                entry.path: _row(entry, target_links, links[entry.path].url, summaries[entry.path], covers[entry.path])
                for entry in site.entries
            },
            links=links,
            target_links=target_links,
            bodies=bodies,
            summaries=summaries,
            target_rows={
                target.id: _target_row(target, site, summaries[target.path]) for target in site.targets.values()
            },
            files=frozenset(one.file for one in resolved if one and one.file),
        ),
        tuple(problems),
    )


def _check_policy(policy: Policy, refer: References, problems: list[Problem]) -> None:
    """Finds what a policy names and is not there."""
    refer.body(policy.text, problems)
    for number, name in enumerate(policy.files):
        try:
            refer.attachment(name, policy.path)
        except Fault as fault:
            field = ("files", number)
            problems.append(Problem(path=policy.path, field=field, message=fault.message, hint=fault.hint))


def _cover(entry: Entry, refer: References, problems: list[Problem]) -> Resolved | None:
    if entry.cover is None:
        return None
    try:
        return refer.picture(entry.cover, entry.path)
    except Fault as fault:
        problems.append(Problem(path=entry.path, field=("cover",), message=fault.message, hint=fault.hint))
        return None


def _summary(one: Entry | Target | StandingPage, site: Site) -> str:
    if one.summary is not None:
        return one.summary
    pieces = one.text.summary
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return pieces[0]
    said = "".join(piece if isinstance(piece, str) else _name(piece, site) for piece in pieces)
    return shortened(said.strip(), SUMMARY_LENGTH)


def _name(role: RoleHole, site: Site) -> str:
    target = site.targets.get(role.key)
    return role.text or (target.shown_name if target else role.key)


def _row(entry: Entry, targets: Mapping[str, Link], url: str, summary: str, cover: Resolved | None) -> Row:
    return Row(
        title=entry.title,
        url=url,
        span=entry.span,
        part=entry.part,
        place=entry.place,
        summary=summary,
        targets=tuple(targets[one] for one in entry.targets if one in targets),
        language=entry.language,
        cover=cover.url if cover else None,
        is_draft=entry.status is not Status.PUBLISHED,
        is_withdrawn=entry.withdrawn is not None,
    )


def _target_row(target: Target, site: Site, summary: str) -> TargetRow:
    parent = site.targets.get(target.parent or "")
    return TargetRow(
        name=target.shown_name,
        full_name=target.name,
        url=urls.target(target.id),
        kind=target.kind,
        place=target.place,
        summary=summary,
        count=len(site.indexes.by_target.get(target.id, ())),
        closed=target.closed,
        parent=target_link(parent) if parent else None,
    )
