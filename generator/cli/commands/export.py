"""``rizhi export``: files to send."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from generator.cli.arguments import FILE, all_option, site_argument
from generator.cli.console import echo, reading_request, reporting_errors, show_problems
from generator.cli.speech import Group, _
from generator.cli.summary import exported_to
from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.pipeline.run import run_export


@click.group("export", cls=Group, help=_("Write a part of the site as a file to send."))
def export() -> None:
    """The group of commands that write a file to send."""


@export.command(
    "chronicle",
    help=_(
        "Write the published entries of the folder SITE as one article: a Word file, a PDF, a web page or Markdown.\n\n"
        "Private data stops it, as it stops a build."
    ),
)
@site_argument
@click.option("--from", "first", metavar="DATE", help=_("The first day; by default from the beginning."))
@click.option("--to", "last", metavar="DATE", help=_("The last day; by default to the end."))
@click.option("--target", metavar="NAME", help=_("Only entries about this service target."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["docx", "pdf", "html", "md"]),
    help=_("The format; by default what the file's ending says, else docx."),
)
@click.option(
    "--output",
    metavar="FILE",
    type=FILE,
    help=_("The file; by default chronicle, in this folder."),
)
@click.option("--force", is_flag=True, help=_("Write over a file that is there."))
@click.option("--strict", is_flag=True, help=_("Treat warnings as problems."))
@all_option
def _export_chronicle(
    site: Path,
    *,
    first: str | None,
    last: str | None,
    target: str | None,
    form: str | None,
    output: Path | None,
    force: bool,
    strict: bool,
    shows_all: bool,
) -> None:
    from generator.ground.dates import parse_day
    from generator.tools.export import Selected, chronicle, write

    ending = output.suffix[1:].lower() if output else ""
    form = form or (ending if ending in ("docx", "pdf", "html", "md") else "docx")
    place = output or Path(f"chronicle.{form}")
    with reporting_errors(site, publishing=False, shows_all=shows_all):
        selected = Selected(
            first=parse_day(first) if first else None,
            last=parse_day(last) if last else None,
            target=target,
            format=form,
            name=place.name.removesuffix(f".{form}"),
        )
        if ending and ending not in ("docx", "pdf", "html", "md"):
            raise Fault(
                say("no file ending in .{ending} can be written", ending=ending), say("write .docx, .pdf, .html or .md")
            )
        exported = run_export(reading_request(site, strict=strict), partial(chronicle, selected))
        write(exported, place.parent, force=force)
    show_problems(exported.warnings, site, shows_all=shows_all)
    echo(exported_to(exported.entries, place.parent / exported.files[0].path))
