"""The sources that go into a bag: those that the build used and nothing else, cleaned, and looked through once more.

A page shows little of its source. What it does not show, comments and fields of the writer's own, is looked through
here, since strangers will read it.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.files import read_file
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.text import nfc
from generator.model import urls
from generator.model.content import WITHHELD, Entry, Person, PersonRole, Source
from generator.model.outputs import Original
from generator.model.prose import ImageHole
from generator.pipeline.assets.image_pipeline import ImagePipeline
from generator.pipeline.checks.privacy_scan import Guard, Leak
from generator.pipeline.make.render_stage import caveat_problem
from generator.pipeline.snapshot import Snapshot
from generator.pipeline.workers import parallel_map
from generator.read import data_uris, sources
from generator.read.decoding import decoded
from generator.read.frontmatter import read_tree
from generator.read.frontmatter_split import split
from generator.read.markdown.role_target import parse_target
from generator.read.sources import PEOPLE
from generator.render.privacy import Finding, Kind
from generator.render.theme import MOST_BYTES
from generator.site.references import PICTURES
from generator.site.requests import people_called
from generator.site.site import Site
from generator.site.texts import prose_of
from generator.tools.archive.bag import copy, write
from generator.tools.archive.latin_names import LatinNames
from generator.tools.places import field_positions

_KEPT: Final = (
    *("title", "date", "part", "targets", "tags", "language", "slug", "aliases", "status", "publish_at"),
    *("authors", "reviewed_by", "corrections", "withdrawn"),
)
"""What is published of a withdrawn entry, and so what is kept of its source."""
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'()，。；）]+")
_ROLE: Final = re.compile(r"\{person\}(`+)(?!`)")
"""Where what looks like a role of a person begins."""
_NUMBERED: Final = re.compile("person-[1-9][0-9]*")
_COMMENT: Final = re.compile(r"\n[ \t]*#+")
"""Where a comment of YAML goes on in the next line."""
_PICTURE_WEIGHT: Final = 20
"""To clean a picture takes as long as rendering that many pages."""


@frozen(kw_only=True)
class SourceFiles:
    """The sources that a build used."""

    folder: Path
    """The site's folder."""
    snapshot: Snapshot
    site: Site
    entries: Mapping[str, Entry]
    """Those of the site, by path."""
    used: tuple[str, ...]
    """The pictures and attachments that pages show or link to."""
    own: Mapping[str, Path | str]
    """The files of the site's own theme; see ``theme_files``."""
    guard: Guard
    images: ImagePipeline

    def write(self, place: Path, built: Path, jobs: int) -> tuple[Problem, ...]:
        """Writes them into the folder ``place``; ``built`` is the site that was built of them.

        Returns what is wrong with them, private data among it.
        """
        problems: list[Problem] = []
        leaks: list[Leak] = []
        people = self._people()
        latin = LatinNames.of(self.site.people.values(), [one.value for one in self.site.settings.allowed])
        for path in self._texts():
            text, faults = self._text(path, people)
            problems += [*faults, *latin.problems(path, text)]
            leaks += self._leaks(path, text)
            for one in self.guard.carried(text.encode(), is_page=False):
                if isinstance(one, Finding):
                    leaks.append(Leak(path, (path,), one))
                elif not self.guard.scanner.allows(one):
                    problems.append(caveat_problem(path, one))
            write(place / path, text.encode())
        pictures = [path for path in self.used if PurePosixPath(path).suffix.lower() in PICTURES]
        cleaned = parallel_map(self._picture, pictures, jobs, weight=_PICTURE_WEIGHT)
        for path, body in zip(pictures, cleaned, strict=True):
            if isinstance(body, Problem):
                problems.append(body)
            else:
                write(place / path, body)
        for path in self.used:
            problems += latin.problems(path)
            if path not in pictures:
                # The bytes that the build looked through.
                copied = built / urls.output_path(urls.file(path))
                copy(copied, place / path)
                with copied.open("rb") as file:
                    problems += latin.in_file(path, file)
        for path, found in self.own.items():
            body = _read(path, built / found) if isinstance(found, str) else _theme_text(path, found)
            # These bytes, since somebody may change the file meanwhile. What could not be looked through, the build has
            # told.
            seen = self.guard.looked_through(path, io.BytesIO(body))
            leaks += [Leak(path, (path,), one) for one in seen if isinstance(one, Finding)]
            problems += [*latin.problems(path), *latin.in_file(path, io.BytesIO(body))]
            write(place / path, body)
        return (*problems, *self.guard.problems(leaks, self.snapshot.sources.texts))

    def _texts(self) -> Iterator[str]:
        """The text files that the build used: no drafts, and nothing for the future."""
        content = self.site.content
        known = {one.path for one in content.entries} | {one.path for one in content.pages}
        published = {one.path for one in self.site.entries} | {one.path for one in self.site.pages}
        unpublished = known - published
        return (path for path in self.snapshot.sources.texts if path not in unpublished)

    def _text(self, path: str, people: Mapping[str, Person]) -> tuple[str, tuple[Problem, ...]]:
        """A text as it goes into the bag, with the register of these persons, and what is wrong with it."""
        if path == PEOPLE:
            return register(people), ()
        source = self._source(path)
        ids, entry = public_ids(people), self.entries.get(path)
        text = with_helpers(source, entry, ids) if entry else source.text
        return with_ids(text, ids), tuple(shown_ids(replace(source, text=text), ids))

    def _source(self, path: str) -> Source:
        """A source with what is published of it. Raises BuildError."""
        _, source, problems = sources.read(path, self.snapshot.sources.texts[path].path)
        if source is None:
            raise BuildError(*problems)
        entry = self.entries.get(path)
        return replace(source, text=without_text(source)) if entry and entry.withdrawn else source

    def _people(self) -> dict[str, Person]:
        """The persons whom something in the bag names: the site is the same without the others."""
        people = self.site.people
        found = {one.id for name in _called(self.site.entries) for one in people_called(people, name)}
        named = [(one.id, (one.name, *one.aliases)) for one in people.values() if one.role is not PersonRole.PRIVATE]
        for path in self._texts():
            if path != PEOPLE:
                text = nfc(self._source(path).text)
                found.update(one.key for one in _mentions(text))
                found.update(key for key, names in named if any(name in text for name in names))
        return {key: person for key, person in people.items() if key in found}

    def _leaks(self, path: str, text: str) -> Iterator[Leak]:
        """The private data in a source as it goes into the bag, and in its name."""
        find = self.guard.detector.found
        text = data_uris.without(text.encode()).decode()
        # Numbers in addresses may be those of documents: the build has said so already.
        outside = set(find(_ADDRESS.sub(" ", text))) if "http" in text else None
        for finding in dict.fromkeys((*find(path), *find(text), *find(_COMMENT.sub("\n", text)))):
            if outside is None or finding in outside or finding.kind in (Kind.NAME, Kind.EMAIL):
                yield Leak(path, (path,), finding)
            else:
                yield Leak(path, (path,), Finding(Kind.IN_LINK, finding.value))

    def _picture(self, path: str) -> bytes | Problem:
        try:
            cleaned = self.images.original(Original(path, path))
        except Fault as fault:
            return Problem(path=path, message=fault.message, hint=fault.hint)
        except BuildError as error:
            return error.problems[0]
        assert cleaned is not None
        return cleaned.body


