"""Resolves roles in a text: which target, request, figure or person each one names, and how it is written."""

from __future__ import annotations

from generator.ground.dates import Day
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model import urls
from generator.model.components import Resolved
from generator.model.content import (
    Entry,
    Person,
    PersonRole,
    Policy,
    RequestStatus,
    StaticPage,
    Target,
)
from generator.model.prose import RoleHole
from generator.read.sources import PEOPLE
from generator.site.counters import about
from generator.site.site import Site
from generator.site.suggestions import nearest

ABOUT = "about"
"""Behind the name of a counter, asks for the figure rounded down."""


@frozen
class TextContext:
    """The language and the day of the text that a role occurs in."""

    language: str
    day: Day | None
    """The last day of the entry; None outside entries, where figures are as of the newest entry."""


def context_of(one: Entry | Target | StaticPage | Policy | None, site: Site) -> TextContext:
    """The context of a record's text; ``one`` is None for a file whose fields are faulty."""
    own = one.language if isinstance(one, Entry | StaticPage) else None
    return TextContext(own or site.settings.language, one.span.end if isinstance(one, Entry) else None)


def resolved(role: RoleHole, context: TextContext, site: Site) -> Resolved:
    """The page that a role leads to and the name to write. Raises Fault if the role names nothing that exists."""
    match role.role:
        case "request":
            return _request(role.key, site)
        case "count":
            return _count(role.key, context, site)
        case "person":
            return _person(role, context, site)
        case _:
            return _target(role.key, site)


def _target(key: str, site: Site) -> Resolved:
    found = site.target_names.id_of(key)
    target = site.targets.get(found or "")
    if target is not None:
        return Resolved(urls.target(target.id), name=target.shown_name)
    if found is None and (fault := site.target_names.fault(key)):
        raise fault
    return Resolved("")


def _request(key: str, site: Site) -> Resolved:
    request = site.requests.get(key)
    if request is not None:
        return Resolved(urls.request(request.id), name=request.title)
    if site.unread.within("entries"):
        return Resolved("")
    for entry in site.content.entries:
        if any(note.id == key and note.status is RequestStatus.RAISED for note in entry.requests):
            raise Fault(
                say('the request "{id}" is raised in {path}, which is not published', id=key, path=entry.path),
                say("publish that entry too, or take the request out of this one"),
            )
        if any(note.id == key for note in entry.withdrawn_requests):
            raise Fault(
                say('the request "{id}" is raised in {path}, which is withdrawn', id=key, path=entry.path),
                say("take the request out of this text"),
            )
    raise Fault(
        say('there is no request "{id}"', id=key),
        nearest(key, {one.id: (one.title,) for one in site.requests.values()})
        or say("raise it in an entry first, with status: raised and a title:"),
    )


def _count(key: str, context: TextContext, site: Site) -> Resolved:
    """A figure as of the entry's day: exact, or rounded as in a newspaper with ``about`` behind the counter."""
    counters = site.settings.counters
    # A counter's own name may have a space in it.
    name, _, manner = (key, "", "") if key in counters else key.rpartition(" ")
    name, manner = (name, manner) if name else (manner, "")
    if name not in counters and "counters" in site.unread.settings:
        return Resolved("")
    if name not in counters:
        raise Fault(
            say('there is no counter "{key}"', key=name),
            nearest(name, {one: (counter.label,) for one, counter in counters.items()})
            or say("declare it in content/site.yaml under counters:"),
        )
    if manner not in ("", ABOUT):
        raise Fault(
            say('a figure cannot be written as "{manner}"', manner=manner),
            say("write about behind the counter for a round figure, or nothing for the exact one"),
        )
    number = site.counters.until(name, context.day)
    written = about(number, context.language) if manner else str(number)
    return Resolved(urls.counter(name) if site.counters.whole[name].entries else "", name=written)


def _person(role: RoleHole, context: TextContext, site: Site) -> Resolved:
    """A person's public name: name and title, or a private person's pseudonym. People have no pages to link to."""
    person = site.people.get(role.key)
    if person is None and PEOPLE in site.unread.paths:
        return Resolved("")
    if person is None:
        raise Fault(say('there is no person "{id}"', id=role.key), _nearest_person(role.key, site))
    name = shown_name(person, context.language)
    if role.text or name:
        return Resolved("", name=name)
    raise Fault(
        say('the private person "{person}" has no pseudonym, and the name itself is never printed', person=role.key),
        say("write a line pseudonym: for that person in content/people.yaml"),
    )


def shown_name(person: Person, language: str) -> str:
    """Name and title of an official or a representative; a private person's pseudonym, empty if there is none."""
    if person.role is PersonRole.PRIVATE:
        return person.pseudonym or ""
    if language.startswith("zh"):
        return f"{person.title or ''}{person.name}"
    return f"{person.name}, {person.title}" if person.title else person.name


def _nearest_person(key: str, site: Site) -> Message:
    # Only ids are compared and shown: messages may be public, private names must not be.
    return nearest(key, dict.fromkeys(site.people, ())) or say("add that person to content/people.yaml, with this id")
