"""References: what a link, a picture or a role in a prose leads to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from generator.ground.errors import Fault, Problem
from generator.ground.text import folded, nfc
from generator.ground.words import Message, say
from generator.model import urls
from generator.model.prose import ImageHole, LinkHole, Prose, Reference, RoleHole
from generator.model.views import Body, Resolved
from generator.read.pictures import ENDINGS, picture
from generator.site.rules import nearest
from generator.site.site import Site

SUGGESTIONS: Final = 40
SCHEMES: Final = ("http", "https", "mailto", "tel")
"""What a link may ask a browser to open."""
PICTURES: Final = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
ATTACHMENTS: Final = (
    ".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".dps", ".ofd", ".odt", ".ods", ".odp",
    ".txt", ".csv", ".zip", ".rar", ".7z", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".epub",
)  # fmt: skip
"""What may be handed out. What a browser would run as part of the site (HTML, scripts, XML) is not among them."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Goal:
    """A Markdown file that a link may lead to."""

    url: str | None
    """None while it is not published."""
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class References:
    """Everything that a prose of this site may refer to."""

    site: Site
    goals: Mapping[str, Goal]
    _suggested: list[str] = field(default_factory=list)
    _sizes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def body(self, prose: Prose, path: str, problems: list[Problem]) -> Body:
        """The prose of the file at ``path`` with its references resolved; what leads nowhere goes to ``problems``."""
        return Body(prose, tuple(self._resolved(reference, prose, path, problems) for reference in prose.references))

    def picture(self, src: str, path: str) -> Resolved:
        """The picture that the file at ``path`` calls ``src``. Raises Fault."""
        return self._file(src, path, PICTURES)

    def attachment(self, name: str, path: str) -> Resolved:
        """The file that the one at ``path`` hands out as ``name``. Raises Fault."""
        return self._file(name, path, PICTURES + ATTACHMENTS)

    def _resolved(self, reference: Reference, prose: Prose, path: str, problems: list[Problem]) -> Resolved:
        try:
            match reference:
                case LinkHole():
                    return self._link(reference.href, prose, path)
                case ImageHole():
                    return self.picture(reference.src, path)
                case RoleHole():
                    return self._role(reference)
        except Fault as fault:
            problems.append(
                Problem(
                    path=path,
                    line=reference.line,
                    column=reference.column,
                    message=fault.message,
                    hint=fault.hint,
                )
            )
        return Resolved("")

    def _role(self, role: RoleHole) -> Resolved:
        target = self.site.targets.get(role.key)
        if target is None and any(PurePosixPath(path).stem == role.key for path in self.site.unread):
            return Resolved("")
        if target is None:
            names = {one.id: (one.name, one.shown_name, *one.aliases) for one in self.site.targets.values()}
            raise Fault(
                say('there is no target "{id}"', id=role.key),
                nearest(role.key, names) or say("describe it in content/targets/{id}.md", id=role.key),
            )
        return Resolved(urls.target(target.id), name=target.shown_name)

    def _link(self, href: str, prose: Prose, path: str) -> Resolved:
        _refuse_strange(href)
        if _SCHEME.match(href):
            return Resolved(href, is_external=True)
        place, _, fragment = href.partition("#")
        fragment = nfc(unquote(fragment))
        if place.startswith("/"):
            return Resolved(nfc(unquote(place.partition("?")[0])), part=fragment)
        if not place:
            _check_part(fragment, prose.ids, path)
            return Resolved("", part=fragment)
        goal_path = _beside(unquote(place.partition("?")[0]), path)
        if goal_path in self.site.unread:
            return Resolved("")
        goal = self.goals.get(goal_path)
        if goal is None:
            return self._file(place, path, PICTURES + ATTACHMENTS)
        if goal.url is None:
            raise Fault(
                say("{path} is not published, so this link would lead nowhere", path=goal_path),
                say("publish it too, or take the link away"),
            )
        if fragment:
            _check_part(fragment, goal.ids, goal_path)
        return Resolved(goal.url, part=fragment)

    def _file(self, name: str, path: str, endings: tuple[str, ...]) -> Resolved:
        _refuse_strange(name)
        if _SCHEME.match(name):
            raise Fault(
                say("the picture lies on another site; no page asks another host for anything"),
                say("save the picture beside this file and write its name"),
            )
        if name.startswith("/"):
            raise Fault(say('"{name}" begins with a slash', name=name), say("write the path from this file"))
        file_path = _beside(unquote(name.partition("?")[0].partition("#")[0]), path)
        if name.startswith("www."):
            raise Fault(say('"{href}" is no address', href=name), say("write {field}", field=f"https://{name}"))
        if file_path not in self.site.files:
            raise Fault(say("there is no file {path}", path=file_path), self._similar(file_path, path))
        ending = PurePosixPath(file_path).suffix.lower()
        if ending not in endings or (ending == ".svg" and not self.site.settings.allow_svg):
            raise Fault(_unfit(ending, endings), _unfit_hint(ending, endings))
        return Resolved(urls.file(file_path), file=file_path, size=self._size(file_path, ending))

    def _size(self, path: str, ending: str) -> tuple[int, int] | None:
        """The size of a picture, looked at once. Raises Fault when it is none, or another than its name says."""
        if ending not in PICTURES or ending == ".svg":
            return None
        if path not in self._sizes:
            try:
                raw = self.site.files[path].read_bytes()
            except OSError as error:
                raise Fault(
                    say("it cannot be read: {fact}", fact=error.strerror or error),
                    say("check that the file is there and that you may read it"),
                ) from None
            found = picture(raw)
            if found.kind != ENDINGS.get(ending):
                raise Fault(
                    say('the picture is of another kind than "{ending}" says', ending=ending),
                    say("rename it so that it ends in .{ending}", ending=found.kind),
                )
            self._sizes[path] = (found.width, found.height)
        return self._sizes[path]

    def _similar(self, path: str, own: str) -> Message:
        """The remedy for a file that is not there; ``own`` is the file that names it."""
        folder, _, name = path.rpartition("/")
        names: dict[str, list[str]] = {}
        for one in (*self.site.files, *self.goals):
            if one == own:
                continue
            names.setdefault(folded(one.rpartition("/")[2]), []).append(one)
        # A comparison with every name takes its time, and nobody reads the fiftieth suggestion.
        self._suggested.append(path)
        known = names if len(self._suggested) <= SUGGESTIONS else [one for one in names if one == folded(name)]
        close = get_close_matches(folded(name), known, n=1, cutoff=0.7)
        if not close:
            return say("put the file there, or mend the name")
        nearest_first = sorted(names[close[0]], key=lambda one: (not one.startswith(folder), one))
        return say('did you mean "{name}"?', name=posixpath.relpath(nearest_first[0], folder))


