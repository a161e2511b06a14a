"""Ids of private persons that are the names in Latin letters, where a writer wrote them by hand, or in attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import IO

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.pinyin import NameReader, letters
from generator.ground.pinyin import Reading as Syllables
from generator.model.content import Person, PersonRole
from generator.render.privacy.attachments.reader import Reading


@frozen
class LatinNames:
    """Such ids. Any other id says nothing to a stranger."""

    patterns: Mapping[str, re.Pattern[str]]
    """By id, what finds it in however its syllables are set apart: Zhang San, zhang-san."""

    @classmethod
    def of(cls, people: Iterable[Person]) -> LatinNames:
        """Those of these persons."""
        private = ((one.id, _syllables(one)) for one in people if one.role is PersonRole.PRIVATE)
        return cls({key: _pattern(key, syllables) for key, syllables in private if syllables})

    def problems(self, path: str, text: str = "") -> Iterator[Problem]:
        """Each of them in a text as it goes into the bag, or in the name of its file."""
        for person, word in self.patterns.items():
            lines = [number for number, line in enumerate(text.split("\n"), 1) if word.search(line)]
            for line in [0, *lines] if word.search(path) else lines:
                yield Problem(
                    path=path,
                    line=line,
                    message=say(
                        'the id of the private person "{person}" stands here, and it is the name in Latin letters',
                        person=person,
                    ),
                    hint=say("write another word here; in the roles of the bundle, the id is replaced"),
                    is_file_name=not line,
                )

    def in_file(self, path: str, file: IO[bytes]) -> Iterator[Problem]:
        """The same in a file that may be of any kind, each once. Raises OSError."""
        if not self.patterns:
            return
        found: dict[str, Problem] = {}
        for piece in Reading(file).texts():
            if isinstance(piece, str):
                for problem in self.problems("", piece):
                    found.setdefault(str(problem.message), replace(problem, path=path, line=0))
        yield from found.values()


def _pattern(key: str, syllables: Syllables) -> re.Pattern[str]:
    spaced = r"[\s._'’·-]{0,2}".join(map(re.escape, syllables))
    return re.compile(rf"(?<![a-z0-9])(?:{re.escape(key)}|{spaced})(?![a-z0-9])", re.IGNORECASE)


def _syllables(person: Person) -> Syllables:
    """The name in Latin letters in the order of the id, where the id is just that; else nothing."""
    typed = re.sub(r"[^a-z]", "", person.id.lower())
    for name in (person.name, *person.aliases):
        read = NameReader({}).of(name)
        # The family name may stand last.
        for at in range(len(read)):
            turned = (*read[at:], *read[:at])
            if typed == letters(turned):
                return tuple(one.rstrip("12345") for one in turned)
    return ()
