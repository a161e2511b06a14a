"""Plans the search: a document for each entry, target, policy, request, page and author, in blocks indexed as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from itertools import groupby
from typing import Final

from generator.ground.dates import DateSpan
from generator.model import urls
from generator.model.content import Entry, Target
from generator.model.pages import Page
from generator.model.search import (
    MAX_BLOCK_SIZE,
    SearchBlock,
    SearchDocument,
    SearchPlan,
    present,
)
from generator.model.views import SearchView
from generator.site.plan.authors import byline, named_authors
from generator.site.plan.components import Components, counted
from generator.site.requests import Request
from generator.site.roles import shown_name

TARGETS: Final = "targets"
"""Names of blocks. Results are shown by block name in descending order: targets, then months, then the undated. A name
says what the documents of a block are: the requests of a month have blocks of their own."""
POLICIES: Final = "0-policies"
PAGES: Final = "0-pages"
AUTHORS: Final = "0-authors"
REQUESTS: Final = "r"
WORDS: Final = 6
"""How many targets, and how many tags, are proposed to somebody who has not asked for anything yet."""


def page(components: Components) -> Iterator[Page]:
    """The search page; none if the settings turn search off."""
    if components.site.settings.search:
        yield Page(url=urls.SEARCH, view=SearchView())


def search(components: Components) -> SearchPlan | None:
    """The documents to index; None if the settings turn search off."""
    site = components.site
    if not site.settings.search:
        return None
    named = {target.kind for target in site.targets.values()}
    return SearchPlan(
        blocks=tuple(_blocks(components)),
        kinds=tuple((kind, label) for kind, label in site.settings.kinds.items() if kind in named),
        targets=tuple((one.id, one.shown_name, one.kind) for one in site.targets.values()),
        tags=tuple(site.indexes.by_tag),
        words=_words(components),
    )


def _words(components: Components) -> tuple[str, ...]:
    """The targets and the tags with the most entries."""
    site = components.site
    targets = nlargest(WORDS, site.targets.values(), key=lambda one: counted(site.indexes.by_target.get(one.id, ())))
    tags = nlargest(WORDS, site.indexes.by_tag, key=lambda one: counted(site.indexes.by_tag[one]))
    return tuple(dict.fromkeys([*(one.shown_name for one in targets), *tags]))


def _blocks(components: Components) -> Iterator[SearchBlock]:
    names = {target.id: _names(target) for target in components.site.targets.values()}
    for dated, kind in ((_entries(components, names), ""), (_requests(components, names), REQUESTS)):
        # The sort is stable: within a day, the order of the diary remains.
        for month, found in groupby(sorted(dated, key=_first_day), key=_month):
            yield from cut_block(f"{month}-{kind}", list(found))
    yield from cut_block(f"{TARGETS}-", list(_targets(components, names)))
    yield from cut_block(f"{POLICIES}-", list(_policies(components)))
    yield from cut_block(f"{PAGES}-", list(_pages(components)))
    yield from cut_block(f"{AUTHORS}-", list(_authors(components)))


def cut_block(name: str, documents: list[SearchDocument]) -> Iterator[SearchBlock]:
    """Documents in blocks of bounded size; ``name`` is what the names of these begin with."""
    for number, at in enumerate(range(0, len(documents), MAX_BLOCK_SIZE)):
        yield SearchBlock(f"{name}{number:03}", tuple(documents[at : at + MAX_BLOCK_SIZE]))


def _first_day(document: SearchDocument) -> DateSpan:
    assert document.span is not None
    return document.span


def _month(document: SearchDocument) -> str:
    return f"{_first_day(document).start:%Y-%m}"


def _names(target: Target) -> tuple[str, ...]:
    return tuple(dict.fromkeys((target.shown_name, target.name, *target.aliases)))


Names = Mapping[str, tuple[str, ...]]


def _all(ids: Iterable[str], names: Names) -> tuple[str, ...]:
    return tuple(name for one in ids for name in names[one])


def _entries(components: Components, names: Names) -> Iterator[SearchDocument]:
    targets = components.site.targets
    for entry in components.site.entries:
        known = tuple(one for one in entry.targets if one in targets)
        yield SearchDocument(
            url=components.links[entry.path].url,
            kind="entry" if entry.withdrawn is None else "withdrawn",
            title=entry.title,
            names=_all(known, names),
            targets=known,
            kinds=tuple(dict.fromkeys(targets[one].kind for one in known)),
            tags=entry.tags,
            span=entry.span,
            lines=present(entry.summary, entry.headline),
            place=entry.place,
            facts=_facts(entry, components),
            body=None if entry.text.is_empty else components.bodies[entry.path],
        )


def _facts(entry: Entry, components: Components) -> tuple[str, ...]:
    authors = (one.name for one in byline(entry, components.site))
    links = components.policy_links
    policies = (links[one].title for one in entry.policies if one in links)
    return present(entry.weather, *authors, *(one.note for one in entry.corrections), *policies)


def _requests(components: Components, names: Names) -> Iterator[SearchDocument]:
    for one in components.site.requests.values():
        row, steps = components.request_rows[one.id], components.request_steps[one.id]
        target = components.site.targets.get(one.target or "")
        known = (target.id,) if target else ()
        helped = dict.fromkeys(name for step in steps for name in step.helped_by)
        yield SearchDocument(
            url=row.url,
            kind="request",
            title=row.title,
            names=_all(known, names),
            targets=known,
            kinds=(target.kind,) if target else (),
            span=_span(one),
            lines=present(*(step.note for step in steps), *helped, row.handler, row.person),
        )


def _span(one: Request) -> DateSpan:
    return DateSpan(one.raised, one.raised)


def _targets(components: Components, names: Names) -> Iterator[SearchDocument]:
    for target in components.site.targets.values():
        if target.id not in components.site.settings.kinds:
            yield SearchDocument(
                url=urls.target(target.id),
                kind="target",
                title=target.shown_name,
                names=names[target.id],
                targets=(target.id,),
                kinds=(target.kind,),
                lines=present(target.summary),
                place=target.place,
                body=None if target.text.is_empty else components.bodies[target.path],
            )


def _policies(components: Components) -> Iterator[SearchDocument]:
    for policy in components.site.content.policies:
        yield SearchDocument(
            url=urls.policy(policy.id),
            kind="policy",
            title=policy.title,
            facts=present(policy.issuer, policy.number, policy.topic),
            body=None if policy.text.is_empty else components.bodies[policy.path],
        )


def _pages(components: Components) -> Iterator[SearchDocument]:
    for one in components.site.pages:
        yield SearchDocument(
            url=urls.page(one.id),
            kind="page",
            title=one.title,
            lines=present(one.summary),
            body=None if one.text.is_empty else components.bodies[one.path],
        )


def _authors(components: Components) -> Iterator[SearchDocument]:
    language = components.site.settings.language
    for person in named_authors(components.site):
        yield SearchDocument(url=urls.author(person.id), kind="author", title=shown_name(person, language))
