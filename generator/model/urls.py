"""The one place that decides a URL or an output path.

A URL here is a path from the site's root, in Unicode, not yet percent-encoded: ``/tags/调研/``.
"""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import quote

from generator.ground.dates import Day
from generator.ground.text import slug

HOME: Final = "/"
DATES: Final = "/dates/"
TARGETS: Final = "/targets/"
TAGS: Final = "/tags/"
NOT_FOUND: Final = "/404.html"
ATOM: Final = "feed.xml"
JSON_FEED: Final = "feed.json"
ENTRY_DATA: Final = "/data/entries.json"
TARGET_DATA: Final = "/data/targets.json"
SITEMAP: Final = "/sitemap.xml"
ROBOTS: Final = "/robots.txt"
STYLE: Final = "/assets/style.css"

_PLAIN: Final = "/-_.~!$&'()*+,;=:@"


def year(number: int) -> str:
    """A year's page."""
    return f"/{number:04}/"


def month(year_number: int, number: int) -> str:
    """A month's page."""
    return f"/{year_number:04}/{number:02}/"


def day(date: Day) -> str:
    """A day's page."""
    return f"/{date:%Y/%m/%d}/"


def entry(start: Day, entry_slug: str) -> str:
    """An entry's page, under the day on which it begins."""
    return f"{day(start)}{entry_slug}/"


def target(target_id: str) -> str:
    """A service target's page."""
    return f"{TARGETS}{target_id}/"


def kind(kind_id: str) -> str:
    """The page of all targets of a kind."""
    return f"{TARGETS}{kind_id}/"


def tag(name: str) -> str:
    """A tag's page."""
    return f"{TAGS}{slug(name)}/"


def page(page_id: str) -> str:
    """A page outside the diary."""
    return f"/{page_id}/"


def numbered(url: str, number: int) -> str:
    """The ``number``-th page of a list, from 1; the first is the list itself."""
    return url if number == 1 else f"{url}page/{number}/"


def file(path: str) -> str:
    """A picture or attachment: ``content/entries/a.jpg`` stands at ``/files/entries/a.jpg``."""
    return "/files/" + path.removeprefix("content/")


def asset(path: str) -> str:
    """A file of the theme."""
    return f"/assets/{path}"


def output_path(url: str) -> str:
    """The file that holds what ``url`` shows, from the output folder."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]


def encoded(url: str) -> str:
    """A URL in ASCII, percent-encoded as RFC 3986 has it. Query and fragment are kept as such."""
    path, hash_sign, fragment = url.partition("#")
    return quote(path, safe=_PLAIN) + hash_sign + quote(fragment, safe=_PLAIN + "?/")


def absolute(base_url: str, url: str) -> str:
    """A URL with its host, for feeds and other places that are read away from the site."""
    return base_url.rstrip("/") + encoded(url)


def relative(start: str, url: str, *, portable: bool = False) -> str:
    """The link from the page at ``start`` to ``url``, in ASCII or Unicode as HTML allows.

    ``portable`` writes ``index.html`` into it, so that it works where no server adds it.
    """
    path, hash_sign, fragment = url.partition("#")
    if path == start and hash_sign:
        return f"#{_escaped(fragment)}"
    if portable and path.endswith("/"):
        path += "index.html"
    folder = start if start.endswith("/") else posixpath.dirname(start)
    link = posixpath.relpath(path, folder)
    if path.endswith("/"):
        link = "./" if link == "." else f"{link}/"
    return _escaped(link) + hash_sign + _escaped(fragment)


def _escaped(text: str) -> str:
    """Only what would break a link is percent-encoded, so that Chinese addresses stay legible."""
    return text.replace("%", "%25").replace(" ", "%20").replace("?", "%3F").replace("#", "%23").replace("\\", "%5C")
