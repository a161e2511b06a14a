"""What several commands take: the site, what is chosen of it, and the options of a build."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Final

import click

from generator.cli.speech import _
from generator.ground.errors import Fault
from generator.ground.files import bag_around
from generator.ground.messages import say
from generator.model.options import Options, Selection
from generator.pipeline.workers import processors

FILE: Final = click.Path(dir_okay=False, path_type=Path)
FOLDER: Final = click.Path(file_okay=False, path_type=Path)
_END: Final = 253_370_764_800
"""The year 9999 in seconds since 1970: everywhere on Earth, times before it are in a year that can be written."""
_DIGITS: Final = len(str(_END))
_SHOWN: Final = 40


def site_argument(command: click.decorators.FC) -> click.decorators.FC:
    """The folder of the site; by default this one."""
    return click.argument("site", type=FOLDER, default=Path(), required=False)(command)


def choice_options(command: click.decorators.FC) -> click.decorators.FC:
    """The options for what is published and how strictly it is checked."""
    for option in (
        click.option("--strict", is_flag=True, help=_("Treat warnings as problems.")),
        click.option("--future", is_flag=True, help=_("Take entries whose publish_at has not come yet as well.")),
        click.option("--drafts", is_flag=True, help=_("Take drafts and entries under review as well.")),
    ):
        command = option(command)
    return command


def style_option(command: click.decorators.FC) -> click.decorators.FC:
    """How a document to send looks on paper."""
    text = _("The form of official documents, by GB/T 9704-2012, for a Word file or a PDF.")
    return click.option("--style", type=click.Choice(["gongwen"]), help=text)(command)


def jobs_option(command: click.decorators.FC) -> click.decorators.FC:
    """How many processes work."""
    text = _("How many processes share the work; by default one a core.")
    return click.option("--jobs", metavar="N", type=click.IntRange(1), help=text)(command)


def anew_options(command: click.decorators.FC) -> click.decorators.FC:
    """What is made again, and why."""
    for option in (
        click.option("--explain", is_flag=True, help=_("Explain why each file is rendered again.")),
        click.option("--no-cache", is_flag=True, help=_("Read and render everything again, without the cache.")),
    ):
        command = option(command)
    return command


def listening_options(command: click.decorators.FC) -> click.decorators.FC:
    """Where a preview is served."""
    only_here = _("The address to listen on; by default only this machine.")
    port = _("The port, by default 8000; 0 for any free one.")
    for option in (
        click.option("--open", "opens", is_flag=True, help=_("Open the site in the browser.")),
        click.option("--port", metavar="N", default=8000, type=click.IntRange(0, 65535), help=port),
        click.option("--host", metavar="ADDRESS", default="127.0.0.1", help=only_here),
    ):
        command = option(command)
    return command


def all_option(command: click.decorators.FC) -> click.decorators.FC:
    """Whether all of very many problems are shown."""
    text = _("Show every problem, even where there are very many of one kind.")
    return click.option("--all", "shows_all", is_flag=True, help=text)(command)


def options_of(
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
    """What is asked of a build."""
    return Options(
        folder=site,
        selection=Selection(now=now(), drafts=drafts, future=future),
        base_url=base_url,
        portable=portable,
        strict=strict,
        jobs=jobs or processors(),
        # What is read in a bundle leaves nothing there.
        uses_cache=uses_cache and bag_around(site) is None,
    )


def now() -> datetime.datetime:
    """The current time; that of ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    return fixed_time() or datetime.datetime.now(datetime.UTC)


def fixed_time() -> datetime.datetime | None:
    """The time of ``SOURCE_DATE_EPOCH``; None where it is not set. Raises Fault where it is no time."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    if not (epoch.isascii() and epoch.isdecimal() and len(epoch) <= _DIGITS and int(epoch) < _END):
        raise Fault(
            say('SOURCE_DATE_EPOCH: "{value}" is no time', value=epoch[:_SHOWN]),
            say("write the seconds since 1970 in digits, such as 1600000000, or unset it"),
        )
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
