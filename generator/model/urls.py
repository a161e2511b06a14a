"""All URLs and output paths of the site. No other module composes one.

A URL here is a path from the site's root, in Unicode, not yet percent-encoded: ``/tags/调研/``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from generator.ground.dates import Day
from generator.ground.text import name_slug

HOME: Final = "/"
DATES: Final = "/dates/"
TARGETS: Final = "/targets/"
TAGS: Final = "/tags/"
AUTHORS: Final = "/authors/"
REQUESTS: Final = "/requests/"
POLICIES: Final = "/policies/"
COUNTERS: Final = "/counters/"
CHRONICLE: Final = "/chronicle/"
MAJOR: Final = "/major/"
CORRECTIONS: Final = "/corrections/"
CHANGES: Final = "/changes/"
SUBSCRIBE: Final = "/subscribe/"
SEARCH: Final = "/search/"
REGIONS: Final = "/regions/"
TEAMS: Final = "/teams/"
KINDS: Final = "/kinds/"
FIGURES: Final = "/figures/"
NOT_FOUND: Final = "/404.html"
ATOM: Final = "feed.xml"
JSON_FEED: Final = "feed.json"
SITE_DATA: Final = "/data/site.json"
ENTRY_DATA: Final = "/data/entries.json"
TARGET_DATA: Final = "/data/targets.json"
REQUEST_DATA: Final = "/data/requests.json"
REQUEST_TABLE: Final = "/data/requests.csv"
SITEMAP: Final = "/sitemap.xml"
ROBOTS: Final = "/robots.txt"
STYLE: Final = "/assets/style.css"
MANIFEST: Final = "/site.webmanifest"
TOUCH_ICON: Final = "/assets/apple-touch-icon.png"
ICON_SIDES: Final = (192, 512)
"""Sizes in pixels that phones request of a site's icon."""

_BREAKING: Final = re.compile(r"""[%\s?#\\"'<>`{}|^\[\]]""")
_NO_PART_OF_AN_ADDRESS: Final = re.compile(r"""[\s\\"<>`{}|^\[\]\ufff0-\ufffb]|%(?![0-9A-Fa-f]{2})""")
_PLAIN: Final = "/-_.~!$&'()*+,;=:@"
_ALL_PLAIN: Final = re.compile(rf"[0-9A-Za-z{re.escape(_PLAIN)}]*")


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


def parts(target_id: str) -> str:
    """The page of the targets whose parent this one is, where there are many."""
    return f"{target(target_id)}parts/"


def received(target_id: str) -> str:
    """The page of the policies that a target received, where there are many."""
    return f"{target(target_id)}policies/"


def kind(kind_id: str) -> str:
    """The page of all targets of a kind."""
    return f"{TARGETS}{kind_id}/"


def tag(name: str) -> str:
    """A tag's page."""
    return f"{TAGS}{name_slug(name)}/"


def author(person_id: str) -> str:
    """The page of an author who is in people.yaml."""
    return f"{AUTHORS}{name_slug(person_id)}/"


def request(request_id: str) -> str:
    """A request's page."""
    return f"{REQUESTS}{name_slug(request_id)}/"


def ledger(by: str, name: str) -> str:
    """The page of the requests with one state, kind or target."""
    return f"{REQUESTS}{by}/{name}/"


def policy(policy_id: str) -> str:
    """A policy's page."""
    return f"{POLICIES}{policy_id}/"


def counter(key: str, by: str = "", name: str = "") -> str:
    """A counter's page: the entries that it counts in all, or in one month, kind or target."""
    whole = f"{COUNTERS}{name_slug(key)}/"
    return f"{whole}{by}/{name}/" if by else whole


def chronicle(year_number: int, number: int) -> str:
    """A month of a chronicle that has a page for each month."""
    return f"{CHRONICLE}{year_number:04}-{number:02}/"


def region(path: Iterable[str]) -> str:
    """The page of a region of a portal, from the names of the regions that it lies in and its own."""
    return REGIONS + "".join(f"{name_slug(name)}/" for name in path)


def team(team_id: str) -> str:
    """The page of a team of a portal."""
    return f"{TEAMS}{team_id}/"


def kind_of_all(label: str) -> str:
    """The page of the targets of one kind of all teams of a portal; teams may write its label in other letters."""
    return f"{KINDS}{name_slug(label).casefold()}/"


