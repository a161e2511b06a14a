"""What must not be published, found in what would be: told at the places in the sources where it stands."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath
from typing import Final, NamedTuple, Self

from generator.ground.errors import Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.stamps import File
from generator.ground.words import Message, say
from generator.model.content import Content, Person, PersonRole
from generator.model.settings import Settings
from generator.read import sources
from generator.render.privacy import Finding, Kind, Rules, Scanner

_TEXTS: Final = frozenset(
    (".html", ".htm", ".xml", ".json", ".csv", ".txt", ".css", ".js", ".svg", ".md", ".webmanifest")
)
_DOCUMENTS: Final = frozenset((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".ofd", ".zip"))
"""What is text in XML, in a zip."""
_LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a part of a document that are looked through."""
_TAG = re.compile("<[^>]*>")


class Leak(NamedTuple):
    """Private data in a file that would be published."""

    path: str
    """The file, from the output folder."""
    sources: tuple[str, ...]
    """The files that it surely comes from; none for a list of many."""
    finding: Finding


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks through everything that is about to be published."""

    rules: Rules
    scanner: Scanner
    ids: Mapping[str, str]
    """By a private person's name, the person's id."""

    @classmethod
    def of(cls, rules: Rules, ids: Mapping[str, str]) -> Self:
        """The guard of a site with these rules."""
        return cls(rules, Scanner(rules), ids)

    @property
    def mark(self) -> bytes:
        """The fingerprint of the rules: what passed them need not be looked at again."""
        return fingerprint(repr(self.rules).encode())

    def found(self, path: str, body: bytes) -> tuple[Finding, ...]:
        """The private data in a file, its name included."""
        found = dict.fromkeys(self.scanner.found(path))
        for text in _texts(path, body):
            found |= dict.fromkeys(self.scanner.found(text))
        return tuple(found)

    def problems(self, leaks: Iterable[Leak], texts: Mapping[str, File]) -> list[Problem]:
        """The leaks at their places in the sources; those of hardship are warnings.

        ``texts`` are the site's text files, by path.
        """
        by_finding: dict[Finding, list[Leak]] = {}
        for leak in leaks:
            by_finding.setdefault(leak.finding, []).append(leak)
        told = []
        for finding, some in by_finding.items():
            own = dict.fromkeys(source for leak in some for source in leak.sources)
            places = list(self._places(finding, own, texts)) or list(self._places(finding, texts, texts))
            # Made of two fields, or in the theme: then only the published file can be named.
            told += [self._told(finding, place) for place in places or [(some[0].path, 0, 0)]]
        return told

    def _places(
        self, finding: Finding, paths: Iterable[str], texts: Mapping[str, File]
    ) -> Iterator[tuple[str, int, int]]:
        for path in paths:
            if finding in self.scanner.found(path):
                yield path, 0, 0
            if path not in texts or path == sources.PEOPLE:
                continue
            _, source, _ = sources.read(path, texts[path].place)
            for line, column in self.scanner.places(finding, source.text) if source else ():
                yield path, line, column

    def _told(self, finding: Finding, place: tuple[str, int, int]) -> Problem:
        path, line, column = place
        message, hint = self._words(finding)
        is_warning = finding.kind is Kind.HARDSHIP
        return Problem(path=path, line=line, column=column, message=message, hint=hint, is_warning=is_warning)

    def _words(self, finding: Finding) -> tuple[Message, Message]:
        if finding.kind is Kind.NAME:
            who = self.ids.get(finding.value, "")
            return (
                say('the private person "{id}" is named here, which must not be published', id=who),
                say("write {{person}}`{id}` for the pseudonym, or take the name out", id=who),
            )
        if finding.kind is Kind.HARDSHIP:
            return (
                say('"{name}" looks like a personal name beside a word of hardship', name=finding.masked),
                say(
                    "add the person to content/people.yaml as private; if the name may be published, "
                    'write under privacy: allow: in content/site.yaml {{value: "{mark}", reason: …}}',
                    mark=finding.mark,
                ),
            )
        fact = {
            Kind.IDENTITY: say("an identity card's number stands here: {value}", value=finding.masked),
            Kind.MOBILE: say("a mobile phone number stands here: {value}", value=finding.masked),
            Kind.CARD: say("a bank card's number stands here: {value}", value=finding.masked),
            Kind.EMAIL: say("an e-mail address stands here: {value}", value=finding.masked),
        }[finding.kind]
        return fact, say(
            "take it out; if it may be published, "
            'write under privacy: allow: in content/site.yaml {{value: "{mark}", reason: …}}',
            mark=finding.mark,
        )


def guard(content: Content, settings: Settings) -> Guard:
    """The guard of a site: it keeps back the names of private persons, and all numbers that nobody allows."""
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


def _texts(path: str, body: bytes) -> Iterator[str]:
    """What of a file is text: all of a text file, the parts of a document that office programs write."""
    ending = PurePosixPath(path).suffix.lower()
    if ending in _TEXTS:
        yield _decoded(body)
    elif ending in _DOCUMENTS:
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as parts:
                for part in parts.infolist():
                    yield part.filename
                    if part.filename.lower().endswith((".xml", ".xhtml", ".html", ".txt", ".rels")):
                        text = _decoded(parts.open(part).read(_LARGEST))
                        # Office programs cut words into runs anywhere, so what stands between tags is joined.
                        yield unescape(_TAG.sub("", text.replace("</w:p>", "\n").replace("</a:p>", "\n")))
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
            # Encrypted or broken: nobody reads it without its key either.
            return


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")
