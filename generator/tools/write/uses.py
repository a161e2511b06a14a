"""Which files use a thing of the site, so that nobody takes it away unawares; a new name for it in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.model.settings import Settings, kind_named
from generator.read.yaml_tree import Tree
from generator.tools.write.content_index import ContentIndex, Fact, names_of
from generator.tools.write.file_names import naming
from generator.tools.write.text_file import TextFile

_ROLES: Final = {
    "people": "person", "counters": "count", "requests": "request", "name": "target", "short_name": "target",
}  # fmt: skip
"""By the field in which a thing is written down, the role that stands for it in texts."""
_EACH, _KEY = "each", "key"
_TARGETS: Final = (("targets",), ("parent",), ("requests", _EACH, "target"), ("counts", _EACH, _KEY))
_PLACES: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "counters": (("counts", _KEY),),
    "people": (("authors",), ("requests", _EACH, "person"), ("requests", _EACH, "helped_by")),
    "kinds": (("kind",),),
    "requests": (("requests", _EACH, "id"),),
    "name": _TARGETS,
    "short_name": _TARGETS,
}
"""Where in the fields of a file a thing is named: by a text or a list of texts, or as a key."""


def users_of_file(index: ContentIndex, facts: list[Fact], path: str, url: str | None) -> list[Fact]:
    """The files that name the one at a path, call it by a name, or go on with a request that it raises."""
    own = next((fact for fact in facts if fact.path == path), None)
    patterns = [naming(path, url)]
    names: set[str] = set()
    requests: list[str] = []
    if own is not None and own.kind == "target":
        names = {own.title, *names_of(own)}
        patterns += [_role("name", name) for name in names]
    elif own is not None:
        requests = [str(one["id"]) for one in _requests(own) if one.get("id") and one.get("title")]
        patterns += [_role("requests", key) for key in requests]

    def uses(fact: Fact) -> bool:
        if any(_calls(fact, name) for name in names):
            return True
        if any(one.get("id") in requests for one in _requests(fact)):
            return True
        return any(index.names(fact, pattern) for pattern in patterns)

    return [fact for fact in facts if fact.path != path and uses(fact)]


def users_of_row(index: ContentIndex, facts: Iterable[Fact], field: str, key: str, settings: Settings) -> list[Fact]:
    """The files that use a person, a counter, a kind or a request, which is written down in a row of a field."""
    role = _role(field, key) if field in _ROLES else None

    def uses(fact: Fact) -> bool:
        match field:
            case "kinds":
                is_in_fields = fact.kind == "target" and kind_named(fact.text("kind"), settings.kinds) == key
            case _:
                is_in_fields = _swapped(fact.fields, field, key, "") != {}
        return is_in_fields or (role is not None and index.names(fact, role))

    return [fact for fact in facts if uses(fact)]


def renamed(file: TextFile, field: str, old: str, new: str) -> TextFile:
    """A file that uses a person, a counter, a kind or a target, which it calls by a new name. Raises Fault."""
    file = file.with_fields(_swapped(file.fields, field, old, new))
    if field not in _ROLES:
        return file
    source = _role(field, old).sub(lambda _: new, file.source)
    return file if source == file.source else file.with_source(source)


def renamed_row(file: TextFile, field: str, old: str, new: str) -> TextFile:
    """The file in which such a thing is written down, in a row of a field or as its name, with the other name.

    Raises Fault for a name that is none, or another's.
    """
    value = file.fields.get(field) if field in _PLACES else None
    if value is None:
        raise Fault(say("what was sent cannot be read"), say("load the page again"))
    taken = value if isinstance(value, dict) else {one.get("id"): one for one in value if isinstance(one, dict)}
    if not new or new in taken or "`" in new:
        raise Fault(say('"{name}" cannot be the new name', name=new), say("choose another name"))
    if isinstance(value, dict):
        return file.with_fields({field: {new if key == old else key: item for key, item in value.items()}})
    if isinstance(value, list):
        rows = [one | {"id": new} if isinstance(one, dict) and one.get("id") == old else one for one in value]
        return file.with_fields({field: rows})
    return file.with_fields({field: new})


def _swapped(fields: Mapping[str, Tree], field: str, old: str, new: str) -> dict[str, Tree]:
    """The fields of a file that use a thing, with its new name in them."""
    swapped: dict[str, Tree] = {}
    for name, *path in _PLACES.get(field, ()):
        value = swapped.get(name, fields.get(name))
        if (found := _with_name(value, path, old, new)) != value:
            swapped[name] = found
    return swapped


def _with_name(value: Tree, path: Sequence[str], old: str, new: str) -> Tree:
    """A value with a new name at a place in it."""
    match path, value:
        case ([], str()):
            return new if value == old else value
        case ([], list()):
            return [new if one == old else one for one in value]
        case ([first], dict()) if first == _KEY:
            return {new if key == old else key: one for key, one in value.items()}
        case ([first, *rest], list()) if first == _EACH:
            return [_with_name(one, rest, old, new) for one in value]
        case ([first, *rest], dict()):
            return {
                key: _with_name(one, rest, old, new) if first in (_EACH, key) else one for key, one in value.items()
            }
        case _:
            return value


def _calls(fact: Fact, name: str) -> bool:
    """Whether the fields of a file call a target by a name."""
    return _swapped(fact.fields, "name", name, "") != {}


def _role(field: str, key: str) -> re.Pattern[str]:
    """A thing in a text, without what stands around its key."""
    return re.compile(rf"(?<=\{{{_ROLES[field]}\}}`){re.escape(key)}(?=(?: [^`]*)?`)")


def _requests(fact: Fact) -> Iterator[dict[str, object]]:
    requests = fact.fields.get("requests")
    for one in requests if isinstance(requests, list) else ():
        if isinstance(one, dict):
            yield dict(one)
