"""Service targets as writers call them: by id, or by a name that only one of them has. Names become ids here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.model.content import Content, Entry, Target
from generator.model.settings import Settings, kind_named
from generator.site.suggestions import Names, nearest


@dataclass(frozen=True)
class TargetNames:
    """Which target a name means."""

    names: Names
    """By id, the names of each target; none for those of files that cannot be read."""
    are_all_read: bool
    """Whether the names of all targets are known."""

    @cached_property
    def _owners(self) -> Mapping[str, tuple[str, ...]]:
        """By name, the ids of the targets that have it."""
        owners: dict[str, dict[str, None]] = {}
        for target, names in self.names.items():
            for name in names:
                owners.setdefault(name, {})[target] = None
        return {name: tuple(found) for name, found in owners.items()}

    def id_of(self, name: str) -> str | None:
        """The id of the target that a name means; None where it means none, or more than one."""
        if name in self.names:
            return name
        owners = self._owners.get(name, ())
        return owners[0] if len(owners) == 1 else None

    def fault(self, name: str) -> Fault | None:
        """Why a name means no target; None where it may be that of a target that cannot be read."""
        if owners := self._owners.get(name):
            choices = ", ".join(f"{one} ({self.names[one][0]})" for one in owners)
            fact = say('several targets have the name "{name}"', name=name)
            return Fault(fact, say("write one of {choices}", choices=choices))
        if not self.are_all_read:
            return None
        hint = nearest(name, self.names) or say("describe it in content/targets/{id}.md", id=name)
        return Fault(say('there is no target "{id}"', id=name), hint)


def ids_of_names(content: Content, names: TargetNames) -> dict[str, str]:
    """The ids of the targets that records call by a name, by that name."""
    ids: dict[str, str] = {}
    records: Iterable[Entry | Target] = chain(content.targets, content.entries)
    for record in records:
        for name in _names_in(record):
            if name not in names.names and (found := names.id_of(name)):
                ids[name] = found
    return ids


def _names_in(record: Entry | Target) -> Iterable[str]:
    """What a record calls targets."""
    if isinstance(record, Target):
        return () if record.parent is None else (record.parent,)
    requests = (note.target for note in record.requests if note.target is not None)
    return chain(record.targets, requests, *record.counts_by_target.values())


def with_ids(content: Content, ids: Mapping[str, str], settings: Settings) -> Content:
    """The content with ids in the place of the targets' names in ``ids``, and in that of the names of kinds."""
    return replace(
        content,
        entries=tuple(entry_with_ids(entry, ids) for entry in content.entries) if ids else content.entries,
        targets=tuple(_target_with_ids(target, ids, settings) for target in content.targets),
    )


def _target_with_ids(target: Target, ids: Mapping[str, str], settings: Settings) -> Target:
    kind = kind_named(target.kind, settings.kinds) or target.kind
    parent = ids.get(target.parent or "", target.parent)
    return target if (kind, parent) == (target.kind, target.parent) else replace(target, kind=kind, parent=parent)


def entry_with_ids(entry: Entry, ids: Mapping[str, str]) -> Entry:
    """The entry with ids in the place of the names in ``ids``."""
    if ids.keys().isdisjoint(_names_in(entry)):
        return entry
    return replace(
        entry,
        targets=tuple(ids.get(name, name) for name in entry.targets),
        requests=tuple(replace(note, target=ids.get(note.target or "", note.target)) for note in entry.requests),
        counts_by_target={
            key: {ids.get(name, name): number for name, number in counts.items()}
            for key, counts in entry.counts_by_target.items()
        },
    )
