"""``rizhi changes``."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.arguments import all_option, site_argument
from generator.cli.listing import form_of, form_options, print_list
from generator.cli.speech import Command, _

if TYPE_CHECKING:
    from generator.pipeline.session import Session
    from generator.tools.listing import Listing


@click.command(
    "changes",
    cls=Command,
    help=_(
        "List what changed in the record of the site in the folder SITE: entries that are new, corrected or withdrawn, "
        "and requests that moved, the newest first."
    ),
)
@site_argument
@click.option("--since", metavar="DATE", help=_("From this day on; by default the last week of the diary."))
@form_options
@all_option
def changes(site: Path, *, since: str | None, as_table: bool, as_data: bool, shows_all: bool) -> None:
    """Prints the list of changes."""
    from generator.ground.dates import parse_day
    from generator.tools.change_list import Selected, change_list

    form = form_of(as_table=as_table, as_data=as_data)
    width = shutil.get_terminal_size().columns

    def listed(session: Session) -> Listing:
        day = parse_day(since) if since else None
        return change_list(Selected(since=day, form=form, width=width), session)

    print_list(site, listed, with_sum=form == "text", shows_all=shows_all)
