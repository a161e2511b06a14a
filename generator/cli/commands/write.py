"""``rizhi write``."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from generator.cli.arguments import now, site_argument
from generator.cli.console import echo, reporting_errors
from generator.cli.speech import Command, _
from generator.ground.messages import user_language


@click.command(
    "write",
    cls=Command,
    help=_(
        "Write the site in the folder SITE in a browser on this machine: forms, pictures, publishing.\n\n"
        "Nothing is sent anywhere. End it with Ctrl-C."
    ),
)
@site_argument
@click.option(
    "--port",
    metavar="N",
    default=8000,
    type=click.IntRange(0, 65535),
    help=_("The port, by default 8000; 0 for any free one."),
)
@click.option("--no-open", is_flag=True, help=_("Do not open a browser."))
def write(site: Path, port: int, *, no_open: bool) -> None:
    """Opens the site to be written until Ctrl-C."""
    from generator.tools.write import writing

    with reporting_errors(site), contextlib.suppress(KeyboardInterrupt):
        writing.write(site, port, user_language(), now=now, opens=not no_open, say_to_user=echo)
