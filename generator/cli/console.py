"""The console output of commands: messages in the user's language, problems with positions, progress.

It also turns exceptions into exit statuses.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from generator.cli.arguments import options_of
from generator.cli.speech import Refusal
from generator.cli.summary import failed
from generator.ground.errors import BuildError, Fault, PartialPublicationError, Problem
from generator.ground.messages import Message, say, user_language
from generator.ground.refusals import Cause, fact_of
from generator.ground.shell import shell_command

if TYPE_CHECKING:
    from generator.pipeline.session import BuildRequest

QUICK_SECONDS: Final = 1.0
"""What is done within this time is done before anyone could read a progress bar."""
REFRESH_SECONDS: Final = 0.2


def show_problems(problems: Sequence[Problem], site: Path, *, shows_all: bool) -> None:
    """Prints problems with their positions; of very many only some, unless ``shows_all``."""
    if problems:
        from generator.tools.bulk import EVERYTHING, TERMINAL
        from generator.tools.report import format_problems

        extent = EVERYTHING if shows_all else TERMINAL
        click.echo(format_problems(problems, site, user_language(), extent=extent), err=True)


NOT_PUBLISHED: Final = say("Nothing was published.")


@contextlib.contextmanager
def reporting_errors(site: Path, *, undone: Message | None = None, shows_all: bool = False) -> Iterator[None]:
    """Prints errors with their positions, and exits: status 1 for content, 2 for wrong usage, 130 for Ctrl-C.

    ``undone`` says what the command did not do because of problems, if it does anything but look.
    """
    try:
        yield
    except KeyboardInterrupt:
        echo(say("Stopped."), err=True)
        # The status that shells use for a command that SIGINT ended (POSIX: more than 128).
        raise SystemExit(130) from None
    except BuildError as error:
        show_problems(error.problems, site, shows_all=shows_all)
        echo(failed(error.problems, None if isinstance(error, PartialPublicationError) else undone), err=True)
        if isinstance(error, PartialPublicationError):
            echo(say("Part of the site is new and part of it old. Build again once that is mended."), err=True)
        raise SystemExit(1) from None
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "loop" not in str(error):
            raise
        cause, fact = fact_of(error)
        raise _refusal(Fault(fact, _REMEDIES.get(cause)), site) from None
    except Fault as fault:
        raise _refusal(fault, site) from None


def _refusal(fault: Fault, site: Path) -> Refusal:
    from generator.tools.discretion import mask_of

    language = user_language()
    hint = f"\n{say('hint: ').in_language(language)}{fault.hint.in_language(language)}" if fault.hint else ""
    return Refusal(mask_of(site).hidden(fault.message.in_language(language) + hint))


_REMEDIES: Final = {
    Cause.FULL: say("make room, then try again"),
    Cause.FILE: say("choose another place"),
    Cause.FOLDER: say("choose another place"),
    Cause.ACCESS: say("allow it, or choose another place"),
    Cause.NAME: say("choose a shorter one"),
}


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[Message, int, int], None]]:
    """A progress bar on a terminal, for long work only. Without a terminal it shows nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    # The bar must not use a thread, because the build forks.
    with Bar(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None, visible=False)
        next_time = time.monotonic() + QUICK_SECONDS

        def show(what: Message, done: int, total: int) -> None:
            nonlocal next_time
            if time.monotonic() >= next_time:
                text = what.in_language(user_language())
                bar.update(task, description=text, completed=done, total=total, visible=True)
                bar.refresh()
                next_time = time.monotonic() + REFRESH_SECONDS

        yield show


def announce_wait() -> None:
    """Prints that this build waits for another one."""
    echo(say("Another build is publishing here; waiting for it to end …"), err=True)


def announce_damaged_cache() -> None:
    """Prints that the cache is begun again, which is why this takes longer."""
    echo(say("The cache in .rizhi was damaged and is begun again; everything is made again."))


def announce_unwritable_cache() -> None:
    """Prints that the cache is done without, which is why the next build takes longer."""
    echo(say("The cache in .rizhi cannot be written, so this was done without it. Is the disk full?"), err=True)


def echo(message: Message, *, err: bool = False) -> None:
    """Prints a message."""
    click.echo(message.in_language(user_language()), err=err)


def echo_about(site: Path) -> Callable[[Message], None]:
    """What prints messages that name files of a site, without the names of its private persons."""
    from generator.tools.discretion import mask_of

    mask = functools.cache(mask_of)
    return lambda message: click.echo(mask(site).hidden(message.in_language(user_language())))


def reading_request(site: Path, *, strict: bool = False) -> BuildRequest:
    """What is asked of a session that reads what a site publishes, and publishes nothing."""
    from generator.pipeline.session import BuildRequest

    return BuildRequest(
        options=options_of(site, drafts=False, future=False, strict=strict),
        output=site / "output",
        publishes=False,
        on_damaged_cache=announce_damaged_cache,
        on_unwritable_cache=announce_unwritable_cache,
    )


def own_command(*arguments: str | Path) -> str:
    """A command of this program as it can be typed here: by its name only where the shell would find it."""
    started = Path(sys.argv[0])
    if started.stem != "rizhi":
        return shell_command(sys.executable, "-m", "generator", *arguments)
    found = shutil.which("rizhi")
    is_found = found is not None and os.path.realpath(found) == os.path.realpath(started)
    return shell_command("rizhi" if is_found else started, *arguments)
