"""Private data in files that are about to be published, reported at the places in the sources where it comes from."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import PurePosixPath
from typing import IO, Final, NamedTuple, Self

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.file_stat import File
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.patterns import deferred
from generator.model import urls
from generator.model.content import WITHHELD, Content, Person, PersonRole
from generator.model.settings import Settings
from generator.read import sources
from generator.read.frontmatter_split import split
from generator.read.pictures import BOXED, kind_of
from generator.render.privacy import LONG, WARNINGS, Caveat, Finding, Form, Kind, Rules, Scanner, phrases
from generator.render.privacy.pieces import pieces

RECORDS: Final = frozenset(map(urls.output_path, (urls.ENTRY_DATA, urls.TARGET_DATA, urls.REQUEST_DATA)))
"""Files with a record on each line: no name or number is continued from one line to the next."""
TEXTS: Final = frozenset((
    ".html", ".htm", ".xhtml", ".xml", ".json", ".csv", ".txt", ".css", ".js", ".mjs", ".map", ".svg", ".webmanifest",
))  # fmt: skip
"""The endings of the texts among the files that we make. All of them are in UTF-8."""
_MARK: Final = b"\xef\xbb\xbf"
_START: Final = 4096
_SIGN: Final = b"base64"
_DRAWN = deferred(rb'data:image/png;base64,(?<=[^\\]"data:image/png;base64,)[0-9A-Za-z+/]*+=*+(?=")')
"""A picture in a page that a template shows, such as a QR code. No text of a writer has such quotation marks."""
_TOGETHER: Final = 1 << 20
"""Bytes of records that are scanned together: a scan takes many times the memory of its text."""


Place = tuple[str, int, int]
"""A file, and a line and a column in it, from 1; 0 for the file as a whole."""


class Leak(NamedTuple):
    """Private data in a file that would be published."""

    path: str
    """The file: that of a theme, from the site's folder; any other, from the output folder."""
    sources: tuple[str, ...]
    """The source files that it surely comes from; none for a page that lists many."""
    finding: Finding


