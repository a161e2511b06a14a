"""``rizhi verify``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.cli.arguments import FILE, all_option
from generator.cli.console import echo, reporting_errors
from generator.cli.speech import Command, _
from generator.cli.summary import unchecked, verified
from generator.ground.errors import BuildError


@click.command(
    "verify",
    cls=Command,
    help=_(
        "Check the BUNDLE that rizhi archive made, a folder or a zip: nothing may be changed, removed or added.\n\n"
        "Every fault is told by its path. The status is 1 where there is one."
    ),
)
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@click.option("--receipt", type=FILE, help=_("The receipt, with which a bundle that was forged as a whole is found."))
@click.option("--rebuild", is_flag=True, help=_("Build the site of the bundle's sources and compare the two."))
@all_option
def verify(bundle: Path, *, receipt: Path | None, rebuild: bool, shows_all: bool) -> None:
    """Checks a bundle."""
    from generator.tools.archive.verify.verify import verify as check

    # No register of persons belongs to a bundle, and no file of a stranger's is shown.
    with reporting_errors(Path(os.devnull), shows_all=shows_all):
        found = check(bundle, receipt=receipt, rebuilds=rebuild)
        for message in unchecked(found.unchecked):
            echo(message, err=True)
        if found.problems:
            raise BuildError(*found.problems)
    echo(verified(bundle, found.files, found.size))