def references(site: Site) -> References:
    """The references of a site: each Markdown file and where its page stands."""
    published = {entry.path for entry in site.entries}
    goals = {
        entry.path: Goal(
            urls.entry(entry.span.start, entry.slug) if entry.path in published else None,
            entry.prose.ids,
        )
        for entry in site.content.entries
    }
    goals |= {target.path: Goal(urls.target(target.id), target.prose.ids) for target in site.content.targets}
    goals |= {policy.path: Goal(None, policy.prose.ids) for policy in site.content.policies}
    goals |= {
        page.path: Goal(urls.page(page.id) if page in site.pages else None, page.prose.ids)
        for page in site.content.pages
    }
    return References(site, goals)


def _refuse_strange(href: str) -> None:
    r"""Refuses what a browser would take for something else than it looks. Raises Fault.

    Browsers drop tabs, line ends and leading spaces from an address and read ``\`` as ``/``
    (WHATWG URL Standard, 4.4), so the scheme is looked for without them.
    """
    if not href:
        raise Fault(say("the link leads nowhere: nothing stands between its brackets"), say("write where it leads"))
    if re.match(r"[A-Za-z]:[\\/]|file:", href):
        raise Fault(
            say("the link names a file on your own computer"),
            say("copy the file beside this one and write only its name"),
        )
    if "\\" in href.partition("?")[0]:
        raise Fault(say('"{href}" is no address', href=href), say("write {field}", field=href.replace("\\", "/")))
    bare = _INVISIBLE.sub("", href)
    scheme = _SCHEME.match(bare)
    if scheme and (scheme[1].lower() not in SCHEMES or bare != href.strip()):
        raise Fault(
            say('a link may not begin with "{scheme}"', scheme=scheme[0]),
            say("links begin with https://, mailto: or tel:, or name a file of the site"),
        )
    if bare.startswith("//"):
        raise Fault(
            say('"{href}" is no address', href=href),
            say("links begin with https://, mailto: or tel:, or name a file of the site"),
        )


def _beside(name: str, path: str) -> str:
    """The path from the site's folder of what the file at ``path`` calls ``name``. Raises Fault."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), nfc(name)))
    if not found.startswith("content/"):
        raise Fault(say('"{name}" leads out of the site', name=name), say("put the file under content/"))
    return found


def _check_part(fragment: str, ids: frozenset[str], path: str) -> None:
    if fragment in ids:
        return
    close = get_close_matches(fragment, sorted(ids), n=1, cutoff=0.5)
    raise Fault(
        say('{path} has no part "#{id}"', path=path, id=fragment),
        say('did you mean "{name}"?', name=f"#{close[0]}") if close else say("link to a heading of that file"),
    )


def _unfit(ending: str, endings: tuple[str, ...]) -> Message:
    if ending == ".svg":
        return say("an SVG file can hold a script, so it is not published")
    if endings == PICTURES:
        return say('a file ending in "{ending}" is no picture that browsers show', ending=ending)
    return say('a file ending in "{ending}" is not published', ending=ending)


def _unfit_hint(ending: str, endings: tuple[str, ...]) -> Message:
    if ending == ".svg":
        return say("save it as PNG, or set assets: {{allow_svg: true}} in content/site.yaml")
    if endings == PICTURES:
        return say("save it as JPEG or PNG")
    return say("save it as PDF, Word, Excel or another common format")
