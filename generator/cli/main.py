"""The commands of ``rizhi`` and their options."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import click

from generator import __version__
from generator.cli.console import (
    announce_damaged_cache,
    announce_unwritable_cache,
    announce_wait,
    echo,
    echo_about,
    own_command,
    progress_bar,
    reporting_errors,
    shell_command,
    show_build_warnings,
    show_warnings,
)
from generator.cli.summary import checked, exported_to, published
from generator.ground.errors import BuildError, Fault, Problem, in_order
from generator.ground.messages import say, user_language
from generator.model.options import Options, Selection
from generator.model.report import Report
from generator.pipeline.run import run_build, run_check, run_export
from generator.pipeline.session import BuildRequest
from generator.pipeline.workers import processors
from generator.read import sources

# Modules are imported in the command that needs them, because a build without changes needs few of them.

FILE: Final = click.Path(dir_okay=False, path_type=Path)
FOLDER: Final = click.Path(file_okay=False, path_type=Path)


def _(text: str) -> str:
    """A help text in the user's language."""
    return say(text).in_language(user_language())


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Rizhi turns a folder of Markdown entries into a published diary site."),
)
@click.version_option(__version__, prog_name="rizhi")
def main() -> None:
    """Entry point of ``rizhi`` and ``python -m generator``."""


def _site_argument(command: click.decorators.FC) -> click.decorators.FC:
    return click.argument("site", type=FOLDER, default=Path(), required=False)(command)


def _choice_options(command: click.decorators.FC) -> click.decorators.FC:
    """The options for what is published and how strictly it is checked."""
    for option in (
        click.option("--strict", is_flag=True, help=_("Treat warnings as problems.")),
        click.option("--future", is_flag=True, help=_("Take entries whose publish_at has not come yet as well.")),
        click.option("--drafts", is_flag=True, help=_("Take drafts and entries under review as well.")),
    ):
        command = option(command)
    return command


@main.command(
    "build",
    help=_(
        "Publish the site in the folder SITE (by default this one), which holds content/.\n\n"
        "Only what changed is written. If anything is wrong with the content, every problem is listed "
        "and the published site stays as it was."
    ),
)
@_site_argument
@click.option("--output", type=FOLDER, help=_("Where to publish; by default output/ in the site's folder."))
@click.option("--base-url", metavar="URL", help=_("The public address of the site, instead of site.yaml's."))
@_choice_options
@click.option("--jobs", type=click.IntRange(1), help=_("How many processes share the work; by default one a core."))
@click.option("--no-cache", is_flag=True, help=_("Read and render everything again, without the cache."))
@click.option("--explain", is_flag=True, help=_("Explain why each file is rendered again."))
@click.option("--portable", is_flag=True, help=_("Write links that also work without a server, from a memory stick."))
def _build(
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
    strict: bool,
) -> None:
    place = output if output is not None else site / "output"
    options = _options(
        site,
        base_url=base_url,
        drafts=drafts,
        future=future,
        portable=portable,
        strict=strict,
        jobs=jobs,
        uses_cache=not no_cache,
    )
    with reporting_errors(site):
        _refuse_output(site, place)
        sources.require_content(site)
        with progress_bar() as progress:
            report = run_build(
                BuildRequest(
                    options=options,
                    output=place,
                    shown=_as_typed(place, site),
                    progress=progress,
                    on_wait=announce_wait,
                    on_damaged_cache=announce_damaged_cache,
                    on_unwritable_cache=announce_unwritable_cache,
                    explain=echo_about(site) if explain else None,
                )
            )
    show_build_warnings(report, site)
    # Without changes and drafts, no file of the site is named.
    say_to_user = echo_about(site) if report.left_out else echo
    for message in published(report, place):
        say_to_user(message)


@main.command("check", help=_("Find everything that is wrong with the site in the folder SITE, without publishing."))
@_site_argument
@_choice_options
def _check(site: Path, *, drafts: bool, future: bool, strict: bool) -> None:
    options = _options(site, drafts=drafts, future=future, strict=strict)
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


@main.command(
    "serve",
    help=_(
        "Show the site in the folder SITE in a browser, drafts too, and reload it whenever a file is saved.\n\n"
        "Problems are shown in the page until they are mended. End it with Ctrl-C."
    ),
)
@_site_argument
@click.option(
    "--host", default="127.0.0.1", show_default=True, help=_("The address to listen on; by default only this machine.")
)
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help=_("The port; 0 for any free one.")
)
@click.option("--open", "opens", is_flag=True, help=_("Open the site in the browser."))
def _serve(site: Path, host: str, port: int, *, opens: bool) -> None:
    from generator.tools.serve import serve

    with reporting_errors(site), contextlib.suppress(KeyboardInterrupt):
        serve(site, host, port, user_language(), now=_now, opens=opens, say_to_user=echo)


