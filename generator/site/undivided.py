"""Counts in one figure for several targets: they stand in full with each, so that the parts add up to more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.ground.errors import Problem
from generator.ground.messages import say
from generator.model.content import Entry
from generator.model.settings import Counter
from generator.read.yaml_writing import in_quotes
from generator.site.target_names import TargetNames


def undivided(entry: Entry, names: TargetNames, counters: Mapping[str, Counter]) -> Iterator[Problem]:
    """A warning of each such count, with a line that divides it, unless its counter is for what several share."""
    called: dict[str, str] = {}
    for name in entry.targets:
        if target := names.id_of(name):
            called.setdefault(target, name)
    if len(called) < 2:
        return
    for key, number in entry.counts.items():
        counter = counters.get(key)
        is_plain = counter is not None and counter.derived is None and not counter.shared
        if number and is_plain and key not in entry.counts_by_target:
            yield Problem(
                path=entry.path,
                field=("counts", key),
                at_key=True,
                message=say(
                    'one figure of "{key}" for {count} targets stands in full with each of them',
                    key=key,
                    count=len(called),
                ),
                hint=say(
                    "write {line}, or however it is divided; where they shared it, as a meeting, write shared: true "
                    "for that counter in content/site.yaml",
                    line=_divided(entry, key, list(called.values())),
                ),
                is_warning=True,
            )


def _divided(entry: Entry, key: str, targets: list[str]) -> str:
    """The entry's counts with this one divided as evenly as it can be."""
    each, rest = divmod(entry.counts[key], len(targets))
    even = {name: each + (place < rest) for place, name in enumerate(targets)}
    counts = {one: entry.counts_by_target.get(one, number) for one, number in entry.counts.items()} | {key: even}
    return f"counts: {_mapping(counts)}"


def _mapping(values: Mapping[str, object]) -> str:
    items = (f"{_key(key)}: {_mapping(one) if isinstance(one, Mapping) else one}" for key, one in values.items())
    return f"{{{', '.join(items)}}}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name) else in_quotes(name)
