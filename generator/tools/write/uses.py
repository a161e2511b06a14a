"""Which files use a thing of the site, so that nobody takes it away unawares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from generator.model.settings import Settings, kind_named
from generator.tools.write.content_index import ContentIndex, Fact, names_of
from generator.tools.write.file_names import naming

_ROLES: Final = {"people": "person", "counters": "count", "requests": "request", "targets": "target"}
"""By the field in which a thing is written down, the role that stands for it in texts."""


def users_of_file(index: ContentIndex, facts: list[Fact], path: str, url: str | None) -> list[Fact]:
    """The files that name the one at a path, call it by a name, or go on with a request that it raises."""
    own = next((fact for fact in facts if fact.path == path), None)
    patterns = [naming(path, url)]
    names: set[str] = set()
    requests: list[str] = []
    if own is not None and own.kind == "target":
        names = {own.title, *names_of(own)}
        patterns += [_role("targets", name) for name in names]
    elif own is not None:
        requests = [str(one["id"]) for one in _requests(own) if one.get("id") and one.get("title")]
        patterns += [_role("requests", key) for key in requests]

    def uses(fact: Fact) -> bool:
        if names.intersection([fact.text("targets"), *fact.texts("targets"), fact.text("parent")]):
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
            case "counters":
                counts = fact.fields.get("counts")
                is_in_fields = isinstance(counts, dict) and key in counts
            case "people":
                named = (one.get(name) for one in _requests(fact) for name in ("person", "helped_by"))
                is_in_fields = key in fact.texts("authors") or any(
                    key in (one if isinstance(one, list) else [one]) for one in named
                )
            case "kinds":
                is_in_fields = fact.kind == "target" and kind_named(fact.text("kind"), settings.kinds) == key
            case _:
                is_in_fields = field == "requests" and any(one.get("id") == key for one in _requests(fact))
        return is_in_fields or (role is not None and index.names(fact, role))

    return [fact for fact in facts if uses(fact)]


def _role(field: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"\{{{_ROLES[field]}\}}`{re.escape(key)}(?: [^`]*)?`")


def _requests(fact: Fact) -> Iterator[dict[str, object]]:
    requests = fact.fields.get("requests")
    for one in requests if isinstance(requests, list) else ():
        if isinstance(one, dict):
            yield dict(one)
