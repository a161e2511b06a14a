"""The command ``rizhi write``: the preview's server with the writing page in it, on this machine alone."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Final

from generator.ground.messages import Message, say
from generator.tools.serve import serve
from generator.tools.write.api import ADDRESS, routes
from generator.tools.write.editor import Editor

HOST: Final = "127.0.0.1"


def write(
    site: Path,
    port: int,
    language: str,
    *,
    now: Callable[[], datetime.datetime],
    opens: bool,
    say_to_user: Callable[[Message], None],
) -> None:
    """Opens the site in ``site`` to be written until it is interrupted. Raises Fault where the port cannot be used."""
    serve(
        site,
        HOST,
        port,
        language,
        now=now,
        opens=opens,
        say_to_user=say_to_user,
        more=lambda preview: routes(Editor(site.absolute(), language, preview)),
        start=ADDRESS.lstrip("/"),
        welcome=_welcome,
    )


def _welcome(address: str) -> Message:
    return say("Write at {address} in a browser on this machine. Ctrl-C ends this.", address=address)