@frozen
class Guard:
    """Scans everything that is about to be published."""

    rules: Rules
    ids: Mapping[str, str]
    """By a private person's name, the person's id."""
    scanner: Scanner
    """Knows all rules, to say what is allowed and where it is."""
    detector: Scanner
    """Knows only the rules that decide what is found, so that few changes have everything scanned again."""

    @classmethod
    def of(cls, rules: Rules, ids: Mapping[str, str]) -> Self:
        """The guard of a site with these rules; ``ids`` are those of private persons, by name."""
        return cls(rules, ids, Scanner(rules), Scanner(_detected(rules)))

    @property
    def digest(self) -> bytes:
        """The digest of the rules by which things are found: what was scanned by them need not be scanned again."""
        return fingerprint(repr(_detected(self.rules)).encode())

    def found(self, path: str, body: bytes) -> tuple[Finding, ...]:
        """The private data in a file that we made, its name included; some of it may be allowed."""
        return tuple(one for one in self.examined(path, body) if isinstance(one, Finding))

    def examined(self, path: str, body: bytes) -> tuple[Finding | Caveat, ...]:
        """The same, and what a camera wrote into a picture that stands in it."""
        found: dict[Finding | Caveat, None] = dict.fromkeys(self.detector.found_in(path.encode()))
        if PurePosixPath(path).suffix.lower() in TEXTS:
            form = Form.of(path)
            for piece in _records(body) if path in RECORDS else (body.removeprefix(_MARK),):
                found |= dict.fromkeys(self.detector.found_in(piece, form))
            found |= dict.fromkeys(self.carried(body))
        return tuple(found)

    def carried(self, text: bytes, *, is_page: bool = True) -> Iterator[Finding | Caveat]:
        """The same for what is written in Base64 in a text; in a page, only if it says so anywhere, to be fast."""
        if is_page and (_SIGN not in text.lower() or _SIGN not in (text := _DRAWN.sub(b"", text)).lower()):
            return
        from generator.render.privacy.attachments import mime

        for body in mime.carried(text):
            found = self.looked_through("", io.BytesIO(body))
            yield from (one for one in found if isinstance(one, Finding) or one.is_trace)

    def forbids(self, name: str) -> bool:
        """Whether a file that is sent must not be called so."""
        found = self.detector.found_in(name.encode())
        return any(one.kind not in WARNINGS and not self.scanner.allows(one) for one in found)

    def looked_through(self, path: str, file: IO[bytes]) -> tuple[Finding | Caveat, ...]:
        """The same for a file that somebody else made, and what of it could not be looked through. Raises OSError."""
        found = self._looked_through(path, file)
        if not any(isinstance(one, Caveat) for one in found):
            return found
        file.seek(0)
        hashed = hashlib.sha256()
        while piece := file.read(_TOGETHER):
            hashed.update(piece)
        digest = f"sha256:{hashed.hexdigest()}"
        return tuple(replace(one, digest=digest) if isinstance(one, Caveat) else one for one in found)

    def _looked_through(self, path: str, file: IO[bytes]) -> tuple[Finding | Caveat, ...]:
        found: dict[Finding | Caveat, None] = dict.fromkeys(self.detector.found(path))
        file.seek(0)
        is_uncleaned = _is_uncleaned(file.read(_START))
        if is_uncleaned:
            found[Caveat("", say("what a camera wrote into it cannot be removed"))] = None
        from generator.render.privacy.attachments import plain_text

        if (text := plain_text(file)) is not None:
            return tuple(found | dict.fromkeys(one for piece in pieces(text) for one in self.detector.found(piece)))
        from generator.render.privacy.attachments.reader import Reading

        reading = Reading(file)
        for one in reading.texts():
            if isinstance(one, Caveat):
                if is_uncleaned and one.is_trace:
                    continue
                found[self._without_secrets(one)] = None
                continue
            findings, effort = self.detector.found_and_effort(one)
            reading.spend(effort)
            found |= dict.fromkeys(one for one in findings if not reading.is_by_chance or one.kind in LONG)
        return tuple(found)

    def _without_secrets(self, caveat: Caveat) -> Caveat:
        """The same where the name of the part may be shown to everybody."""
        return replace(caveat, name="***") if self.detector.found(caveat.name) else caveat

    def problems(
        self, leaks: Iterable[Leak], files: Mapping[str, File], themes: Callable[[], Mapping[str, File]] = dict
    ) -> list[Problem]:
        """The leaks that are not allowed, as problems at their places in the sources, some of them as warnings.

        ``files`` are the site's text files, by path, and ``themes`` gives those of its own themes.
        """
        by_finding: dict[Finding, list[Leak]] = {}
        for leak in leaks:
            if not self.scanner.allows(leak.finding):
                by_finding.setdefault(leak.finding, []).append(leak)
        for finding in [one for one in by_finding if one.kind is Kind.IN_LINK]:
            if any(other.value == finding.value and other.kind is not Kind.IN_LINK for other in by_finding):
                del by_finding[finding]
        body_line = cache(partial(_body_line, files))
        return [
            self._problem(finding, place, is_text=0 < body_line(place[0]) <= place[1])
            for finding, places in self._places(by_finding, files, themes)
            for place in places
        ]

    def _places(
        self,
        by_finding: Mapping[Finding, Sequence[Leak]],
        files: Mapping[str, File],
        themes: Callable[[], Mapping[str, File]],
    ) -> Iterator[tuple[Finding, Iterable[Place]]]:
        if not by_finding:
            return
        own = themes()
        search = _SourceSearch(self, by_finding, {**files, **own})
        for leaks in by_finding.values():
            search.look_in(path for leak in leaks for path in (*leak.sources, leak.path))
        by_sources: dict[tuple[str, ...], dict[Finding, None]] = {}
        for finding, leaks in by_finding.items():
            for leak in leaks:
                by_sources.setdefault(leak.sources, {})[finding] = None
        # What is found in the source of one page need not be looked for in those of a page of many.
        for paths, findings in sorted(by_sources.items(), key=lambda item: len(item[0])):
            search.look_closely(findings, paths)
        # What a page's own sources do not say, the theme may.
        if strayed := [one for one, leaks in by_finding.items() if not search.is_held(one, leaks)]:
            search.look_in(own)
            search.look_closely(strayed, own)
        attached = {
            finding: dict.fromkeys(
                path
                for leak in leaks
                for path in (*leak.sources, *((leak.path,) if leak.path in own else ()))
                # The register holds the names of all, so no line of it is told.
                if path not in files or path == sources.PEOPLE
            )
            for finding, leaks in by_finding.items()
        }
        if missing := [one for one in by_finding if not search.found[one] and not attached[one]]:
            search.look_everywhere(missing)
        for finding, leaks in by_finding.items():
            told = {path for path, _, _ in search.found[finding]}
            whole = dict.fromkeys((path, 0, 0) for path in attached[finding] if path not in told)
            # Where it is made of two fields, its page's source is named; else only the published file can be.
            page = next((path for leak in leaks for path in leak.sources if path in files), leaks[0].path)
            yield finding, whole | search.found[finding] or [(page, 0, 0)]

    def _problem(self, finding: Finding, place: Place, *, is_text: bool) -> Problem:
        path, line, column = place
        message, hint = self._words(finding, is_text=is_text)
        is_file_name = not line and finding in self.scanner.found(path)
        if is_file_name:
            hint = say("rename the file")
        return Problem(
            path=path,
            line=line,
            column=column,
            message=message,
            hint=hint,
            is_warning=finding.kind in WARNINGS,
            is_private=True,
            is_file_name=is_file_name,
        )

    def _words(self, finding: Finding, *, is_text: bool) -> tuple[Message, Message]:
        if finding.kind is Kind.NAME:
            who = self.ids.get(finding.value, "")
            return (
                say('the private person "{person}" is named here, which must not be published', person=who),
                say(
                    "write {{person}}`{id}` for the pseudonym, or take the name out; where the words are no name, "
                    "write them, with more beside them, under privacy: allow: in {settings}",
                    id=who,
                    settings=sources.SETTINGS,
                )
                if is_text
                else say(
                    "write what may stand here instead, such as a pseudonym, or take the name out; where the words are "
                    "no name, write them, with more beside them, under privacy: allow: in {settings}",
                    settings=sources.SETTINGS,
                ),
            )
        if finding.kind is Kind.HARDSHIP:
            return (
                say('"{name}" looks like a personal name beside a word of hardship', name=finding.masked),
                say(
                    "add the person to content/people.yaml as private; if it may be published, "
                    "write it with the reason under privacy: allow: in {settings}",
                    settings=sources.SETTINGS,
                ),
            )
        return _fact(finding.kind, finding.masked), say(
            "take it out; if it may be published, write it with the reason under privacy: allow: in {settings}",
            settings=sources.SETTINGS,
        )


