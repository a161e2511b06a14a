"""The pages of taxonomies: targets and their kinds, tags."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import urls
from generator.model.content import Target
from generator.model.pages import Page
from generator.model.views import Counted, KindView, Link, TagsView, TagView, TargetsView, TargetView
from generator.site.plan.parts import Parts, span_of


def targets(parts: Parts) -> Iterator[Page]:
    """All targets, each kind and each target."""
    blocks = parts.kind_blocks()
    yield Page(url=urls.TARGETS, title="", view=TargetsView(blocks))
    for block in blocks:
        yield Page(url=block.url, title=block.label, view=KindView(block))
    for target in parts.site.targets.values():
        if target.id not in parts.site.settings.kinds:
            yield from _target(target, parts)


def _target(target: Target, parts: Parts) -> Iterator[Page]:
    found = parts.site.indexes.by_target.get(target.id, ())
    row = parts.target_rows[target.id]
    children = parts.site.indexes.children.get(target.id, ())
    label = parts.site.settings.kinds.get(target.kind, target.kind)
    span = span_of(found)
    for url, rows, pager in parts.pages(row.url, found[::-1]):
        view = TargetView(
            target=row,
            kind=Link(label, urls.kind(target.kind)),
            aliases=target.aliases,
            children=tuple(parts.target_rows[child.id] for child in children),
            body=parts.bodies[target.path],
            rows=rows,
            pager=pager,
            span=span,
            feed=row.url + urls.ATOM if found else None,
            extra=target.extra,
        )
        yield Page(
            url=url,
            title=target.shown_name,
            description=row.summary,
            source=target.path,
            texts=(target.path,),
            feed=view.feed,
            view=view,
        )


def tags(parts: Parts) -> Iterator[Page]:
    """All tags and each tag."""
    by_tag = parts.site.indexes.by_tag
    counted = {tag: Counted(tag, urls.tag(tag), len(found)) for tag, found in by_tag.items()}
    yield Page(url=urls.TAGS, title="", view=TagsView(tuple(sorted(counted.values(), key=_most_used))))
    for tag, found in by_tag.items():
        feed = counted[tag].url + urls.ATOM
        for url, rows, pager in parts.pages(counted[tag].url, found[::-1]):
            view = TagView(tag=counted[tag], rows=rows, pager=pager, feed=feed)
            yield Page(url=url, title=tag, source=found[0].path, feed=feed, view=view)


def _most_used(tag: Counted) -> tuple[int, str]:
    return (-tag.count, tag.title)
