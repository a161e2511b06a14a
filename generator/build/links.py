"""Checks the links of rendered pages: every page, picture and part of a page that they name must be there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from generator.ground.errors import Problem
from generator.ground.words import say
from generator.model import urls
from generator.model.pages import Page
from generator.model.prose import RoleHole
from generator.model.settings import Settings
from generator.model.views import Body
from generator.render.templates import TEMPLATES

_ATTRIBUTE = re.compile(r'\s(href|src|id)="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


Goal = tuple[str, str]
"""An output path and the id of a part of what stands there; no id for the whole."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a rendered page links to within the site, and what in it can be linked to."""

    links: frozenset[Goal]
    ids: frozenset[str]


def linked(path: str, html: str) -> Linked:
    """The links and ids of the HTML at ``path``. Attributes are quoted, as all our templates write them."""
    found: set[Goal] = set()
    ids: set[str] = set()
    for name, value in set(_ATTRIBUTE.findall(html)):
        text = unescape(value)
        if name == "id":
            ids.add(text)
        elif not _SCHEME.match(text) and not text.startswith("//"):
            found.add(_goal(path, text))
    return Linked(frozenset(found), frozenset(ids))


def _goal(path: str, link: str) -> Goal:
    place, _, fragment = link.partition("#")
    place = unquote(place.partition("?")[0])
    if not place:
        return path, unquote(fragment)
    if not place.startswith("/"):
        place = posixpath.join("/", posixpath.dirname(path), place)
    is_folder = place.endswith(("/", "/.", "/.."))
    url = posixpath.normpath(place)
    return urls.output_path(url.rstrip("/") + "/" if is_folder else url), unquote(fragment)


def problems(
    pages: Mapping[str, Page],
    found: Mapping[str, Linked],
    present: Iterable[str],
    settings: Settings,
) -> Iterator[Problem]:
    """Every link of ``found`` (by output path) that leads to nothing in ``present``, at the place it comes from."""
    there = frozenset(present)
    for path, page in pages.items():
        for goal, part in sorted(found[path].links) if path in found else ():
            if goal not in there or (part and goal in found and part not in found[goal].ids):
                yield _problem(page, goal, part, settings)


def _problem(page: Page, goal: str, part: str, settings: Settings) -> Problem:
    url = "/" + goal.removesuffix("index.html") + (f"#{part}" if part else "")
    message = say("the link to {url} leads nowhere", url=url)
    hint = say("mend the address; links between entries are best written as file names, such as other-entry.md")
    body = getattr(page.view, "body", None)
    if isinstance(body, Body):
        for reference, resolved in zip(body.prose.references, body.links, strict=True):
            same = urls.output_path(resolved.url or page.url) == goal and resolved.part == part
            if same and not isinstance(reference, RoleHole):
                return Problem(
                    path=page.source or "", line=reference.line, column=reference.column, message=message, hint=hint
                )
    for number, item in enumerate(settings.menu or ()):
        if item.link.rstrip("/") == url.rstrip("/"):
            return Problem(
                path="content/site.yaml",
                field=("menu", number, "link"),
                message=message,
                hint=say("write the address of a page of the site, as the browser shows it"),
            )
    return Problem(
        path=f"themes/{settings.theme}/templates/{TEMPLATES[type(page.view)]}",
        message=message,
        hint=say("mend the template; the page is {url}", url=page.url),
    )
