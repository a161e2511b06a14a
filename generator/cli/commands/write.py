"""``rizhi write``."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from generator.cli.arguments import now, site_argument
from generator.cli.console import echo, progress_bar, reporting_errors
from generator.cli.speech import ServerCommand, _
from generator.ground.files import refuse_within_bag
from generator.ground.messages import say, user_language


@click.command(
    "write",
    cls=ServerCommand,
    help=_(
        "Write the site in the folder SITE in a browser on this machine: forms, pictures, publishing.\n\n"
        "Nothing is sent anywhere. End it with Ctrl-C."
    ),
)
@site_argument
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help=_("The port, by default 8000 if it is free; 0 for any free one."),
)
@click.option("--no-open", is_flag=True, help=_("Do not open a browser."))
@click.option("--shortcut", is_flag=True, help=_("Only put a file on the desktop that does this by a double click."))
def write(site: Path, port: int | None, *, no_open: bool, shortcut: bool) -> None:
    """Opens the site to be written until Ctrl-C."""
    if shortcut:
        with reporting_errors(site):
            _put_shortcut(site)
        return
    from generator.read.sources import require_content
    from generator.tools.write import writing

    with reporting_errors(site), contextlib.suppress(KeyboardInterrupt):
        require_content(site)
        refuse_within_bag(site, is_output=False)
        # What is wrong with SOURCE_DATE_EPOCH is told here, and not by each build.
        now()
        writing.write(
            site, port, user_language(), now=now, opens=not no_open, say_to_user=echo, shows_progress=progress_bar
        )


def _put_shortcut(site: Path) -> None:
    from generator.read.sources import require_content
    from generator.tools.write.content_index import settings_of
    from generator.tools.write.shortcut import shortcut

    require_content(site)
    place = shortcut(site, settings_of(site).title)
    echo(say("{place} opens the writing page by a double click.", place=place))
