"""Resolves references: finds what each link, picture and role in a text leads to, or reports that it is missing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from generator.ground.errors import Edit, Fault, Problem, Repair
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import folded, nfc, written_size
from generator.model import urls
from generator.model.components import Body, Picture, Resolved
from generator.model.content import Entry, Policy, StaticPage, Target
from generator.model.prose import ImageHole, LinkHole, Reference, RoleHole, Text
from generator.read.addresses import check_address, has_scheme, looks_like_host
from generator.read.pictures import ENDINGS
from generator.site.near_files import NearFiles
from generator.site.roles import TextContext, resolved
from generator.site.site import Site

_LONGEST_TEXT: Final = 300
"""Characters of a picture's or link's text, in front of its name."""
SUGGESTIONS: Final = 40
"""How many missing files are compared with all known names."""
PICTURES: Final = (*ENDINGS, ".svg")
ATTACHMENTS: Final = (
    ".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".dps", ".ofd", ".odt", ".ods", ".odp",
    ".txt", ".csv", ".zip", ".rar", ".7z", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".epub",
)  # fmt: skip
"""Endings of files that may be offered for download. What a browser would run as part of the site is left out
(HTML, scripts, XML)."""


Measure = Callable[[str], Picture]
"""Gives the picture at a path as it will be published. Raises Fault if the file is no valid picture, or OSError."""


TextRecord = Entry | Target | StaticPage | Policy
"""A record with a Markdown text."""


@frozen
class LinkTarget:
    """A Markdown file that a link may lead to."""

    url: str | None
    """The URL of its page; None while it is not published."""
    ids: frozenset[str]


@dataclass(frozen=True)
class References:
    """Resolves the references in texts of one site."""

    site: Site
    measure: Measure
    _suggested: list[str] = field(default_factory=list)
    """The missing files for which a similar name was looked for."""

    @cached_property
    def link_targets(self) -> Mapping[str, LinkTarget]:
        """By path, the Markdown files that links may lead to; built when it is first needed."""
        site, content = self.site, self.site.content
        published = {entry.path for entry in site.entries} | {page.path for page in site.pages}
        places: list[tuple[Entry | StaticPage, str]] = [
            *((entry, urls.entry(entry.span.start, entry.slug)) for entry in content.entries),
            *((page, urls.page(page.id)) for page in content.pages),
        ]
        link_targets = {
            one.path: LinkTarget(url if one.path in published else None, one.text.ids) for one, url in places
        }
        link_targets |= {target.path: LinkTarget(urls.target(target.id), target.text.ids) for target in content.targets}
        return link_targets | {one.path: LinkTarget(urls.policy(one.id), one.text.ids) for one in content.policies}

    @cached_property
    def _near_files(self) -> NearFiles:
        return NearFiles(self.site.files)

    def body(self, text: Text, context: TextContext, problems: list[Problem]) -> Body:
        """A text with its references resolved. Those that lead nowhere are added to ``problems``."""
        if not text.references:
            return Body(text, ())
        return Body(text, tuple(self._resolved(reference, text, context, problems) for reference in text.references))

    def picture(self, src: str, path: str) -> Resolved:
        """The picture that the file at ``path`` calls ``src``. Raises Fault."""
        return self._file(src, path, PICTURES)

    def attachment(self, name: str, path: str) -> Resolved:
        """The attachment that the file at ``path`` calls ``name``. Raises Fault."""
        return self._file(name, path, PICTURES + ATTACHMENTS)

    def entry(self, name: str, path: str) -> str | None:
        """The path of the published entry that the file at ``path`` calls ``name``; None if unread. Raises Fault."""
        found = _relative_to(unquote(name), path)
        if found in self.site.unread.paths:
            return None
        target = self.link_targets.get(found)
        if target is None or not found.startswith("content/entries/") or found == path:
            raise Fault(say("there is no other entry {path}", path=found), self._similar(found, path))
        if target.url is None:
            raise _unpublished(found)
        return found

    def _resolved(self, reference: Reference, text: Text, context: TextContext, problems: list[Problem]) -> Resolved:
        try:
            match reference:
                case LinkHole():
                    return self._link(reference.href, text)
                case ImageHole():
                    return self.picture(reference.src, text.path)
                case RoleHole():
                    return resolved(reference, context, self.site)
        except Fault as fault:
            problems.append(
                Problem(
                    path=text.path,
                    line=reference.line,
                    column=reference.column,
                    message=fault.message,
                    hint=fault.hint,
                    repair=_renamed(_name(reference), fault.right),
                )
            )
        return Resolved("")

    def _link(self, href: str, text: Text) -> Resolved:
        check_address(href)
        if has_scheme(href):
            return Resolved(urls.external(href), is_external=True)
        place, _, fragment = href.partition("#")
        fragment = nfc(unquote(fragment))
        if place.startswith("/"):
            return Resolved(nfc(unquote(place.partition("?")[0])), part=fragment)
        target_path = _relative_to(href, text.path)
        if target_path in self.site.files:
            return self._file(href, text.path, PICTURES + ATTACHMENTS)
        if not place:
            return _within(fragment, text)
        if target_path in self.link_targets:
            fragment = ""
        else:
            target_path = _relative_to(unquote(place.partition("?")[0]), text.path)
        if target_path in self.site.unread.paths:
            return Resolved("")
        target = self.link_targets.get(target_path)
        if target is None:
            return self._file(href, text.path, PICTURES + ATTACHMENTS)
        if target.url is None:
            raise _unpublished(target_path)
        if fragment:
            _check_part(fragment, target.ids, target_path)
        return Resolved(target.url, part=fragment)

    def _file(self, name: str, path: str, endings: tuple[str, ...]) -> Resolved:
        is_picture = endings == PICTURES
        if is_picture and name.startswith("//"):
            name = f"https:{name}"
        check_address(name)
        if has_scheme(name):
            raise Fault(
                say("the picture lies on another site; no page asks another host for anything"),
                say("save the picture beside this file and write its name"),
            )
        if name.startswith("/"):
            raise Fault(say('"{name}" begins with a slash', name=name), say("write the path from this file"))
        file_path = _file_path(name, path, self.site.files)
        if file_path in self.site.unread.paths:
            return Resolved("")
        if file_path not in self.site.files and looks_like_host(name):
            hint = say("save the picture beside this file and write its name")
            raise Fault(
                say('"{href}" is no address', href=name),
                hint if is_picture else say("write {field}", field=f"https://{name}"),
            )
        if file_path not in self.site.files:
            near = self._near_files.only_one(file_path)
            if near is None or _ending(near) not in endings or not _are_alike(_ending(near), _ending(file_path)):
                raise Fault(say("there is no file {path}", path=file_path), self._similar(file_path, path))
            right = posixpath.relpath(near, posixpath.dirname(path))
            hint = say('did you mean "{name}"?', name=right)
            raise Fault(say("there is no file {path}", path=file_path), hint, right=right)
        ending = _ending(file_path)
        if ending not in endings or (ending == ".svg" and not self.site.settings.allow_svg):
            raise Fault(_unfit(ending, endings), _unfit_hint(ending, endings))
        if ending not in PICTURES:
            size = self.site.files[file_path].stat[0]
            return Resolved(urls.file(file_path), file=file_path, facts=f"{ending[1:].upper()} {written_size(size)}")
        picture = self._picture(file_path)
        return Resolved(picture.largest, file=file_path, picture=picture)

    def _picture(self, path: str) -> Picture:
        """The picture at a path. Raises Fault if it is no picture, or of another format than its name states."""
        try:
            return self.measure(path)
        except OSError as error:
            raise Fault(
                say("it cannot be read: {fact}", fact=error.strerror or error),
                say("check that the file is there and that you may read it"),
            ) from None

    def _similar(self, path: str, own: str) -> Message:
        """The hint for a missing file; ``own`` is the path of the file that names it."""
        folder, _, name = path.rpartition("/")
        names: dict[str, list[str]] = {}
        for one in (*self.site.files, *self.link_targets):
            if one == own:
                continue
            names.setdefault(folded(one.rpartition("/")[2]), []).append(one)
        # A comparison with every name is slow, and nobody reads the fiftieth suggestion.
        self._suggested.append(path)
        known = names if len(self._suggested) <= SUGGESTIONS else [one for one in names if one == folded(name)]
        close = get_close_matches(folded(name), known, n=1, cutoff=0.7)
        if not close:
            return say("put the file there, or mend the name")
        nearest_first = sorted(names[close[0]], key=lambda one: (not one.startswith(folder), one))
        return say('did you mean "{name}"?', name=posixpath.relpath(nearest_first[0], folder))


def _unpublished(path: str) -> Fault:
    return Fault(
        say("{path} is not published, so this link would lead nowhere", path=path),
        say("publish it too, or take the link away"),
    )


def _renamed(old: str, new: str | None) -> Repair | None:
    """The repair of a name in a picture or link, which stands behind its text."""
    if new is None:
        return None
    written = f"<{new}>" if re.search(r"[\s()<>]", new) else new
    return Repair((Edit(f"]({old}", f"]({written}", reach=_LONGEST_TEXT),))


def _relative_to(name: str, path: str) -> str:
    """The path, from the site's folder, of what the file at ``path`` calls ``name``. Raises Fault."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), nfc(name)))
    if not found.startswith("content/"):
        raise Fault(say('"{name}" leads out of the site', name=name), say("put the file under content/"))
    return found


