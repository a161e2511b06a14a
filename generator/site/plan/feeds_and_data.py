"""Plans the files for programs: feeds, data, sitemap and robots.txt; also redirects and the 404 page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.ground.dates import Day
from generator.model import urls
from generator.model.components import Link
from generator.model.content import Entry, Target
from generator.model.lists import SubscribeView
from generator.model.pages import Page
from generator.model.settings import Settings
from generator.model.views import (
    DataView,
    EntryDataView,
    FeedItem,
    FeedView,
    NotFoundView,
    RedirectView,
    RobotsView,
    SitemapView,
)
from generator.site.plan.authors import byline, named_authors
from generator.site.plan.components import Components
from generator.site.plan.entry_records import entry_record, pseudonyms, request_notes
from generator.site.roles import shown_name

SITEMAP_LIMIT: Final = 50_000
"""URLs in one sitemap (sitemaps.org protocol)."""


def feeds(components: Components) -> Iterator[Page]:
    """Atom and JSON feeds of the whole site, and Atom feeds by target, tag and author; none without entries.

    A feed needs absolute URLs, so there are none without a base URL either.
    """
    site = components.site
    if site.settings.base_url is None or not site.entries:
        return
    whole = FeedView(title=site.settings.title, home=urls.HOME, items=_items(site.entries, components))
    texts = _texts(whole)
    yield Page(url=urls.HOME + urls.ATOM, own_title=whole.title, view=whole, texts=texts)
    yield Page(url=urls.HOME + urls.JSON_FEED, own_title=whole.title, view=whole, texts=texts)
    for target, found in site.indexes.by_target.items():
        if target in site.targets:
            yield _feed(site.targets[target].shown_name, urls.target(target), found, components)
    for tag, found in site.indexes.by_tag.items():
        yield _feed(tag, urls.tag(tag), found, components)
    for person in named_authors(site):
        name = shown_name(person, site.settings.language)
        yield _feed(name, urls.author(person.id), site.indexes.by_author[person.id], components)


def subscribe(components: Components) -> Iterator[Page]:
    """The page that tells people of the feeds; none where there are no feeds."""
    site = components.site
    if site.settings.base_url is None or not site.entries:
        return
    by_kind: dict[str, list[Link]] = {}
    for target in site.targets.values():
        if target.id in site.indexes.by_target:
            by_kind.setdefault(target.kind, []).append(components.target_links[target.id])
    kinds = tuple((label, tuple(by_kind[kind])) for kind, label in site.settings.kinds.items() if kind in by_kind)
    tags = tuple(Link(tag, urls.tag(tag)) for tag in site.indexes.by_tag)
    authors = tuple(
        Link(shown_name(person, site.settings.language), urls.author(person.id)) for person in named_authors(site)
    )
    yield Page(url=urls.SUBSCRIBE, view=SubscribeView(kinds, tags, authors))


def _feed(name: str, home: str, entries: Sequence[Entry], components: Components) -> Page:
    title = f"{name} · {components.site.settings.title}"
    view = FeedView(title=title, home=home, items=_items(entries, components))
    return Page(url=home + urls.ATOM, own_title=title, source=entries[0].path, view=view, texts=_texts(view))


def _texts(feed: FeedView) -> tuple[str, ...]:
    return tuple(item.body.text.path for item in feed.items if item.body)


def _items(entries: Sequence[Entry], components: Components) -> tuple[FeedItem, ...]:
    size = components.site.settings.feed_entries
    # A correction or withdrawal makes an old entry news again.
    changed = [entry for entry in entries[:-size] if entry.corrections or entry.withdrawn]
    newest = sorted([*changed, *entries[-size:]], key=lambda entry: (entry.updated, entry.order))[: -size - 1 : -1]
    return tuple(
        FeedItem(
            row=components.rows[entry.path],
            updated=entry.updated,
            authors=tuple(one.name for one in byline(entry, components.site)),
            tags=entry.tags,
            body=components.bodies[entry.path],
            corrections=entry.corrections,
            withdrawn=entry.withdrawn,
        )
        for entry in newest
    )


def data(components: Components) -> Iterator[Page]:
    """All entries and targets as records."""
    site = components.site
    hidden = pseudonyms(site.people)
    records = tuple(
        entry_record(entry, components.rows[entry.path], request_notes(entry, hidden)) for entry in site.entries
    )
    targets = tuple(_target_record(target, components) for target in site.targets.values())
    yield Page(url=urls.ENTRY_DATA, view=EntryDataView(records))
    yield Page(url=urls.TARGET_DATA, view=DataView(targets))


def _target_record(target: Target, components: Components) -> dict[str, object]:
    return {
        "id": target.id,
        "name": target.name,
        "short_name": target.short_name,
        "aliases": target.aliases,
        "kind": target.kind,
        "parent": target.parent,
        "place": target.place,
        "summary": components.target_rows[target.id].summary,
        "closed": target.closed,
        "url": urls.relative(urls.TARGET_DATA, urls.target(target.id)),
        "entries": [
            urls.relative(urls.TARGET_DATA, components.links[entry.path].url)
            for entry in components.site.indexes.by_target.get(target.id, ())
        ],
        "source": target.path,
    }


def redirects(components: Components) -> Iterator[Page]:
    """A redirect at each old address of an entry or page."""
    named = [
        *((alias, components.links[one.path], one.path) for one in components.site.entries for alias in one.aliases),
        *(
            (alias, Link(page.title, urls.page(page.id)), page.path)
            for page in components.site.pages
            for alias in page.aliases
        ),
    ]
    for alias, target, path in named:
        yield _redirect(alias, target, path)
    called_by_date = [entry for entry in components.site.entries if entry.former_slug]
    if called_by_date:
        yield from _former(called_by_date, {_place(alias) for alias, _, _ in named}, components)


def _former(entries: Iterable[Entry], taken: set[str], components: Components) -> Iterator[Page]:
    """Redirects from the addresses that earlier versions made of titles, where nothing else is there."""
    taken |= {link.url for link in components.links.values()}
    for entry in entries:
        url = urls.entry(entry.span.start, entry.former_slug or "")
        if url not in taken:
            taken.add(url)
            yield _redirect(url, components.links[entry.path], entry.path)


def _place(alias: str) -> str:
    return alias if alias.endswith(("/", ".html", ".htm")) else alias + "/"


def _redirect(alias: str, target: Link, source: str) -> Page:
    return Page(url=_place(alias), source=source, view=RedirectView(target))


def not_found() -> Page:
    """The page that a server shows for an address that is not there."""
    return Page(url=urls.NOT_FOUND, view=NotFoundView())


def for_search_engines(components: Components, shown: Iterable[str]) -> Iterator[Page]:
    """robots.txt, and if the base URL is known, the sitemap of the pages at the URLs ``shown``."""
    changed = {components.links[entry.path].url: entry.updated for entry in components.site.entries}
    return found_by_search_engines(components.site.settings, [(url, changed.get(url)) for url in shown])


def found_by_search_engines(settings: Settings, shown: Iterable[tuple[str, Day | None]]) -> Iterator[Page]:
    """The same from URLs with the days on which the pages changed last; None where that is not known."""
    if settings.base_url is None:
        yield Page(url=urls.ROBOTS, view=RobotsView(None))
        return
    listed = [one for one in shown if one[0].endswith("/")]
    slices = [tuple(listed[at : at + SITEMAP_LIMIT]) for at in range(0, len(listed), SITEMAP_LIMIT)]
    if len(slices) == 1:
        yield Page(url=urls.SITEMAP, view=SitemapView(slices[0]))
    else:
        names = tuple(f"/sitemap-{number}.xml" for number in range(1, len(slices) + 1))
        yield Page(url=urls.SITEMAP, view=SitemapView((), names))
        for name, one in zip(names, slices, strict=True):
            yield Page(url=name, view=SitemapView(one))
    yield Page(url=urls.ROBOTS, view=RobotsView(urls.SITEMAP))
