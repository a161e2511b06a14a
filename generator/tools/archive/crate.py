"""All files of a bundle described as RO-Crate 1.2: what they are, how large, and their digests."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Final
from urllib.parse import quote

from generator import __version__
from generator.tools.archive.bag import CRATE, PAYLOAD, digests_of, files_below
from generator.tools.archive.bilingual import KINDS, PARTS
from generator.tools.archive.contents import Contents
from generator.tools.archive.page import page
from generator.tools.archive.record import as_json
from generator.tools.media import media_type

METADATA, PREVIEW = (path.removeprefix(f"{PAYLOAD}/") for path in CRATE)
_VERSION: Final = "https://w3id.org/ro/crate/1.2"
_PUBLISHER: Final = "#publisher"
_LICENSE: Final = "#license"
_SOFTWARE: Final = "#rizhi"


def crate(contents: Contents) -> None:
    """Writes the description, and the same as a page. All other files of the payload are there."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for path in files_below(contents.bag, PAYLOAD):
        inside = path.removeprefix(f"{PAYLOAD}/")
        folders.setdefault(inside.partition("/")[0] + "/", []).append(_file(contents, path, inside))
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _VERSION},
        },
        _root(contents, list(folders)),
        *_context(contents),
        *(_folder(name, files) for name, files in folders.items()),
        *(file for files in folders.values() for file in files),
        {"@id": PREVIEW, "@type": "CreativeWork", "about": {"@id": "./"}},
    ]
    contents.put(f"{PAYLOAD}/{METADATA}", as_json({"@context": f"{_VERSION}/context", "@graph": graph}))
    contents.put(f"{PAYLOAD}/{PREVIEW}", _preview(contents, folders))


def _root(contents: Contents, folders: list[str]) -> dict[str, Any]:
    settings = contents.site.settings
    first = min(entry.span.start for entry in contents.site.entries)
    last = max(entry.span.end for entry in contents.site.entries)
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": settings.title,
        "description": settings.description or settings.title,
        "datePublished": contents.plan.day.isoformat(),
        "temporalCoverage": f"{first}/{last}",
        "inLanguage": settings.language,
        "identifier": contents.plan.name,
        **({"url": settings.base_url} if settings.base_url else {}),
        "license": {"@id": _LICENSE},
        "publisher": {"@id": _PUBLISHER},
        "conditionsOfAccess": str(KINDS[contents.order.is_internal]),
        "hasPart": [{"@id": name} for name in folders],
    }


def _context(contents: Contents) -> Iterator[dict[str, Any]]:
    settings = contents.site.settings
    yield {"@id": _PUBLISHER, "@type": "Organization", "name": settings.organization or "未注明 · not stated"}
    yield {
        "@id": _LICENSE,
        "@type": "CreativeWork",
        "name": settings.license or "未注明 · not stated",
        "description": settings.license or "使用前请询问发布单位 · Ask the publisher before you use it",
    }
    # A SoftwareApplication has to have an address, and nobody knows for how long this program has one.
    yield {"@id": _SOFTWARE, "@type": "CreativeWork", "name": "Rizhi", "version": __version__}
    yield {
        "@id": "#archived",
        "@type": "CreateAction",
        "name": "归档 · archived",
        **({"endTime": contents.moment} if contents.stated_day else {}),
        "instrument": {"@id": _SOFTWARE},
        "agent": {"@id": _PUBLISHER},
        "result": {"@id": "./"},
    }


def _folder(name: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    words = PARTS.get(f"{PAYLOAD}/{name[:-1]}")
    return {
        "@id": name,
        "@type": "Dataset",
        "name": str(words or name),
        "description": str(words or name),
        "hasPart": [{"@id": one["@id"]} for one in files],
    }


def _file(contents: Contents, path: str, inside: str) -> dict[str, Any]:
    found = digests_of(contents.bag, path)
    return {
        "@id": quote(inside),
        "@type": "File",
        "name": inside,
        "encodingFormat": media_type(inside),
        "contentSize": str(found.size),
        "sha256": found.digests[0],
    }


def _preview(contents: Contents, folders: dict[str, list[dict[str, Any]]]) -> bytes:
    title = contents.site.settings.title
    parts = "".join(
        f"<h2>{escape(str(PARTS.get(f'{PAYLOAD}/{name[:-1]}', name)))}</h2>\n<p>{escape(name)}: {len(files)} "
        f"文件 · files</p>\n"
        for name, files in folders.items()
    )
    return page(
        title,
        f'<h1>{escape(title)}</h1>\n<p><a href="site/index.html">打开网站 · Open the site</a></p>\n{parts}'
        f'<p><a href="{METADATA}">全部文件的说明 · All files</a></p>\n',
    )