def _fact(kind: Kind, value: str) -> Message:
    """What a number or an address is said to be; ``value`` is masked."""
    return {
        Kind.IDENTITY: say("an identity card's number stands here: {value}", value=value),
        Kind.MOBILE: say("a mobile phone number stands here: {value}", value=value),
        Kind.CARD: say("a bank card's number stands here: {value}", value=value),
        Kind.EMAIL: say("an e-mail address stands here: {value}", value=value),
        Kind.IN_LINK: say("the link's address holds what may be a person's number: {value}", value=value),
        Kind.LANDLINE: say("a person's telephone number may stand here: {value}", value=value),
        Kind.WECHAT: say("a person's WeChat name may stand here: {value}", value=value),
        Kind.QQ: say("a person's QQ number may stand here: {value}", value=value),
        Kind.PLATE: say("a car's licence plate may stand here: {value}", value=value),
        Kind.HOME: say("the address of somebody's home may stand here: {value}", value=value),
        Kind.PASSPORT: say("a passport's number may stand here: {value}", value=value),
        Kind.SOCIAL: say("a number of social security may stand here: {value}", value=value),
        Kind.RELIEF: say("the number of a certificate of relief may stand here: {value}", value=value),
    }[kind]


class _SourceSearch:
    """Looks for all findings in the site's text files, each of which is read once."""

    def __init__(self, guard: Guard, findings: Iterable[Finding], files: Mapping[str, File]) -> None:
        self.found: dict[Finding, dict[Place, None]] = {finding: {} for finding in findings}
        """The places of each finding, without duplicates."""
        self._guard = guard
        self._places = guard.scanner.places_of(self.found)
        self._files = dict(files)
        self._texts: dict[str, str] = {}
        self._holders: dict[Finding, set[str]] = {finding: set() for finding in self.found}
        """The files that hold a finding."""
        self._seen_closely: set[tuple[Finding, str]] = set()

    def look_in(self, paths: Iterable[str]) -> None:
        """Looks for what these files, and their names, say in plain spelling or in Base64."""
        for path in paths:
            if path in self._files and path not in self._texts:
                for finding in self._guard.scanner.found(path):
                    if finding in self.found:
                        self._add(finding, path, ((0, 0),))
                for finding, positions in self._places.plain(self._text(path)).items():
                    self._add(finding, path, positions)
                self._look_into(path)

    def _look_into(self, path: str) -> None:
        """Looks for what is written in Base64, which has no place in the text."""
        for finding in self._guard.carried(self._text(path).encode(), is_page=False):
            if isinstance(finding, Finding) and finding in self.found:
                self._look_closely([finding], path)
                if path not in self._holders[finding]:
                    self._add(finding, path, ((0, 0),))

    def look_closely(self, findings: Iterable[Finding], paths: Collection[str]) -> None:
        """Looks for disguised findings in files some of which hold them, unless they are found there."""
        left = [finding for finding in findings if self._holders[finding].isdisjoint(paths)]
        for path in paths if left else ():
            if path in self._files:
                self._look_closely([one for one in left if (one, path) not in self._seen_closely], path)

    def is_held(self, finding: Finding, leaks: Iterable[Leak]) -> bool:
        """Whether one of the sources of each of these leaks is known to hold it."""
        return all(not self._holders[finding].isdisjoint(leak.sources) for leak in leaks)

    def look_everywhere(self, findings: Sequence[Finding]) -> None:
        """Looks for findings in all files."""
        self.look_in(self._files)
        missing = [one for one in findings if not self.found[one]]
        for path in self._files if missing else ():
            self._look_closely(missing, path)

    def _look_closely(self, findings: Sequence[Finding], path: str) -> None:
        self._seen_closely |= {(finding, path) for finding in findings}
        for finding, positions in (self._places.careful(self._text(path), findings) if findings else {}).items():
            self._add(finding, path, positions)

    def _add(self, finding: Finding, path: str, positions: Iterable[tuple[int, int]]) -> None:
        self._holders[finding].add(path)
        self.found[finding] |= dict.fromkeys((path, line, column) for line, column in positions)

    def _text(self, path: str) -> str:
        """The text of a file; empty for people.yaml and for what cannot be read."""
        if path not in self._texts:
            source = None if path == sources.PEOPLE else sources.read(path, self._files[path].path)[1]
            self._texts[path] = source.text if source else ""
        return self._texts[path]


