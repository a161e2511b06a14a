"""What of a file an earlier import wrote from other bytes: a Word file is saved again, and it grows.

It is known by its days and its words, and is not written once more unless somebody says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final, Self

from generator.ground.errors import Fault
from generator.ground.files import read_file
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import nfc
from generator.read.sources import MOST_BYTES
from generator.render.documents.blocks import Blocks, Code, Footnotes, Picture
from generator.render.documents.walk import every, texts
from generator.tools.importers.known import Imported, Known, Print
from generator.tools.importers.manuscript import LeftOut, Manuscript, Piece
from generator.tools.importers.replacing import Digests, folders
from generator.tools.importers.settling import with_notes
from generator.tools.importers.texts_of import text_of, text_of_inlines

LEAD: Final = "lead"
"""The key and the day of what stands before the first entry."""


_FEWEST: Final = 20
"""Characters of a text by which an entry is known on another day. Fewer are those of many days: 开会。"""


@frozen(kw_only=True)
class Part:
    """An entry, or what stands before the first one."""

    key: str
    """``lead``, or the number of the piece with which it begins."""
    pieces: tuple[int, ...]
    where: Message
    text: str
    """All of it as the source has it, with the notes that it calls."""
    print: Print
    is_long: bool
    """Whether its text alone is enough to know it on another day."""

    @classmethod
    def of(cls, key: str, day: str, pieces: Mapping[int, Piece], body: Blocks, manuscript: Manuscript) -> Self:
        """``body`` is its text without what heads it."""
        own, called = with_notes(tuple(one.block for one in pieces.values()), manuscript)
        whole = (*own, Footnotes(called)) if called else own
        text = _digest(body) if body else ""
        where = next((one.where for one in pieces.values()), say("the text"))
        said = Print(day=day, whole=_digest(whole), text=text)
        is_long = len(text_of(body)) >= _FEWEST
        return cls(key=key, pieces=tuple(pieces), where=where, text=text_of(whole), print=said, is_long=is_long)


@frozen(kw_only=True)
class Repeat:
    """A part that was imported before."""

    path: str
    """The draft that came of it."""
    before: Print
    is_same: bool
    """Whether it says what it said then."""
    is_there: bool
    """Whether the draft is where it was, or somebody has been asked about that."""
    can_go: bool = False
    """Whether the draft is as it was written, so that another one can take its place."""


@frozen(kw_only=True)
class Again:
    """What of a file was imported before."""

    parts: Mapping[str, Part]
    """All of the file, by their keys."""
    repeats: Mapping[str, Repeat]
    skipped: frozenset[str]
    """Which of them are not written once more."""
    replaced: frozenset[str] = frozenset()
    """Which of them are written in the place of their drafts."""
    folder: str = ""
    """The name of the folder that an earlier import of this file made; what it has gained goes there, too."""

    @property
    def pieces(self) -> frozenset[int]:
        """The pieces of what is not written."""
        return frozenset(at for key in self.skipped for at in self.parts[key].pieces)

    @property
    def left_out(self) -> Iterator[LeftOut]:
        """What is not written, to be told."""
        for key, one in self.parts.items():
            if key in self.skipped:
                kind = say("imported before: {path}", path=self.repeats[key].path)
                yield LeftOut(kind=kind, text=one.text.replace("\n", " "), where=one.where)

    def record(self, written: Mapping[str, str]) -> Iterator[tuple[str, Print]]:
        """Every part with the path of its draft: that of those ``written`` now, or the earlier one."""
        for key, one in self.parts.items():
            if key in written:
                yield written[key], one.print
            elif key in self.repeats:
                yield self.repeats[key].path, replace(one.print, day=one.print.day or self.repeats[key].before.day)


def again_of(parts: Iterable[Part], site: Known, manuscript: Manuscript, answers: Mapping[str, str]) -> Again:
    """What the file repeats. What is the same is left out but for a yes to ``again``, what was corrected for a no."""
    found = {one.key: one for one in parts}
    repeats, folder = _repeated(found, site, manuscript)
    skipped = (key for key, one in repeats.items() if answers.get(f"again:{key}", "no" if one.is_same else "") == "no")
    replaced = (key for key in repeats if answers.get(f"again:{key}") == "replace")
    return Again(parts=found, repeats=repeats, skipped=frozenset(skipped), replaced=frozenset(replaced), folder=folder)


def _digest(blocks: Blocks) -> str:
    """Of a text whatever its white space, with the number of its pictures.

    Programs save pictures with other bytes, and describe them on their own.
    """
    count, said = 0, []
    for block in every(blocks):
        said += [block.text] if isinstance(block, Code) else []
        for line in texts(block):
            words = tuple(one for one in line if not isinstance(one, Picture))
            count += len(line) - len(words)
            said.append(text_of_inlines(words))
    return _hashed(f"{count}:{''.join(nfc(''.join(said)).split())}")


def name_digests(manuscript: Manuscript) -> tuple[str, str]:
    """Those of a file's name, whatever its ending, and of its folder's. The names themselves may hold private ones."""
    stem = _hashed(nfc(PurePath(manuscript.file).stem))
    return stem, _hashed(nfc(manuscript.folder)) if manuscript.folder else ""


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _repeated(parts: Mapping[str, Part], site: Known, manuscript: Manuscript) -> tuple[dict[str, Repeat], str]:
    """The parts that were imported before, and the folder of the file that they were of.

    A part that says the same on the same day is known from whatever file. Where the file has most of what one has, or
    its name, a part of the same day or the same text was corrected. Many keep a diary of the same name, each in a
    folder of their own, and in every diary there are days on which all is well.
    """
    found: dict[str, Repeat] = {}
    earlier: list[Imported] = []
    for digest, one in site.imported.items():
        same = {} if digest == manuscript.digest else dict(_same(parts, one))
        if digest != manuscript.digest and (_is_named_so(one, manuscript) or _has_most(parts, same, one)):
            earlier.append(one)
        else:
            same = {key: said for key, said in same.items() if parts[key].print.day}
        found |= {key: said for key, said in same.items() if key not in found or said.is_there}
    claimed = {one.path for one in found.values()}
    for one in earlier:
        free = {path: before for path, before in one.prints if path not in claimed}
        corrected = _corrected(parts, free, one.standing)
        found |= {key: other for key, other in corrected if key not in found or not found[key].is_there}
    own = {path for one in earlier for path, _ in one.prints}
    folder = next((one.path.split("/")[2] for one in found.values() if one.path in own), "")
    return {
        key: one if one.is_same else replace(one, can_go=bool(site.untouched(one.path))) for key, one in found.items()
    }, folder


def _is_named_so(one: Imported, manuscript: Manuscript) -> bool:
    stem, folder = name_digests(manuscript)
    return one.stem == stem and (one.folder == folder or not (one.folder and folder))


def _has_most(parts: Mapping[str, Part], same: Mapping[str, Repeat], one: Imported) -> bool:
    """Whether what is the same is most of the file, or of the earlier one, or can hardly be of two."""
    shared = {key for key in same if parts[key].text}
    return 2 * len(shared) > min(len(parts), len(one.prints)) or sum(parts[key].is_long for key in shared) > 1


def _same(parts: Mapping[str, Part], earlier: Imported) -> Iterator[tuple[str, Repeat]]:
    """Where nothing says the day, that of the earlier import holds."""
    by_text: dict[str, list[tuple[str, Print]]] = {}
    for path, before in earlier.prints:
        by_text.setdefault(before.whole, []).append((path, before))
    for key, one in parts.items():
        for path, before in by_text.get(one.print.whole, ()):
            if one.print.day in ("", before.day):
                yield key, Repeat(path=path, before=before, is_same=True, is_there=path in earlier.standing)


def _corrected(
    parts: Mapping[str, Part], free: Mapping[str, Print], standing: Collection[str]
) -> Iterator[tuple[str, Repeat]]:
    """Parts of the same day, or with the same text: a short one has to be the only one, and its day gone."""
    days = {one.print.day for one in parts.values()}
    times = Counter(one.print.text for one in parts.values())
    for path, before in free.items():
        for key, one in parts.items():
            is_alone = before.day not in days and times[one.print.text] == 1
            is_text = bool(one.print.text) and one.print.text == before.text and (one.is_long or is_alone)
            if one.print.day == before.day or is_text:
                yield key, Repeat(path=path, before=before, is_same=False, is_there=path in standing)


def replaced_by(again: Again, site: Known) -> Digests:
    """The drafts that are replaced and the pictures that only they show, as far as nobody has touched them."""
    drafts = {
        path: digest for key in again.replaced for path, digest in site.untouched(again.repeats[key].path).items()
    }
    if not drafts:
        return {}
    others = [path for path in site.paths if path.endswith(".md") and path not in drafts and _beside(path, drafts)]
    kept = "".join(_text(site.folder / path) for path in others)
    shown = "".join(_text(site.folder / path) for path in drafts)
    pictures = [path for path in site.paths if not path.endswith(".md") and _beside(path, drafts)]
    gone = [path for path in pictures if (name := path.rpartition("/")[2]) in shown and name not in kept]
    return drafts | {path: digest for one in gone for path, digest in site.untouched(one).items()}


def _beside(path: str, others: Iterable[str]) -> bool:
    return path.rpartition("/")[0] in folders(others)


def _text(file: Path) -> str:
    try:
        return read_file(file, MOST_BYTES).decode(errors="replace")
    except (OSError, Fault):
        return ""
