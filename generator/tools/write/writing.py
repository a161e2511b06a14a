"""The command ``rizhi write``: the preview's server with the writing page in it, on this machine alone."""

from __future__ import annotations

import contextlib
import datetime
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.routing import BaseRoute

from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.pipeline.session import Progress
from generator.tools.preview import Preview
from generator.tools.serve import listening, serve
from generator.tools.write.answers import Services
from generator.tools.write.api import ADDRESS, routes
from generator.tools.write.editor import Editor
from generator.tools.write.outputs import Outputs
from generator.tools.write.reviews import Reviews
from generator.tools.write.running import noted, running

HOST: Final = "127.0.0.1"
_USUAL_PORT: Final = 8000


def write(
    site: Path,
    port: int | None,
    language: str,
    *,
    now: Callable[[], datetime.datetime],
    opens: bool,
    say_to_user: Callable[[Message], None],
    shows_progress: Callable[[], AbstractContextManager[Progress]],
    begins: Callable[[Reviews], str] | None = None,
) -> None:
    """Opens the site in ``site`` to be written until it is interrupted. Raises Fault where the port cannot be used.

    Without a port, the usual one is taken, or else any free one. Where the page is open already, only the browser is.
    ``begins`` begins a review, which is shown first; what it raises is raised.
    """
    known = running(site, HOST, ADDRESS) if port is None else None
    if known is not None and begins is None:
        address = f"http://{HOST}:{known}{ADDRESS}"
        say_to_user(say("It is open already: {address}", address=address))
        _open(address, opens=opens)
        return

    with contextlib.ExitStack() as ending:
        reviewed: list[str] = []

        def services(preview: Preview) -> Sequence[BaseRoute]:
            made = _services(Editor(site.absolute(), language, preview), now)
            if begins is not None:
                reviewed.append(f"#import/{begins(made.reviews)}")
            return routes(made)

        def start(address: str) -> None:
            if known is None:
                ending.enter_context(noted(site, urlsplit(address).port or 0))
            page = "".join((address.rstrip("/"), ADDRESS, *reviewed))
            say_to_user(say("Write at {address} in a browser on this machine. Ctrl-C ends this.", address=page))
            _open(page, opens=opens)

        chosen = _free_port() if port is None else port
        serve(
            site, HOST, chosen, language, now=now, opens=False,
            say_to_user=say_to_user, shows_progress=shows_progress, more=services, on_start=start,
        )  # fmt: skip


def _services(editor: Editor, now: Callable[[], datetime.datetime]) -> Services:
    return Services(editor, Outputs(editor, now), Reviews(editor, lambda: now().year))


def _open(address: str, *, opens: bool) -> None:
    if opens:
        webbrowser.open(address)


def _free_port() -> int:
    """The usual port, unless another program has it; then 0, for any."""
    with contextlib.suppress(Fault), listening(HOST, _USUAL_PORT):
        return _USUAL_PORT
    return 0
