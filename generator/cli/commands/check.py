"""``rizhi check``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import click

from generator.cli.arguments import all_option, choice_options, options_of, site_argument
from generator.cli.console import (
    announce_damaged_cache,
    announce_unwritable_cache,
    echo,
    echo_about,
    own_command,
    progress_bar,
    reporting_errors,
    show_problems,
)
from generator.cli.speech import Command, _
from generator.cli.summary import checked, is_grouped
from generator.ground.errors import BuildError, Problem, in_order
from generator.ground.messages import say
from generator.model.report import Report
from generator.pipeline.run import run_check
from generator.pipeline.session import BuildRequest
from generator.tools.faulty_drafts import sparing


@click.command(
    "check", cls=Command, help=_("Find everything that is wrong with the site in the folder SITE, without publishing.")
)
@site_argument
@choice_options
@all_option
def check(site: Path, *, drafts: bool, future: bool, strict: bool, shows_all: bool) -> None:
    """Finds all problems, drafts' too."""
    with reporting_errors(site, shows_all=shows_all), progress_bar() as progress:
        options = options_of(site, drafts=drafts, future=future, strict=strict)
        request = BuildRequest(
            options=options,
            output=site / "output",
            publishes=False,
            progress=progress,
            on_damaged_cache=announce_damaged_cache,
            on_unwritable_cache=announce_unwritable_cache,
        )
        (report, problems, later), faulty = sparing(options, lambda those: _found(replace(request, options=those)))
    show_problems(in_order([*problems, *faulty]), site, shows_all=shows_all)
    show_problems(later, site, shows_all=shows_all)
    say_to_user = echo_about(site) if report.left_out or faulty else echo
    for message in checked(report, faulty, shows_all=shows_all):
        say_to_user(message)
    if is_grouped(report) and not shows_all:
        echo(say("To see each of them, run: {command}", command=own_command("check", site, "--all")))


def _found(request: BuildRequest) -> tuple[Report, tuple[Problem, ...], tuple[Problem, ...]]:
    """What is to be said of a sound site, and the warnings about what a build leaves out. Raises BuildError."""
    from generator.pipeline.plan.inputs import may_publish

    report = run_check(request)
    problems = in_order([*report.warnings, *report.findings])
    later = _problems_of_drafts(request, problems) if report.left_out else ()
    if not may_publish([*problems, *(later if request.options.strict else ())], request.options):
        raise BuildError(*in_order([*problems, *later]))
    return report, problems, later


def _problems_of_drafts(request: BuildRequest, known: Collection[Problem]) -> tuple[Problem, ...]:
    """What is wrong with entries that are not published yet, as warnings: a build leaves them out."""
    selection = replace(request.options.selection, drafts=True, future=True)
    found = run_check(replace(request, options=replace(request.options, selection=selection)))
    new = {*found.warnings, *found.findings} - {*known}
    return in_order(replace(one, is_warning=True) for one in new)
