"""``rizhi requests``."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Literal

import click

from generator.cli.arguments import all_option, site_argument
from generator.cli.listing import form_of, form_options, print_list
from generator.cli.speech import Command, _


@click.command(
    "requests",
    cls=Command,
    help=_("List the requests of the site in the folder SITE: what is open, for how long, and who deals with it."),
)
@site_argument
@click.option("--open", "is_open", is_flag=True, help=_("Only those that are open."))
@click.option("--overdue", "is_overdue", is_flag=True, help=_("Only those that are overdue."))
@form_options
@all_option
def requests(site: Path, *, is_open: bool, is_overdue: bool, as_table: bool, as_data: bool, shows_all: bool) -> None:
    """Prints the list of requests."""
    from generator.tools.request_list import Selected, request_list

    form = form_of(as_table=as_table, as_data=as_data)
    # What is overdue is open.
    state: Literal["", "open", "overdue"] = "overdue" if is_overdue else "open" if is_open else ""
    selected = Selected(state=state, form=form, width=shutil.get_terminal_size().columns)
    print_list(site, partial(request_list, selected), with_sum=form == "text", shows_all=shows_all)
