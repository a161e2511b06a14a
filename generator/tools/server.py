"""The web server of the preview: serves the build's output, and tells browsers to reload after each build.

It answers only requests to this machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import urlsplit

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from generator.tools.connections import OUT_OF_HANDLES, quietly
from generator.tools.media import media_type
from generator.tools.preview import Preview, State

PREVIEW_PREFIX: Final = "/.rizhi"
"""The prefix of the preview's own addresses; no page of a site can have it."""
ALIVE_SECONDS: Final = 15.0
RETRY_SECONDS: Final = 5
"""After which a browser asks again that could not be kept waiting."""

_SCRIPTS: Final = {
    f"{PREVIEW_PREFIX}/{name}": Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("reload.js", "builds.js")
}
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
_WAITING: Final = '<!doctype html><meta charset="utf-8"><title>rizhi</title><body></body>'


def application(preview: Preview, host: str, *, most_streams: int, more: Sequence[BaseRoute] = ()) -> ASGIApp:
    """The preview as a web application. ``host`` is the address on which the server listens.

    At most ``most_streams`` browsers are told of each build at once; the others ask now and then. ``more`` are further
    addresses of the server's own, such as those of the writing page.
    """
    listeners = Listeners(preview, most_streams)

    async def script(request: Request) -> Response:
        body = _SCRIPTS[request.url.path]
        return Response(body, media_type="text/javascript", headers={"Cache-Control": "no-store"})

    async def events(_: Request) -> Response:
        return StreamingResponse(
            listeners.stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    app = Starlette(
        routes=[
            *(Route(path, script) for path in _SCRIPTS),
            Route(f"{PREVIEW_PREFIX}/events", events),
            *more,
            Mount("/", _Site(preview)),
        ],
        lifespan=listeners.lifespan,
    )
    return _Guard(app, _allowed(host))


class Listeners:
    """The browsers that wait for the next state of the preview."""

    def __init__(self, preview: Preview, most: int) -> None:
        self._preview = preview
        self._most = most
        self._queues: set[asyncio.Queue[State | None]] = set()

    @contextlib.asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Forwards each new state from the thread that builds to the event loop of the server."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(quietly)

        def listener(state: State | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._pass_on, state)

        self._preview.listen(listener)
        yield

    def _pass_on(self, state: State | None) -> None:
        for queue in self._queues:
            queue.put_nowait(state)

    async def stream(self) -> AsyncIterator[str]:
        """The current state, and each new one, as server-sent events (WHATWG HTML, 9.2)."""
        state: State | None = self._preview.state
        if len(self._queues) >= self._most:
            yield f"retry: {RETRY_SECONDS * 1000}\n{_event(self._preview.state)}"
            return
        queue: asyncio.Queue[State | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            while state is not None:
                yield _event(state)
                while True:
                    try:
                        state = await asyncio.wait_for(queue.get(), ALIVE_SECONDS)
                        break
                    except TimeoutError:
                        yield ": alive\n\n"
        finally:
            self._queues.discard(queue)


def _event(state: State) -> str:
    return f"data: {json.dumps(asdict(state), ensure_ascii=False)}\n\n"


class _Site(StaticFiles):
    """Serves the output's files. The reload script is added to pages as they are sent, not on the disk."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(directory=preview.output, html=True, check_dir=False)
        self._preview = preview

    async def get_response(self, path: str, scope: Scope) -> Response:
        # Written as this system writes paths.
        parts = PurePath(path).parts
        if any(part.startswith(".") for part in parts):
            raise HTTPException(404)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            state = self._preview.state
            if error.status_code != 404 or not (state.problems or state.left_out):
                raise
            return self._with_script(_WAITING, 404)
        except (ValueError, OSError):
            # A NUL or a name that is too long: a site cannot have such a file.
            raise HTTPException(404) from None
        response.headers.update(_HEADERS)
        file = getattr(response, "path", None)
        if file is None:
            return response
        kind = media_type(str(file))
        response.headers["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        if parts[:1] == ("files",) and "ml" in kind:
            # An attachment that is a page of its own (HTML, XML, SVG) gets at nothing else here.
            response.headers["Content-Security-Policy"] = "sandbox"
            return response
        if kind != "text/html":
            return response
        text = await anyio.Path(file).read_text(encoding="utf-8")
        return self._with_script(text, response.status_code)

    def _with_script(self, text: str, status: int) -> Response:
        tag = (
            f'<script type="module" src="{PREVIEW_PREFIX}/reload.js" data-version="{self._preview.state.version}" '
            f'data-status="{status}"></script>'
        )
        before, end, after = text.rpartition("</body>")
        body = f"{before}{tag}{end}{after}" if end else text + tag
        return HTMLResponse(body, status, headers=_HEADERS)


class _Guard:
    """Answers only requests whose Host and Origin are this machine and port, so that no other page can use it."""

    def __init__(self, app: ASGIApp, is_ours: Callable[[str], bool]) -> None:
        self._app = app
        self._is_ours = is_ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
            host, origin = headers.get(b"host", ""), headers.get(b"origin")
            asking = host if origin is None else origin.partition("://")[2]
            # Another program of this machine may have a page of its own at another port.
            if not (self._is_ours(host) and self._is_ours(asking) and _port(host) == _port(asking)):
                await PlainTextResponse("403 Forbidden\n", 403)(scope, receive, send)
                return
        try:
            await self._app(scope, receive, send)
        except OSError as error:
            # A file that cannot be opened now can be in a moment; a browser asks again.
            if error.errno not in OUT_OF_HANDLES:
                raise


def _port(host: str) -> str:
    """What stands behind a name or an address: the port, if it is written out."""
    digits = host.rpartition(":")[2]
    return digits if digits.isdecimal() else ""


def _allowed(host: str) -> Callable[[str], bool]:
    """Returns a check of Host headers: this machine's own names, and any IP address where the server listens on all.

    No other name is allowed, because another site's name could be resolved to this machine (DNS rebinding).
    """
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 - asked for by --host

    def is_ours(header: str) -> bool:
        try:
            name = urlsplit(f"//{header}").hostname or ""
        except ValueError:
            return False
        if name in ("localhost", host):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return everywhere or address.is_loopback

    return is_ours
