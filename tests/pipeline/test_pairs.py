"""Pairs of commands on one site at once, whatever became of its cache: both end right, and the site is whole.

``RIZHI_PAIRS=200`` takes 200 random pairs, and every test run a handful; ``RIZHI_PAIRS_FROM=1000`` begins at another
seed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
from collections.abc import Callable
from typing import Final

from tests.pipeline.processes import WAITING, Running, cache_of, share_small_work, start, wait
from tests.pipeline.test_incremental import differing
from tests.space import SiteSpace, tree

PAIRS = int(os.environ.get("RIZHI_PAIRS", "4"))
FIRST = int(os.environ.get("RIZHI_PAIRS_FROM", "0"))
COMMANDS: Final[tuple[tuple[str, ...], ...]] = (
    ("build",),
    ("build", "--no-cache"),
    ("build", "--jobs", "1", "--explain"),
    ("check",),
    ("export", "chronicle"),
    ("serve", "--port", "0"),
)
SERVES: Final = "The site is at "


def whole(_: SiteSpace) -> None:
    """The cache is as the last build left it."""


def missing(space: SiteSpace) -> None:
    """There is none."""
    shutil.rmtree(space.folder / ".rizhi")


def of_another_version(space: SiteSpace) -> None:
    """It is thrown away by whoever comes first."""
    with sqlite3.connect(cache_of(space)) as connection:
        connection.execute("DELETE FROM meta WHERE name = 'header'")
    connection.close()


def damaged(space: SiteSpace) -> None:
    """It is no database at all."""
    cache_of(space).write_bytes(b"This is no database. " * 1000)


CACHES: Final[tuple[Callable[[SiteSpace], None], ...]] = (whole, missing, of_another_version, damaged)


def begin(space: SiteSpace, command: tuple[str, ...], number: int) -> Running:
    """Starts a command on the site."""
    options = [*command[1:]]
    if command[0] == "export":
        options += ["--output", str(space.folder / f"export{number}/chronicle.md"), "--force"]
    words = options[:1] if command[0] == "export" else []
    return start(space, command[0], *words, str(space.folder), *options[len(words) :], prepare=share_small_work)


def end(running: Running, command: tuple[str, ...]) -> str:
    """Waits for its end, and says what is wrong with it."""
    if command[0] == "serve":
        out = running.log.with_suffix(".out")
        wait(lambda: SERVES in out.read_text(encoding="utf-8") or running.is_over, "a preview")
        running.kill(signal.SIGINT)
    ran = running.ended()
    err = ran.err.replace(f"Another build is publishing here; {WAITING} …\n", "")
    return "" if (ran.status, err) == (0, "") else f"{command}: {ran.status}\n{ran.out}{ran.err}"


def test_pairs_of_commands_at_once(space: SiteSpace) -> None:
    dice = random.Random(FIRST)
    wrong = []
    for number in range(12):
        space.entry(f"e{number}", title=f"第{number}天", date=f"2020-04-{number + 1:02}", body=f"从前{number}。\n")
    for number in range(PAIRS):
        space.build()
        spoil, pair = dice.choice(CACHES), (dice.choice(COMMANDS), dice.choice(COMMANDS))
        spoil(space)
        space.entry(f"e{dice.randrange(12)}", title=f"第{number}次", date="2020-04-01", body=f"如今{number}。\n")
        running = [begin(space, command, at) for at, command in enumerate(pair)]
        faults = [fault for one, command in zip(running, pair, strict=True) if (fault := end(one, command))]
        space.build()
        space.build("--no-cache", "--output", str(space.folder / "clean"))
        if faults or differing(space.tree(), tree(space.folder / "clean")):
            wrong.append(f"pair {number}, {pair}, cache {spoil.__name__}: {''.join(faults)}")
    assert not wrong, "\n".join(wrong)
