"""Holds the files of a bag against its manifests, both ways (RFC 8493, 3)."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from generator.ground.errors import Fault, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import nfc
from generator.tools.archive.bag import (
    ALGORITHMS,
    DECLARATION,
    PAYLOAD,
    TAG_FILES,
    FileDigests,
    digests,
    manifest,
    unescaped,
)
from generator.tools.archive.verify.bundle import LONGEST, Bundle, fact_of, problem, text_of

MOST_MANIFEST: Final = 32 << 20
"""Bytes of a manifest: a hundred thousand files."""
MOST_INFO: Final = 1 << 20
UNREADABLE: Final = (OSError, Fault, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError)
"""What reading a file of a stranger's zip may raise."""
_LINE: Final = re.compile(r"([0-9a-fA-F]{64,128})[ \t]+\*?(\S[^\n]*)")
_OXUM: Final = re.compile(r"^Payload-Oxum:[ \t]*([0-9]{1,18}\.[0-9]{1,9})[ \t]*$", re.MULTILINE)
_FETCH: Final = "fetch.txt"
"""Where other bags list files that are elsewhere (RFC 8493, 2.2.3)."""
_MOST_TOLD: Final = 1_000
"""Problems of one manifest that are told one by one."""


@frozen
class Hashed:
    """The files of a bundle, hashed."""

    files: Mapping[str, FileDigests]
    """By path in NFC; without those that cannot be read."""
    problems: tuple[Problem, ...]


def hashed(bundle: Bundle) -> Hashed:
    """Reads every file once, but for those that are longer than the bundle says all of them are."""
    files: dict[str, FileDigests] = {}
    problems: list[Problem] = []
    most = _payload_size(bundle)
    for path, (_, size) in bundle.listing.files.items():
        if size > (most if path.startswith(f"{PAYLOAD}/") else MOST_MANIFEST):
            problems.append(problem(path, say("it is longer than the bundle says, so it was not read")))
            continue
        try:
            with bundle.open(path) as file:
                found = digests(file, size + 1)
        except UNREADABLE as error:
            problems.append(problem(path, fact_of(error)))
            continue
        if found[0] != size:
            problems.append(problem(path, say("it is not as long as the bundle says")))
        files[path] = FileDigests(path, *found)
    return Hashed(files, tuple(problems))


def _payload_size(bundle: Bundle) -> int:
    """The bytes of the payload as bag-info.txt has it; where it does not say, no file is longer."""
    try:
        told = _OXUM.search(text_of(bundle, "bag-info.txt", MOST_INFO).replace("\r\n", "\n"))
    except (*UNREADABLE, KeyError):
        told = None
    return int(told[1].partition(".")[0]) if told else sys.maxsize


def manifest_problems(bundle: Bundle, found: Hashed) -> Iterator[Problem]:
    """What differs from the manifests: what was changed, removed, added or renamed."""
    if "bagit.txt" not in bundle.listing.files:
        yield problem("bagit.txt", say("the file is missing: this is no bundle"))
        return
    yield from _declaration_problems(bundle)
    payload = {path for path in bundle.listing.files if path.startswith(f"{PAYLOAD}/")}
    tags = {path for path in bundle.listing.files if path not in payload and not path.startswith("tagmanifest-")}
    yield from _differences(bundle, found, "manifest", payload)
    yield from _differences(bundle, found, "tagmanifest", tags)
    yield from _form_problems(bundle, [found.files[path] for path in sorted(tags) if path in found.files])
    known = {f"tagmanifest-{algorithm}.txt" for algorithm in ALGORITHMS}
    for path in bundle.listing.files:
        if path.startswith("tagmanifest-") and path not in known:
            yield problem(path, _added("manifest-sha512.txt"))
        elif path.lower() == _FETCH:
            yield problem(path, say("it says what to load from elsewhere, and all of a bundle is in it: it was added"))
    for path in bundle.listing.empty:
        yield problem(path, say("the folder is empty, which no manifest can list: it was added, or its files are gone"))


def _declaration_problems(bundle: Bundle) -> Iterator[Problem]:
    try:
        text = text_of(bundle, "bagit.txt", MOST_INFO).replace("\r\n", "\n")
    except UNREADABLE as error:
        yield problem("bagit.txt", fact_of(error))
        return
    if text != DECLARATION:
        yield problem("bagit.txt", say("it does not say that this is a bag of BagIt 1.0 in UTF-8"))


