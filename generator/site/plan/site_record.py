"""The whole site as a record for programs: what ``/data/site.json`` says of it.

Whoever adds up the figures of several sites, as a portal does, takes them from here: they are those that it shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from generator.ground.json_lines import Record
from generator.model import urls
from generator.model.pages import Page
from generator.model.settings import Counter
from generator.model.views import DataView
from generator.site.counters import Tally
from generator.site.plan.components import Components, counted, span_of

SCHEMA: Final = 1
"""The version of the data files under ``/data/``. It is raised when one who reads them would misunderstand them."""


def site_data(components: Components) -> Iterator[Page]:
    """The file with the record of the site."""
    yield Page(url=urls.SITE_DATA, view=DataView(_record(components)))


def _record(components: Components) -> Record:
    site, settings = components.site, components.site.settings
    span = span_of(site.entries)
    return {
        "schema": SCHEMA,
        "title": settings.title,
        "description": settings.description,
        "language": settings.language,
        "base_url": settings.base_url,
        "organization": settings.organization,
        "kinds": dict(settings.kinds),
        "search": urls.relative(urls.SITE_DATA, urls.SEARCH) if settings.search else None,
        "first": span.start.isoformat() if span else None,
        "newest": span.end.isoformat() if span else None,
        # So that whoever copies the data can tell whether all of it arrived.
        "listed": {"entries": len(site.entries), "targets": len(site.targets), "requests": len(site.requests)},
        "entries": counted(site.entries),
        "counters": [
            _counter(key, one, components) for key, one in settings.counters.items() if site.counters.whole[key].entries
        ],
    }


def _counter(key: str, counter: Counter, components: Components) -> Record:
    counters = components.site.counters
    months: Iterator[tuple[str, Mapping[str, Tally]]] = (
        (f"{year:04}-{month:02}", some) for (year, month), some in sorted(counters.by_month.items())
    )
    return {
        "id": key,
        "label": counter.label,
        "unit": counter.unit,
        "derived": counter.derived.value if counter.derived else None,
        "total": counters.whole[key].total,
        "months": {month: some[key].total for month, some in months if key in some},
    }