def _body_line(files: Mapping[str, File], path: str) -> int:
    """The line on which the text below the front matter begins, where roles work; 0 in a file without such a text."""
    if not path.lower().endswith(sources.MARKDOWN) or path not in files:
        return 0
    source = sources.read(path, files[path].path)[1]
    try:
        return split(source)[2] if source else 0
    except BuildError:
        return 0


def _is_uncleaned(start: bytes) -> bool:
    """Whether a file that begins like this is a picture that is published with its metadata."""
    try:
        return kind_of(start) in BOXED
    except Fault:
        return False


def _records(body: bytes) -> Iterator[bytes]:
    """The lines of a file of records, in pieces of about ``_TOGETHER`` bytes."""
    start = 0
    while start < len(body):
        end = body.find(b"\n", start + _TOGETHER) + 1 or len(body)
        yield body[start:end]
        start = end


def _detected(rules: Rules) -> Rules:
    return Rules(names=rules.names, hardship=rules.hardship, allowed=phrases(rules))


def guard(content: Content, settings: Settings) -> Guard:
    """The guard of a site, with the names of its private persons and what its settings allow."""
    private = [person for person in content.people if person.role is PersonRole.PRIVATE]
    public = [person for person in content.people if person.role is not PersonRole.PRIVATE]
    named = (name for one in content.targets for name in (one.name, one.shown_name, *one.aliases))
    pseudonyms = (person.pseudonym for person in private if person.pseudonym)
    rules = Rules(
        names=tuple(name for person in private for name in _names(person)),
        known=(*(name for person in public for name in _names(person)), *pseudonyms, *named),
        allowed=tuple(item.value for item in settings.allowed),
        hardship=settings.hardship,
    )
    return Guard.of(rules, {name: person.id for person in private for name in _names(person)})


def _names(person: Person) -> tuple[str, ...]:
    return tuple(one for one in (person.name, *person.aliases) if one != WITHHELD)
