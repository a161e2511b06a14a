"""Plans the pages of taxonomies: targets, their kinds, and tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from generator.model import urls
from generator.model.components import Counted, Link
from generator.model.content import Target
from generator.model.lists import KindView, PartsView, ReceivedView, TagRow, TagsView, TagView, TargetsView
from generator.model.pages import Page
from generator.model.record import RequestRow
from generator.model.views import TargetView
from generator.site.plan.alphabet import Name, Names
from generator.site.plan.components import Components, span_of, tag_row
from generator.site.plan.ledger import EXCERPT, in_ledger
from generator.site.plan.policies import receipts

SHOWN: Final = 12
"""How many of its parts, and of the policies that it received, a target's page shows."""


def targets(components: Components) -> Iterator[Page]:
    """The list of all targets, and a page for each kind and each target."""
    blocks = components.kind_blocks()
    names, counters = Names(components.site.settings.pinyin), components.site.counters
    listed: dict[str, list[Name]] = {block.id: [] for block in blocks}
    for target in components.site.targets.values():
        if target.kind in listed:
            listed[target.kind].append(_name(target, components))
    every = [name for found in listed.values() for name in found]
    for url, alphabet, pager in names.pages(urls.TARGETS, every):
        shown = tuple(replace(block, targets=()) for block in blocks) if alphabet else blocks
        yield Page(url=url, view=TargetsView(shown if pager.number == 1 else (), alphabet, pager))
    yield from names.file(urls.TARGETS, every)
    for block in blocks:
        tallies = counters.by_kind.get(block.id, {})
        figures, together = components.figures(tallies, "kind", block.id), counters.together(tallies)
        number = 0 if components.says_targets(tallies) else block.count
        for url, alphabet, pager in names.pages(block.url, listed[block.id]):
            one = replace(block, targets=()) if alphabet else block
            is_first = pager.number == 1
            view = KindView(one, number, figures if is_first else (), together if is_first else (), alphabet, pager)
            yield Page(url=url, own_title=block.label, view=view)
        yield from names.file(block.url, listed[block.id])
    raised: dict[str, list[RequestRow]] = {}
    for row in in_ledger(components.request_rows.values()):
        raised.setdefault(row.target.url if row.target else "", []).append(row)
    for target in components.site.targets.values():
        if target.id not in components.site.settings.kinds:
            yield from _target(target, raised.get(urls.target(target.id), ()), components)
            yield from _parts(target, names, components)


def _name(target: Target, components: Components) -> Name:
    others = dict.fromkeys(name for name in (target.name, *target.aliases) if name != target.shown_name)
    return Name(components.target_rows[target.id], target.shown_name, tuple(others), target.pinyin)


def _target(target: Target, requests: Sequence[RequestRow], components: Components) -> Iterator[Page]:
    found = components.site.indexes.by_target.get(target.id, ())
    row = components.target_rows[target.id]
    children = components.site.indexes.children.get(target.id, ())
    label = components.site.settings.kinds.get(target.kind, target.kind)
    span = span_of(found)
    tallies = components.site.counters.by_target.get(target.id, {})
    figures, together = components.figures(tallies, "target", target.id), components.site.counters.together(tallies)
    received = receipts(found, components)
    for url, rows, pager in components.pages(row.url, found[::-1]):
        view = TargetView(
            target=row,
            kind=Link(label, urls.kind(target.kind)),
            aliases=target.aliases,
            children=tuple(components.target_rows[child.id] for child in children[:SHOWN]),
            parts=_more(urls.parts(target.id), children),
            body=components.bodies[target.path],
            figures=figures,
            together=together,
            requests=tuple(requests[:EXCERPT]),
            ledger=Counted(target.shown_name, urls.ledger("target", target.id), len(requests)) if requests else None,
            policies=received[:SHOWN],
            received=_more(urls.received(target.id), received),
            rows=rows,
            pager=pager,
            span=span,
            feed=row.url + urls.ATOM if found else None,
            extra=target.extra,
        )
        yield Page(
            url=url,
            own_title=target.shown_name,
            own_description=row.summary,
            source=target.path,
            texts=(target.path,),
            feed=view.feed,
            view=view,
        )
    if len(received) > SHOWN:
        parent = components.target_links[target.id]
        for url, some, pager in components.cut(urls.received(target.id), received):
            yield Page(url=url, own_title=parent.title, view=ReceivedView(parent, tuple(some), pager))


def _more(url: str, every: Sequence[object]) -> Counted | None:
    return Counted("", url, len(every)) if len(every) > SHOWN else None


def _parts(target: Target, names: Names, components: Components) -> Iterator[Page]:
    """The pages of the targets whose parent this one is, and the file with their names; none where they are few."""
    children, url = components.site.indexes.children.get(target.id, ()), urls.parts(target.id)
    if len(children) <= SHOWN:
        return
    parent, listed = components.target_links[target.id], [_name(child, components) for child in children]
    rows = tuple(components.target_rows[child.id] for child in children)
    for page, alphabet, pager in names.pages(url, listed):
        yield Page(url=page, own_title=parent.title, view=PartsView(parent, () if alphabet else rows, alphabet, pager))
    yield from names.file(url, listed)


def tags(components: Components) -> Iterator[Page]:
    """The list of all tags, and the pages of each tag."""
    by_tag = components.site.indexes.by_tag
    rows = {tag: tag_row(tag, urls.tag(tag), found) for tag, found in by_tag.items()}
    names = Names(components.site.settings.pinyin)
    listed = [Name(row, tag) for tag, row in rows.items()]
    for url, alphabet, pager in names.pages(urls.TAGS, listed):
        shown = () if alphabet else tuple(sorted(rows.values(), key=_most_used))
        yield Page(url=url, view=TagsView(shown, alphabet, pager))
    yield from names.file(urls.TAGS, listed)
    for tag, found in by_tag.items():
        feed = rows[tag].url + urls.ATOM
        for url, shown_rows, pager in components.pages(rows[tag].url, found[::-1]):
            view = TagView(tag=rows[tag], rows=shown_rows, pager=pager, feed=feed)
            yield Page(url=url, own_title=tag, source=found[0].path, feed=feed, view=view)


def _most_used(tag: TagRow) -> tuple[int, str]:
    return (-tag.count, tag.title)
