"""Persons whom entries name: authors, helpers and whoever is responsible for a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from generator.ground.errors import Problem
from generator.ground.messages import say
from generator.ground.patterns import deferred
from generator.model.content import Entry, Person, PersonRole, RequestNote
from generator.site.requests import people_called
from generator.site.suggestions import nearest, respelt

_ID: Final = deferred("[a-zA-Z0-9_-]+")
"""What is written like an id, and hardly like a name."""


def author_problems(entry: Entry, people: Mapping[str, Person]) -> Iterator[Problem]:
    """Authors who may not be named, and words that are surely meant for an id: they would stand on the page."""
    for number, author in enumerate(entry.authors):
        person = people.get(author)
        if person is not None and person.role is PersonRole.PRIVATE:
            yield Problem(
                path=entry.path,
                field=("authors", number),
                message=say('"{id}" is a private person, who is never named as author', id=author),
                hint=say("write the id of an official or a representative, or what may stand there, such as 一位村民"),
            )
        elif person is None and _ID.fullmatch(author) and (hint := nearest(author, dict.fromkeys(people, ()))):
            yield Problem(
                path=entry.path,
                field=("authors", number),
                message=say('"{id}" is printed as it stands: nobody in content/people.yaml has this id', id=author),
                hint=hint,
                repair=respelt(author, people),
                is_warning=True,
            )


def request_person_problems(
    path: str, number: int, request: RequestNote, people: Mapping[str, Person]
) -> Iterator[Problem]:
    """Helpers who have no name to print, and somebody responsible who is unknown or private."""
    for place, name in enumerate(request.helped_by):
        helper = people.get(name)
        if helper is not None and helper.role is PersonRole.PRIVATE and not helper.pseudonym:
            yield Problem(
                path=path,
                field=("requests", number, "helped_by", place),
                message=say(
                    'the private person "{person}" has no pseudonym, and the name itself is never printed', person=name
                ),
                hint=say("write a line pseudonym: for that person in content/people.yaml"),
            )
    if request.person is None:
        return
    field = ("requests", number, "person")
    found = people_called(people, request.person)
    if len(found) > 1:
        yield Problem(
            path=path,
            field=field,
            message=say("several persons in content/people.yaml have this name"),
            hint=say("write one of {choices}", choices=", ".join(one.id for one in found)),
        )
    elif not found:
        # Only ids are compared and shown: what is written here may be a name.
        ids = dict.fromkeys(people, ())
        yield Problem(
            path=path,
            field=field,
            message=say("whoever is responsible has to be in content/people.yaml"),
            hint=nearest(request.person, ids)
            or say("add that person to content/people.yaml and write the id or the name here"),
            repair=respelt(request.person, people),
        )
    elif found[0].role is PersonRole.PRIVATE:
        yield Problem(
            path=path,
            field=field,
            message=say('"{person}" is a private person, who is never named as responsible', person=found[0].id),
            hint=say("write the id of an official or a representative, or name the office: handler:"),
        )
