"""``rizhi requests``."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Literal

import click

from generator.cli.arguments import all_option, site_argument
from generator.cli.console import echo, reading_request, reporting_errors, show_problems
from generator.cli.speech import Command, _
from generator.pipeline.run import run_export


@click.command(
    "requests",
    cls=Command,
    help=_("List the requests of the site in the folder SITE: what is open, for how long, and who deals with it."),
)
@site_argument
@click.option("--open", "state", flag_value="open", help=_("Only those that are open."))
@click.option("--overdue", "state", flag_value="overdue", help=_("Only those that are overdue."))
@click.option("--csv", "form", flag_value="csv", help=_("As a table for Excel and WPS."))
@click.option("--json", "form", flag_value="json", help=_("As data."))
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
    with reporting_errors(site, publishing=False, shows_all=shows_all):
        found = run_export(reading_request(site), partial(request_list, selected))
    show_problems(found.warnings, site, shows_all=shows_all)
    click.echo(found.text, nl=False)
    if form is None:
        echo(found.summary)
