"""The second stage: the teams' figures merged by region, in a tree, of which only what changed is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from generator.ground.errors import Fault
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.pipeline.session import Progress
from generator.tools.portal.engine import Engine, LostWorkerError
from generator.tools.portal.merge import RegionDigest, merged
from generator.tools.portal.store import Store

FAN: Final = 16
"""Parts that are merged at once."""
Path = tuple[str, ...]
"""A region: the names of those that it lies in, the largest first, and its own."""
Level = dict[Path, list[str]]
"""By region, the keys of the parts that are still to be merged."""


class LostResultError(Exception):
    """Something that the store should have is gone or damaged."""


@frozen
class MergeTask:
    """Digests that have to be merged."""

    store: Store
    key: str
    parts: tuple[str, ...]


def merge(task: MergeTask) -> bool:
    """Merges some digests in the store; False where one of them is gone or damaged. Any worker may do this."""
    try:
        parts: list[RegionDigest] = [task.store.get(key) for key in task.parts]
    except LookupError:
        return False
    task.store.put(task.key, merged(parts))
    return True


def merged_regions(
    teams: Iterable[tuple[Path, str]], present: AbstractSet[str], store: Store, engine: Engine, progress: Progress
) -> tuple[dict[Path, str], set[str]]:
    """The keys of the figures of all regions, from region and key of each team's; those of all have the empty path.

    The deepest are merged first, and each is a part of the one that it lies in; those whose keys are ``present`` are
    not merged again. Also returns the keys of all that was merged on the way. Raises LostResultError.
    """
    parts: Level = {(): []}
    for region, key in teams:
        for end in range(len(region)):
            parts.setdefault(region[: end + 1], [])
        parts[region].append(key)
    found, used = dict[Path, str](), set[str]()
    for depth in range(max(map(len, parts)), -1, -1):
        level = {path: some for path, some in parts.items() if len(path) == depth}
        while any(len(some) > 1 for some in level.values()):
            level = _merged_once(level, present, store, engine, progress)
            used.update(key for some in level.values() for key in some)
        for path, (key,) in level.items():
            found[path] = key
            if path:
                parts[path[:-1]].append(key)
    return {path: found[path] for path in parts}, used


def _merged_once(level: Level, present: AbstractSet[str], store: Store, engine: Engine, progress: Progress) -> Level:
    """The parts of a level merged, so many at once."""
    groups = {path: [some[at : at + FAN] for at in range(0, len(some), FAN)] for path, some in level.items()}
    every = [group for some in groups.values() for group in some if len(group) > 1]
    tasks = [MergeTask(store, _key(group), tuple(group)) for group in every if _key(group) not in present]

    def tell(done: int) -> None:
        progress(say("adding up regions"), done, len(tasks))

    for is_done in engine.run(merge, tasks, tell):
        if isinstance(is_done, LostWorkerError):
            raise Fault(
                say("whatever adds up a region dies each time"), say("a worker may have too little memory for it")
            )
        if not is_done:
            raise LostResultError
    return {path: [_key(group) for group in some] for path, some in groups.items()}


def _key(group: Sequence[str]) -> str:
    """The key of what some digests are merged to; a single one stays what it is."""
    return group[0] if len(group) == 1 else f"{fingerprint(*(key.encode() for key in group)).hex()}-figures"
