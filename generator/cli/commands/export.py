"""``rizhi export``: files to send."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from generator.cli.arguments import FILE, FOLDER, all_option, site_argument, style_option
from generator.cli.console import echo, reading_request, reporting_errors, show_problems
from generator.cli.speech import Group, _
from generator.cli.summary import exported_to
from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.pipeline.run import run_export

if TYPE_CHECKING:
    from generator.ground.periods import Period
    from generator.tools.export import Exported


@click.group("export", cls=Group, help=_("Write a part of the site as a file to send."))
def export() -> None:
    """The group of commands that write a file to send."""


_FORMATS: Final = ("docx", "pdf", "html", "md")
_OF_ONE: Final = (*_FORMATS, "wechat")


def _file_options(
    command: click.decorators.FC, *, formats: Sequence[str] = _FORMATS, place: click.Path = FILE, about: str = ""
) -> click.decorators.FC:
    """The format of a document, and where it goes. ``about`` is what is said of that."""
    for option in (
        click.option("--strict", is_flag=True, help=_("Treat warnings as problems.")),
        click.option("--force", is_flag=True, help=_("Write over a file that is there.")),
        style_option,
        click.option("--output", metavar="FILE", type=place, help=about or _("The file; by default in this folder.")),
        click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            help=_("The format; by default what the file's ending says, else docx."),
        ),
    ):
        command = option(command)
    return command


def _place(output: Path | None, form: str | None, name: str) -> tuple[Path, str]:
    """The file and its format; ``name`` is that of a file that nobody named. Raises Fault for an unknown ending."""
    if output is not None and not output.name:
        raise Fault(say("no file is named"), say("write a name behind --output, such as report.docx"))
    ending = output.suffix[1:].lower() if output else ""
    if ending and ending not in _FORMATS:
        raise Fault(
            say("no file ending in .{ending} can be written", ending=ending), say("write .docx, .pdf, .html or .md")
        )
    form = form or ending or "docx"
    return output or Path(f"{name}.{form}"), form


def _tell(exported: Exported, place: Path) -> None:
    """Says what was written, and in which fonts."""
    echo(exported_to(exported.entries, place.parent / exported.files[0].path))
    for note in exported.notes:
        echo(note)


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
@click.option("--major", is_flag=True, help=_("Only the list of major events: a date and a sentence, a line each."))
@_file_options
@all_option
def _export_chronicle(
    site: Path,
    *,
    first: str | None,
    last: str | None,
    target: str | None,
    major: bool,
    form: str | None,
    style: str | None,
    output: Path | None,
    force: bool,
    strict: bool,
    shows_all: bool,
) -> None:
    from generator.ground.dates import parse_day
    from generator.render.documents.official import LAYOUTS
    from generator.tools.export import Selected, chronicle, write

    with reporting_errors(site, publishing=False, shows_all=shows_all):
        place, form = _place(output, form, "chronicle")
        selected = Selected(
            first=parse_day(first) if first else None,
            last=parse_day(last) if last else None,
            target=target,
            major=major,
            format=form,
            layout=LAYOUTS[style],
            name=place.name.removesuffix(f".{form}"),
        )
        exported = run_export(reading_request(site, strict=strict), partial(chronicle, selected))
        write(exported, place.parent, force=force)
    show_problems(exported.warnings, site, shows_all=shows_all)
    _tell(exported, place)


@export.command(
    "entry",
    help=_(
        "Write the published entry in the file PATH: as a Word file, a PDF, Markdown, a web page, or for WeChat.\n\n"
        "SITE is by default the folder around it. Private data stops it, as it stops a build."
    ),
)
@click.argument("path")
@click.argument("site", type=FOLDER, required=False)
@partial(
    _file_options,
    formats=_OF_ONE,
    place=click.Path(path_type=Path),
    about=_("The file, for WeChat the folder; by default in this folder."),
)
@all_option
def _export_entry(
    path: str,
    *,
    site: Path | None,
    form: str | None,
    style: str | None,
    output: Path | None,
    force: bool,
    strict: bool,
    shows_all: bool,
) -> None:
    from generator.render.documents.official import LAYOUTS
    from generator.tools.entry_choice import site_around
    from generator.tools.export import Selected, chronicle, write

    folder = site or site_around(Path(path))
    with reporting_errors(folder, publishing=False, shows_all=shows_all):
        if form == "wechat":
            place = output or Path(f"{Path(path).stem}-wechat")
            name = place.name
        else:
            place, form = _place(output, form, Path(path).stem)
            place = place / f"{Path(path).stem}.{form}" if place.is_dir() else place
            name = place.name.removesuffix(f".{form}")
        selected = Selected(
            first=None, last=None, target=None, entry=path, format=form, layout=LAYOUTS[style], name=name
        )
        exported = run_export(reading_request(folder, strict=strict), partial(chronicle, selected))
        write(exported, place.parent, force=force)
    show_problems(exported.warnings, folder, shows_all=shows_all)
    if form == "wechat":
        echo(exported_to(exported.entries, place))
        page = place.parent / exported.files[0].path
        echo(say("Open {page} in a browser; from there it is copied into WeChat.", page=page))
    else:
        _tell(exported, place)


@export.command(
    "report",
    help=_(
        "Write a report on a week, a month, a year or other days of the site in the folder SITE: figures, requests, "
        "policies and entries, as a Word file, a PDF, a web page or Markdown.\n\n"
        "Private data stops it, as it stops a build."
    ),
)
@site_argument
@click.option("--week", metavar="WEEK", help=_("A week, as in 2025-W12."))
@click.option("--month", metavar="MONTH", help=_("A month, as in 2025-03."))
@click.option("--year", metavar="YEAR", help=_("A year, as in 2025."))
@click.option("--from", "first", metavar="DATE", help=_("The first day; by default from the beginning."))
@click.option("--to", "last", metavar="DATE", help=_("The last day; by default to the end."))
@click.option("--target", metavar="NAME", help=_("Only what concerns this service target."))
@click.option("--kind", metavar="NAME", help=_("Only what concerns targets of this kind."))
@click.option("--tag", metavar="NAME", help=_("Only entries with this tag."))
@click.option("--title", metavar="TEXT", help=_("The title of the report."))
@click.option("--full", "has_texts", is_flag=True, help=_("With the texts of the entries."))
@click.option("--pictures", metavar="N", type=click.IntRange(0), default=0, help=_("With N pictures at most."))
@_file_options
@all_option
def _export_report(
    site: Path,
    *,
    week: str | None,
    month: str | None,
    year: str | None,
    first: str | None,
    last: str | None,
    target: str | None,
    kind: str | None,
    tag: str | None,
    title: str | None,
    has_texts: bool,
    pictures: int,
    form: str | None,
    style: str | None,
    output: Path | None,
    force: bool,
    strict: bool,
    shows_all: bool,
) -> None:
    from generator.ground.dates import parse_day
    from generator.render.documents.official import LAYOUTS
    from generator.tools.export import write
    from generator.tools.period_report import Asked, report

    with reporting_errors(site, publishing=False, shows_all=shows_all):
        period = _period(week=week, month=month, year=year, is_limited=bool(first or last))
        place, form = _place(output, form, f"report-{period.name}" if period else "report")
        asked = Asked(
            period=period,
            first=parse_day(first) if first else None,
            last=parse_day(last) if last else None,
            target=target,
            kind=kind,
            tag=tag,
            title=title,
            has_texts=has_texts,
            pictures=pictures,
            format=form,
            layout=LAYOUTS[style],
            name=place.name.removesuffix(f".{form}"),
        )
        exported = run_export(reading_request(site, strict=strict), partial(report, asked))
        write(exported, place.parent, force=force)
    show_problems(exported.warnings, site, shows_all=shows_all)
    _tell(exported, place)


def _period(*, week: str | None, month: str | None, year: str | None, is_limited: bool) -> Period | None:
    """The week, month or year that is named; None where none is. Raises Fault for more than one period."""
    from generator.ground.periods import parse_month, parse_week, parse_year

    named = [(parse, text) for parse, text in ((parse_week, week), (parse_month, month), (parse_year, year)) if text]
    if len(named) + is_limited > 1:
        raise Fault(
            say("more than one period is named"), say("give --week, --month or --year, or else --from and --to, alone")
        )
    return named[0][0](named[0][1]) if named else None
