"""Which files use a thing of the site, so that nobody takes it away unawares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from generator.ground.frozen import frozen
from generator.model.settings import Settings, kind_named
from generator.read.yaml_tree import Tree
from generator.tools.write.content_index import ContentIndex, Fact
from generator.tools.write.file_names import naming
from generator.tools.write.role_keys import names_any

EACH, KEY = "each", "key"
Place = tuple[str, ...]


@frozen
class Sort:
    """How files call things of one sort: at places in their fields, and by a role in their texts."""

    places: tuple[Place, ...]
    """Each leads to a text, to a list of texts, or to the keys of a mapping."""
    role: str | None = None


@frozen
class Named:
    """Where things are given a name."""

    kind: str
    """Of the files in which they are."""
    place: Place
    sort: Sort
    same: tuple[str, ...] = ()
    """Further names in whose place such a name may stand, by the fields in which they are given."""


_TARGETS: Final = Sort((("targets",), ("parent",), ("requests", EACH, "target"), ("counts", EACH, KEY)), "target")
_POLICIES: Final = Sort((("policies",),))
_PEOPLE: Final = Sort((("authors",), ("requests", EACH, "person"), ("requests", EACH, "helped_by")), "person")
_RESPONSIBLE: Final = Sort((("requests", EACH, "person"),))
_NAMES: Final = ("name", "short_name", "aliases")
_PERSONS: Final = ("people", "people.name", "people.aliases")
NAMED: Final[Mapping[str, Named]] = {
    **{field: Named("target", (field,), _TARGETS, _NAMES) for field in _NAMES},
    "people": Named("people", ("people", EACH, "id"), _PEOPLE),
    "people.name": Named("people", ("people", EACH, "name"), _RESPONSIBLE, _PERSONS),
    "people.aliases": Named("people", ("people", EACH, "aliases"), _RESPONSIBLE, _PERSONS),
    "counters": Named("site", ("counters", KEY), Sort((("counts", KEY),), "count")),
    "kinds": Named("site", ("kinds", KEY), Sort((("kind",),))),
    "kinds.name": Named("site", ("kinds", EACH), Sort((("kind",),))),
    "requests": Named("entry", ("requests", EACH, "id"), Sort((("requests", EACH, "id"),), "request")),
}
"""By the fields in which they are given; ids of files are none of them."""
SORT_OF_FILE: Final[Mapping[str, Sort]] = {"target": _TARGETS, "policy": _POLICIES}


@frozen
class Uses:
    """What the files of a site call its things."""

    index: ContentIndex
    facts: Sequence[Fact]
    settings: Settings

    def of_file(self, path: str, url: str | None) -> list[Fact]:
        """The files that name the one at a path, call it by a name, or go on with a request that it raises."""
        own = next((fact for fact in self.facts if fact.path == path), None)
        found = [*self.of_address(path, url)]
        if own is None:
            return found
        if own.kind in SORT_OF_FILE:
            found += self._calling(
                {*self._names(own)} - self.names_of_others(own.kind, path), SORT_OF_FILE[own.kind], path
            )
        raised = {str(one["id"]) for one in _rows(own, "requests") if one.get("id") and one.get("title")}
        found += self._calling(raised, NAMED["requests"].sort, path)
        return self._in_order(fact for fact in found if fact.path != path)

    def of_address(self, path: str, url: str | None) -> list[Fact]:
        """The other files that name the one at a path by its file's name, or by the address of its page."""
        named = naming(path, url)
        return [fact for fact in self.facts if fact.path != path and self.index.names(fact, named)]

    def of_id(self, path: str) -> list[Fact]:
        """The files that would not find a target or a policy if its file had another name, its own among them."""
        own = next((fact for fact in self.facts if fact.path == path), None)
        sort, stem = SORT_OF_FILE.get(own.kind if own else ""), PurePosixPath(path).stem
        if own is None or sort is None or stem in [*self._names(own)][1:]:
            return []
        return self._calling({stem}, sort, path)

    def of_row(self, path: str, field: str, row: str) -> list[Fact]:
        """The files that use what is written down in a row of a field, whatever they call it there."""
        if field == "kinds":
            return self._of_kinds(lambda word: self._kind(word) == row)
        found = self._calling({row}, NAMED[field].sort, path)
        for one in (one for fact in self.facts if field == "people" for one in _rows(fact, field)):
            if one.get("id") == row:
                names = {*words(one, ("name",)), *words(one, ("aliases",))}
                mine = {name for name in names if self._times(_PERSONS, name) == 1}
                found += self._calling(mine, _RESPONSIBLE, path)
        return self._in_order(found)

    def of_name(self, path: str, field: str, name: str) -> list[Fact]:
        """The files that would not find what has a name, if it had that no longer."""
        known = NAMED[field]
        if known.kind == "site" and field != "counters":
            return self._of_kinds(lambda word: self._is_cut_off(word, field, name))
        is_called_so_elsewhere = self._times(known.same, name) > 1
        return [] if is_called_so_elsewhere else self._calling({name}, known.sort, path)

    def is_taken(self, path: str, field: str, old: str, new: str) -> bool:
        """Whether another thing is called so already: it would be mistaken for this one."""
        known = NAMED[field]
        if known.kind == "site" and field != "counters":
            return new in self.settings.kinds or self._kind(new) not in (None, self._kind(old))
        if known.kind == "target":
            return new in self.names_of_others(known.kind, path)
        return self._times(_PERSONS if known.kind == "people" else (field,), new) > 0

    def names_of_others(self, kind: str, path: str = "") -> set[str]:
        """The ids and names of all files of a kind, but for the one at a path."""
        others = (fact for fact in self.facts if fact.kind == kind and fact.path != path)
        return {name for fact in others for name in self._names(fact)}

    def _times(self, fields: Collection[str], name: str) -> int:
        """How often a name is given in these fields; ids of targets are names, too."""
        given = Counter(
            word
            for fact in self.facts
            for field in fields
            if NAMED[field].kind == fact.kind
            for word in words(fact.fields, NAMED[field].place)
        )
        ids = [PurePosixPath(fact.path).stem for fact in self.facts if fact.kind == "target" and "name" in fields]
        return given[name] + ids.count(name)

    def _names(self, fact: Fact) -> Iterator[str]:
        """The id of a target or a policy, and the names of a target."""
        yield PurePosixPath(fact.path).stem
        if fact.kind == "target":
            yield from (word for field in _NAMES for word in words(fact.fields, (field,)))

    def _calling(self, names: Collection[str], sort: Sort, path: str) -> list[Fact]:
        """The files that call something by one of these names; that in which the name is given only in its text."""

        def calls(fact: Fact) -> bool:
            is_own = fact.path == path
            if not is_own and any(word in names for place in sort.places for word in words(fact.fields, place)):
                return True
            return sort.role is not None and names_any(self.index.text(fact), sort.role, names)

        return [fact for fact in self.facts if calls(fact)] if names else []

    def _of_kinds(self, is_meant: Callable[[str], bool]) -> list[Fact]:
        return [fact for fact in self.facts if fact.kind == "target" and is_meant(fact.text("kind"))]

    def _kind(self, word: str) -> str | None:
        return kind_named(word, self.settings.kinds)

    def _is_cut_off(self, word: str, field: str, name: str) -> bool:
        """Whether a word for a kind means nothing any more once the kind is not called so."""
        kinds, is_id, nothing = self.settings.kinds, field == "kinds", "\0"
        left = {
            (nothing if is_id and kind == name else kind): (nothing if not is_id and label == name else label)
            for kind, label in kinds.items()
        }
        meant = self._kind(word)
        return meant is not None and kind_named(word, left) != (nothing if (field, meant) == ("kinds", name) else meant)

    def _in_order(self, found: Iterator[Fact] | list[Fact]) -> list[Fact]:
        paths = {fact.path for fact in found}
        return [fact for fact in self.facts if fact.path in paths]


def words(value: Tree | Mapping[str, Tree], place: Sequence[str]) -> Iterator[str]:
    """The texts at a place of a value."""
    match place, value:
        case ([], str()):
            yield value
        case ([], list()):
            yield from (one for one in value if isinstance(one, str))
        case ([first], Mapping()) if first == KEY:
            yield from value
        case ([first, *rest], list()) if first == EACH:
            for one in value:
                yield from words(one, rest)
        case ([first, *rest], Mapping()):
            for key, one in value.items():
                if first in (EACH, key):
                    yield from words(one, rest)


def _rows(fact: Fact, field: str) -> Iterator[Mapping[str, Tree]]:
    rows = fact.fields.get(field)
    yield from (one for one in rows if isinstance(one, dict)) if isinstance(rows, list) else ()
