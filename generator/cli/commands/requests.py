"""``rizhi requests``."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Literal

import click

from generator.cli.arguments import all_option, site_argument
from generator.cli.listing import form_options, print_list
from generator.cli.speech import Command, _


@click.command(
    "requests",
    cls=Command,
    help=_("List the requests of the site in the folder SITE: what is open, for how long, and who deals with it."),
)
@site_argument
@click.option("--open", "state", flag_value="open", help=_("Only those that are open."))
@click.option("--overdue", "state", flag_value="overdue", help=_("Only those that are overdue."))
@form_options
@all_option
def requests(
    site: Path,
    *,
    state: Literal["open", "overdue"] | None,
    form: Literal["csv", "json"] | None,
    shows_all: bool,
) -> None:
    """Prints the list of requests."""
    from generator.tools.request_list import Selected, request_list

    selected = Selected(state=state or "", form=form or "text", width=shutil.get_terminal_size().columns)
    print_list(site, partial(request_list, selected), with_sum=form is None, shows_all=shows_all)
