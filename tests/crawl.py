"""A crawler that knows nothing of the generator: it follows every link of a site, as a browser would."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import url2pathname, urlopen


@dataclass
class Crawled:
    """What was found."""

    pages: set[str] = field(default_factory=set)
    """The addresses of all HTML pages that were reached."""
    others: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    foreign_loads: list[str] = field(default_factory=list)
    """What a browser would fetch from another host."""


class _Page(HTMLParser):
    LOADS = frozenset({"img", "script", "iframe", "source", "audio", "video", "embed", "object"})

    LOADED = frozenset({"stylesheet", "icon", "apple-touch-icon", "manifest"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, bool]] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        rel = (given.get("rel") or "").split()
        if "canonical" in rel:
            return
        for name in ("href", "src"):
            if (value := given.get(name)) and not value.startswith("data:"):
                self.links.append((value, tag in self.LOADS or not self.LOADED.isdisjoint(rel)))
        self.links += [(one.split()[0], True) for one in (given.get("srcset") or "").split(", ") if one]


def crawl(start: str) -> Crawled:
    """Everything that can be reached from ``start`` without leaving its host, or its folder for ``file:``."""
    found = Crawled()
    texts: dict[str, _Page] = {}
    waiting = [(start, "start")]
    seen = {start}
    anchors: list[tuple[str, str, str]] = []
    while waiting:
        address, source = waiting.pop()
        body, kind = _fetch(address)
        if body is None:
            found.broken.append(f"{address} (from {source})")
            continue
        if kind != "text/html":
            found.others.add(address)
            continue
        found.pages.add(address)
        texts[address] = page = _Page(body.decode())
        for link, is_load in page.links:
            goal, fragment = urldefrag(urljoin(address, link))
            if _host(goal) != _host(start):
                found.foreign_loads += [goal] if is_load else []
                continue
            if fragment:
                anchors.append((goal, unquote(fragment), address))
            if goal not in seen:
                seen.add(goal)
                waiting.append((goal, address))
    found.broken += [f"{goal}#{part} (from {source})" for goal, part, source in anchors if part not in texts[goal].ids]
    return found


def _host(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _fetch(address: str) -> tuple[bytes | None, str]:
    if address.startswith("file:"):
        place = Path(url2pathname(unquote(urlsplit(address).path)))
        return (place.read_bytes() if place.is_file() else None), "text/html" if place.suffix == ".html" else ""
    try:
        with urlopen(_ascii(address)) as answer:
            return answer.read(), answer.headers.get_content_type()
    except HTTPError:
        return None, ""


def _ascii(address: str) -> str:
    from urllib.parse import quote

    return quote(address, safe=":/?#[]@!$&'()*+,;=%-._~")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class _Packing(_Quiet):
    """Sends texts as servers do, packed (gzip, level 6)."""

    def do_GET(self) -> None:
        place = Path(self.translate_path(self.path))
        place = place / "index.html" if self.path.endswith("/") else place
        kind = self.guess_type(str(place))
        if not place.is_file() or not kind.startswith(("text/", "application/j", "application/x")):
            super().do_GET()
            return
        body = gzip.compress(place.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, *, packs: bool = False) -> Iterator[str]:
    """``folder`` on a web server of its own; its address, ending in ``/``. ``packs`` has texts sent in gzip."""
    handler = functools.partial(_Packing if packs else _Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
