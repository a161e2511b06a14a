"""The commands."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import click

from generator import __version__
from generator.build import unchanged
from generator.build.cache import Cache
from generator.build.manifest import STATE
from generator.build.workers import processors
from generator.cli.summary import checked, failed, published
from generator.ground.errors import BuildError, Fault, HalfWayError
from generator.ground.fingerprint import fingerprint
from generator.ground.words import Message, say, spoken_language
from generator.model.options import Options, Selection
from generator.model.report import Report

# What a command needs is imported where it runs: where nothing changed, a build loads none of it.

FOLDER: Final = click.Path(file_okay=False, path_type=Path)
SHOW_PROGRESS_FROM: Final = 200
"""Pages; fewer are done before anyone could read a progress bar."""


def _(text: str) -> str:
    """A help text in the language of the person at the keyboard."""
    return say(text).said_in(spoken_language())


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
    """The options that say what is published and how strictly."""
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
@click.option("--base-url", metavar="URL", help=_("The address at which the site will stand, instead of site.yaml's."))
@_choice_options
@click.option("--jobs", type=click.IntRange(1), help=_("How many processes share the work; by default one a core."))
@click.option("--no-cache", is_flag=True, help=_("Read and render everything anew, whatever earlier builds left."))
@click.option("--explain", is_flag=True, help=_("Say of each file that is made anew why."))
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
    with _telling(site):
        _refuse_output(site, place)
        report = _built(options, place, site, explains=explain)
    _warn(report, site)
    for message in published(report, place):
        _echo(message)


def _built(options: Options, place: Path, site: Path, *, explains: bool) -> Report:
    found = unchanged.look(options)
    with _cache(options, place) as cache:
        known = unchanged.report_of(found, cache, place)
        if known:
            return known
        from generator.build.build import Order, build

        with _progress() as progress:
            order = Order(
                options=options,
                found=found,
                output=place,
                shown=_as_typed(place, site),
                progress=progress,
                on_wait=_say_waiting,
                explain=_echo if explains else None,
            )
            return build(order, cache)


def _cache(options: Options, output: Path) -> Cache:
    """What earlier builds into ``output`` left, or nothing where that is not asked for."""
    if not options.uses_cache:
        return Cache.temporary()
    name = fingerprint(os.fsencode(output.resolve())).hex()
    return Cache.open(options.folder / STATE / name, unchanged.header())


@main.command("check", help=_("Find everything that is wrong with the site in the folder SITE, without publishing."))
@_site_argument
@_choice_options
def _check(site: Path, *, drafts: bool, future: bool, strict: bool) -> None:
    options = _options(site, drafts=drafts, future=future, strict=strict)
    from generator.build.build import Order, check

    output = site / "output"
    with _telling(site, publishing=False):
        found = unchanged.look(options)
        with _cache(options, output) as cache, _progress() as progress:
            report = check(Order(options=options, found=found, output=output, shown="output", progress=progress), cache)
    _warn(report, site)
    for message in checked(report):
        _echo(message)


@main.command(
    "serve",
    help=_(
        "Show the site in the folder SITE in a browser, drafts too, and show it anew whenever a file is saved.\n\n"
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

    with _telling(site), contextlib.suppress(KeyboardInterrupt):
        serve(site, host, port, spoken_language(), now=_now, opens=opens, say_to_user=_echo)


@main.command("init", help=_("Make a small working site in the new folder DIR, ready to be changed."))
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--language", type=click.Choice(["zh", "en"]), help=_("The site's language; by default yours."))
def _init(folder: Path, language: str | None) -> None:
    from generator.tools.scaffold import new_site

    with _telling(folder):
        made = new_site(folder, language or spoken_language())
    for place in made:
        click.echo(place.as_posix())
    _echo(say("The site is ready. Publish it with: rizhi build {folder}", folder=shlex.quote(folder.as_posix())))


@main.group("new", help=_("Make a new entry or service target, with its front matter filled in."))
def _new() -> None:
    """What can be made anew."""


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

    with _telling(site):
        click.echo(new_entry(site, title, parse_day(day) if day else _now().astimezone().date()).as_posix())


@_new.command("target", help=_("Make a service target called NAME in the folder SITE."))
@click.argument("name")
@_site_argument
@click.option("--kind", default="enterprise", show_default=True, help=_("One of the site's kinds, such as village."))
def _new_target(name: str, site: Path, kind: str) -> None:
    from generator.tools.scaffold import new_target

    with _telling(site):
        click.echo(new_target(site, name, kind).as_posix())


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
    """The present moment; that of ``SOURCE_DATE_EPOCH`` where a reproducible build sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and len(epoch) < len("999999999999"):
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.now(datetime.UTC)


def _refuse_output(site: Path, output: Path) -> None:
    """Raises Fault where the site would be published over its own sources."""
    place = output.resolve()
    for name in ("content", "themes"):
        source = (site / name).resolve()
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise Fault(
                say("{output} holds the site's own sources, or lies in them", output=output),
                say("publish into another folder with --output"),
            )


def _as_typed(place: Path, site: Path) -> str:
    """The output as problems name it: from the site's folder where it lies in it."""
    with contextlib.suppress(ValueError):
        return place.relative_to(site).as_posix()
    return place.as_posix()


def _warn(report: Report, site: Path) -> None:
    if report.warnings:
        from generator.tools.report import told

        click.echo(told(report.warnings, site, spoken_language()), err=True)


@contextlib.contextmanager
def _telling(site: Path, *, publishing: bool = True) -> Iterator[None]:
    """What went wrong, told with its places; exit status 1 for the content, 2 for the call."""
    try:
        yield
    except BuildError as error:
        from generator.tools.report import told

        click.echo(told(error.problems, site, spoken_language()), err=True)
        is_untouched = publishing and not isinstance(error, HalfWayError)
        _echo(failed(error.problems, publishing=is_untouched), err=True)
        if isinstance(error, HalfWayError):
            _echo(say("Part of the site is new and part of it old. Build again once that is mended."), err=True)
        raise SystemExit(1) from None
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "loop" not in str(error):
            raise
        fact = say("the system refuses: {fact}", fact=error)
        raise click.UsageError(fact.said_in(spoken_language())) from None
    except Fault as fault:
        language = spoken_language()
        hint = f"\n{say('hint: ').said_in(language)}{fault.hint.said_in(language)}" if fault.hint else ""
        raise click.UsageError(fault.message.said_in(language) + hint) from None


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[Message, int, int], None]]:
    """A progress bar on a terminal, for long work only; nothing elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    # Without a thread of its own: the build forks.
    with Bar(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None, visible=False)

        def show(what: Message, done: int, total: int) -> None:
            if total >= SHOW_PROGRESS_FROM and done % 50 == 0:
                bar.update(task, description=what.said_in(spoken_language()), completed=done, total=total, visible=True)
                bar.refresh()

        yield show


def _say_waiting() -> None:
    _echo(say("Another build is publishing here; waiting for it to end …"), err=True)


def _echo(message: Message, *, err: bool = False) -> None:
    click.echo(message.said_in(spoken_language()), err=err)
