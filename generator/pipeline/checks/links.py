"""Checks the links of rendered pages: every page, picture and anchor that they name must exist."""

from __future__ import annotations

import posixpath
import re
import zlib
from array import array
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote

from generator.ground.errors import Problem
from generator.ground.messages import say
from generator.model import urls
from generator.model.components import Body
from generator.model.pages import Page
from generator.model.prose import RoleHole
from generator.model.settings import Settings
from generator.render.template_names import TEMPLATES

_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


LinkTarget = tuple[str, str]
"""The output path of a file, and the id of an element in it; an empty id for the whole file."""


_FEW: Final = 20
_MET: Final = 50_000
"""Links from one depth that are held in memory."""


class PageLinks(NamedTuple):
    """The links of a page, as far as the page alone does not settle them."""

    missing: tuple[LinkTarget, ...]
    """Those to what does not exist."""
    anchors: tuple[LinkTarget, ...]
    """Those to elements of other pages, which have yet to be checked."""
    targets: bytes
    """All files that it links to, each by its ``path_number``: 32-bit integers, one after the other."""


@dataclass(slots=True)
class Links:
    """Follows the links of pages. A link by way of the root is followed once for all pages at one depth."""

    present: Container[str]
    """The output paths of all files to be published."""
    _known: dict[str, dict[str, int]] = field(default_factory=dict)
    """By the relative path to the root: the links to whole files that exist, and the numbers of these files."""

    def of(self, path: str, html: str) -> PageLinks:
        """The links of the HTML at ``path``."""
        up = urls.root("/" + path)
        known = self._known.setdefault(up, {})
        # Nearly all links of a page were met before on pages at its depth, or lead to an element of the page itself.
        if len(known) > _MET:
            known.clear()
        links = _links(html)
        links -= _own(links, html)
        missing, anchors, own, others = [], [], [], set()
        for link in [link for link in links if link not in known]:
            target, anchor = _target(path, up, unescape(link))
            if target and target not in self.present:
                missing.append((target, anchor))
            elif anchor and target not in ("", path):
                anchors.append((target, anchor))
            elif anchor:
                own.append((path, anchor))
            elif target and link.startswith(up or "./"):
                known[link] = path_number(target)
            others.add(path_number(target))
        if own:
            ids = anchors_of(html)
            missing += [one for one in own if one[1] not in ids]
        numbers = array("I", sorted({known[link] for link in links if link in known} | others))
        return PageLinks(tuple(sorted(missing)), tuple(sorted(anchors)), numbers.tobytes())


def _own(links: Iterable[str], html: str) -> set[str]:
    """The links to elements of the page itself that exist."""
    own = [link for link in links if link[:1] == "#"]
    if len(own) <= _FEW:
        return {link for link in own if f' id="{link[1:]}"' in html}
    # A page with thousands of footnotes is gone through once, not for each of them.
    ids = frozenset(_ID.findall(html))
    return {link for link in own if link[1:] in ids}


def _links(html: str) -> set[str]:
    """The values of ``href`` and ``src``. Attributes are quoted, as all our templates write them."""
    found = set()
    for name in ('href="', 'src="'):
        before, *pieces = html.split(name)
        for piece in pieces:
            # ``data-href`` and the like name something else.
            if before[-1:].isspace():
                found.add(piece.partition('"')[0])
            before = piece
    return found


def path_number(path: str) -> int:
    """A number for an output path, by which pages that may link to it are found again. Others may share it."""
    return zlib.crc32(path.encode())


def may_link_to(targets: bytes, numbers: Container[int]) -> bool:
    """Whether a page whose links are ``targets`` may link to one of the paths with these numbers."""
    return any(number in numbers for number in array("I", targets))


def anchors_of(html: str) -> frozenset[str]:
    """The ids that a link may name. Attributes are quoted, as all our templates write them."""
    return frozenset(map(unescape, _ID.findall(html)))


def _target(path: str, up: str, link: str) -> LinkTarget:
    """What a link on the page at ``path`` leads to, no path for that page; ``up`` is the way to the root.

    A link to another site leads to the page itself: there is nothing to check.
    """
    if _SCHEME.match(link) or link.startswith("//"):
        return "", ""
    place, _, anchor = link.partition("#")
    place = unquote(place.partition("?")[0])
    if not place:
        return "", unquote(anchor)
    below = place.removeprefix(up or "./")
    if len(below) == len(place) - len(up or "./") and "./" not in below and below[:1] != "/":
        url = f"/{below}"
    else:
        whole = place if place.startswith("/") else posixpath.join("/", posixpath.dirname(path), place)
        url = posixpath.normpath(whole)
        url += "/" if url != "/" and whole.endswith(("/", "/.", "/..")) else ""
    return urls.output_path(url), unquote(anchor)


def problem(page: Page, missing: LinkTarget, settings: Settings) -> Problem:
    """A link of ``page`` that leads nowhere, at the place it comes from: a text, the menu, or else the template."""
    target, anchor = missing
    url = "/" + target.removesuffix("index.html") + (f"#{anchor}" if anchor else "")
    message = say("the link to {url} leads nowhere", url=url)
    hint = say("mend the address; links between entries are best written as file names, such as other-entry.md")
    body = getattr(page.view, "body", None)
    if isinstance(body, Body):
        for reference, resolved in zip(body.text.references, body.links, strict=True):
            same = urls.output_path(resolved.url or page.url) == target and resolved.part == anchor
            if same and not isinstance(reference, RoleHole):
                return Problem(
                    path=page.source or "", line=reference.line, column=reference.column, message=message, hint=hint
                )
    for number, item in enumerate(settings.menu or ()):
        written = f"{item.link}#{item.part}" if item.part else item.link
        if written.rstrip("/") == url.rstrip("/"):
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
