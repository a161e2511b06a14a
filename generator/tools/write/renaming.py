"""New names: for a thing where it is written down, and in all files that call it by the old one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.model import urls
from generator.model.content import Entry, Person, Policy, StaticPage, Target
from generator.read.schema import SCHEMAS
from generator.read.yaml_tree import Tree
from generator.tools.faulty_drafts import is_draft
from generator.tools.fix.parsed_file import parsed_file
from generator.tools.importers.persons import stand_ins, without_names
from generator.tools.write.kinds import kind_of
from generator.tools.write.role_keys import can_be_key, with_key
from generator.tools.write.text_file import TextFile
from generator.tools.write.uses import EACH, KEY, NAMED, Place, Sort, words


def moved(file: TextFile, path: str, people: Iterable[Person]) -> TextFile:
    """The file as it is to stand at another path: one that may be published keeps the address of its page."""
    raw = file.raw()
    old, new = url_of(file.path, raw), url_of(path, raw)
    has_drafts = "status" in SCHEMAS[kind_of(file.path)].model_fields
    if old is None or old == new or not has_drafts or is_draft(file.fields.get("status")):
        return file
    if without_names(old, stand_ins(people)) != old:
        # Such an address was never published, and must not be.
        return file
    given = file.fields.get("aliases")
    known = given if isinstance(given, list) else [given] if given else []
    return file.with_fields({"aliases": [one for one in (*known, old) if one != new]})


def url_of(path: str, raw: bytes) -> str | None:
    """Where the page of a file is; None where it has none."""
    value: Tree | Entry | Target | Policy | StaticPage = parsed_file(path, raw).value
    match value:
        case Entry():
            return urls.entry(value.span.start, value.slug)
        case Target():
            return urls.target(value.id)
        case Policy():
            return urls.policy(value.id)
        case StaticPage():
            return urls.page(value.id)
        case _:
            return urls.HOME if kind_of(path) == "site" else None


def renamed(file: TextFile, sort: Sort, old: str, new: str) -> TextFile:
    """A file that uses something, which it calls by its new name. Raises Fault."""
    file = _in_text(file, sort, old, new)
    if sort == NAMED["kinds"].sort:
        # A kind may be called by many words, which all meant the same.
        return file.with_fields({"kind": new})
    return _swapped(file, sort.places, old, new)


def renamed_row(file: TextFile, field: str, old: str, new: str) -> TextFile:
    """The file in which something has its name, with the other name. Raises Fault for a name that is none."""
    named = NAMED[field]
    if old not in words(file.fields, named.place):
        raise Fault(say("what was sent cannot be read"), say("load the page again"))
    if not can_be_key(new):
        raise Fault(say('"{name}" cannot be the new name', name=new), say("choose another name"))
    return _in_text(_swapped(file, (named.place,), old, new), named.sort, old, new)


def _in_text(file: TextFile, sort: Sort, old: str, new: str) -> TextFile:
    source = file.source if sort.role is None else with_key(file.source, sort.role, old, new)
    return file if source == file.source else file.with_source(source)


def _swapped(file: TextFile, places: Sequence[Place], old: str, new: str) -> TextFile:
    fields = dict(file.fields)
    for name, *path in places:
        if name in fields:
            fields[name] = _with_name(fields[name], path, old, new)
    return file.with_fields({name: value for name, value in fields.items() if value != file.fields[name]})


def _with_name(value: Tree, path: Sequence[str], old: str, new: str) -> Tree:
    """A value with a new name at a place in it."""
    match path, value:
        case ([], str()):
            return new if value == old else value
        case ([], list()):
            return [new if one == old else one for one in value]
        case ([first], dict()) if first == KEY:
            return {new if key == old else key: one for key, one in value.items()}
        case ([first, *rest], list()) if first == EACH:
            return [_with_name(one, rest, old, new) for one in value]
        case ([first, *rest], dict()):
            return {key: _with_name(one, rest, old, new) if first in (EACH, key) else one for key, one in value.items()}
        case _:
            return value
