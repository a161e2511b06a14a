"""``rizhi portal``: one site over the sites of many teams."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from generator.cli.arguments import FOLDER, all_option, anew_options, jobs_option, listening_options, now, options_of
from generator.cli.console import (
    NOT_PUBLISHED,
    announce_wait,
    echo,
    echo_about,
    progress_bar,
    reporting_errors,
    show_problems,
)
from generator.cli.speech import Group, ServerCommand, _
from generator.cli.summary import portal_checked, portal_published
from generator.ground.files import refuse_within_bag
from generator.ground.messages import user_language


@click.group("portal", cls=Group, help=_("Make one site over the sites of many teams, as portal.yaml describes it."))
def portal() -> None:
    """The group of commands of a portal."""


def _folder_argument(command: click.decorators.FC) -> click.decorators.FC:
    return click.argument("folder", metavar="[DIR]", type=FOLDER, default=Path(), required=False)(command)


def _engine_options(command: click.decorators.FC) -> click.decorators.FC:
    """Where the work is done, and what becomes of teams that cannot be read."""
    for option in (
        click.option(
            "--keep-going",
            is_flag=True,
            help=_("Show teams that cannot be read as they were last, and say so on their pages."),
        ),
        click.option(
            "--scheduler", metavar="ADDRESS", help=_("The scheduler of a Dask cluster, such as tcp://10.0.0.5:8786.")
        ),
        click.option(
            "--store",
            metavar="PLACE",
            help=_("Where results are kept, a folder or such as s3://bucket/state, that all workers can reach."),
        ),
        jobs_option,
    ):
        command = option(command)
    return command


@portal.command(
    "build",
    help=_(
        "Publish the portal of the folder DIR (by default this one), which holds portal.yaml.\n\n"
        "Only teams that changed are read again. If anything is wrong with one, the published portal stays as it was."
    ),
)
@_folder_argument
@click.option(
    "--output",
    metavar="PLACE",
    help=_("Where to publish, a folder or such as s3://bucket/portal; by default output/ next to portal.yaml."),
)
@click.option("--base-url", metavar="URL", help=_("The public address of the portal, instead of portal.yaml's."))
@_engine_options
@all_option
@anew_options
def _build(
    folder: Path,
    *,
    output: str | None,
    base_url: str | None,
    scheduler: str | None,
    store: str | None,
    jobs: int | None,
    keep_going: bool,
    explain: bool,
    no_cache: bool,
    shows_all: bool,
) -> None:
    from generator.tools.portal.portal import PortalOrder, build_portal, output_of

    place, address = output_of(output, folder)
    with reporting_errors(folder, undone=NOT_PUBLISHED, shows_all=shows_all), progress_bar() as progress:
        refuse_within_bag(place)
        report = build_portal(
            PortalOrder(
                options=options_of(
                    folder,
                    drafts=False,
                    future=False,
                    strict=False,
                    base_url=base_url,
                    jobs=jobs,
                    uses_cache=not no_cache,
                ),
                output=place,
                shown=address or place.as_posix(),
                address=address,
                scheduler=scheduler,
                store=store,
                keeps_going=keep_going,
                progress=progress,
                on_wait=announce_wait,
                explain=echo_about(folder) if explain else None,
            )
        )
    show_problems((*report.problems, *report.report.warnings), folder, shows_all=shows_all)
    for message in portal_published(report, address or place.as_posix()):
        echo(message)


@portal.command("check", help=_("Find everything that is wrong with the portal of the folder DIR and its teams."))
@_folder_argument
@_engine_options
@all_option
def _check(
    folder: Path,
    *,
    scheduler: str | None,
    store: str | None,
    jobs: int | None,
    keep_going: bool,
    shows_all: bool,
) -> None:
    from generator.ground.errors import BuildError, in_order
    from generator.pipeline.plan.inputs import may_publish
    from generator.tools.portal.portal import PortalOrder, check_portal

    with reporting_errors(folder, shows_all=shows_all), progress_bar() as progress:
        options = options_of(folder, drafts=False, future=False, strict=False, jobs=jobs)
        report = check_portal(
            PortalOrder(
                options=options,
                output=folder / "output",
                shown="output",
                scheduler=scheduler,
                store=store,
                keeps_going=keep_going,
                progress=progress,
            )
        )
        found = [*report.report.warnings, *report.report.findings]
        if not may_publish(found, options):
            raise BuildError(*in_order([*report.problems, *found]))
    show_problems((*report.problems, *report.report.warnings), folder, shows_all=shows_all)
    echo(portal_checked(report))


@portal.command(
    "serve",
    cls=ServerCommand,
    help=_(
        "Show the portal of the folder DIR in a browser, and build it again whenever a team changes.\n\n"
        "What is wrong with a team is told, and the others are shown. End it with Ctrl-C."
    ),
)
@_folder_argument
@listening_options
def _serve(folder: Path, *, host: str, port: int, opens: bool) -> None:
    from generator.tools.portal.serve import serve_portal

    with reporting_errors(folder), contextlib.suppress(KeyboardInterrupt):
        now()
        serve_portal(folder, host, port, user_language(), now=now, opens=opens, say_to_user=echo)