def _read(path: str, place: Path) -> bytes:
    try:
        return read_file(place, MOST_BYTES)
    except Fault as fault:
        raise BuildError(sources.unreadable(path, fault)) from None


def _theme_text(path: str, place: Path) -> bytes:
    """A file of a theme that is read as a text, as it is unless a picture in it has metadata."""
    body = _read(path, place)
    if b"\0" in body:
        # A font.
        return body
    text = decoded(body, path)[0].text.encode()
    new = data_uris.cleaned(text)
    return body if new == text else new


def _called(entries: Iterable[Entry]) -> Iterator[str]:
    """How the fields of entries call persons: authors, helpers and whoever is responsible."""
    for entry in entries:
        yield from entry.authors
        for note in entry.requests:
            yield from note.helped_by
            if note.person:
                yield note.person


def public_ids(people: Mapping[str, Person]) -> dict[str, str]:
    """The ids of private persons, which may be their names, and the numbers that take their places."""
    private = [one.id for one in people.values() if one.role is PersonRole.PRIVATE]
    free = (name for number in count(1) if (name := f"person-{number}") not in people)
    # What an earlier bundle called them stays.
    return {one: one if _NUMBERED.fullmatch(one) else next(free) for one in private}


def with_helpers(source: Source, entry: Entry, ids: Mapping[str, str]) -> str:
    """The text of an entry's source with other ids of private persons in ``helped_by``."""
    places = [
        (("requests", number, "helped_by", place), name)
        for number, note in enumerate(entry.requests)
        for place, name in enumerate(note.helped_by)
        if name in ids
    ]
    fields = field_positions(source.path, source.text).fields if places else None
    lines = source.text.split("\n")
    # From the last to the first, as each moves what stands behind it.
    found = [(fields[place].value, name) for place, name in places] if fields else []
    for (line, column), name in sorted(found, reverse=True):
        before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        lines[line - 1] = before + after.replace(name, ids[name], 1)
    return "\n".join(lines)


