"""``rizhi serve``."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from generator.cli.arguments import listening_options, now, site_argument
from generator.cli.console import echo, progress_bar, reporting_errors
from generator.cli.speech import ServerCommand, _
from generator.ground.messages import user_language


@click.command(
    "serve",
    cls=ServerCommand,
    help=_(
        "Show the site in the folder SITE in a browser, drafts too, and reload it whenever a file is saved.\n\n"
        "Problems are shown in the page until they are mended. End it with Ctrl-C."
    ),
)
@site_argument
@listening_options
def serve(site: Path, host: str, port: int, *, opens: bool) -> None:
    """Shows the site until Ctrl-C."""
    from generator.tools import serve as preview

    with reporting_errors(site), contextlib.suppress(KeyboardInterrupt):
        # What is wrong with SOURCE_DATE_EPOCH is told here, and not by each build.
        now()
        preview.serve(
            site, host, port, user_language(), now=now, opens=opens, say_to_user=echo, shows_progress=progress_bar
        )