@main.command("init", help=_("Make a small working site in the new folder DIR, ready to be changed."))
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--language", type=click.Choice(["zh", "en"]), help=_("The site's language; by default yours."))
def _init(folder: Path, language: str | None) -> None:
    from generator.tools.origin import WHEELS, origin
    from generator.tools.scaffold import new_site

    program = origin()
    with reporting_errors(folder):
        made = new_site(folder, language or user_language(), program)
    for place in made:
        click.echo(place.as_posix())
    if program.source is not None:
        echo(
            say(
                "Before GitHub can publish it, put this program into the site: {command}",
                command=shell_command(
                    sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder / WHEELS, program.source
                ),
            )
        )
    echo(say("The site is ready. See it with: {command}", command=own_command("serve", folder)))
    echo(say("Publish it with: {command}", command=own_command("build", folder)))


@main.group("new", help=_("Make a new entry or service target, with its front matter filled in."))
def _new() -> None:
    """The group of commands that create a file."""


@_new.command(
    "entry", help=_("Make a draft with the given TITLE in the folder SITE. Delete its status line to publish it.")
)
@click.argument("title")
@_site_argument
@click.option(
    "--date", "day", metavar="DATE", help=_("The day that it is about, such as 2020-03-05; by default today.")
)
def _new_entry(title: str, site: Path, day: str | None) -> None:
    from generator.ground.dates import parse_day
    from generator.tools.scaffold import new_entry

    with reporting_errors(site):
        click.echo(new_entry(site, title, parse_day(day) if day else _now().astimezone().date()).as_posix())


@_new.command("target", help=_("Make a service target called NAME in the folder SITE."))
@click.argument("name")
@_site_argument
@click.option("--kind", default="enterprise", show_default=True, help=_("One of the site's kinds, such as village."))
def _new_target(name: str, site: Path, kind: str) -> None:
    from generator.tools.scaffold import new_target

    with reporting_errors(site):
        click.echo(new_target(site, name, kind).as_posix())


@main.group("export", help=_("Write a part of the site as a file to send."))
def _export() -> None:
    """The group of commands that write a file to send."""


@_export.command(
    "chronicle",
    help=_(
        "Write the published entries of the folder SITE as one article: a Word file, a web page or Markdown.\n\n"
        "Private data stops it, as it stops a build."
    ),
)
@_site_argument
@click.option("--from", "first", metavar="DATE", help=_("The first day; by default from the beginning."))
@click.option("--to", "last", metavar="DATE", help=_("The last day; by default to the end."))
@click.option("--target", metavar="ID", help=_("Only entries about this service target."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["docx", "html", "md"]),
    help=_("The format; by default what the file's ending says, else docx."),
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The file; by default chronicle, in this folder."),
)
@click.option("--force", is_flag=True, help=_("Write over a file that is there."))
@click.option("--strict", is_flag=True, help=_("Treat warnings as problems."))
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
) -> None:
    from generator.ground.dates import parse_day
    from generator.tools.export import Selected, chronicle, write

    ending = output.suffix[1:].lower() if output else ""
    form = form or (ending if ending in ("docx", "html", "md") else "docx")
    place = output or Path(f"chronicle.{form}")
    options = _options(site, drafts=False, future=False, strict=strict)
    with reporting_errors(site, publishing=False):
        selected = Selected(
            first=parse_day(first) if first else None,
            last=parse_day(last) if last else None,
            target=target,
            format=form,
            name=place.name.removesuffix(f".{form}"),
        )
        if ending and ending not in ("docx", "html", "md"):
            raise Fault(
                say("no file ending in .{ending} can be written", ending=ending), say("write .docx, .html or .md")
            )
        request = BuildRequest(
            options=options,
            output=site / "output",
            publishes=False,
            on_damaged_cache=announce_damaged_cache,
            on_unwritable_cache=announce_unwritable_cache,
        )
        exported = run_export(request, partial(chronicle, selected))
        write(exported, place.parent, force=force)
    show_warnings(exported.warnings, site)
    echo(exported_to(exported.entries, place.parent / exported.files[0].path))


@main.command("schema", help=_("Print the JSON Schema of a kind of file, for editors that complete and check YAML."))
@click.argument("kind", type=click.Choice(["entry", "page", "people", "policy", "site", "target"]), default="entry")
def _schema(kind: str) -> None:
    from generator.read.schema import SCHEMAS

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **SCHEMAS[kind].model_json_schema()}
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))


def _options(
    site: Path,
    *,
    drafts: bool,
    future: bool,
    strict: bool,
    base_url: str | None = None,
    portable: bool = False,
    jobs: int | None = None,
    uses_cache: bool = True,
) -> Options:
    return Options(
        folder=site,
        selection=Selection(now=_now(), drafts=drafts, future=future),
        base_url=base_url,
        portable=portable,
        strict=strict,
        jobs=jobs or processors(),
        uses_cache=uses_cache,
    )


def _now() -> datetime.datetime:
    """The current time; that of ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and len(epoch) < len("999999999999"):
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.now(datetime.UTC)


def _refuse_output(site: Path, output: Path) -> None:
    """Raises Fault where publishing would overwrite the site's own sources."""
    place = output.resolve()
    for name in ("content", "themes"):
        source = (site / name).resolve()
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise Fault(
                say("{output} holds the site's own sources, or lies in them", output=output),
                say("publish into another folder with --output"),
            )


def _as_typed(place: Path, site: Path) -> str:
    """The output's path for problems: relative to the site's folder where it is inside that."""
    with contextlib.suppress(ValueError):
        return place.relative_to(site).as_posix()
    return place.as_posix()
