"""Whether the parts of a bundle agree with each other: web archive, crate, catalogue, pages of PDF files.

Whoever forges a bundle makes its manifests fit; these show whether its parts still tell the same.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tempfile
from collections.abc import Container, Iterator, Mapping, Sequence
from html import unescape
from typing import IO, Any, Final
from urllib.parse import unquote

from generator.ground.errors import Problem
from generator.ground.files import check_size
from generator.ground.messages import Message, say
from generator.ground.text import nfc
from generator.render.data_files import harmless
from generator.tools.archive.bag import PARTS, TAG_FILES, FileDigests
from generator.tools.archive.catalogue import COLUMNS
from generator.tools.archive.verify.bundle import Bundle, ZipBundle, fact_of, problem, text_of, told_path
from generator.tools.archive.verify.manifests import UNREADABLE, Hashed
from generator.tools.archive.verify.pdf_pages import MOST, page_count
from generator.tools.archive.warc import digest_of, read_records

SITE: Final = "data/site/"
WEB: Final = "data/web/site.wacz"
CRATE: Final = "data/ro-crate-metadata.json"
CATALOGUE: Final = "data/record/catalogue.csv"
ITEMS: Final = "data/items/"
_WARC: Final = "archive/data.warc"
_LIST: Final = "文件目录.XML"
_MOST_TEXT: Final = 64 << 20
_MOST_RECORDS: Final = 500_000
_FAULTY: Final = (*UNREADABLE, KeyError, TypeError, AttributeError, RecursionError, csv.Error, IndexError)
"""What reading a stranger's data may raise."""


def missing_parts(bundle: Bundle, known: Container[str]) -> Iterator[Problem]:
    """What every bundle has and this one lacks, whatever its manifests say; apart from ``known`` paths."""
    for path in sorted(TAG_FILES | PARTS):
        if path not in bundle.listing.files and path not in known:
            yield problem(path, say("it is missing: every bundle has it"))


def web_archive(bundle: Bundle, found: Hashed) -> Iterator[Problem | Message]:
    """Whether the web archive is whole, and holds the files of the site and nothing else."""
    if WEB not in bundle.listing.files:
        return
    try:
        # A zip within a zip cannot be read at random; the copy has the size that the bundle says, at most.
        with bundle.open(WEB) as source, tempfile.TemporaryFile() as copy:
            _copy(source, copy, bundle.listing.files[WEB][1])
            inner = ZipBundle(copy, WEB, is_whole=False)
            yield from inner.listing.problems
            yield from _resources(inner)
            yield from _records(inner, found)
    except _FAULTY as error:
        yield problem(WEB, fact_of(error))


def _copy(source: IO[bytes], copy: IO[bytes], size: int) -> None:
    while size > 0 and (block := source.read(min(size, 1 << 20))):
        copy.write(block)
        size -= len(block)


def _resources(inner: ZipBundle) -> Iterator[Problem]:
    """Whether the files of a web archive are those that it lists."""
    package = text_of(inner, "datapackage.json", _MOST_TEXT)
    stated = json.loads(text_of(inner, "datapackage-digest.json", _MOST_TEXT))["hash"]
    if stated != f"sha256:{hashlib.sha256(package.encode()).hexdigest()}":
        yield problem(f"{WEB}/datapackage.json", say("it was changed: its digest is another"))
    listed = {"datapackage.json", "datapackage-digest.json"}
    for one in json.loads(package)["resources"]:
        path = str(one["path"])
        listed.add(path)
        if path not in inner.listing.files:
            yield problem(f"{WEB}/{path}", say("the file is missing"))
            continue
        with inner.open(path) as file:
            if f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}" != one["hash"]:  # type: ignore[arg-type]
                yield problem(f"{WEB}/{path}", say("it was changed: its digest is another"))
    for path in inner.listing.files.keys() - listed:
        yield problem(f"{WEB}/{path}", say("it was added, or renamed: {manifest} does not list it", manifest=WEB))


