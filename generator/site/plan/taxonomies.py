"""Plans the pages of taxonomies: targets, their kinds, and tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import urls
from generator.model.components import Counted, Link
from generator.model.content import Target
from generator.model.pages import Page
from generator.model.record import RequestRow
from generator.model.views import KindView, TagsView, TagView, TargetsView, TargetView
from generator.site.plan.components import Components, span_of
from generator.site.plan.ledger import EXCERPT, in_ledger
from generator.site.plan.policies import receipts


def targets(components: Components) -> Iterator[Page]:
    """The list of all targets, and a page for each kind and each target."""
    blocks = components.kind_blocks()
    yield Page(url=urls.TARGETS, view=TargetsView(blocks))
    for block in blocks:
        figures = components.figures(components.site.counters.by_kind.get(block.id, {}), "kind", block.id)
        yield Page(url=block.url, own_title=block.label, view=KindView(block, figures))
    raised: dict[str, list[RequestRow]] = {}
    for row in in_ledger(list(components.request_rows.values())):
        raised.setdefault(row.target.url if row.target else "", []).append(row)
    for target in components.site.targets.values():
        if target.id not in components.site.settings.kinds:
            yield from _target(target, raised.get(urls.target(target.id), ()), components)


def _target(target: Target, requests: Sequence[RequestRow], components: Components) -> Iterator[Page]:
    found = components.site.indexes.by_target.get(target.id, ())
    row = components.target_rows[target.id]
    children = components.site.indexes.children.get(target.id, ())
    label = components.site.settings.kinds.get(target.kind, target.kind)
    span = span_of(found)
    figures = components.figures(components.site.counters.by_target.get(target.id, {}), "target", target.id)
    received = receipts(found, components)
    for url, rows, pager in components.pages(row.url, found[::-1]):
        view = TargetView(
            target=row,
            kind=Link(label, urls.kind(target.kind)),
            aliases=target.aliases,
            children=tuple(components.target_rows[child.id] for child in children),
            body=components.bodies[target.path],
            figures=figures,
            requests=tuple(requests[:EXCERPT]),
            ledger=Counted(target.shown_name, urls.ledger("target", target.id), len(requests)) if requests else None,
            policies=received,
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


def tags(components: Components) -> Iterator[Page]:
    """The list of all tags, and the pages of each tag."""
    by_tag = components.site.indexes.by_tag
    counted = {tag: Counted(tag, urls.tag(tag), len(found)) for tag, found in by_tag.items()}
    yield Page(url=urls.TAGS, view=TagsView(tuple(sorted(counted.values(), key=_most_used))))
    for tag, found in by_tag.items():
        feed = counted[tag].url + urls.ATOM
        for url, rows, pager in components.pages(counted[tag].url, found[::-1]):
            view = TagView(tag=counted[tag], rows=rows, pager=pager, feed=feed)
            yield Page(url=url, own_title=tag, source=found[0].path, feed=feed, view=view)


def _most_used(tag: Counted) -> tuple[int, str]:
    return (-tag.count, tag.title)
