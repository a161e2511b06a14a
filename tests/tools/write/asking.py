"""The writing page's server as a browser meets it, without a network: the application that the server runs."""

from __future__ import annotations

import asyncio
import datetime
import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from starlette.types import ASGIApp, Message

from generator.model.options import Options, Selection
from generator.tools.preview import Preview
from generator.tools.server import application
from generator.tools.write.answers import Services
from generator.tools.write.api import ADDRESS, routes
from generator.tools.write.editor import Editor
from generator.tools.write.outputs import Outputs
from generator.tools.write.reviews import Reviews
from tests.space import SiteSpace

NOW = datetime.datetime(2020, 9, 13, tzinfo=datetime.UTC)
HOST = "127.0.0.1:8000"
GONE = b"gone"
"""A chunk of what is sent in place of which the browser is closed."""
DRAFT = "---\ntitle: 标题\ndate: 2020-03-05   # 留着\nstatus: draft\n---\n正文。\n"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    taken: int
    """Bytes of what was sent that were taken."""

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def facts(self) -> list[str]:
        """The messages of the problems that it names."""
        return [one["message"] for one in self.json["problems"]]


class Asking:
    """The page in a browser: it knows the token."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        found = re.search(r'name="rizhi-token" content="([^"]+)"', self.raw("GET", ADDRESS).body.decode())
        assert found is not None
        self.token = found[1]

    def raw(
        self, method: str, address: str, chunks: Iterable[bytes] = (), headers: Mapping[str, str] | None = None
    ) -> Answered:
        """The answer to any request; ``address`` is sent as it is."""
        given = {"host": HOST} | {name.lower(): value for name, value in (headers or {}).items()}
        path, _, query = address.partition("?")
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
        }  # fmt: skip
        sent, taken, waiting = list[Message](), [0], chain(chunks, [None])

        async def receive() -> Message:
            body = next(waiting, GONE)
            if body == GONE:
                return {"type": "http.disconnect"}
            taken[0] += len(body or b"")
            return {"type": "http.request", "body": body or b"", "more_body": body is not None}

        async def send(message: Message) -> None:
            sent.append(message)

        async def answer() -> None:
            await self._app(scope, receive, send)

        # A browser that other tests have opened keeps a loop running in this thread.
        with ThreadPoolExecutor(1) as own:
            own.submit(lambda: asyncio.run(answer())).result()
        # A test may fork now, and should not then have threads.
        for thread in threading.enumerate():
            if thread.name.startswith("AnyIO"):
                thread.join()
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answered(sent[0]["status"], named, b"".join(one.get("body", b"") for one in sent[1:]), taken[0])

    def ask(self, method: str, door: str, sent: object = None, /, **query: str) -> Answered:
        """The answer to a request of the page, with JSON."""
        body = [json.dumps(sent).encode()] if sent is not None else []
        return self.raw(method, address(door, **query), body, {"X-Rizhi-Token": self.token})

    def upload(self, name: str, body: bytes | Iterable[bytes], path: str = "content/entries/a.md") -> Answered:
        """The answer to a file that is put beside a text."""
        chunks = [body] if isinstance(body, bytes) else body
        return self.raw("POST", address("upload", path=path, name=name), chunks, {"X-Rizhi-Token": self.token})

    def look(self, name: str, beginning: bytes, size: int = 0) -> Answered:
        """The answer to the beginning of a file that somebody has chosen."""
        query = {"name": name, "size": str(size)}
        return self.raw("POST", address("upload/look", **query), [beginning], {"X-Rizhi-Token": self.token})

    def version(self, path: str) -> str:
        """The version of a file."""
        return str(self.ask("GET", "file", path=path).json["version"])


def address(door: str, /, **query: str) -> str:
    """The address of a part of the application."""
    return f"{ADDRESS}api/{quote(door, safe='/')}" + (f"?{urlencode(query)}" if query else "")


@contextmanager
def asking(space: SiteSpace, output: Path, language: str = "en") -> Iterator[Asking]:
    """The page of a site; ``output`` is the folder of its preview, which is built where ``refresh`` is called."""

    def options() -> Options:
        return Options(folder=space.folder, selection=Selection(now=NOW, drafts=True, future=True), jobs=1)

    preview = Preview(options, output, language)
    editor = Editor(space.folder, language, preview)
    services = Services(editor, Outputs(editor, lambda: NOW), Reviews(editor, lambda: NOW.year))
    try:
        yield Asking(application(preview, "127.0.0.1", most_streams=1, more=routes(services)))
    finally:
        preview.close()


PATH = "content/entries/a.md"
OTHER = DRAFT.replace("正文", "别人写的")


def source(space: SiteSpace) -> str:
    return (space.folder / PATH).read_text(encoding="utf-8")


def beside(space: SiteSpace) -> list[str]:
    return sorted(one.name for one in (space.folder / "content/entries").iterdir())


def change(page: Asking, version: str, text: str = "新的。\n") -> Any:
    return page.ask("PATCH", "file", {"version": version, "text": text}, path=PATH)