def _differences(bundle: Bundle, found: Hashed, kind: str, paths: set[str]) -> Iterator[Problem]:
    """What differs between the files and the manifests of a kind that have to list them; each file is told once."""
    by_file: dict[tuple[str, Callable[[str], Message]], list[str]] = {}
    for number, algorithm in enumerate(ALGORITHMS):
        name = f"{kind}-{algorithm}.txt"
        for one in _compared(bundle, found, name, paths, number):
            if isinstance(one, Problem):
                yield one
            else:
                by_file.setdefault(one, []).append(name)
    for number, ((path, fault), names) in enumerate(by_file.items()):
        if number == _MOST_TOLD:
            yield problem(names[0], say("more than {limit} files differ; the others are not told", limit=_MOST_TOLD))
            return
        yield problem(path, fault(", ".join(names)))


def _form_problems(bundle: Bundle, tags: list[FileDigests]) -> Iterator[Problem]:
    """A problem for each manifest of tags that says what it should, and in another form: no other manifest lists it."""
    for number, algorithm in enumerate(ALGORITHMS):
        name, made = f"tagmanifest-{algorithm}.txt", manifest(tags, number)
        try:
            with bundle.open(name) as file:
                body = file.read(MOST_INFO)
            if body != made and _listed(text_of(bundle, name, MOST_MANIFEST)) == _listed(made.decode()):
                yield problem(name, say("it was changed: it has the right lines, and not as they were written"))
        except (*UNREADABLE, KeyError):
            continue


def _compared(
    bundle: Bundle, found: Hashed, name: str, paths: set[str], number: int
) -> Iterator[Problem | tuple[str, Callable[[str], Message]]]:
    """What differs between a manifest and the files that it has to list: a path, and what is wrong with it."""
    if name not in bundle.listing.files:
        yield problem(name, say("the manifest is missing"))
        # Without it, the files next to data/ are known by their names only.
        if name.startswith("tagmanifest-"):
            yield from ((path, _added) for path in sorted(paths - TAG_FILES))
        return
    try:
        listed, faults = _listed(text_of(bundle, name, MOST_MANIFEST))
    except UNREADABLE as error:
        yield problem(name, fact_of(error))
        return
    yield from (problem(f"{name}:{line}", fault) for line, fault in faults)
    for path in sorted(paths | listed.keys()):
        if path not in listed:
            yield path, _added
        elif path not in paths:
            yield path, _missing
        elif path in found.files and found.files[path].digests[number] != listed[path]:
            yield path, _changed


def _added(manifest: str) -> Message:
    return say("it was added, or renamed: {manifest} does not list it", manifest=manifest)


def _missing(manifest: str) -> Message:
    return say("it is missing: {manifest} lists it", manifest=manifest)


def _changed(manifest: str) -> Message:
    return say("it was changed: its digest is not that of {manifest}", manifest=manifest)


def _listed(text: str) -> tuple[dict[str, str], list[tuple[int, Message]]]:
    """The digest of each path of a manifest, in NFC, and what is wrong with its lines."""
    listed: dict[str, str] = {}
    faults: list[tuple[int, Message]] = []
    for line, row in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        match = _LINE.fullmatch(row)
        if match is None:
            if row:
                faults.append((line, say("the line is no digest and path")))
            continue
        if len(match[2]) > LONGEST:
            faults.append((line, say("it tells of a path that is longer than any")))
            continue
        path = nfc(unescaped(match[2]))
        if path.startswith(("/", "~")) or "\\" in path or not {"..", "."}.isdisjoint(path.split("/")):
            faults.append((line, say("the path leads out of the bundle")))
        elif path in listed:
            faults.append((line, say("the path is listed twice")))
        else:
            listed[path] = match[1].lower()
        if len(faults) >= _MOST_TOLD:
            break
    return listed, faults


def info_problems(bundle: Bundle, found: Hashed) -> Iterator[Problem]:
    """What bag-info.txt says of the payload that is not so."""
    path = "bag-info.txt"
    if path not in bundle.listing.files:
        yield problem(path, say("the file is missing"))
        return
    try:
        told = _OXUM.search(text_of(bundle, path, MOST_INFO).replace("\r\n", "\n"))
    except UNREADABLE as error:
        yield problem(path, fact_of(error))
        return
    payload = [one.size for one in found.files.values() if one.path.startswith(f"{PAYLOAD}/")]
    if told is None or told[1] != f"{sum(payload)}.{len(payload)}":
        yield problem(path, say("Payload-Oxum is not the number of bytes and files that are there"))


def receipt_problem(found: Hashed, digest: str) -> Problem | None:
    """Whether the receipt is that of another bundle, or of this one before it was forged."""
    path = "tagmanifest-sha512.txt"
    own = found.files.get(path)
    if own is not None and own.digests[ALGORITHMS.index("sha512")] == digest:
        return None
    return problem(
        path,
        say("it is not the one of the receipt: the bundle is another one, or all of it was forged"),
        say("ask whoever keeps the receipt which bundle it belongs to; do not trust this one"),
    )
