"""Renders the files for programs other than feeds: JSON data, the CSV table of requests, sitemaps and robots.txt."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from html import escape
from typing import Final

from generator.model import urls
from generator.model.components import Row
from generator.model.content import Correction, Entry, RequestNote
from generator.model.settings import Settings
from generator.model.views import DataView, EntryDataView, RequestTableView, RobotsView, SitemapView

Record = Mapping[str, object]
_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=str).encode


def data(view: DataView | EntryDataView) -> str:
    """The records as a JSON array, one record a line, so that two versions can be compared by eye."""
    if isinstance(view, DataView):
        return _listed(map(_line, view.records))
    return _listed(map(record_line, view.entries, view.rows))


def record_line(entry: Entry, row: Row) -> str:
    """The record of one entry, as it stands among the others."""
    return _line(_record(entry, row))


def _listed(lines: Iterable[str]) -> str:
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _line(record: Record) -> str:
    return _encode(_told(record))


def _told(record: Record) -> Record:
    """The fields that say something."""
    return {key: value for key, value in record.items() if value}


def _record(entry: Entry, row: Row) -> Record:
    return {
        "title": entry.title,
        "url": urls.relative(urls.ENTRY_DATA, row.url),
        "start": entry.span.start.isoformat(),
        "end": entry.span.end.isoformat(),
        "part": entry.part,
        "targets": entry.targets,
        "tags": entry.tags,
        "place": entry.place,
        "weather": entry.weather,
        "summary": row.summary,
        "language": entry.language,
        "authors": entry.authors,
        "reviewed_by": entry.reviewed_by,
        "counts": entry.counts and dict(entry.counts),
        "requests": entry.requests and [_told(_fields(note)) for note in entry.requests],
        "policies": entry.policies,
        "corrections": entry.corrections and [_fields(correction) for correction in entry.corrections],
        "withdrawn": entry.withdrawn and _fields(entry.withdrawn),
        "source": entry.path,
    }


def _fields(value: Correction | RequestNote) -> Record:
    return {one.name: getattr(value, one.name) for one in fields(value)}


def table(view: RequestTableView, settings: Settings, word: Callable[[str], str]) -> str:
    """All requests as CSV (RFC 4180). Excel and WPS recognise UTF-8 by the byte order mark."""
    base = settings.base_url
    columns = ("id", "title", "target", "kind", "state", "raised", "ended", "days", "overdue", "url")
    out = io.StringIO()
    write = csv.writer(out, quoting=csv.QUOTE_MINIMAL).writerow
    write([word(f"column.{column}") for column in columns])
    for row in view.rows:
        address = urls.absolute(base, row.url) if base else urls.relative(urls.REQUEST_TABLE, row.url)
        cells = (
            row.id,
            row.title,
            row.target.title if row.target else "",
            row.kind.title if row.kind else "",
            word(f"request.{row.state}"),
            row.raised,
            row.ended or "",
            "" if row.days is None else row.days,
            word("yes") if row.is_overdue else "",
            address,
        )
        write([_harmless(str(cell)) for cell in cells])
    return "\ufeff" + out.getvalue()


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−")


def _harmless(cell: str) -> str:
    """The cell, quoted if a spreadsheet could take it for a formula (OWASP, "CSV Injection"), full-width signs too."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


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
    """robots.txt (RFC 9309): allows everything and names the sitemap, if there is one."""
    lines = ["User-agent: *", "Allow: /"]
    if view.sitemap:
        lines.append(f"Sitemap: {urls.absolute(settings.base_url or '', view.sitemap)}")
    return "\n".join(lines) + "\n"
