"""What ``rizhi fix`` does: it shows what would be repaired, asks once, and writes it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from generator.cli.console import echo, own_command
from generator.cli.summary import in_files, problems
from generator.ground.errors import BuildError
from generator.ground.messages import say, user_language
from generator.tools.fix.difference import differences
from generator.tools.fix.search import Search, search
from generator.tools.fix.writing import write

_YES: Final = ("y", "yes", "是", "好")


def repair(site: Path, *, agrees: bool, only_shows: bool) -> bool:
    """Repairs the site. Whether a check should follow, which tells what is left; False where only a part was done.

    Raises BuildError for files that could not be written, and SystemExit where nothing was to be written.
    """
    found = search(site)
    if not found.files:
        echo(say("Nothing here has only one possible repair."))
        return not only_shows
    for line in differences(found, site, user_language()):
        click.echo(line)
    repaired = problems(sum(file.repaired for file in found.files))
    echo(say("This repairs {problems} in {files}.", problems=repaired, files=in_files(len(found.files))))
    if only_shows or not (agrees or _is_agreed(site)):
        raise SystemExit(1)
    _write(found, site)
    return True


def _is_agreed(site: Path) -> bool:
    """Whether a person at the terminal agrees."""
    if not _is_terminal():
        echo(say("Nothing was written. To write it, run: {command}", command=own_command("fix", site, "--yes")))
        return False
    click.echo(say("Write it? y for yes, n for no: ").in_language(user_language()), nl=False)
    answer = sys.stdin.readline().strip().lower()
    if answer not in _YES:
        echo(say("Nothing was written."))
    return answer in _YES


def _is_terminal() -> bool:
    """Whether somebody sees what is shown, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _write(found: Search, site: Path) -> None:
    failures = [problem for file in found.files if (problem := write(file, site))]
    done = len(found.files) - len(failures)
    if done:
        echo(say("Wrote {files}.", files=in_files(done)))
    if failures:
        raise BuildError(*failures)
