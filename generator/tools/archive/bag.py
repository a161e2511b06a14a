"""Makes a folder a BagIt 1.0 bag (RFC 8493): the payload lies in data/, manifests and tag files lie next to it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final, NamedTuple

ALGORITHMS: Final = ("sha256", "sha512")
PAYLOAD: Final = "data"
DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_FILES: Final = frozenset(
    {
        *("bagit.txt", "bag-info.txt", "README.html", "README.txt", "verify.html", "说明文件.TXT", "文件目录.XML"),
        *(f"manifest-{algorithm}.txt" for algorithm in ALGORITHMS),
    }
)
"""The files next to data/ that a bundle has, apart from the manifests of tags."""
CRATE: Final = (f"{PAYLOAD}/ro-crate-metadata.json", f"{PAYLOAD}/ro-crate-preview.html")
"""The description of the payload, which is written last of it: as data, and as a page."""
PARTS: Final = frozenset(
    {
        *CRATE,
        *("data/site/index.html", "data/sources/content/site.yaml", "data/web/site.wacz"),
        *("data/documents/chronicle.docx", "data/record/datapackage.json", "data/record/catalogue.csv"),
        *("data/record/handover.csv", "data/record/four-checks.json", "data/record/four-checks.html"),
        *(
            f"data/record/{form}"
            for table in ("entries", "targets", "requests")
            for form in (f"{table}.json", f"{table}.csv", f"schemas/{table}.json")
        ),
    }
)
"""The files of the payload that a bundle has, whatever was archived."""
_BLOCK: Final = 1 << 20
_ESCAPED: Final[Mapping[str, str]] = {"%": "%25", "\r": "%0D", "\n": "%0A"}


class FileDigests(NamedTuple):
    """A file as manifests list it."""

    path: str
    """From the bag's folder, with ``/``."""
    size: int
    digests: tuple[str, ...]
    """In hexadecimal, one for each of ALGORITHMS."""


class Sealed(NamedTuple):
    """What the receipt of a bag tells."""

    oxum: str
    """Its bytes and files, as RFC 8493 writes them."""
    digest: str
    """The SHA-512 of tagmanifest-sha512.txt, on which every byte of the bag depends."""


def seal(bag: Path, info: Iterable[tuple[str, str]]) -> Sealed:
    """Writes all manifests and tag files of a bag whose other files are there."""
    payload = [digests_of(bag, path) for path in files_below(bag, PAYLOAD)]
    oxum = f"{sum(one.size for one in payload)}.{len(payload)}"
    write(bag / "bagit.txt", DECLARATION.encode())
    write(bag / "bag-info.txt", info_text([*info, ("Payload-Oxum", oxum)]))
    for number, algorithm in enumerate(ALGORITHMS):
        write(bag / f"manifest-{algorithm}.txt", manifest(payload, number))
    tags = [digests_of(bag, path) for path in files_below(bag, "") if not path.startswith(f"{PAYLOAD}/")]
    for number, algorithm in enumerate(ALGORITHMS):
        write(bag / f"tagmanifest-{algorithm}.txt", manifest(tags, number))
    return Sealed(oxum, digests_of(bag, "tagmanifest-sha512.txt").digests[ALGORITHMS.index("sha512")])


def info_text(info: Iterable[tuple[str, str]]) -> bytes:
    """bag-info.txt with these fields."""
    return "".join(f"{key}: {' '.join(value.split())}\n" for key, value in info).encode()


def files_below(bag: Path, folder: str) -> Iterator[str]:
    """The files below a folder of the bag, by path from the bag, in a fixed order."""
    found = []
    for above, _, names in os.walk(bag / folder):
        below = Path(above).relative_to(bag)
        found += [(below / name).as_posix() for name in names]
    return iter(sorted(found))


def digests_of(bag: Path, path: str) -> FileDigests:
    """The size and digests of a file, of which only a block is in memory."""
    with (bag / path).open("rb") as file:
        return FileDigests(path, *digests(file))


def digests(file: IO[bytes], most: int | None = None) -> tuple[int, tuple[str, ...]]:
    """The size and the digests of all that is in an open file; with ``most``, of so many bytes."""
    hashes, size = [hashlib.new(algorithm) for algorithm in ALGORITHMS], 0
    while block := file.read(_BLOCK if most is None else min(_BLOCK, most - size)):
        size += len(block)
        for one in hashes:
            one.update(block)
    return size, tuple(one.hexdigest() for one in hashes)


def write(place: Path, body: bytes) -> None:
    """Writes a new file, and the folders above it. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        file.write(body)


def copy(original: Path, place: Path) -> None:
    """Copies a file, which may be large. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with original.open("rb") as source, place.open("xb") as target:
        shutil.copyfileobj(source, target, _BLOCK)


def manifest(files: Iterable[FileDigests], number: int) -> bytes:
    """The manifest of these files by one of ALGORITHMS."""
    return "".join(f"{one.digests[number]}  {escaped(one.path)}\n" for one in files).encode()


def escaped(path: str) -> str:
    """A path as a manifest writes it (RFC 8493, 2.1.3)."""
    return re.sub("[%\r\n]", lambda found: _ESCAPED[found[0]], path)


def unescaped(path: str) -> str:
    """The inverse of ``escaped``."""
    meanings = {sign: char for char, sign in _ESCAPED.items()}
    return re.sub("%(?:25|0D|0A)", lambda found: meanings[found[0].upper()], path, flags=re.IGNORECASE)
