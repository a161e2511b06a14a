"""Ids of private persons that are the names in Latin letters, where a writer wrote them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.pinyin import NameReader, letters
from generator.model.content import Person, PersonRole


@frozen
class LatinNames:
    """Such ids. Any other id says nothing to a stranger."""

    ids: tuple[str, ...]

    @classmethod
    def of(cls, people: Iterable[Person]) -> LatinNames:
        """Those of these persons."""
        return cls(tuple(one.id for one in people if one.role is PersonRole.PRIVATE and _is_name(one)))

    def problems(self, path: str, text: str = "") -> Iterator[Problem]:
        """Each of them in a text as it goes into the bag, or in the name of its file."""
        for person in self.ids:
            word = re.compile(rf"(?<![a-z0-9]){re.escape(person)}(?![a-z0-9])", re.IGNORECASE)
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


def _is_name(person: Person) -> bool:
    typed = re.sub(r"[^a-z]", "", person.id.lower())
    readings = [NameReader({}).of(name) for name in (person.name, *person.aliases)]
    # The family name may stand last.
    return bool(typed) and any(
        typed == letters((*one[at:], *one[:at])) for one in readings for at in range(max(len(one), 1))
    )
