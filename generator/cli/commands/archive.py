"""``rizhi archive``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from generator.cli.arguments import FOLDER, all_option, fixed_time, jobs_option, options_of, site_argument
from generator.cli.console import echo, echo_about, own_command, progress_bar, reporting_errors, show_problems
from generator.cli.speech import Command, _
from generator.cli.summary import archived
from generator.ground.errors import Fault, in_order
from generator.ground.files import refuse_within_bag
from generator.ground.messages import say
from generator.tools.faulty_drafts import sparing


@click.command(
    "archive",
    cls=Command,
    help=_(
        "Close the campaign in the folder SITE: make a bundle that strangers can check and read.\n\n"
        "It is a new folder in DIR, with a receipt next to it. Private data stops it, in the sources too."
    ),
)
@site_argument
@click.option("--output", metavar="DIR", type=FOLDER, required=True, help=_("The folder that gets the bundle."))
@click.option(
    "--internal", "is_internal", is_flag=True, help=_("Put everything in that is not public, too: not for the public.")
)
@click.option("--zip", "is_zipped", is_flag=True, help=_("Make a zip of the bundle as well."))
@click.option("--without-pdf", is_flag=True, help=_("Make no PDF files, which the archive will miss."))
@click.option("--strict", is_flag=True, help=_("Treat warnings as problems."))
@jobs_option
@all_option
def archive(
    site: Path,
    *,
    output: Path,
    is_internal: bool,
    is_zipped: bool,
    without_pdf: bool,
    strict: bool,
    jobs: int | None,
    shows_all: bool,
) -> None:
    """Closes a campaign."""
    from generator.read.sources import require_content
    from generator.render.typefaces import fonts
    from generator.tools.archive.archive import archive as make
    from generator.tools.archive.order import Order

    with reporting_errors(site, undone=say("No bundle was made."), shows_all=shows_all):
        refuse_within_bag(output)
        _refuse_within_sources(site, output)
        require_content(site)
        with progress_bar() as progress:
            order = Order(
                options=options_of(site, drafts=False, future=False, strict=strict, jobs=jobs),
                output=output,
                moment=fixed_time(),
                is_internal=is_internal,
                is_zipped=is_zipped,
                fonts=None if without_pdf else fonts(),
                progress=progress,
            )
            # Where everything goes in, drafts do, too.
            made, faulty = (
                (make(order), ())
                if is_internal
                else sparing(order.options, lambda those: make(replace(order, options=those)))
            )
    show_problems(in_order([*made.warnings, *faulty]), site, shows_all=shows_all)
    say_to_user = echo_about(site) if made.report.left_out or faulty else echo
    for message in archived(made.place, made.digest, made.report, faulty, is_internal=is_internal):
        say_to_user(message)
    command = own_command("verify", made.place, "--receipt", f"{made.place}-receipt.txt")
    echo(say("Whoever gets the bundle checks it with: {command}", command=command))


def _refuse_within_sources(site: Path, output: Path) -> None:
    place = output.resolve()
    if any(place.is_relative_to((site / name).resolve()) for name in ("content", "themes")):
        raise Fault(
            say("{output} holds the site's own sources, or lies in them", output=output),
            say("name another folder with --output"),
        )
