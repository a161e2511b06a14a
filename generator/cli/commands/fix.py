"""``rizhi fix``."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.arguments import site_argument
from generator.cli.commands.check import check
from generator.cli.console import reporting_errors
from generator.cli.speech import Command, _
from generator.ground.files import refuse_within_bag


@click.command(
    "fix",
    cls=Command,
    help=_("Repair what has only one possible repair in the site in the folder SITE, after showing it."),
)
@site_argument
@click.option("--yes", "agrees", is_flag=True, help=_("Write it without asking."))
@click.option("--diff", "only_shows", is_flag=True, help=_("Only show what would be written."))
@click.pass_context
def fix(context: click.Context, site: Path, *, agrees: bool, only_shows: bool) -> None:
    """Repairs the site, then says what is left."""
    from generator.cli.repairing import repair

    with reporting_errors(site):
        if not only_shows:
            refuse_within_bag(site, is_output=False)
        is_done = repair(site, agrees=agrees, only_shows=only_shows)
    if is_done:
        context.invoke(check, site=site, drafts=False, future=False, strict=False, shows_all=False)
