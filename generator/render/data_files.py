"""Data files, sitemaps and robots.txt as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Final

from generator.ground.dates import written_day
from generator.ground.json_lines import json_array, json_line, json_list
from generator.model import urls
from generator.model.components import TargetRow
from generator.model.lists import NameRow, NamesView, TeamRow
from generator.model.pages import Page
from generator.model.record import RequestRow
from generator.model.settings import Settings
from generator.model.views import DataView, EntryDataView, RequestTableView, RobotsView, SitemapView


def data(view: DataView | EntryDataView) -> str:
    """A record as JSON on one line, or records as a JSON array, one a line."""
    if isinstance(view, DataView):
        found = view.records
        return json_array(map(json_line, found)) if isinstance(found, tuple) else json_line(found) + "\n"
    return json_array(record.line for record in view.records)


def names(page: Page, view: NamesView, settings: Settings, word: Callable[..., str]) -> str:
    """The names of a long list as a script, which a memory stick lets a page load: ``assets/names.js`` reads it.

    Of each: the name, where it leads, other names, how they are read, their initials, and what is said of it.
    """
    above = page.url.rpartition("/")[0] + "/"
    rows = (
        (
            one.row.name if isinstance(one.row, TargetRow) else one.row.title,
            urls.relative(above, one.row.url, portable=settings.portable),
            one.others,
            one.letters,
            one.initials,
            tuple(_facts(one.row, settings, word)),
        )
        for one in view.names
    )
    return f"rizhiNames({json_array(map(json_list, rows)).rstrip()});\n"


def _facts(row: NameRow, settings: Settings, word: Callable[..., str]) -> Iterator[str]:
    if isinstance(row, TargetRow):
        yield settings.kinds[row.kind]
    if isinstance(row, TeamRow) and row.region:
        yield row.region
    yield word("entries", n=row.count)
    if row.last:
        yield word("last_entry", date=written_day(row.last, settings.language))


def table(view: RequestTableView, settings: Settings, word: Callable[[str], str]) -> str:
    """All requests as a table for spreadsheets."""
    columns = (
        *("id", "title", "target", "kind", "state", "raised", "reopened", "ended", "days", "days_open", "moved"),
        *("handler", "person", "deadline", "overdue", "url"),
    )
    return spreadsheet(
        map(word, map("column.{}".format, columns)), (_cells(row, view, settings, word) for row in view.rows)
    )


def _cells(
    row: RequestRow, view: RequestTableView, settings: Settings, word: Callable[[str], str]
) -> tuple[object, ...]:
    base = settings.base_url
    return (
        row.id,
        row.title,
        row.target.title if row.target else "",
        row.kind.title if row.kind else "",
        word(f"request.{row.state}"),
        row.raised,
        row.reopened or "",
        row.ended or "",
        _or_blank(row.days),
        _or_blank(row.days_open(view.newest) if view.newest else None),
        row.moved,
        row.handler or "",
        row.person or "",
        row.deadline or "",
        word("yes") if row.is_overdue else "",
        urls.absolute(base, row.url) if base else urls.relative(urls.REQUEST_TABLE, row.url),
    )


def spreadsheet(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV (RFC 4180). Excel and WPS know UTF-8 by its mark, and no text is taken for a formula."""
    out = io.StringIO()
    write = csv.writer(out, quoting=csv.QUOTE_MINIMAL).writerow
    write(head)
    for row in rows:
        write([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + out.getvalue()


def _or_blank(number: int | None) -> str:
    return "" if number is None else str(number)


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−")


def harmless(cell: str) -> str:
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
