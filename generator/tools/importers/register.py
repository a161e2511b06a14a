"""Persons added to content/people.yaml: lines at the end of the list, every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import yaml

from generator.ground.errors import BuildError, Fault
from generator.ground.messages import say
from generator.model.content import Person, Source
from generator.read.decoding import decoded
from generator.read.sources import PEOPLE
from generator.site import records

_ITEM: Final = re.compile(r"^( *)- ", re.MULTILINE)


def with_persons(raw: bytes | None, people: Iterable[Person]) -> bytes | None:
    """The register with these persons; None where it has them all. Raises Fault where it is written in another way.

    ``raw`` is None where there is no register yet.
    """
    source = Source(PEOPLE, "") if raw is None else _source(raw)
    known = records.people(source).value if source.text.strip() else ()
    names = {name for one in known or () for name in (one.name, *one.aliases)}
    ids = {one.id for one in known or ()}
    new = [one for one in people if one.name not in names]
    if not new:
        return None
    text = source.text
    items = _ITEM.findall(text)
    indent = items[0] if items else "  "
    head = "" if items else "people:\n"
    ending = "" if not text or text.endswith("\n") else "\n"
    lines = []
    for person in new:
        number = next(n for n in range(1, len(ids) + 2) if f"p{n}" not in ids)
        ids.add(f"p{number}")
        lines.append(f"{indent}- {_written(person, f'p{number}')}\n")
    made = text + ending + head + "".join(lines)
    result = records.people(Source(PEOPLE, made)).value
    if (
        result is None
        or tuple(result[: len(known or ())]) != tuple(known or ())
        or len(result) != len(known or ()) + len(new)
    ):
        raise Fault(
            say("no person can be added to {path} as it is written", path=PEOPLE),
            say("write it as a list, one person a line: - {{id: p1, name: …, role: private}}"),
        )
    if raw is not None and b"\r\n" in raw:
        made = made.replace("\n", "\r\n")
    return made.encode()


def _source(raw: bytes) -> Source:
    try:
        return decoded(raw, PEOPLE)[0]
    except BuildError as error:
        raise Fault(error.problems[0].message, error.problems[0].hint) from None


def _written(person: Person, number: str) -> str:
    fields = {"id": number, "name": person.name, "role": str(person.role)}
    fields |= {"pseudonym": person.pseudonym} if person.pseudonym else {}
    written = yaml.safe_dump(fields, allow_unicode=True, width=10_000, default_flow_style=True, sort_keys=False)
    return str(written).strip()
