"""Renders feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape

from generator.ground.dates import Day, written_day
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.components import Resolved
from generator.model.pages import Page
from generator.model.prose import ImageHole
from generator.model.settings import Settings
from generator.model.views import FeedItem, FeedView
from generator.render import prose
from generator.render.pictures import single
from generator.render.prose import Label, Proses


@frozen
class Words:
    """The functions that give a feed its texts: proses of files, titles of admonitions, strings of the interface."""

    proses: Proses
    label: Label
    say: Label


def atom(page: Page, view: FeedView, settings: Settings, words: Words) -> str:
    """The feed as Atom. ``settings.base_url`` is set."""
    base = settings.base_url or ""
    home = urls.absolute(base, view.home)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        # Browsers show it; a comment would be searched for what it may hide.
        f"<?advice {words.say('feed_advice').replace('?>', '')}?>",
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(settings.language)}">',
        f"<title>{escape(page.title)}</title>",
        f"<id>{escape(home)}</id>",
        f'<link rel="alternate" type="text/html" href="{escape(home)}"/>',
        f'<link rel="self" type="application/atom+xml" href="{escape(urls.absolute(base, page.url))}"/>',
        f"<updated>{_moment(max(item.updated for item in view.items), settings)}</updated>",
        f"<author><name>{escape(settings.organization or settings.title)}</name></author>",
        *(_atom_entry(item, settings, words) for item in view.items),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _atom_entry(item: FeedItem, settings: Settings, words: Words) -> str:
    address = urls.absolute(settings.base_url or "", item.row.url)
    language = f' xml:lang="{escape(item.row.language)}"' if item.row.language else ""
    lines = [
        f"<entry{language}>",
        f"<title>{escape(item.row.title)}</title>",
        f"<id>{escape(address)}</id>",
        f'<link rel="alternate" type="text/html" href="{escape(address)}"/>',
        f"<published>{_moment(item.row.span.start, settings)}</published>",
        f"<updated>{_moment(item.updated, settings)}</updated>",
        *(f"<author><name>{escape(author)}</name></author>" for author in item.authors),
        *(f'<category term="{escape(tag)}"/>' for tag in item.tags),
        *([f"<summary>{escape(item.row.summary)}</summary>"] if item.row.summary else []),
        f'<content type="html">{escape(_content(item, settings, words))}</content>',
        "</entry>",
    ]
    return "\n".join(lines)


def json_feed(page: Page, view: FeedView, settings: Settings, words: Words) -> str:
    """The feed as JSON Feed. ``settings.base_url`` is set."""
    base = settings.base_url or ""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title,
        "description": settings.description,
        "user_comment": words.say("feed_advice"),
        "home_page_url": urls.absolute(base, view.home),
        "feed_url": urls.absolute(base, page.url),
        "language": settings.language,
        "authors": [{"name": settings.organization or settings.title}],
        "items": [_json_item(item, settings, words) for item in view.items],
    }
    return json.dumps({key: value for key, value in feed.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _json_item(item: FeedItem, settings: Settings, words: Words) -> dict[str, object]:
    base = settings.base_url or ""
    address = urls.absolute(base, item.row.url)
    fields = {
        "id": address,
        "url": address,
        "title": item.row.title,
        "content_html": _content(item, settings, words),
        "summary": item.row.summary,
        "image": item.row.cover and urls.absolute(base, item.row.cover.url),
        "date_published": _moment(item.row.span.start, settings),
        "date_modified": _moment(item.updated, settings),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(item.tags),
        "language": item.row.language,
    }
    return {key: value for key, value in fields.items() if value or key == "content_html"}


def _content(item: FeedItem, settings: Settings, words: Words) -> str:
    """The entry's HTML with absolute URLs, below notices of its withdrawal and corrections."""
    url = item.row.url

    def absolute(found: Resolved) -> str:
        if found.is_external:
            return found.url
        return urls.absolute(settings.base_url or "", found.url or url, found.part)

    def drawn(hole: ImageHole, found: Resolved) -> str:
        assert found.picture is not None
        return single(found.picture, lambda url: absolute(Resolved(url)), alt=hole.alt, classes=hole.classes)

    changes = [("withdrawn", item.withdrawn)] if item.withdrawn else []
    changes += [("correction", one) for one in item.corrections]
    notices = "".join(
        f"<p><strong>{escape(words.say(key))}</strong> {written_day(one.date, settings.language)} "
        f"{escape(one.note)}</p>\n"
        for key, one in changes
    )
    if item.body is None:
        return notices + f"<p>{escape(item.row.summary)}</p>" * bool(item.row.summary)
    return notices + prose.html(item.body, words.proses(item.body.text.path), absolute, words.label, drawn)


def _moment(day: Day, settings: Settings) -> str:
    moment: datetime = settings.moment(day)
    return moment.isoformat()
