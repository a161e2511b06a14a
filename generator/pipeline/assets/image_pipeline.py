"""The pictures of a build: each is encoded once, in the widths that are published, and recognised by its bytes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.messages import say
from generator.model import urls
from generator.model.components import Picture, Version
from generator.model.outputs import ImageVariant, Original, Output
from generator.model.pictures import ImageInfo
from generator.pipeline.assets.asset_index import AssetIndex
from generator.pipeline.assets.image_store import ImageStore
from generator.pipeline.publish.manifest import STATE
from generator.pipeline.session import Progress, Session
from generator.pipeline.workers import parallel_map

# What decodes and encodes pictures is imported where one is decoded or encoded: most builds do neither.

WEIGHT: Final = 200
"""Encoding a picture takes as long as rendering that many pages, and more."""


@contextlib.contextmanager
def opened_images(session: Session) -> Iterator[ImagePipeline]:
    """The pictures of a session's site."""
    with ImageStore.of(session.options, STATE) as store:
        snapshot = session.snapshot
        yield ImagePipeline(AssetIndex(snapshot.sources.files, session.cache, snapshot.moment), store)


@dataclass(slots=True)
class ImagePipeline:
    """Encodes pictures, and knows those that were encoded before."""

    assets: AssetIndex
    store: ImageStore
    _faults: dict[str, Fault] = field(default_factory=dict)

    def encode_all(
        self, paths: Iterable[str], jobs: int, progress: Progress = lambda _what, _done, _total: None
    ) -> None:
        """Encodes those of these pictures that are not encoded yet. ``measure`` reports what failed."""
        todo = []
        for path in sorted(set(paths)):
            with suppress(OSError, Fault):
                if self._known_info(path) is None:
                    todo.append(path)
        if todo:
            self.store.prepare()
        found = parallel_map(self._encoded, todo, jobs, weight=WEIGHT)
        for number, (path, one) in enumerate(zip(todo, found, strict=True), 1):
            self._keep(path, one)
            progress(say("preparing pictures"), number, len(todo))

    def measure(self, path: str, *, keeps_original: bool) -> Picture:
        """The picture at a path as it will be published. Raises Fault for none, and OSError.

        ``keeps_original`` has the original published too.
        """
        from generator.read.pictures import BOXED, ENDINGS

        if path in self._faults:
            raise self._faults[path]
        facts = self._known_info(path)
        if facts is None:
            self._keep(path, self._encoded(path))
            return self.measure(path, keeps_original=keeps_original)
        ending = PurePosixPath(path).suffix.lower()
        if facts.kind != ENDINGS.get(ending, "svg"):
            raise Fault(
                say('the picture is of another kind than "{ending}" says', ending=ending),
                say("rename it so that it ends in .{ending}", ending=facts.kind),
            )
        return _published(path, facts, keeps_original=keeps_original and facts.kind not in BOXED)

    def variants(self, path: str) -> Iterator[ImageVariant]:
        """The files of a picture that was measured, one for each width and format."""
        for number, variant in enumerate(self._facts(path).variants):
            place = urls.output_path(urls.picture(path, variant.width, variant.ending))
            yield ImageVariant(place, path, number, variant.content_digest)

    def body(self, variant: ImageVariant) -> bytes:
        """The bytes of one of them. Raises BuildError where the original has changed since it was measured."""
        key = self.store.key(self.assets.content_digest(variant.source))
        body = self.store.variant(key, variant.number)
        if body is None:
            self._encoded(variant.source)
            body = self.store.variant(key, variant.number)
        if body is None:
            raise changed_meanwhile(variant.source)
        return body

    def published(self, place: str) -> bytes:
        """The bytes at an output path of a picture that was measured. Raises BuildError, and OSError."""
        path = urls.original(place)
        for variant in self.variants(path):
            if variant.path == place:
                return self.body(variant)
        found = self.original(Original(place, path))
        if found is None:
            raise changed_meanwhile(path)
        return found.body

    def original(self, one: Original) -> Output | None:
        """An original picture without its metadata; None for a file that is no picture. Raises BuildError."""
        from generator.read.pictures import ENDINGS

        ending = PurePosixPath(one.source).suffix.lower()
        if ending not in (*ENDINGS, ".svg"):
            return None
        try:
            if ending == ".svg":
                from generator.read.svg import drawing

                return Output(one.path, drawing(self._original(one.source))[1])
            from generator.render.originals import original

            return Output(one.path, original(self._original(one.source)))
        except Fault as fault:
            raise BuildError(Problem(path=one.source, message=fault.message, hint=fault.hint)) from None

    def prune(self, paths: Iterable[str]) -> None:
        """Deletes the encoded versions of all pictures but these."""
        if self.store.folder is not None and self.store.folder.is_dir():
            self.store.prune({self.store.key(self.assets.content_digest(path)) for path in paths})

    def _facts(self, path: str) -> ImageInfo:
        facts = self._known_info(path)
        if facts is None:
            raise changed_meanwhile(path)
        return facts

    def _known_info(self, path: str) -> ImageInfo | None:
        """What the cache, or else the store, knows of a picture. Raises OSError, and Fault for too large a file."""
        from generator.read.pictures import MOST_BYTES, too_heavy

        if (size := self.assets.size(path)) > MOST_BYTES:
            raise too_heavy(size, MOST_BYTES)
        facts: ImageInfo | None = self.assets.info(path)
        if facts is None and not path.lower().endswith(".svg"):
            facts = self.store.facts(self.store.key(self.assets.content_digest(path)))
            if facts is not None:
                self.assets.set_info(path, facts)
        return facts

    def _keep(self, path: str, found: ImageInfo | Fault) -> None:
        if isinstance(found, Fault):
            self._faults[path] = found
        else:
            self.assets.set_info(path, found)

    def _encoded(self, path: str) -> ImageInfo | Fault:
        """Encodes a picture and saves it in the store; the fault where it cannot be encoded."""
        try:
            if path.lower().endswith(".svg"):
                from generator.read.svg import drawing

                return drawing(self._original(path))[0]
            from generator.render.image_encoding import develop

            facts, bodies = develop(self._original(path))
        except Fault as fault:
            return fault
        self.store.keep(self.store.key(self.assets.content_digest(path)), facts, bodies)
        return facts

    def _original(self, path: str) -> bytes:
        """The bytes of a picture. Raises BuildError where they are no longer those whose digest is known."""
        raw = self.assets.read(path)
        if fingerprint(raw) != self.assets.content_digest(path):
            raise changed_meanwhile(path)
        return raw


def changed_meanwhile(path: str) -> BuildError:
    """The problem of a file that is not as it was when the site was planned."""
    return BuildError(
        Problem(path=path, message=say("the file changed while the site was being built"), hint=say("build again"))
    )


def _published(path: str, facts: ImageInfo, *, keeps_original: bool) -> Picture:
    plain = {one.width: urls.picture(path, one.width, one.ending) for one in facts.variants if one.ending != "webp"}
    webp = {one.width: urls.picture(path, one.width, one.ending) for one in facts.variants if one.ending == "webp"}
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
