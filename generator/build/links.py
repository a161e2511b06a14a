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


@dataclass(frozen=True, slots=True)
class Linked:
    """What a rendered page links to within the site, and what in it can be linked to."""

    links: frozenset[str]
    """Output paths, with ``#part`` where one is named."""
    ids: frozenset[str]


def linked(path: str, html: str) -> Linked:
    """The links and ids of the HTML at ``path``. Attributes are quoted, as all our templates write them."""
    found: set[str] = set()
    ids: set[str] = set()
    for name, value in set(_ATTRIBUTE.findall(html)):
        text = unescape(value)
        if name == "id":
            ids.add(text)
        elif not _SCHEME.match(text) and not text.startswith("//"):
            found.add(_goal(path, text))
    return Linked(frozenset(found), frozenset(ids))


def _goal(path: str, link: str) -> str:
    place, hash_sign, fragment = link.partition("#")
    place = unquote(place.partition("?")[0])
    if not place:
        goal = path
    elif place.startswith("/"):
        goal = urls.output_path(place)
    else:
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
        if place.endswith(("/", "/.", "/..")) or place in (".", ".."):
            goal = posixpath.normpath(posixpath.join(goal, "index.html"))
    return goal + hash_sign + unquote(fragment)


def problems(
    pages: Mapping[str, Page],
    found: Mapping[str, Linked],
    present: Iterable[str],
    settings: Settings,
) -> Iterator[Problem]:
    """Every link of ``found`` (by output path) that leads to nothing in ``present``, at the place it comes from."""
    there = frozenset(present)
    for path, page in pages.items():
        for link in sorted(found[path].links) if path in found else ():
            goal, hash_sign, fragment = link.partition("#")
            if goal not in there or (fragment and goal in found and fragment not in found[goal].ids):
                yield _problem(page, goal, hash_sign + fragment, settings)


def _problem(page: Page, goal: str, fragment: str, settings: Settings) -> Problem:
    url = "/" + goal.removesuffix("index.html") + fragment
    message = say("the link to {url} leads nowhere", url=url)
    hint = say("mend the address; links between entries are best written as file names, such as other-entry.md")
    body = getattr(page.view, "body", None)
    if isinstance(body, Body):
        for reference, resolved in zip(body.prose.references, body.links, strict=True):
            same = resolved.url == url or (resolved.url + "/" == url) or "/" + urls.output_path(resolved.url) == url
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
