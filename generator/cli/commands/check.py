"""``rizhi check``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from generator.cli.arguments import _, choice_options, options_of, site_argument
from generator.cli.console import (
    announce_damaged_cache,
    announce_unwritable_cache,
    echo,
    echo_about,
    progress_bar,
    reporting_errors,
    show_build_warnings,
    show_warnings,
)
from generator.cli.summary import checked
from generator.ground.errors import BuildError, Problem, in_order
from generator.model.report import Report
from generator.pipeline.run import run_check
from generator.pipeline.session import BuildRequest


@click.command("check", help=_("Find everything that is wrong with the site in the folder SITE, without publishing."))
@site_argument
@choice_options
def check(site: Path, *, drafts: bool, future: bool, strict: bool) -> None:
    """Finds all problems, drafts' too."""
    options = options_of(site, drafts=drafts, future=future, strict=strict)
    with reporting_errors(site, publishing=False), progress_bar() as progress:
        request = BuildRequest(
            options=options,
            output=site / "output",
            publishes=False,
            progress=progress,
            on_damaged_cache=announce_damaged_cache,
            on_unwritable_cache=announce_unwritable_cache,
        )
        report = run_check(request)
        later = _problems_of_drafts(request, report) if report.left_out else ()
        if strict and later:
            raise BuildError(*later)
    show_build_warnings(report, site)
    show_warnings(later, site)
    say_to_user = echo_about(site) if report.left_out else echo
    for message in checked(report):
        say_to_user(message)


def _problems_of_drafts(request: BuildRequest, report: Report) -> tuple[Problem, ...]:
    """What is wrong with entries that are not published yet, as warnings: a build leaves them out."""
    selection = replace(request.options.selection, drafts=True, future=True)
    try:
        found = run_check(replace(request, options=replace(request.options, selection=selection, strict=False)))
        problems = (*found.warnings, *found.findings)
    except BuildError as error:
        problems = error.problems
    known = {*report.warnings, *report.findings}
    return in_order(replace(one, is_warning=True) for one in problems if one not in known)