def _file_path(name: str, path: str, files: Container[str]) -> str:
    """The path, from the site's folder, of the picture or attachment that the file at ``path`` calls ``name``.

    A file of exactly this name comes before one whose name is encoded as in an address. Raises Fault.
    """
    literal = _relative_to(name, path)
    if literal in files:
        return literal
    place = _relative_to(unquote(name.partition("?")[0].partition("#")[0]), path)
    # Of ``1#车间.jpg`` the beginning alone names nothing.
    return literal if place not in files and _ending(literal) in PICTURES + ATTACHMENTS else place


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _are_alike(ending: str, other: str) -> bool:
    """Whether one may be mistaken for the other: ``.xls`` and ``.xlsx``, those of two pictures, or none at all."""
    return ending.startswith(other) or other.startswith(ending) or {ending, other} <= {*PICTURES}


def _within(fragment: str, text: Text) -> Resolved:
    """Where a link within a page leads."""
    if fragment in ("", "top") and fragment not in text.ids:
        # Of HTML: both lead to the top of the page.
        return Resolved("")
    _check_part(fragment, text.ids, text.path)
    return Resolved("", part=fragment)


def _check_part(fragment: str, ids: frozenset[str], path: str) -> None:
    if fragment in ids:
        return
    close = get_close_matches(fragment, sorted(ids), n=1, cutoff=0.5) or _without_persons(fragment, ids)
    raise Fault(
        say('{path} has no part "#{id}"', path=path, id=fragment),
        say('did you mean "{name}"?', name=f"#{close[0]}") if close else say("link to a heading of that file"),
    )


