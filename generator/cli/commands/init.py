"""``rizhi init``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.arguments import FOLDER
from generator.cli.console import echo, own_command, reporting_errors
from generator.cli.speech import Command, _
from generator.ground.files import refuse_within_bag
from generator.ground.messages import say, user_language
from generator.ground.shell import shell_command


@click.command("init", cls=Command, help=_("Make a small working site in the new folder DIR, ready to be changed."))
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--language", type=click.Choice(["zh", "en"]), help=_("The site's language; by default yours."))
def init(folder: Path, language: str | None) -> None:
    """Makes a new site, and says what to do next."""
    from generator.tools.origin import WHEELS, origin
    from generator.tools.scaffold import new_site

    program = origin()
    with reporting_errors(folder):
        refuse_within_bag(folder, is_output=False)
        made = new_site(folder, language or user_language(), program)
    for place in made:
        click.echo(place.as_posix())
    echo(say("The site is ready. See it with: {command}", command=own_command("serve", folder)))
    echo(say("Publish it with: {command}", command=own_command("build", folder)))
    if program.source is not None:
        echo(
            say(
                "Before GitHub can publish it, put this program into the site: {command}",
                command=shell_command(
                    sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder / WHEELS, program.source
                ),
            )
        )
