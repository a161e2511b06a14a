"""The commands."""

from __future__ import annotations

import contextlib
import datetime
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from generator import __version__
from generator.build.build import Options, Progress, Report, build, check
from generator.cli.report import told
from generator.ground.errors import BuildError, Fault
from generator.ground.words import Message, say, spoken_language
from generator.site.site import Selection

FOLDER: Final = click.Path(file_okay=False, path_type=Path)
SHOW_PROGRESS_FROM: Final = 200
"""Pages; fewer are done before anyone could read a progress bar."""


def _(text: str) -> str:
    """A help text in the language of the person at the keyboard."""
    return say(text).said_in(spoken_language())


class _Group(click.Group):
    def main(self, *args: object, **kwargs: object) -> object:
        # A Windows console that is not UTF-8 would otherwise stop the program at the first Chinese character.
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        return super().main(*args, **kwargs)  # type: ignore[arg-type]


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Rizhi turns a folder of Markdown entries into a published diary site."),
)
@click.version_option(__version__, prog_name="rizhi")
def main() -> None:
    """Entry point of ``rizhi`` and ``python -m generator``."""


def _site_argument(command: click.decorators.FC) -> click.decorators.FC:
    return click.argument("site", type=FOLDER, default=Path(), required=False)(command)


def _choice_options(command: click.decorators.FC) -> click.decorators.FC:
    """The options that say what is published and how strictly."""
    for option in (
        click.option("--strict", is_flag=True, help=_("Treat warnings as problems.")),
        click.option("--future", is_flag=True, help=_("Also publish entries whose publish_at has not come yet.")),
        click.option("--drafts", is_flag=True, help=_("Also publish drafts and entries under review.")),
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
@click.option("--base-url", metavar="URL", help=_("The address at which the site will stand, instead of site.yaml's."))
@_choice_options
@click.option("--portable", is_flag=True, help=_("Write links that also work without a server, from a memory stick."))
def _build(
    site: Path, output: Path | None, base_url: str | None, *, drafts: bool, future: bool, portable: bool, strict: bool
) -> None:
    place = output if output is not None else site / "output"
    options = _options(site, base_url=base_url, drafts=drafts, future=future, portable=portable, strict=strict)
    with _telling(site):
        _refuse_output(site, place)
        with _progress() as progress:
            report = build(options, place, _as_typed(place, site), progress, _say_waiting)
    _warn(report, site)
    _echo(_summary(report, _as_typed(place, site)))
    if report.site.settings.base_url is None:
        _echo(say("No feeds and no sitemap were made, because base_url is not set in content/site.yaml."))


@main.command("check", help=_("Find everything that is wrong with the site in the folder SITE, without publishing."))
@_site_argument
@_choice_options
def _check(site: Path, *, drafts: bool, future: bool, strict: bool) -> None:
    options = _options(site, drafts=drafts, future=future, strict=strict)
    with _telling(site), _progress() as progress:
        report = check(options, progress)
    _warn(report, site)
    _echo(
        say(
            "All is well: {entries} entries, {pages} pages.",
            entries=len(report.site.entries),
            pages=report.pages,
        )
    )


def _options(
    site: Path,
    *,
    drafts: bool,
    future: bool,
    strict: bool,
    base_url: str | None = None,
    portable: bool = False,
) -> Options:
    return Options(
        folder=site,
        selection=Selection(now=_now(), drafts=drafts, future=future),
        base_url=base_url,
        portable=portable,
        strict=strict,
    )


def _now() -> datetime.datetime:
    """The present moment; that of ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.now(datetime.UTC)


def _refuse_output(site: Path, output: Path) -> None:
    """Raises UsageError where the site would be published over its own sources."""
    place = output.resolve()
    for name in ("content", "themes"):
        source = (site / name).resolve()
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise click.UsageError(
                str(say("{output} holds the site's own sources, or lies in them", output=output)),
            )


def _as_typed(place: Path, site: Path) -> str:
    """The output as problems name it: from the site's folder where it lies in it."""
    with contextlib.suppress(ValueError):
        return place.relative_to(site).as_posix()
    return place.as_posix()


def _summary(report: Report, output: str) -> Message:
    published = report.published
    assert published is not None
    counts = {
        "entries": len(report.site.entries),
        "pages": report.pages,
        "files": report.files,
        "output": output,
        "written": published.written,
        "unchanged": published.unchanged,
        "removed": published.removed,
    }
    return say(
        "Published {entries} entries on {pages} pages, with {files} pictures and attachments, in {output}/: "
        "{written} files written, {unchanged} unchanged, {removed} removed.",
        **counts,
    )


def _warn(report: Report, site: Path) -> None:
    if report.warnings:
        click.echo(told(report.warnings, site, spoken_language()), err=True)


@contextlib.contextmanager
def _telling(site: Path) -> Iterator[None]:
    """What went wrong, told with its places; exit status 1 for the content, 2 for the call."""
    try:
        yield
    except BuildError as error:
        click.echo(told(error.problems, site, spoken_language()), err=True)
        wrong = sum(not problem.is_warning for problem in error.problems)
        warnings = len(error.problems) - wrong
        _echo(
            say("{count} problems and {warnings} warnings. Nothing was published.", count=wrong, warnings=warnings),
            err=True,
        )
        raise SystemExit(1) from None
    except Fault as fault:
        hint = f" {fault.hint.said_in(spoken_language())}" if fault.hint else ""
        raise click.UsageError(fault.message.said_in(spoken_language()) + hint) from None


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """A progress bar on a terminal, for long work only; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, visible=False)

        def show(what: Message, done: int, total: int) -> None:
            if total >= SHOW_PROGRESS_FROM and done % 50 == 0:
                bar.update(
                    task, description=what.said_in(spoken_language()), completed=done, total=total, visible=True
                )

        yield show


def _say_waiting() -> None:
    _echo(say("Another build is publishing here; waiting for it to end …"), err=True)


def _echo(message: Message, *, err: bool = False) -> None:
    click.echo(message.said_in(spoken_language()), err=err)
