"""``rizhi build``."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import click

from generator.cli.arguments import (
    FOLDER,
    all_option,
    anew_options,
    choice_options,
    jobs_option,
    options_of,
    site_argument,
)
from generator.cli.console import (
    NOT_PUBLISHED,
    announce_damaged_cache,
    announce_unwritable_cache,
    announce_wait,
    echo,
    echo_about,
    progress_bar,
    reporting_errors,
    show_problems,
)
from generator.cli.speech import Command, _
from generator.cli.summary import published
from generator.ground.errors import in_order
from generator.pipeline.run import refuse_output, run_build
from generator.pipeline.session import BuildRequest
from generator.read import sources
from generator.tools.faulty_drafts import sparing


@click.command(
    "build",
    cls=Command,
    help=_(
        "Publish the site in the folder SITE (by default this one), which holds content/.\n\n"
        "Only what changed is written. If anything is wrong with the content, every problem is listed "
        "and the published site stays as it was. A draft in which something is wrong is left out."
    ),
)
@site_argument
@click.option(
    "--output", metavar="DIR", type=FOLDER, help=_("Where to publish; by default output/ in the site's folder.")
)
@click.option("--base-url", metavar="URL", help=_("The public address of the site, instead of site.yaml's."))
@choice_options
@all_option
@jobs_option
@anew_options
@click.option("--portable", is_flag=True, help=_("Write links that also work without a server, from a memory stick."))
def build(
    site: Path,
    output: Path | None,
    base_url: str | None,
    jobs: int | None,
    *,
    drafts: bool,
    future: bool,
    explain: bool,
    no_cache: bool,
    portable: bool,
    shows_all: bool,
    strict: bool,
) -> None:
    """Publishes the site."""
    place = output if output is not None else site / "output"
    with reporting_errors(site, undone=NOT_PUBLISHED, shows_all=shows_all):
        options = options_of(
            site,
            base_url=base_url,
            drafts=drafts,
            future=future,
            portable=portable,
            strict=strict,
            jobs=jobs,
            uses_cache=not no_cache,
        )
        refuse_output(site, place)
        sources.require_content(site)
        with progress_bar() as progress:
            request = BuildRequest(
                options=options,
                output=place,
                shown=_as_typed(place, site),
                progress=progress,
                on_wait=announce_wait,
                on_damaged_cache=announce_damaged_cache,
                on_unwritable_cache=announce_unwritable_cache,
                explain=echo_about(site) if explain else None,
            )
            report, faulty = sparing(options, lambda those: run_build(replace(request, options=those)))
    show_problems(in_order([*report.warnings, *report.findings, *faulty]), site, shows_all=shows_all)
    # Without changes and drafts, no file of the site is named.
    say_to_user = echo_about(site) if report.left_out or faulty else echo
    for message in published(report, place, faulty):
        say_to_user(message)


def _as_typed(place: Path, site: Path) -> str:
    """The output's path for problems: relative to the site's folder where it is inside that."""
    with contextlib.suppress(ValueError):
        return place.relative_to(site).as_posix()
    return place.as_posix()
