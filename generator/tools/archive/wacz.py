"""The site as WACZ 1.1.1: the WARC with an index and the pages' titles and texts, in a zip that browsers replay."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any, Final

from generator import __version__
from generator.tools.archive.bag import files_below
from generator.tools.archive.contents import Contents
from generator.tools.archive.record import as_json
from generator.tools.archive.warc import NAME, WarcWriter, address, index
from generator.tools.archive.zipped import member

PATH: Final = "data/web/site.wacz"
ELSEWHERE: Final = "https://rizhi.invalid/"
"""Takes the place of the site's address where that is not known; nothing will ever be there (RFC 2606)."""
_VERSION: Final = "1.1.1"
_TITLE: Final = re.compile("<title>([^<]*)</title>")
_MAIN: Final = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_SKIPPED: Final = re.compile(r"<(script|style|template|nav)\b.*?</\1>", re.DOTALL)
_BLOCK: Final = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|dt|dd|tr|t[dh]|figcaption|div|section|article|br|hr)\b[^>]*>")
_TAG: Final = re.compile("<[^>]*>")


def wacz(contents: Contents) -> None:
    """Writes the archive of the site."""
    site, base = contents.payload / "site", contents.site.settings.base_url or ELSEWHERE
    paths = list(files_below(site, ""))
    warc = contents.bag.parent / NAME
    with warc.open("xb") as target:
        writer = WarcWriter(target, contents.moment, f"Rizhi {__version__}")
        records = [writer.add(site / path, address(base, path)) for path in paths]
    place = contents.bag / PATH
    place.parent.mkdir(parents=True)
    parts = {
        "indexes/index.cdx": index(records, contents.moment),
        "pages/pages.jsonl": "".join(_pages(site, paths, base, contents.moment)).encode(),
    }
    with zipfile.ZipFile(place, "x", zipfile.ZIP_STORED) as target_zip:
        resources = [_copied(target_zip, f"archive/{NAME}", warc, contents)]
        resources += [_put(target_zip, path, body, contents) for path, body in parts.items()]
        package = as_json(_package(contents, base, resources))
        _put(target_zip, "datapackage.json", package, contents)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
        _put(target_zip, "datapackage-digest.json", as_json(digest), contents)
    warc.unlink()


def _package(contents: Contents, base: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "wacz_version": _VERSION,
        "title": contents.site.settings.title,
        "description": contents.site.settings.description,
        "created": contents.moment,
        "software": f"Rizhi {__version__}",
        "mainPageUrl": address(base, "index.html"),
        "mainPageDate": contents.moment,
        "resources": resources,
    }


def _put(target: zipfile.ZipFile, path: str, body: bytes, contents: Contents) -> dict[str, Any]:
    target.writestr(member(path, contents.plan.moment), body)
    return _resource(path, len(body), hashlib.sha256(body).hexdigest())


def _copied(target: zipfile.ZipFile, path: str, place: Path, contents: Contents) -> dict[str, Any]:
    info = member(path, contents.plan.moment)
    info.file_size = place.stat().st_size
    with place.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        source.seek(0)
        with target.open(info, "w") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
    return _resource(path, info.file_size, digest)


def _resource(path: str, size: int, digest: str) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _pages(site: Path, paths: list[str], base: str, moment: str) -> Iterator[str]:
    """The pages as JSON lines: a list of what can be opened, with the texts in which a reader searches."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
    yield json.dumps(head) + "\n"
    for path in paths:
        if path.endswith(".html"):
            html = (site / path).read_text(encoding="utf-8")
            url = address(base, path)
            line = {
                "id": hashlib.sha256(url.encode()).hexdigest()[:22],
                "url": url,
                "ts": moment,
                "title": _title(html),
                "text": _text(html),
            }
            yield json.dumps(line, ensure_ascii=False) + "\n"


def _title(html: str) -> str:
    """What the browser shows above a page of ours."""
    found = _TITLE.search(html)
    return " ".join(unescape(found[1]).split()) if found else ""


def _text(html: str) -> str:
    """What a page of ours says, a line for each block."""
    found = _MAIN.search(html)
    text = _TAG.sub("", _BLOCK.sub("\n", _SKIPPED.sub("\n", found[1]))) if found else ""
    lines = (" ".join(line.split()) for line in unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)