def _records(inner: ZipBundle, found: Hashed) -> Iterator[Problem]:
    """Whether each file of the site is a record with the same bytes, and each record a file of the site."""
    base, left = None, {path for path in found.files if path.startswith(SITE)}
    main = json.loads(text_of(inner, "datapackage.json", _MOST_TEXT))["mainPageUrl"]
    base = str(main).removesuffix("index.html")
    with inner.open(_WARC) as warc:
        for headers, digest in read_records(warc, _MOST_RECORDS):
            if headers.get("warc-type") != "resource":
                continue
            path = SITE + nfc(unquote(told_path(headers["warc-target-uri"]).removeprefix(base)))
            if headers.get("warc-block-digest") != digest_of(digest):
                yield problem(WEB, say("the record of {path} was changed: its digest is another", path=path))
            if path not in found.files:
                yield problem(WEB, say("the record of {path} is none of the site", path=path))
            elif found.files[path].digests[0] != digest.hex():
                yield problem(WEB, say("the record of {path} is not what is in the site", path=path))
            left.discard(path)
    for path in sorted(left):
        yield problem(WEB, say("the record of {path} is missing", path=path))


def crate(bundle: Bundle, found: Hashed) -> Iterator[Problem | Message]:
    """Whether the crate describes each file of the payload as it is."""
    if CRATE not in bundle.listing.files:
        return
    described: dict[str, Mapping[str, Any]] = {}
    try:
        for one in json.loads(text_of(bundle, CRATE, _MOST_TEXT))["@graph"]:
            if one["@type"] == "File":
                described["data/" + nfc(unquote(told_path(str(one["@id"]))))] = one
    except _FAULTY as error:
        yield problem(CRATE, fact_of(error))
        return
    own = {path for path in found.files if path.startswith("data/")} - {CRATE, "data/ro-crate-preview.html"}
    for path in sorted(own | described.keys()):
        if path not in described:
            yield problem(path, say("it was added, or renamed: {manifest} does not list it", manifest=CRATE))
        elif path not in own:
            yield problem(path, say("it is missing: {manifest} lists it", manifest=CRATE))
        elif not _is_described(described[path], found.files[path]):
            yield problem(path, say("it was changed: its digest is not that of {manifest}", manifest=CRATE))


def _is_described(one: Mapping[str, Any], file: FileDigests) -> bool:
    return one.get("sha256") == file.digests[0] and one.get("contentSize") == str(file.size)


def catalogue(bundle: Bundle, found: Hashed) -> Iterator[Problem | Message]:
    """Whether each item of the catalogue is there, with as many pages as it says, and each file is an item."""
    if CATALOGUE not in bundle.listing.files:
        return
    try:
        rows = list(csv.DictReader(io.StringIO(text_of(bundle, CATALOGUE, _MOST_TEXT))))
        items = {nfc(told_path(row["文件"])): row.get("页数") for row in rows}
    except _FAULTY as error:
        yield problem(CATALOGUE, fact_of(error))
        return
    if _LIST in bundle.listing.files:
        try:
            yield from _list_problems(text_of(bundle, _LIST, _MOST_TEXT), rows)
        except _FAULTY as error:
            yield problem(_LIST, fact_of(error))
    for path, stated in items.items():
        if path not in found.files:
            yield problem(path, say("it is missing: {manifest} lists it", manifest=CATALOGUE))
        elif path.startswith(ITEMS):
            yield from _page_problems(bundle, path, stated or "")
    for path in found.files:
        if path.startswith(ITEMS) and path not in items:
            yield problem(path, say("it was added, or renamed: {manifest} does not list it", manifest=CATALOGUE))


def _list_problems(listed: str, rows: Sequence[Mapping[str, str | None]]) -> Iterator[Problem]:
    """Whether 文件目录.XML says what the catalogue says; the first difference is told."""
    items = listed.split("<件>")[1:]
    if len(items) != len(rows):
        yield problem(_LIST, say("it has not as many items as {path}", path=CATALOGUE))
        return
    for number, (item, row) in enumerate(zip(items, rows, strict=True), 1):
        cells = {name: harmless(unescape(value)) for name, value in re.findall("<([^<>/]+)>([^<]*)</", item)}
        if any(cells.get(name) != row.get(name) for name in COLUMNS):
            yield problem(_LIST, say("item {number} is not as {path} says", number=number, path=CATALOGUE))
            return


def _page_problems(bundle: Bundle, path: str, stated: str) -> Iterator[Problem]:
    """Whether a PDF has as many pages as the catalogue says."""
    try:
        check_size(bundle.listing.files[path][1], MOST)
        with bundle.open(path) as file:
            count = page_count(file.read(MOST + 1))
    except UNREADABLE as error:
        yield problem(path, fact_of(error))
        return
    if str(count) != stated:
        yield problem(
            path, say("it has {count} pages, and the catalogue says {stated}", count=count, stated=stated or "0")
        )
