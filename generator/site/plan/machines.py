"""The files for machines: feeds, data, sitemap, robots, redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.ground.dates import Day
from generator.model import urls
from generator.model.content import Entry, Target
from generator.model.pages import Page
from generator.model.slices import Link
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
from generator.site.plan.parts import Parts

SITEMAP_LIMIT: Final = 50_000
"""URLs in one sitemap (sitemaps.org protocol)."""


def feeds(parts: Parts) -> Iterator[Page]:
    """Atom and JSON feeds of the whole site, Atom feeds by target and tag; none where there are no entries.

    A feed is read away from the site, so there are none without a base URL.
    """
    site = parts.site
    if site.settings.base_url is None or not site.entries:
        return
    whole = FeedView(title=site.settings.title, home=urls.HOME, items=_items(site.entries, parts))
    texts = _texts(whole)
    yield Page(url=urls.HOME + urls.ATOM, title=whole.title, view=whole, texts=texts)
    yield Page(url=urls.HOME + urls.JSON_FEED, title=whole.title, view=whole, texts=texts)
    for target, found in site.indexes.by_target.items():
        if target in site.targets:
            yield _feed(site.targets[target].shown_name, urls.target(target), found, parts)
    for tag, found in site.indexes.by_tag.items():
        yield _feed(tag, urls.tag(tag), found, parts)


def _feed(name: str, home: str, entries: Sequence[Entry], parts: Parts) -> Page:
    title = f"{name} · {parts.site.settings.title}"
    view = FeedView(title=title, home=home, items=_items(entries, parts))
    return Page(url=home + urls.ATOM, title=title, source=entries[0].path, view=view, texts=_texts(view))


def _texts(feed: FeedView) -> tuple[str, ...]:
    return tuple(item.body.text.path for item in feed.items)


def _items(entries: Sequence[Entry], parts: Parts) -> tuple[FeedItem, ...]:
    size = parts.site.settings.feed_entries
    # What was corrected or withdrawn is news again.
    changed = [entry for entry in entries[:-size] if entry.corrections or entry.withdrawn]
    newest = sorted([*changed, *entries[-size:]], key=lambda entry: (entry.updated, entry.order))[: -size - 1 : -1]
    return tuple(
        FeedItem(
            row=parts.rows[entry.path],
            updated=entry.updated,
            authors=entry.authors,
            tags=entry.tags,
            body=parts.bodies[entry.path],
            corrections=entry.corrections,
            withdrawn=entry.withdrawn,
        )
        for entry in newest
    )


def data(parts: Parts) -> Iterator[Page]:
    """All entries and targets as records."""
    site = parts.site
    rows = tuple(parts.rows[entry.path] for entry in site.entries)
    marks = tuple(site.marks.get(entry.path, b"") for entry in site.entries)
    targets = tuple(_target_record(target, parts) for target in site.targets.values())
    yield Page(url=urls.ENTRY_DATA, title="", view=EntryDataView(site.entries, rows, marks))
    yield Page(url=urls.TARGET_DATA, title="", view=DataView(targets))


def _target_record(target: Target, parts: Parts) -> dict[str, object]:
    return {
        "id": target.id,
        "name": target.name,
        "short_name": target.short_name,
        "aliases": target.aliases,
        "kind": target.kind,
        "parent": target.parent,
        "place": target.place,
        "summary": parts.target_rows[target.id].summary,
        "closed": target.closed,
        "url": urls.relative(urls.TARGET_DATA, urls.target(target.id)),
        "entries": [
            urls.relative(urls.TARGET_DATA, parts.links[entry.path].url)
            for entry in parts.site.indexes.by_target.get(target.id, ())
        ],
        "source": target.path,
    }


def redirects(parts: Parts) -> Iterator[Page]:
    """A page at each old address of an entry or page."""
    for entry in parts.site.entries:
        for alias in entry.aliases:
            yield _redirect(alias, parts.links[entry.path], entry.path)
    for page in parts.site.pages:
        for alias in page.aliases:
            yield _redirect(alias, Link(page.title, urls.page(page.id)), page.path)


def _redirect(alias: str, target: Link, source: str) -> Page:
    url = alias if alias.endswith(("/", ".html", ".htm")) else alias + "/"
    return Page(url=url, title=target.title, source=source, view=RedirectView(target))


def not_found() -> Page:
    """The page that a server shows for an address that is not there."""
    return Page(url=urls.NOT_FOUND, title="", view=NotFoundView())


def for_search_engines(parts: Parts, shown: Iterable[str]) -> Iterator[Page]:
    """robots.txt, and where the base URL is known the sitemap of the pages at the URLs ``shown``."""
    if parts.site.settings.base_url is None:
        yield Page(url=urls.ROBOTS, title="", view=RobotsView(None))
        return
    changed = {parts.links[entry.path].url: entry.updated for entry in parts.site.entries}
    listed: list[tuple[str, Day | None]] = [(url, changed.get(url)) for url in shown if url.endswith("/")]
    slices = [tuple(listed[at : at + SITEMAP_LIMIT]) for at in range(0, len(listed), SITEMAP_LIMIT)]
    if len(slices) == 1:
        yield Page(url=urls.SITEMAP, title="", view=SitemapView(slices[0]))
    else:
        names = tuple(f"/sitemap-{number}.xml" for number in range(1, len(slices) + 1))
        yield Page(url=urls.SITEMAP, title="", view=SitemapView((), names))
        for name, one in zip(names, slices, strict=True):
            yield Page(url=name, title="", view=SitemapView(one))
    yield Page(url=urls.ROBOTS, title="", view=RobotsView(urls.SITEMAP))