def search(name: str) -> str:
    """A file of the search's index."""
    return f"{SEARCH}{name}.js"


def page(page_id: str) -> str:
    """A page outside the diary."""
    return f"/{page_id}/"


def numbered(url: str, number: int) -> str:
    """The ``number``-th page of a list, from 1; the first is the list itself."""
    return url if number == 1 else f"{url}page/{number}/"


def names(url: str) -> str:
    """The file with all names of the list at ``url``."""
    return f"{url}names.js"


def file(path: str) -> str:
    """A picture or attachment: ``content/entries/a.jpg`` is published at ``/files/entries/a.jpg``."""
    return "/files/" + path.removeprefix("content/")


def picture(path: str, width: int, ending: str) -> str:
    """A version of a picture: ``content/entries/a.jpg``, 480 pixels wide, is ``/pictures/entries/a.jpg/480.webp``.

    The whole file name is in it, because there may be an ``a.png`` as well; as a folder it is never too long.
    """
    return f"/pictures/{path.removeprefix('content/')}/{width}.{ending}"


def original(path: str) -> str:
    """The picture or attachment under content/ that is published at an output path: the inverse of both."""
    if path.startswith("pictures/"):
        return "content/" + path.removeprefix("pictures/").rpartition("/")[0]
    return "content/" + path.removeprefix("files/")


def asset(path: str) -> str:
    """A file of the theme."""
    return f"/assets/{path}"


def icon(side: int) -> str:
    """The site's icon in one size."""
    return f"/assets/icon-{side}.png"


def card(url: str) -> str:
    """The share card of the entry whose page is at ``url``."""
    return f"/cards{url.rstrip('/')}.png"


def output_path(url: str) -> str:
    """The file for ``url``, relative to the output folder."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]


def absolute(base_url: str, url: str, part: str = "") -> str:
    """A URL with its host, in ASCII (RFC 3986), for feeds and others that are read outside the site.

    An address that has a host already is returned as it is.
    """
    if not url.startswith("/"):
        return url
    fragment = "#" + quote(part, safe=_PLAIN + "?") if part else ""
    quoted = url if _ALL_PLAIN.fullmatch(url) else quote(url, safe=_PLAIN)
    return base_url.rstrip("/") + quoted + fragment


def relative(start: str, url: str, part: str = "", *, portable: bool = False) -> str:
    """The relative link from the page at ``start`` to ``url``, with the fragment ``part``. Chinese stays readable.

    It goes up to the site's root and down again, so that it is the same on all pages of one depth.
    ``portable`` adds ``index.html``, for use without a server.
    """
    if not part:
        return _below(start.count("/") - 1, url, portable)
    fragment = f"#{_escaped(part)}"
    return fragment if url == start else _below(start.count("/") - 1, url, portable) + fragment


@functools.lru_cache(maxsize=65536)
def _below(depth: int, url: str, portable: bool) -> str:  # noqa: FBT001 - a cache is asked fastest by position
    """The link to ``url`` from a page so many folders below the root."""
    index = "index.html" if portable and url.endswith("/") else ""
    # Without "./", the first segment of a link at the root could be read as a scheme.
    return ("../" * depth or "./") + _escaped(url)[1:] + index


def rooted(url: str, part: str = "") -> str:
    """The link from the root of the host to ``url``, for a page that is shown at any depth."""
    return _escaped(url) + (f"#{_escaped(part)}" if part else "")


def external(address: str) -> str:
    """An external address, with characters percent-encoded that it may not contain (WHATWG URL Standard, 1.1, 4.3)."""
    start = address.find("]") + 1 if address.lower().startswith(("http://[", "https://[")) else 0
    host, rest = address[:start], _NO_PART_OF_AN_ADDRESS.sub(lambda match: quote(match[0]), address[start:])
    before, hash_sign, part = rest.partition("#")
    return f"{host}{before}{hash_sign}{part.replace('#', '%23')}"


def root(start: str) -> str:
    """The relative path from the page at ``start`` to the site's root: ``../../``; empty at the root."""
    return "../" * (start.count("/") - 1)


@functools.lru_cache(maxsize=65536)
def _escaped(text: str) -> str:
    """Percent-encodes only what would break a link (WHATWG URL Standard, path percent-encode set and ``%``)."""
    return _BREAKING.sub(lambda match: quote(match[0]), text)
