"""Reads what entries refer to: targets, policies, pages outside the diary, and people.yaml."""

from __future__ import annotations

from pathlib import PurePosixPath

from generator.ground.errors import BuildError, Checked, Problem
from generator.ground.messages import say
from generator.ground.text import is_windows_name, slug
from generator.model.content import Person, Policy, Source, StaticPage, Target
from generator.read.schema import PageFields, PeopleFields, PolicyFields, TargetFields
from generator.read.typed_fields import fields_of
from generator.read.yaml_comments import cut_texts
from generator.site.documents import Read, document


def target(source: Source) -> Read[Target]:
    """The service target that a file describes; its id is the file's name."""
    read = document(TargetFields, source)
    fields = read.fields
    if fields is None:
        return Read(None, read.problems, read.text)
    value = Target(
        id=PurePosixPath(source.path).stem,
        path=source.path,
        name=fields.name,
        kind=fields.kind,
        short_name=fields.short_name,
        aliases=fields.aliases,
        parent=fields.parent,
        place=fields.place,
        summary=fields.summary,
        closed=fields.closed,
        pinyin=fields.pinyin,
        extra=fields.extra,
        text=read.text,
    )
    return Read(value, (*_id_problems(source.path, value.id), *read.problems), read.text, read.prose)


def policy(source: Source) -> Read[Policy]:
    """The policy that a file describes; its id is the file's name."""
    read = document(PolicyFields, source)
    fields = read.fields
    if fields is None:
        return Read(None, read.problems, read.text)
    value = Policy(
        id=PurePosixPath(source.path).stem,
        path=source.path,
        title=fields.title,
        issuer=fields.issuer,
        level=fields.level,
        topic=fields.topic,
        number=fields.number,
        date=fields.date,
        files=fields.files,
        extra=fields.extra,
        text=read.text,
    )
    return Read(value, (*_id_problems(source.path, value.id), *read.problems), read.text, read.prose)


def page(source: Source) -> Read[StaticPage]:
    """A page outside the diary; its id is its path below content/pages/."""
    read = document(PageFields, source)
    fields = read.fields
    if fields is None:
        return Read(None, read.problems, read.text)
    below = PurePosixPath(source.path).relative_to("content/pages").with_suffix("")
    parts = below.parts[:-1] if below.name == "index" and len(below.parts) > 1 else below.parts
    value = StaticPage(
        id="/".join(parts),
        path=source.path,
        title=fields.title,
        summary=fields.summary,
        language=fields.language,
        aliases=fields.aliases,
        status=fields.status,
        extra=fields.extra,
        text=read.text,
    )
    faults = [problem for part in parts for problem in _id_problems(source.path, part)]
    return Read(value, (*faults, *read.problems), read.text, read.prose)


def people(source: Source) -> Checked[tuple[Person, ...]]:
    """The persons of people.yaml."""
    try:
        fields = fields_of(PeopleFields, source.text, source.path)
    except BuildError as error:
        return Checked(None, error.problems)
    persons = tuple(
        Person(
            id=person.id,
            name=person.name,
            role=person.role,
            title=person.title,
            pseudonym=person.pseudonym,
            aliases=person.aliases,
        )
        for person in fields.people
    )
    return Checked(persons, (*_twice(persons, source.path), *cut_texts(source.text, source.path)))


def _id_problems(path: str, name: str) -> tuple[Problem, ...]:
    """An id is part of URLs, so it may hold nothing that a URL would have to escape."""
    if name == slug(name) and not is_windows_name(name):
        return ()
    better = slug(name)
    hint = say("rename the file to {name}.md", name=better) if better and better != name else say("rename the file")
    return (
        Problem(
            path=path,
            message=say('"{name}" cannot be part of an address', name=name),
            hint=hint,
            is_file_name=True,
        ),
    )


def _twice(persons: tuple[Person, ...], path: str) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for number, person in enumerate(persons):
        if person.id in seen:
            message = say('the id "{id}" is used twice', id=person.id)
            hint = say("give each person an id of their own")
            problems.append(Problem(path=path, field=("people", number, "id"), message=message, hint=hint))
        seen.add(person.id)
    return problems
