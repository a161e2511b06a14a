"""Data, sitemaps and robots.txt as text."""

from __future__ import annotations

import json
from html import escape

from generator.model import urls
from generator.model.settings import Settings
from generator.model.views import DataView, RobotsView, SitemapView


def data(view: DataView) -> str:
    """The records as a JSON array, one record a line, so that two versions can be compared by eye."""
    rows = (json.dumps(record, ensure_ascii=False, default=str) for record in view.records)
    return "[\n" + ",\n".join(rows) + "\n]\n"


def sitemap(view: SitemapView, settings: Settings) -> str:
    """A sitemap, or the index of several (sitemaps.org protocol 0.9)."""
    base = settings.base_url or ""
    kind, item = ("sitemapindex", "sitemap") if view.parts else ("urlset", "url")
    rows = [*view.pages, *((part, None) for part in view.parts)]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for url, changed in rows:
        last = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<{item}><loc>{escape(urls.absolute(base, url))}</loc>{last}</{item}>")
    return "\n".join([*lines, f"</{kind}>"]) + "\n"


def robots(view: RobotsView, settings: Settings) -> str:
    """robots.txt (RFC 9309): everything may be read; where the sitemap is."""
    lines = ["User-agent: *", "Allow: /"]
    if view.sitemap:
        lines.append(f"Sitemap: {urls.absolute(settings.base_url or '', view.sitemap)}")
    return "\n".join(lines) + "\n"