def with_ids(text: str, ids: Mapping[str, str]) -> str:
    """A text with other ids of persons in its roles."""
    return _renamed(text, [(one, ids[one.key]) for one in _mentions(text) if one.key in ids])


def shown_ids(source: Source, ids: Mapping[str, str]) -> Iterator[Problem]:
    """The roles with these ids that a page shows as they are written: in code, or in a text without Markdown.

    The site has the id there, so it could not be built of sources without it.
    """
    text = source.text
    found = [one for one in _mentions(text) if one.key in ids]
    if not found:
        return
    # Nowhere else in the text.
    mark = "id" + "x" * (1 + max(map(len, re.findall("x+", text)), default=0))
    marked = _renamed(text, [(one, f"{mark}{number}.") for number, one in enumerate(found)])
    shown = _shown(replace(source, text=marked))
    for number, one in enumerate(found):
        if f"{mark}{number}." in shown:
            yield Problem(
                path=source.path,
                line=text.count("\n", 0, one.start) + 1,
                column=one.start - text.rfind("\n", 0, one.start),
                message=say('the id of the private person "{person}" is shown here as text', person=one.key),
                hint=say("write another id, or write the pseudonym itself"),
            )


class _Mention(NamedTuple):
    """What looks like a role of a person."""

    start: int
    end: int
    key: str


def _mentions(text: str) -> Iterator[_Mention]:
    """All of them, also such as overlap: which are roles, and which end a piece of code, is for the parser to say."""
    for role in _ROLE.finditer(text):
        end = re.compile(f"(?<!`){role[1]}(?!`)").search(text, role.end())
        if end:
            key = parse_target(text[role.end() : end.start()]).key
            yield _Mention(role.start(), end.end(), key)


def _renamed(text: str, new: Sequence[tuple[_Mention, str]]) -> str:
    """The text with new keys in these mentions, which do not overlap."""
    for one, key in reversed(new):
        before, is_there, after = nfc(text[one.start : one.end]).rpartition(one.key)
        if is_there:
            text = f"{text[: one.start]}{before}{key}{after}{text[one.end :]}"
    return text


def _shown(source: Source) -> str:
    """The words, with their markup, that a page shows of a text, but for those that only it knows."""
    if not source.path.lower().endswith(sources.MARKDOWN):
        return source.text
    _, body, line = split(source)
    pieces = prose_of(body, source.path, line).prose.pieces
    return "\n".join(one if isinstance(one, str) else one.alt for one in pieces if isinstance(one, str | ImageHole))


def register(people: Mapping[str, Person]) -> str:
    """people.yaml without the names and ids of private persons: with what the pages print of them."""
    ids = public_ids(people)
    lines = [f"  - {_json(_public(one, ids.get(one.id, one.id)))}\n" for one in people.values()]
    return "people:\n" + "".join(lines) if lines else "people: []\n"


def _public(person: Person, key: str) -> dict[str, object]:
    known = {"id": key, "name": person.name, "role": person.role.value}
    if person.role is PersonRole.PRIVATE:
        return {**known, "name": WITHHELD, **({"pseudonym": person.pseudonym} if person.pseudonym else {})}
    more = {"title": person.title, "pseudonym": person.pseudonym, "aliases": list(person.aliases)}
    return known | {key: value for key, value in more.items() if value}


def without_text(source: Source) -> str:
    """A withdrawn entry's source: with the fields that are still published, and nothing of what was withdrawn."""
    tree = read_tree(split(source)[0], source.path)
    lines = [f"{key}: {_json(tree[key])}\n" for key in _KEPT if tree.get(key) is not None]
    return f"---\n{''.join(lines)}---\n"


def _json(value: object) -> str:
    """A value as JSON, which is YAML too."""
    return json.dumps(value, ensure_ascii=False)


def write_everything(folder: Path, place: Path) -> None:
    """Writes every file of content/ and themes/ as it is, for a bag that is not public. No link leads out of them."""
    for name in (sources.CONTENT, "themes"):
        top = (folder / name).resolve()
        for one in sorted((folder / name).rglob("*")):
            if one.is_file() and one.resolve().is_relative_to(top):
                copy(one, place / one.relative_to(folder))
