"""Files that are put next to a text: known by what is in them, under a name that every system can store.

What a browser would run as a page of the site's own (HTML, SVG) is refused, and so are programs.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from starlette.concurrency import run_in_threadpool

from generator.ground.errors import Fault
from generator.ground.files import read_file
from generator.ground.messages import say
from generator.ground.text import folded
from generator.ground.whole_files import TEMPORARY
from generator.read import pictures
from generator.read.pictures import kind_of as picture_kind
from generator.tools.write.file_names import numbered, safe_name
from generator.tools.write.kinds import FOLDER_OF
from generator.tools.write.kinds import kind_of as text_kind
from generator.tools.write.packed import whole_ending
from generator.tools.write.saving import claim, inside, place_of, sync_folder

MOST_BYTES: Final = 512 << 20
"""Of an attachment. A picture may have fewer."""
_BEGINNING: Final = 8192
"""Bytes by which a file is known."""
MOST_OF_BEGINNING: Final = 1 << 20
_PICTURE_ENDINGS: Final = {kind: ending for ending, kind in reversed(pictures.ENDINGS.items())}
_OFFICE: Final = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".ofd", ".wps", ".et", ".dps", ".epub", ".zip")
_STARTS: Final[tuple[tuple[bytes, tuple[str, ...]], ...]] = (
    (rb"%PDF-", (".pdf",)),
    (rb"PK\x03\x04", _OFFICE),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (".doc", ".xls", ".ppt", ".wps", ".et", ".dps")),
    (rb"\{\\rtf", (".rtf",)),
    (rb"7z\xbc\xaf\x27\x1c", (".7z",)),
    (rb"Rar!\x1a\x07", (".rar",)),
    (rb"ID3|\xff[\xfb\xf3\xf2]", (".mp3",)),
    (rb"....ftyp", (".mp4", ".m4a", ".mov", ".m4v")),
    (rb"RIFF....WAVE", (".wav",)),
    (rb"OggS", (".ogg", ".oga", ".ogv", ".opus")),
    (rb"fLaC", (".flac",)),
)
"""For each pattern of first bytes, the endings that such a file may have."""
_TEXTS: Final = (".txt", ".csv", ".tsv", ".srt", ".vtt")
_PAGE_OR_DRAWING: Final = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml)|<\w+:svg|mime-version:", re.IGNORECASE
)
_REMEDY: Final = say("send it as JPEG, PNG, PDF or a document of an office program")


class TooLarge(Fault):
    """What is wrong with something that has too many bytes."""


async def stored(folder: Path, text: str, name: str, chunks: AsyncIterator[bytes]) -> Mapping[str, object]:
    """Stores what comes in ``chunks`` next to the text at a path; what is there now, as JSON.

    Raises Fault; then nothing is left of it. No more of it is in memory than its beginning and a chunk.
    """
    if text_kind(text) not in FOLDER_OF:
        raise Fault(say("{path} is no text of this site", path=text), say("choose a file from the list"))
    place = await run_in_threadpool(place_of, folder, text)
    beside = place.parent
    if not place.is_file():
        raise Fault(say("the file is there no longer"), say("load the list of files again"))
    try:
        handle, temporary = await run_in_threadpool(tempfile.mkstemp, prefix=TEMPORARY, dir=beside)
        try:
            with os.fdopen(handle, "wb") as file:
                ending = await _received(file, name, chunks)
            ending = await run_in_threadpool(whole_ending, Path(temporary), ending)
            stored_as = await run_in_threadpool(_named, Path(temporary), beside, name, ending)
        finally:
            await run_in_threadpool(_unlinked, temporary)
    except OSError as error:
        raise Fault(
            say("it cannot be stored: {fact}", fact=error.strerror or error),
            say("check that the disk has room and that you may write there"),
        ) from None
    shown = is_picture(ending)
    return {
        "path": f"{text.rpartition('/')[0]}/{stored_as}",
        "name": stored_as,
        "markdown": f"![]({stored_as})" if shown else f"[{stored_as}]({stored_as})",
        "is_picture": shown,
    }


def picture(folder: Path, path: str) -> tuple[str, bytes]:
    """The kind and the bytes of a picture beside the texts. Raises Fault, and FileNotFoundError where there is none."""
    if Path(path).suffix.lower() not in pictures.ENDINGS:
        raise FileNotFoundError
    try:
        body = read_file(inside(folder, path), pictures.MOST_BYTES)
    except OSError:
        raise FileNotFoundError from None
    return picture_kind(body), body


def is_picture(ending: str) -> bool:
    """Whether a file with an ending, as ``ending_of`` gives it, is a picture."""
    return ending in pictures.ENDINGS


def _unlinked(temporary: str) -> None:
    with contextlib.suppress(OSError):
        Path(temporary).unlink()


async def _received(file: BinaryIO, name: str, chunks: AsyncIterator[bytes]) -> str:
    """Writes what comes; returns the ending that is right for it."""
    waiting, ending, size = b"", "", 0
    async for chunk in chunks:
        size += len(chunk)
        waiting += chunk
        if len(waiting) >= _BEGINNING:
            ending = ending or ending_of(waiting, name)
            check_size(size, ending)
            await run_in_threadpool(file.write, waiting)
            waiting = b""
    ending = ending or ending_of(waiting, name)
    check_size(size, ending)
    await run_in_threadpool(file.write, waiting)
    await run_in_threadpool(_flush, file)
    return ending


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def check_size(size: int, ending: str = "") -> None:
    """Raises Fault where a file has too many bytes."""
    most = pictures.MOST_BYTES if is_picture(ending) else MOST_BYTES
    if size > most:
        raise TooLarge(
            say("the file has more than {limit} MB, which is the most", limit=most >> 20),
            say("make it smaller, or split it"),
        )


def ending_of(beginning: bytes, name: str) -> str:
    """The ending for a file that begins so: its own, if it may have that. Raises Fault for what is not stored."""
    own = Path(name.lower()).suffix
    with contextlib.suppress(Fault):
        kind = picture_kind(beginning)
        return own if pictures.ENDINGS.get(own) == kind else _PICTURE_ENDINGS[kind]
    for start, endings in _STARTS:
        if re.match(start, beginning, re.DOTALL):
            return own if own in endings else endings[0]
    if not beginning:
        raise Fault(say("the file is empty"), say("choose the file once more"))
    if _PAGE_OR_DRAWING.search(beginning):
        raise Fault(say("web pages and SVG drawings are not stored, since they could run programs"), _REMEDY)
    if own in _TEXTS and _is_text(beginning):
        return own
    raise Fault(say("this kind of file is not stored"), _REMEDY)


def _is_text(beginning: bytes) -> bool:
    if b"\0" in beginning:
        return False
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            # The last character may be cut.
            codecs.getincrementaldecoder(encoding)().decode(beginning)
            return True
    return False


def _named(temporary: Path, folder: Path, name: str, ending: str) -> str:
    """Gives the file a name that nothing in the folder has, whatever the capitals."""
    wanted = safe_name(name, ending, "picture" if is_picture(ending) else "file")
    taken = {folded(one.name) for one in folder.iterdir()}
    temporary.chmod(0o644)
    for number in range(1, len(taken) + 2):
        chosen = numbered(wanted, number)
        if folded(chosen) not in taken:
            with contextlib.suppress(FileExistsError):
                claim(temporary, folder / chosen)
                sync_folder(folder)
                return chosen
    raise Fault(say("{place} is there already", place=wanted), say("choose another name"))
