"""The darkroom: the pictures of a build, each developed once and known again by its contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.model import urls
from generator.model.components import Picture, Version
from generator.model.outputs import ImageVariant, Original, Output
from generator.model.pictures import ImageInfo
from generator.pipeline.cache.store import BrokenCacheError
from generator.pipeline.make.image_store import Store
from generator.pipeline.plan.source_records import Originals
from generator.pipeline.workers import parallel_map

# What reads and draws pictures is loaded where one is to be read or drawn: most builds do neither.

WEIGHT: Final = 200
"""Developing a picture takes as long as that many common files, and more."""


@dataclass(slots=True)
class Darkroom:
    """Develops pictures."""

    originals: Originals
    store: Store
    _faults: dict[str, Fault] = field(default_factory=dict)

    def develop(self, paths: Iterable[str], jobs: int) -> None:
        """Has these pictures developed, so far as they are not yet, by several processes. What fails is told later."""
        todo = []
        for path in sorted(set(paths)):
            with suppress(OSError):
                if self._recalled(path) is None:
                    todo.append(path)
        if todo:
            self.store.begin()
        for path, found in zip(todo, parallel_map(self._tried, todo, jobs, weight=WEIGHT), strict=True):
            self._learn(path, found)

    def measure(self, path: str, *, keeps_original: bool) -> Picture:
        """The picture at a path as it will be published. Raises Fault for none, and OSError.

        ``keeps_original`` has the original published beside its versions.
        """
        from generator.read.pictures import ENDINGS, UNCLEANED

        if path in self._faults:
            raise self._faults[path]
        facts = self._recalled(path)
        if facts is None:
            self._learn(path, self._tried(path))
            return self.measure(path, keeps_original=keeps_original)
        ending = PurePosixPath(path).suffix.lower()
        if facts.kind != ENDINGS.get(ending, "svg"):
            raise Fault(
                say('the picture is of another kind than "{ending}" says', ending=ending),
                say("rename it so that it ends in .{ending}", ending=facts.kind),
            )
        return _published(path, facts, keeps_original=keeps_original and facts.kind not in UNCLEANED)

    def files(self, path: str) -> Iterator[ImageVariant]:
        """The files in which a picture that was measured is published."""
        for number, sheet in enumerate(self._facts(path).sheets):
            place = urls.output_path(urls.picture(path, sheet.width, sheet.ending))
            yield ImageVariant(place, path, number, sheet.print)

    def body(self, sheet: ImageVariant) -> bytes:
        """The bytes of one. Raises BrokenCacheError where the original is no longer what it was."""
        key = self.store.key(self.originals.print(sheet.source))
        body = self.store.sheet(key, sheet.number)
        if body is None:
            self._tried(sheet.source)
            body = self.store.sheet(key, sheet.number)
        if body is None:
            raise BrokenCacheError
        return body

    def published(self, place: str) -> bytes:
        """What stands at an output path of a picture that was measured. Raises BrokenCacheError, and OSError."""
        path = urls.original(place)
        for sheet in self.files(path):
            if sheet.path == place:
                return self.body(sheet)
        found = self.original(Original(place, path))
        if found is None:
            raise BrokenCacheError
        return found.body

    def original(self, one: Original) -> Output | None:
        """A picture that is published as it lies, cleaned of its metadata; None for what is no picture."""
        from generator.read.pictures import ENDINGS, picture
        from generator.read.svg import drawing

        ending = PurePosixPath(one.source).suffix.lower()
        if ending == ".svg":
            return Output(one.path, drawing(self.originals.read(one.source))[1])
        return Output(one.path, picture(self.originals.read(one.source)).body) if ending in ENDINGS else None

    def prune(self, paths: Iterable[str]) -> None:
        """Forgets what was developed of all but these."""
        if self.store.folder is not None and self.store.folder.is_dir():
            self.store.prune({self.store.key(self.originals.print(path)) for path in paths})

    def _facts(self, path: str) -> ImageInfo:
        facts = self._recalled(path)
        if facts is None:
            raise BrokenCacheError
        return facts

    def _recalled(self, path: str) -> ImageInfo | None:
        """What is known of a picture, from the cache, or else from the store. Raises OSError."""
        facts: ImageInfo | None = self.originals.fact(path)
        if facts is None and not path.lower().endswith(".svg"):
            facts = self.store.facts(self.store.key(self.originals.print(path)))
            if facts is not None:
                self.originals.learn(path, facts)
        return facts

    def _learn(self, path: str, found: ImageInfo | Fault) -> None:
        if isinstance(found, Fault):
            self._faults[path] = found
        else:
            self.originals.learn(path, found)

    def _tried(self, path: str) -> ImageInfo | Fault:
        """A picture developed and put into the store; or why it cannot be."""
        try:
            if path.lower().endswith(".svg"):
                from generator.read.svg import drawing

                return drawing(self.originals.read(path))[0]
            from generator.render.image_encoding import develop

            facts, bodies = develop(self.originals.read(path))
        except Fault as fault:
            return fault
        self.store.keep(self.store.key(self.originals.print(path)), facts, bodies)
        return facts


def _published(path: str, facts: ImageInfo, *, keeps_original: bool) -> Picture:
    plain = {one.width: urls.picture(path, one.width, one.ending) for one in facts.sheets if one.ending != "webp"}
    webp = {one.width: urls.picture(path, one.width, one.ending) for one in facts.sheets if one.ending == "webp"}
    own = urls.file(path)
    return Picture(
        url=plain[max(plain)] if plain else own,
        width=facts.width,
        height=facts.height,
        versions=tuple(Version(width, url, webp.get(width)) for width, url in plain.items()),
        original=own if keeps_original and plain else None,
        tone=facts.tone,
        is_moving=facts.is_moving,
    )
