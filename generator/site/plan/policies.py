"""Plans the pages of policies: the list by topic and level, and each policy with the entries that handed it over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.model import urls
from generator.model.components import PolicyReceipt, PolicyRow, TopicBlock
from generator.model.content import Entry, Policy, PolicyLevel
from generator.model.pages import Page
from generator.model.views import PoliciesView, PolicyView
from generator.site.plan.components import Components

_LEVELS = tuple(PolicyLevel)


def policies(components: Components) -> Iterator[Page]:
    """The list of policies and a page for each; none without policies."""
    found = sorted(components.site.content.policies, key=_place)
    if not found:
        return
    handed_over = components.site.indexes.by_policy
    rows = {policy.id: _row(policy, len(handed_over.get(policy.id, ()))) for policy in found}
    for url, some, pager in components.cut(urls.POLICIES, list(rows.values())):
        topics = (TopicBlock(topic, tuple(rows)) for topic, rows in groupby(some, key=lambda row: row.topic))
        yield Page(url=url, view=PoliciesView(tuple(topics), pager))
    for policy in found:
        yield from _policy(policy, rows[policy.id], handed_over.get(policy.id, ()), components)


def _place(policy: Policy) -> tuple[object, ...]:
    """The sort key: by topic, without topic last; then by level from the state to the county; then by day and title."""
    level = _LEVELS.index(policy.level) if policy.level else len(_LEVELS)
    return (policy.topic is None, policy.topic or "", level, str(policy.date or ""), policy.title, policy.id)


def _row(policy: Policy, count: int) -> PolicyRow:
    return PolicyRow(
        title=policy.title,
        url=urls.policy(policy.id),
        issuer=policy.issuer,
        level=policy.level,
        topic=policy.topic,
        number=policy.number,
        date=policy.date,
        count=count,
    )


def _policy(policy: Policy, row: PolicyRow, entries: tuple[Entry, ...], components: Components) -> Iterator[Page]:
    for url, rows, pager in components.pages(row.url, entries):
        view = PolicyView(
            policy=row,
            body=components.bodies[policy.path],
            files=components.policy_files[policy.id],
            rows=rows,
            pager=pager,
            extra=policy.extra,
        )
        yield Page(
            url=url,
            own_title=policy.title,
            own_description=components.summaries[policy.path],
            source=policy.path,
            texts=(policy.path,),
            view=view,
        )


def receipts(entries: tuple[Entry, ...], components: Components) -> tuple[PolicyReceipt, ...]:
    """The policies that were handed over in these entries, each with its first entry."""
    first: dict[str, Entry] = {}
    for entry in entries:
        for policy in entry.policies:
            first.setdefault(policy, entry)
    return tuple(
        PolicyReceipt(components.policy_links[policy], entry.span.start, components.links[entry.path])
        for policy, entry in first.items()
        if policy in components.policy_links
    )
