"""Renders linked data: entries and targets in schema.org's terms as JSON-LD, for search engines and archives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from generator.model import urls
from generator.model.components import Author, Link
from generator.model.pages import Page
from generator.model.settings import Settings
from generator.model.views import EntryView, TargetView

Node = Mapping[str, object]

_TYPES: Final[Mapping[str, str]] = {"enterprise": "Organization", "project": "Project"}
"""schema.org's types of the default kinds; villages, communities and a site's own kinds are places."""


def linked_data(page: Page, settings: Settings, places: Iterable[Link]) -> str:
    """The page as JSON-LD, safe inside a script element; empty for pages other than entries and targets.

    ``places`` are the pages above it, from the home page down. ``settings.base_url`` is set.
    """
    match page.view:
        case EntryView() as view:
            node = _entry(page, view, settings)
        case TargetView() as view:
            node = _target(page, view, settings)
        case _:
            return ""
    graph = [_without_empty(node), _breadcrumbs(page, settings, places)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, default=str)
    # The text must not end the script element or begin a comment (HTML, 4.12.1.3).
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _entry(page: Page, view: EntryView, settings: Settings) -> Node:
    row = view.row
    changed = [one.date for one in view.corrections] + ([view.withdrawn.date] if view.withdrawn else [])
    shown = row.cover.url if row.cover else view.card
    return {
        "@type": "BlogPosting",
        "@id": _absolute(page.url, settings),
        "url": _absolute(page.url, settings),
        "headline": row.title,
        "description": row.summary,
        "inLanguage": row.language or settings.language,
        "datePublished": row.span.start,
        "dateModified": max(changed, default=None),
        "temporalCoverage": row.span.iso(),
        "contentLocation": row.place and {"@type": "Place", "name": row.place},
        "about": [{"@id": _absolute(one.url, settings), "name": one.full_name} for one in view.targets],
        "keywords": [one.title for one in view.tags],
        "image": shown and _absolute(shown, settings),
        "author": [_author(one, settings) for one in view.authors] or _publisher(settings),
        "publisher": _publisher(settings),
        "correction": [
            {"@type": "CorrectionComment", "datePublished": one.date, "text": one.note} for one in view.corrections
        ],
        "isPartOf": {"@type": "Blog", "@id": _absolute(urls.HOME, settings), "name": settings.title},
    }


def _author(one: Author, settings: Settings) -> Node:
    if one.url is None:
        # A name that is not in people.yaml may be that of a person or of a group.
        return {"name": one.name}
    return {"@type": "Person", "@id": _absolute(one.url, settings), "name": one.name}


def _target(page: Page, view: TargetView, settings: Settings) -> Node:
    target = view.target
    return {
        "@type": _TYPES.get(target.kind, "Place"),
        "@id": _absolute(target.url, settings),
        "url": _absolute(target.url, settings),
        "name": target.full_name,
        "alternateName": [name for name in (target.name, *view.aliases) if name != target.full_name],
        "description": target.summary or page.description,
        "address": target.place,
    }


def _breadcrumbs(page: Page, settings: Settings, places: Iterable[Link]) -> Node:
    steps = [*places, Link(page.title, page.url)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": one.title, "item": _absolute(one.url, settings)}
            for number, one in enumerate(steps, 1)
        ],
    }


def _publisher(settings: Settings) -> Node:
    return {"@type": "Organization", "name": settings.organization or settings.title}


def _without_empty(node: Node) -> Node:
    """The properties that are not empty."""
    return {key: value for key, value in node.items() if value}


def _absolute(url: str, settings: Settings) -> str:
    return urls.absolute(settings.base_url or "", url)
