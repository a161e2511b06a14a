"""``rizhi export``: files to send."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from generator.cli.arguments import FOLDER, all_option, site_argument, style_option
from generator.cli.console import echo, reading_request, reporting_errors, show_problems
from generator.cli.speech import Group, _
from generator.cli.summary import divided_into, exported_to
from generator.ground.errors import Fault, in_order
from generator.ground.files import refuse_within_bag
from generator.ground.messages import say
from generator.pipeline.run import run_export
from generator.tools.faulty_drafts import sparing

if TYPE_CHECKING:
    from generator.ground.periods import Period
    from generator.pipeline.session import Session
    from generator.tools.export import Exported


@click.group("export", cls=Group, help=_("Write a part of the site as a file to send."))
def export() -> None:
    """The group of commands that write a file to send."""


_FORMATS: Final = ("docx", "pdf", "html", "md")
_OF_ONE: Final = (*_FORMATS, "wechat")


def _file_options(
    command: click.decorators.FC, *, formats: Sequence[str] = _FORMATS, about: str = ""
) -> click.decorators.FC:
    """The format of a document, and where it goes. ``about`` is what is said of that."""
    about = about or _("The file, or a folder that it goes into; by default in this folder.")
    for option in (
        click.option("--strict", is_flag=True, help=_("Treat warnings as problems.")),
        click.option("--force", is_flag=True, help=_("Write over a file that is there.")),
        style_option,
        click.option("--output", metavar="FILE", help=about),
        click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            help=_("The format; by default what the file's ending says, else docx."),
        ),
    ):
        command = option(command)
    return command


def _named(output: str | None) -> str:
    """The place that is named; empty for none. Raises Fault for one without a name."""
    if output == "":
        raise Fault(say("no file is named"), say("write a name behind --output, such as report.docx"))
    return output or ""


def _place(output: str | None, form: str | None, name: str) -> tuple[Path, str, str]:
    """The file, its format and its name without that; ``name`` is that of a file for which at most a folder is named.

    Raises Fault for an unknown ending.
    """
    named = _named(output)
    if not named or named.endswith(("/", os.sep)) or Path(named).is_dir():
        form = form or "docx"
        return Path(named) / f"{name}.{form}", form, name
    place = Path(named)
    ending = place.suffix[1:].lower()
    if ending and ending not in _FORMATS:
        raise Fault(
            say("no file ending in .{ending} can be written", ending=ending), say("write .docx, .pdf, .html or .md")
        )
    form = form or ending or "docx"
    return place, form, place.stem if ending == form else place.name


def _send(
    site: Path,
    asked: Callable[[], tuple[Path, Callable[[Session], Exported]]],
    *,
    output: str | None,
    force: bool,
    strict: bool,
    shows_all: bool,
    entry: Collection[str] = (),
) -> None:
    """Writes what is asked for at the place that is asked for, and tells of it; ``entry`` is what its path may be."""
    from generator.tools.export import is_of_site, write

    with reporting_errors(site, undone=say("Nothing was exported."), shows_all=shows_all):
        place, made = asked()
        is_elsewhere = output is None and is_of_site(place, site)
        place = site / place.name if is_elsewhere else place
        refuse_within_bag(place)
        request = reading_request(site, strict=strict)
        exported, faulty = sparing(
            request.options, lambda those: run_export(replace(request, options=those), made), entry
        )
        write(exported, place.parent, site, force=force)
    show_problems(in_order([*exported.warnings, *faulty]), site, shows_all=shows_all)
    first = place.parent / exported.files[0].path
    if exported.shares:
        files = [(place.parent / file.path, share) for file, share in zip(exported.files, exported.shares, strict=True)]
        for line in divided_into(exported.entries, files):
            echo(line)
    else:
        echo(exported_to(exported.entries, place if exported.is_folder else first))
    if is_elsewhere:
        echo(say("It is not in this folder, where it would be one of the site's own files."))
    if exported.is_folder:
        echo(say("Open {page} in a browser; from there it is copied into WeChat.", page=first))
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
    output: str | None,
    force: bool,
    strict: bool,
    shows_all: bool,
) -> None:
    from generator.ground.dates import parse_day
    from generator.render.documents.official import LAYOUTS
    from generator.tools.export import Selected, chronicle
    from generator.tools.sent_names import new_folders, usual_name

    def asked() -> tuple[Path, Callable[[Session], Exported]]:
        start, end = (parse_day(day) if day else None for day in (first, last))
        name = usual_name("major" if major else "chronicle", start, end, target)
        place, ending, name = _place(output, form, name)
        selected = Selected(
            first=start,
            last=end,
            target=target,
            major=major,
            format=ending,
            layout=LAYOUTS[style],
            name=name,
            folders=new_folders(place),
        )
        return place, partial(chronicle, selected)

    _send(site, asked, output=output, force=force, strict=strict, shows_all=shows_all)


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
    about=_("The file or a folder that it goes into, for WeChat the folder itself; by default in this folder."),
)
@all_option
def _export_entry(
    path: str,
    *,
    site: Path | None,
    form: str | None,
    style: str | None,
    output: str | None,
    force: bool,
    strict: bool,
    shows_all: bool,
) -> None:
    from generator.render.documents.official import LAYOUTS
    from generator.tools.entry_choice import check_around, paths_of, site_around
    from generator.tools.export import Selected, chronicle
    from generator.tools.sent_names import new_folders

    def asked() -> tuple[Path, Callable[[Session], Exported]]:
        if site is None:
            check_around(path)
        usual = Path(path).name.removesuffix(".md")
        if form == "wechat":
            place, ending = Path(_named(output) or f"{usual}-wechat"), form
            name = place.name
        else:
            place, ending, name = _place(output, form, usual)
        folders = new_folders(place)
        selected = Selected(entry=path, format=ending, layout=LAYOUTS[style], name=name, folders=folders)
        return place, partial(chronicle, selected)

    folder = site or site_around(Path(path))
    entry = tuple(paths_of(path, folder))
    _send(folder, asked, output=output, force=force, strict=strict, shows_all=shows_all, entry=entry)


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
    output: str | None,
    force: bool,
    strict: bool,
    shows_all: bool,
) -> None:
    from generator.ground.dates import parse_day
    from generator.render.documents.official import LAYOUTS
    from generator.tools.period_report import Asked, report
    from generator.tools.sent_names import new_folders, usual_name

    def asked() -> tuple[Path, Callable[[Session], Exported]]:
        period = _period(week=week, month=month, year=year, is_limited=bool(first or last))
        start, end = (parse_day(day) if day else None for day in (first, last))
        usual = f"report-{period.name}" if period else "report"
        usual = usual_name(usual, start, end, target, kind, f"tag-{tag}" if tag else "")
        place, ending, name = _place(output, form, usual)
        wanted = Asked(
            period=period,
            first=start,
            last=end,
            target=target,
            kind=kind,
            tag=tag,
            title=title,
            has_texts=has_texts,
            pictures=pictures,
            format=ending,
            layout=LAYOUTS[style],
            name=name,
            folders=new_folders(place),
        )
        return place, partial(report, wanted)

    _send(site, asked, output=output, force=force, strict=strict, shows_all=shows_all)


def _period(*, week: str | None, month: str | None, year: str | None, is_limited: bool) -> Period | None:
    """The week, month or year that is named; None where none is. Raises Fault for more than one period."""
    from generator.ground.periods import parse_month, parse_week, parse_year

    named = [(parse, text) for parse, text in ((parse_week, week), (parse_month, month), (parse_year, year)) if text]
    if len(named) + is_limited > 1:
        raise Fault(
            say("more than one period is named"), say("give --week, --month or --year, or else --from and --to, alone")
        )
    return named[0][0](named[0][1]) if named else None
