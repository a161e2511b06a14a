"""Commands that print a list, for the terminal, as a table or as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.console import echo, reading_request, reporting_errors, show_problems
from generator.cli.speech import Refusal, _
from generator.ground.errors import in_order
from generator.ground.messages import say, user_language
from generator.pipeline.run import run_export
from generator.tools.faulty_drafts import sparing

if TYPE_CHECKING:
    from generator.pipeline.session import Session
    from generator.tools.listing import Form, Listing


def form_options(command: click.decorators.FC) -> click.decorators.FC:
    """The options for a table and for data."""
    table = click.option("--csv", "as_table", is_flag=True, help=_("As a table for Excel and WPS."))
    return table(click.option("--json", "as_data", is_flag=True, help=_("As data."))(command))


def form_of(*, as_table: bool, as_data: bool) -> Form:
    """What these options ask for. Raises Refusal for both of them."""
    if as_table and as_data:
        fact = say("{first} and {second} exclude each other", first="--csv", second="--json")
        raise Refusal(fact.in_language(user_language()))
    return "csv" if as_table else "json" if as_data else "text"


def print_list(site: Path, work: Callable[[Session], Listing], *, with_sum: bool, shows_all: bool) -> None:
    """Prints what ``work`` lists of a site and, for people, what that sums up to."""
    with reporting_errors(site, shows_all=shows_all):
        request = reading_request(site)
        found, faulty = sparing(request.options, lambda those: run_export(replace(request, options=those), work))
    show_problems(in_order([*found.warnings, *faulty]), site, shows_all=shows_all)
    click.echo(found.text, nl=False)
    if with_sum:
        echo(found.summary)
