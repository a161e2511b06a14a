"""The files with the texts of the search: made for the blocks that changed, read for all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from generator.model import urls
from generator.model.outputs import Output
from generator.model.search import SearchBlock, SearchLayout, layout_of
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.cache.schema import PlannedFile, SearchBlockRow
from generator.pipeline.make.render_stage import Examined, RenderContext, RenderedFile, examined
from generator.pipeline.plan.search_blocks import PlannedSearch
from generator.pipeline.snapshot import PublishedFiles
from generator.pipeline.workers import parallel_map
from generator.render import search_texts as rendering
from generator.render.search_texts import Piece, TextFile

WEIGHT: Final = 50
"""Making a block takes as long as that many common files."""


class MadeBlock(NamedTuple):
    """A block whose texts were made."""

    row: SearchBlockRow
    files: list[RenderedFile]
    bodies: list[int]
    """The numbers of their bytes in the spill file."""
    size: int
    """How many bytes these are."""


def path_of(name: str) -> str:
    """The path of a file of the search, from the output folder."""
    return urls.output_path(urls.search(name))


def staged(context: RenderContext, name: str, body: bytes) -> RenderedFile:
    """A file of the search, staged. It holds nothing that others do not, which are looked through."""
    return context.staged(Examined(Output(path_of(name), body), None, ()))


def scanned(context: RenderContext, name: str, body: bytes) -> RenderedFile:
    """A file of the search, looked through and staged."""
    return context.staged(examined(Output(path_of(name), body), None, context.plan.guard))


def text_files(row: SearchBlockRow) -> Iterator[tuple[str, PlannedFile]]:
    """The files with the texts of a block, by path."""
    sources = "\n".join([one for one in row.text_paths.split("\n") if one])
    for number in range(len(row.files.split())):
        path = path_of(rendering.text_name(row.name, number))
        yield path, PlannedFile(path, "", row.digest, row.template_digest, row.text_digests, sources)


def changed_blocks(search: PlannedSearch, known: Mapping[str, SearchBlockRow], published: PublishedFiles) -> list[str]:
    """The blocks that changed, and those of which a file is not what was published."""
    return [
        name
        for name, row in search.blocks.items()
        if name not in known
        or known[name]._replace(files="") != row
        or not all(published.is_intact(path) for path, _ in text_files(known[name]))
    ]


def make_blocks(context: RenderContext, search: PlannedSearch, names: Sequence[str]) -> dict[str, MadeBlock]:
    """Makes the texts of these blocks."""
    session, plan = context.session, context.plan
    proses, label = plan.templates.proses, plan.templates.label

    def make(name: str) -> tuple[list[TextFile], list[RenderedFile]]:
        block: SearchBlock = plan.loader.loaded(*search.block(name, session.cache, session.spill))
        files = rendering.text_files(block, proses, label, plan.settings)
        bodies = enumerate(one.body for one in files)
        return files, [scanned(context, rendering.text_name(name, number), body) for number, body in bodies]

    found = {}
    for name, (files, made) in zip(names, parallel_map(make, names, session.options.jobs, weight=WEIGHT), strict=True):
        row = search.blocks[name]._replace(files=rendering.firsts(files))
        bodies = [session.spill.put(one.body) for one in files]
        found[name] = MadeBlock(row, made, bodies, sum(len(one.body) for one in files))
    return found


class SearchTexts:
    """All texts: those of blocks that were made, and the others as they are published."""

    def __init__(
        self, context: RenderContext, rows: Mapping[str, SearchBlockRow], made: Mapping[str, MadeBlock]
    ) -> None:
        """The texts of the blocks in ``rows``."""
        self.context, self.rows, self._made = context, rows, made
        self.layout: SearchLayout = layout_of({name: row.size for name, row in rows.items()})
        """The numbers of the documents."""
        self._held: dict[tuple[str, int], list[Piece]] = {}

    def size(self) -> int:
        """The bytes of all files."""
        published = self.context.published.rows
        kept = (path for name, row in self.rows.items() if name not in self._made for path, _ in text_files(row))
        return sum(published[path].stat[0] for path in kept) + sum(one.size for one in self._made.values())

    def pieces(self, block: str) -> Iterator[Piece]:
        """The pieces of a block. Raises BrokenCacheError where a file is not what was published."""
        for number in range(len(self.rows[block].files.split())):
            yield from self._read(block, number)

    def piece(self, block: str, document: int, part: int) -> Piece:
        """One piece, which must be there. Raises BrokenCacheError likewise."""
        number = rendering.file_with(self.rows[block].files, document, part)
        if (block, number) not in self._held:
            self._held[block, number] = self._read(block, number)
        return next(one for one in self._held[block, number] if one[:2] == (document, part))

    def _read(self, block: str, number: int) -> list[Piece]:
        if block in self._made:
            return rendering.pieces_in(self.context.session.spill.get(self._made[block].bodies[number]))
        body = self.context.published.read(path_of(rendering.text_name(block, number)))
        if body is None:
            raise BrokenCacheError
        return rendering.pieces_in(body)
