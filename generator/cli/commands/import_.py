"""``rizhi import``."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from generator.cli.arguments import now
from generator.cli.console import echo, progress_bar, reporting_errors, show_problems
from generator.cli.speech import Command, _
from generator.ground.errors import Fault
from generator.ground.files import refuse_within_bag
from generator.ground.messages import say, user_language


@click.command(
    "import",
    cls=Command,
    help=_(
        "Make drafts of Word files, web pages and texts, in the site in the last folder, by default this one.\n\n"
        "FILES are files and folders. Nothing is published: a draft is shown by serve, and a build leaves it out."
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--year", metavar="YEAR", help=_("The year of days that are written without one."))
@click.option(
    "--answer", "given", metavar="ID=ANSWER", multiple=True, help=_("An answer to a question; --json shows their ids.")
)
@click.option("--dry-run", "only_shows", is_flag=True, help=_("Only show what would be written."))
@click.option("--open", "opens", is_flag=True, help=_("Open one file in the browser, to be reviewed there."))
@click.option("--json", "as_data", is_flag=True, help=_("Show everything as JSON, and ask nothing."))
def import_(
    files: tuple[Path, ...], *, year: str | None, given: tuple[str, ...], only_shows: bool, opens: bool, as_data: bool
) -> None:
    """Imports files, one after the other."""
    from generator.cli.importing import ask, is_answerable, run
    from generator.read.sources import require_content
    from generator.tools.importers.importing import Order, files_of, passed_over
    from generator.tools.importers.storing import recover

    places, site = _site(files)
    with reporting_errors(site):
        require_content(site)
        refuse_within_bag(site, is_output=False)
        if opens:
            _opened(places, site, _answers(year, given))
            return
        order = Order(
            folder=site,
            answers=_answers(year, given),
            newest=now().year,
            language=user_language(),
            ask=ask if not as_data and not only_shows and is_answerable() else None,
            writes=not only_shows,
        )
        every = list(files_of(places))
        show_problems(tuple(passed_over(places)), site, shows_all=False)
        if not every:
            raise Fault(say("there is no file that can be imported"), say("name Word files, web pages or texts"))
        if not only_shows:
            recover(site)
        if not run(every, order, as_data=as_data):
            raise SystemExit(1)


def _opened(places: tuple[Path, ...], site: Path, answers: dict[str, str]) -> None:
    """Opens a file in the writing page until Ctrl-C. Raises Fault."""
    from generator.tools.write import writing

    if len(places) != 1 or places[0].is_dir():
        raise Fault(say("one file can be opened at a time"), say("name one file, or leave out --open"))
    with contextlib.suppress(KeyboardInterrupt):
        writing.write(
            site, None, user_language(), now=now, opens=True, say_to_user=echo, shows_progress=progress_bar,
            begins=lambda reviews: reviews.begin_file(places[0], answers),
        )  # fmt: skip


def _answers(year: str | None, given: tuple[str, ...]) -> dict[str, str]:
    """The answers that the command gives. Raises Fault."""
    from generator.tools.importers.answers import answered

    answers = dict(answered({}, "year", year)) if year else {}
    for one in given:
        key, sign, value = one.rpartition("=")
        if not sign:
            raise Fault(say('"{answer}" has no =', answer=one), say("write --answer ID=ANSWER"))
        answers = dict(answered(answers, key, value))
    return answers


def _site(files: tuple[Path, ...]) -> tuple[tuple[Path, ...], Path]:
    """The files, and the site: the last folder, if it holds content/."""
    if len(files) > 1 and (files[-1] / "content").is_dir():
        return files[:-1], files[-1]
    return files, Path()
