"""The command ``rizhi serve``: runs the preview, its web server and the watch on the site's files together."""

from __future__ import annotations

import contextlib
import datetime
import gc
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.routing import BaseRoute

from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.ground.temporary import temporary_folder
from generator.model.options import Options, Selection
from generator.pipeline.session import Progress
from generator.tools.connections import BACKLOG, connection, most_connections
from generator.tools.preview import Preview, State
from generator.tools.server import application
from generator.tools.watch import Watch


def serve(
    site: Path,
    host: str,
    port: int,
    language: str,
    *,
    now: Callable[[], datetime.datetime],
    opens: bool,
    say_to_user: Callable[[Message], None],
    shows_progress: Callable[[], AbstractContextManager[Progress]],
    more: Callable[[Preview], Sequence[BaseRoute]] = lambda _: (),
    on_start: Callable[[str], None] | None = None,
) -> None:
    """Serves a preview of the site in ``site`` until it is interrupted. Raises Fault where the port cannot be used.

    ``shows_progress`` shows how far the first build is. ``more`` gives further addresses of the server's own.
    ``on_start`` is called with the server's address in place of the usual announcement.
    """
    _require(site)
    # The folder that this program was started in may be removed and made again.
    site = site.absolute()
    gc.enable()
    with contextlib.ExitStack() as ending:
        heard = ending.enter_context(listening(host, port))
        folder = ending.enter_context(temporary_folder())
        address = f"http://{f'[{host}]' if ':' in host else host}:{heard.getsockname()[1]}/"

        def options() -> Options:
            # This program has threads, so it must not fork worker processes.
            selection = Selection(now=now(), drafts=True, future=True)
            return Options(folder=site, selection=selection, base_url=address, jobs=1)

        output = Path(folder).resolve() / "site"
        output.mkdir()
        preview = ending.enter_context(contextlib.closing(Preview(options, output, language)))
        preview.listen(problem_teller(say_to_user))
        with shows_progress() as progress:
            preview.refresh(progress)
        # The objects of the first build stay in use, so the garbage collector need not examine them again.
        gc.freeze()

        def announce() -> None:
            say_to_user(say("The site is at {address} and follows every change. Ctrl-C ends this.", address=address))
            if opens:
                webbrowser.open(address)

        with Watch(site, ("content", "themes"), preview.scan, preview.rebuild):
            run_server(preview, host, heard, more(preview), partial(on_start, address) if on_start else announce)


def run_server(
    preview: Preview, host: str, heard: socket.socket, more: Sequence[BaseRoute], on_start: Callable[[], None]
) -> None:
    """Serves a preview on a socket until it is interrupted; ``on_start`` is called once it can be reached."""
    _Server(_config(preview, host, more), preview.end, on_start).run(sockets=[heard])


def problem_teller(say_to_user: Callable[[Message], None]) -> Callable[[State | None], None]:
    """Tells of problems when they come, and when they are gone."""
    last_shown = [""]

    def show(state: State | None) -> None:
        if state is None:
            return
        problems = state.problems or state.left_out or ""
        if problems and problems != last_shown[0]:
            say_to_user(say("{problems}", problems=problems))
        elif last_shown[0] and not problems:
            say_to_user(say("All is well again."))
        last_shown[0] = problems

    return show


def _config(preview: Preview, host: str, more: Sequence[BaseRoute]) -> uvicorn.Config:
    most = most_connections()
    return uvicorn.Config(
        application(preview, host, most_streams=most // 2, more=more),
        http=connection(most),
        backlog=BACKLOG,
        log_level="warning",
        timeout_graceful_shutdown=1,
        server_header=False,
    )


class _Server(uvicorn.Server):
    """A server that ends its event streams when it is to stop, so that it need not wait for them."""

    def __init__(self, config: uvicorn.Config, end: Callable[[], None], on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._end, self._on_start = end, on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # Ctrl-C ends it in order from here on.
        self._on_start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._end()
        super().handle_exit(sig, frame)


def _require(site: Path) -> None:
    if not site.is_dir():
        raise Fault(
            say("there is no folder {folder}", folder=site),
            say("go to the folder that holds content/, or make a new site: rizhi init my-diary"),
        )


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises Fault where that cannot be, as where another program does."""
    heard = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    # It can be listened there again at once after a program has ended; on Windows, even while it has not.
    if sys.platform != "win32":
        heard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        heard.bind((host, port))
        heard.listen()
    except OSError as error:
        heard.close()
        raise Fault(
            say("{host}, port {port} cannot be used: {fact}", host=host, port=port, fact=error.strerror or error),
            say("choose another with --port"),
        ) from None
    return heard
