"""Checks the links of rendered pages: every page, picture and part of a page that they name must be there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
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

_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


Goal = tuple[str, str]
"""An output path and the id of a part of what stands there; no id for the whole."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What of a page's links is not settled by the page alone."""

    missing: tuple[Goal, ...]
    """What is not there."""
    parts: tuple[Goal, ...]
    """Parts of other pages, which have yet to be looked at."""


def linked(path: str, html: str, present: Container[str]) -> Linked:
    """Checks the links of the HTML at ``path`` against the output paths that are ``present``."""
    found, ids = _links(path, html), ids_of(html)
    missing = [
        (goal, part) for goal, part in found if goal not in present or (part and goal == path and part not in ids)
    ]
    parts = [(goal, part) for goal, part in found if part and goal != path and goal in present]
    return Linked(tuple(sorted(missing)), tuple(sorted(parts)))


def ids_of(html: str) -> frozenset[str]:
    """The ids that a link may name. Attributes are quoted, as all our templates write them."""
    return frozenset(map(unescape, _ID.findall(html)))


def _links(path: str, html: str) -> set[Goal]:
    up = urls.root("/" + path)
    links = (unescape(link) if "&" in link else link for link in set(_LINK.findall(html)))
    return {_goal(path, up, link) for link in links if not _SCHEME.match(link) and not link.startswith("//")}


def _goal(path: str, up: str, link: str) -> Goal:
    """What a link on the page at ``path`` leads to; ``up`` is the way from there to the root."""
    place, _, part = link.partition("#")
    place = unquote(place.partition("?")[0])
    if not place:
        return path, unquote(part)
    below = place.removeprefix(up or "./")
    if len(below) == len(place) - len(up or "./") and "./" not in below and below[:1] != "/":
        url = f"/{below}"
    else:
        whole = place if place.startswith("/") else posixpath.join("/", posixpath.dirname(path), place)
        url = posixpath.normpath(whole)
        url += "/" if url != "/" and whole.endswith(("/", "/.", "/..")) else ""
    return urls.output_path(url), unquote(part)


def problem(page: Page, missing: Goal, settings: Settings) -> Problem:
    """A link of ``page`` that leads nowhere, at the place it comes from: a text, the menu, or else the template."""
    goal, part = missing
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
