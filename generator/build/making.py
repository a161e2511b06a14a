"""Making: stale files rendered or copied into the staging, and every link of every page checked."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from generator.build.cache import BrokenCacheError, Cache, PageRow
from generator.build.links import Goal, Linked, Links, ids_of, problem
from generator.build.prepare import Prepared, Thing
from generator.build.publish import Staged
from generator.build.reading import Originals
from generator.build.stale import Stale
from generator.build.workers import each
from generator.ground.errors import BuildError, in_order
from generator.ground.fingerprint import fingerprint, unsealed
from generator.ground.words import Message, say
from generator.model.outputs import Copy, Original, Output
from generator.model.pages import Page
from generator.read.pictures import ENDINGS as PICTURES
from generator.read.pictures import picture
from generator.render.render import render

Progress = Callable[[Message, int, int], None]
"""Told of long work: what, how much is done, of how much."""
_TOGETHER: Final = 500
"""Pages that are kept at a time."""
Stage = Callable[[Output | Copy], Staged]


class Made(NamedTuple):
    """A file that was made."""

    staged: Staged
    print: bytes
    """The fingerprint of its bytes."""
    linked: Linked | None
    """None for what is no page."""
    slice: bytes | None
    """The page that it shows, to be recalled; None where that is not worth it."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making needs."""

    ready: Prepared
    cache: Cache
    originals: Originals
    stage: Stage

    def thing(self, path: str) -> Thing:
        """What the file at ``path`` is made of. Raises BrokenCacheError where nobody knows."""
        found: Thing | None = self.ready.things.get(path) or self.cache.slice(path, self.ready.wanted[path].mark)
        if found is None:
            raise BrokenCacheError
        return found

    def output(self, thing: Thing) -> Output | Copy:
        """The file itself."""
        if isinstance(thing, Page):
            return render(thing, self.ready.templates, self.ready.settings)
        if not isinstance(thing, Original):
            return thing
        if Path(thing.source).suffix.lower() in PICTURES:
            return Output(thing.path, picture(self.originals.read(thing.source)).body)
        return Copy(thing.path, Path(self.originals.files[thing.source].place))


def made(
    shop: Workshop, todo: Sequence[Stale], rows: Mapping[str, PageRow], jobs: int, progress: Progress
) -> list[Made]:
    """Makes what is stale, and checks all links of the site. Raises BuildError.

    ``rows`` is what is known of the files that were published.
    """
    present = shop.ready.wanted.keys()
    links = Links(present)
    shop.ready.templates.load({one.wanted.kind for one in todo})

    def one(number: int) -> Made:
        path = todo[number].wanted.path
        thing = shop.thing(path)
        output = shop.output(thing)
        body = output.body if isinstance(output, Output) else output.original.read_bytes()
        linked = links.of(path, body.decode()) if path.endswith(".html") and isinstance(thing, Page) else None
        is_kept = isinstance(thing, Page) and thing.texts and path in shop.ready.things and shop.cache.remembers
        return Made(shop.stage(output), fingerprint(body), linked, pickle.dumps(thing, 5) if is_kept else None)

    done: list[Made] = []
    slices: list[tuple[str, bytes, bytes]] = []
    for number, found in enumerate(each(one, range(len(todo)), jobs)):
        progress(say("rendering pages"), number, len(todo))
        if found.slice is not None:
            slices.append((found.staged.path, todo[number].wanted.mark, found.slice))
        # They go to the disk as they come: together they would be the largest part of what is held.
        done.append(found._replace(slice=None))
        if len(slices) == _TOGETHER:
            shop.cache.keep_slices(slices)
            slices.clear()
    shop.cache.keep_slices(slices)
    _check(shop, done, rows)
    return done


def _check(shop: Workshop, done: Iterable[Made], rows: Mapping[str, PageRow]) -> None:
    """Raises BuildError where a link leads nowhere: of what was made, and parts of pages that others link to."""
    missing: list[tuple[str, Goal]] = []
    parts: list[tuple[str, Goal]] = []
    new = {found.staged.path for found in done}
    for found in done:
        missing += [(found.staged.path, goal) for goal in (found.linked.missing if found.linked else ())]
        parts += [(found.staged.path, goal) for goal in (found.linked.parts if found.linked else ())]
    kept = (
        row for path, row in rows.items() if row.parts is not None and path not in new and path in shop.ready.wanted
    )
    parts += [(row.path, goal) for row in kept for goal in _parts(row)]
    ids = {goal: _ids(goal, shop) for goal in dict.fromkeys(goal for _, (goal, _) in parts)}
    missing += [(path, (goal, part)) for path, (goal, part) in parts if part not in ids[goal]]
    if missing:
        settings = shop.ready.settings
        pages = ((shop.thing(path), goal) for path, goal in missing)
        raise BuildError(*in_order(problem(page, goal, settings) for page, goal in pages if isinstance(page, Page)))


def _parts(row: PageRow) -> Iterator[Goal]:
    body = unsealed(row.parts or b"")
    if body is None:
        raise BrokenCacheError
    yield from pickle.loads(body)  # noqa: S301 - our own, unchanged


def _ids(path: str, shop: Workshop) -> frozenset[str]:
    output = shop.output(shop.thing(path))
    return ids_of(output.body.decode(errors="replace")) if isinstance(output, Output) else frozenset()
