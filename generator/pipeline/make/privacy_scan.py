"""Private data in files that are about to be published, reported at the places in the sources where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Final, NamedTuple, Self

from generator.ground.errors import Problem
from generator.ground.file_stat import File
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model import urls
from generator.model.content import Content, Person, PersonRole
from generator.model.settings import Settings
from generator.read import sources
from generator.render.privacy import Finding, Kind, Rules, Scanner, Unread, phrases
from generator.render.privacy.pieces import pieces

RECORDS: Final = frozenset(map(urls.output_path, (urls.ENTRY_DATA, urls.TARGET_DATA, urls.REQUEST_DATA)))
"""Files with a record on each line: no name or number is continued from one line to the next."""
TEXTS: Final = frozenset((".html", ".xml", ".json", ".csv", ".txt", ".css", ".js", ".svg", ".webmanifest"))
"""The endings of the texts among the files that we make. All of them are in UTF-8."""
_MARK: Final = b"\xef\xbb\xbf"
_TOGETHER: Final = 1 << 20
"""Bytes of records that are scanned together: a scan takes many times the memory of its text."""


class Leak(NamedTuple):
    """Private data in a file that would be published."""

    path: str
    """The file, from the output folder."""
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
        found = dict.fromkeys(self.detector.found(path))
        if PurePosixPath(path).suffix in TEXTS:
            for piece in _records(body) if path in RECORDS else (body.removeprefix(_MARK),):
                found |= dict.fromkeys(self.detector.found(piece.decode(errors="replace")))
        return tuple(found)

    def looked_through(self, path: str, file: IO[bytes]) -> tuple[Finding | Unread, ...]:
        """The same for a file that somebody else made, and what of it could not be looked through. Raises OSError."""
        found: dict[Finding | Unread, None] = dict.fromkeys(self.detector.found(path))
        from generator.render.privacy.attachments import plain_text

        if (text := plain_text(file)) is not None:
            return tuple(found | dict.fromkeys(one for piece in pieces(text) for one in self.detector.found(piece)))
        from generator.render.privacy.attachments.reader import Reading

        reading = Reading(file)
        for one in reading.texts():
            if isinstance(one, Unread):
                found[self._without_secrets(one)] = None
                continue
            findings, effort = self.detector.found_and_effort(one)
            reading.spend(effort)
            found |= dict.fromkeys(findings)
        return tuple(found)

    def _without_secrets(self, unread: Unread) -> Unread:
        """The same where the name of the part may be shown to everybody."""
        return replace(unread, name="***") if self.detector.found(unread.name) else unread

    def problems(self, leaks: Iterable[Leak], files: Mapping[str, File]) -> list[Problem]:
        """The leaks that are not allowed, as problems at their places in the sources; hardship is a warning.

        ``files`` are the site's text files, by path.
        """
        by_finding: dict[Finding, list[Leak]] = {}
        for leak in leaks:
            if not self.scanner.allows(leak.finding):
                by_finding.setdefault(leak.finding, []).append(leak)
        read = _Sources(files)
        problems = []
        for finding, some in by_finding.items():
            attached = dict.fromkeys(one for leak in some for one in leak.sources if one not in files)
            own = dict.fromkeys(one for leak in some for one in leak.sources if one in files)
            places = list(self._places(finding, own, read))
            if not places and not attached:
                places = list(self._places(finding, files, read))
            # Where it is made of two fields, or comes from the theme, only the published file can be named.
            places = places or [] if attached else places or [(some[0].path, 0, 0)]
            problems += [self._problem(finding, (path, 0, 0)) for path in attached]
            problems += [self._problem(finding, place) for place in places]
        return problems

    def _places(self, finding: Finding, paths: Iterable[str], read: _Sources) -> Iterator[tuple[str, int, int]]:
        for path in paths:
            if finding in self.scanner.found(path):
                yield path, 0, 0
            text = "" if path == sources.PEOPLE else read.text(path)
            # Where no phrase around it is allowed, a value in plain spelling needs no careful search.
            plain = () if phrases(self.rules) else tuple(_plain(finding.value, text))
            yield from ((path, *place) for place in plain or self.scanner.places(finding, text))

    def _problem(self, finding: Finding, place: tuple[str, int, int]) -> Problem:
        path, line, column = place
        message, hint = self._words(finding, is_text=path.lower().endswith(sources.MARKDOWN))
        return Problem(
            path=path,
            line=line,
            column=column,
            message=message,
            hint=hint,
            is_warning=finding.kind is Kind.HARDSHIP,
            is_private=True,
        )

    def _words(self, finding: Finding, *, is_text: bool) -> tuple[Message, Message]:
        if finding.kind is Kind.NAME:
            who = self.ids.get(finding.value, "")
            return (
                say('the private person "{id}" is named here, which must not be published', id=who),
                say(
                    "write {{person}}`{id}` for the pseudonym, or take the name out; where the words are no name, "
                    "write them, with more beside them, under privacy: allow: in content/site.yaml",
                    id=who,
                )
                if is_text
                else say("take the name out"),
            )
        if finding.kind is Kind.HARDSHIP:
            return (
                say('"{name}" looks like a personal name beside a word of hardship', name=finding.masked),
                say(
                    "add the person to content/people.yaml as private; if it may be published, "
                    "write it with the reason under privacy: allow: in content/site.yaml"
                ),
            )
        fact = {
            Kind.IDENTITY: say("an identity card's number stands here: {value}", value=finding.masked),
            Kind.MOBILE: say("a mobile phone number stands here: {value}", value=finding.masked),
            Kind.CARD: say("a bank card's number stands here: {value}", value=finding.masked),
            Kind.EMAIL: say("an e-mail address stands here: {value}", value=finding.masked),
        }[finding.kind]
        return fact, say(
            "take it out; if it may be published, write it with the reason under privacy: allow: in content/site.yaml"
        )


class _Sources:
    """The site's text files, each read once."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self._files = files
        self._texts: dict[str, str] = {}

    def text(self, path: str) -> str:
        """The text of the file at ``path``; empty for one that is no text of the site, or that cannot be read."""
        if path not in self._texts:
            source = sources.read(path, self._files[path].path)[1] if path in self._files else None
            self._texts[path] = source.text if source else ""
        return self._texts[path]


def _records(body: bytes) -> Iterator[bytes]:
    """The lines of a file of records, in pieces of about ``_TOGETHER`` bytes."""
    start = 0
    while start < len(body):
        end = body.find(b"\n", start + _TOGETHER) + 1 or len(body)
        yield body[start:end]
        start = end


def _plain(value: str, text: str) -> Iterator[tuple[int, int]]:
    """The places of a value in plain spelling: line and column, from 1."""
    at = text.find(value)
    while at >= 0:
        yield text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        at = text.find(value, at + len(value))


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
    return (person.name, *person.aliases)