def _without_persons(fragment: str, ids: frozenset[str]) -> list[str]:
    """The id that is left of a heading's without a person's in it: 下午见 of 下午见-wang."""
    return sorted((one for one in ids if _is_left_of(fragment, one)), key=len)[-1:]


def _is_left_of(text: str, rest: str) -> bool:
    """Whether ``rest`` is the text without one part of it."""
    same = len(posixpath.commonprefix((text, rest)))
    return text.endswith(rest[same:]) and len(text) > len(rest)


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


def pictures_of(site: Site) -> Iterator[str]:
    """The paths of all pictures that texts of the site name, so that they can be processed together.

    Missing files and files that are no pictures are skipped here, and reported when the texts are resolved.
    """
    records: list[TextRecord] = [*site.entries, *site.targets.values(), *site.pages, *site.content.policies]
    endings = PICTURES if site.settings.allow_svg else tuple(ENDINGS)
    for name, path in _names(records):
        yield from (found for found in _paths(name, path, site.files) if _ending(found) in endings)


def unused_pictures(site: Site, used: Container[str]) -> Iterator[str]:
    """The paths of the pictures with the entries that no text names, of drafts neither.

    The texts of withdrawn entries are gone, and so are those of files that cannot be read; their pictures may be such.
    """
    unused = [path for path in site.files if path.startswith("content/entries/") and path not in used]
    pictures = [path for path in unused if _ending(path) in PICTURES]
    if not pictures or site.unread.paths:
        return
    content = site.content
    records: list[TextRecord] = [*content.entries, *content.targets, *content.pages, *content.policies]
    named = {found for name, path in _names(records) for found in _paths(name, path, site.files)}
    withdrawn = {posixpath.dirname(entry.path) for entry in site.content.entries if entry.withdrawn}
    yield from (path for path in pictures if path not in named and posixpath.dirname(path) not in withdrawn)


def _names(records: Iterable[TextRecord]) -> Iterator[tuple[str, str]]:
    """Every name of a file in a text or a field, and the path of the file that has it."""
    for one in records:
        yield from ((_name(reference), one.path) for reference in one.text.references)
        if isinstance(one, Entry) and one.cover:
            yield one.cover, one.path
        elif isinstance(one, Policy):
            yield from ((name, one.path) for name in one.files)


def _paths(name: str, path: str, files: Container[str]) -> Iterator[str]:
    """The path of the file that a name means, where there is one."""
    if name and not has_scheme(name):
        with suppress(Fault):
            if (found := _file_path(name, path, files)) in files:
                yield found


def _name(reference: Reference) -> str:
    match reference:
        case LinkHole():
            return reference.href
        case ImageHole():
            return reference.src
        case _:
            return ""
