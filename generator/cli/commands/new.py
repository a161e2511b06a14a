"""``rizhi new``: entries and service targets."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.arguments import now, site_argument
from generator.cli.console import reporting_errors
from generator.cli.speech import Group, _
from generator.ground.files import refuse_within_bag


@click.group("new", cls=Group, help=_("Make a new entry or service target, with its front matter filled in."))
def new() -> None:
    """The group of commands that create a file."""


@new.command(
    "entry", help=_("Make a draft with the given TITLE in the folder SITE. Delete its status line to publish it.")
)
@click.argument("title")
@site_argument
@click.option(
    "--date", "day", metavar="DATE", help=_("The day that it is about, such as 2020-03-05; by default today.")
)
def _new_entry(title: str, site: Path, day: str | None) -> None:
    from generator.ground.dates import parse_day
    from generator.tools.scaffold import new_entry

    with reporting_errors(site):
        refuse_within_bag(site, is_output=False)
        click.echo(new_entry(site, title, parse_day(day) if day else now().astimezone().date()).as_posix())


@new.command("target", help=_("Make a service target called NAME in the folder SITE."))
@click.argument("name")
@site_argument
@click.option(
    "--kind",
    metavar="KIND",
    default="enterprise",
    help=_("One of the site's kinds, such as village; by default enterprise."),
)
def _new_target(name: str, site: Path, kind: str) -> None:
    from generator.tools.scaffold import new_target

    with reporting_errors(site):
        refuse_within_bag(site, is_output=False)
        click.echo(new_target(site, name, kind).as_posix())
