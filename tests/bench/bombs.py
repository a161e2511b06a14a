"""The bombs: what can be handed in to hang a build or to fill its memory, at n and at 2n, in a table.

``python -m tests.bench.bombs [WORD …]`` from the root of the checkout, with the ``test`` extra: all kinds, or those
whose names hold a word. Each is put into a site that is built already. The next build takes at most 10 seconds of the
processor and 500 MB, and twice as much of a bomb takes about twice as long. What is over is marked; then the exit
status is 1.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.bomb_kinds import CASES, Write
from tests.bench.run import ROOT
from tests.space import SiteSpace

SECONDS: Final = 10.0
MEGABYTES: Final = 500.0
FACTOR: Final = 2.6
"""How much longer twice as much may take, beyond what any entry takes: n log n, and what the machine does."""
SLACK: Final = 0.5
"""Seconds by which two builds of the same site may differ."""


@dataclass(frozen=True, slots=True)
class Took:
    """What one build took."""

    seconds: float
    """Of the processor, in all its processes."""
    megabytes: float
    """The most that one of its processes held."""
    status: int
    told: str
    """The first line that it said, or its last where it ended otherwise than a command may."""


def main() -> None:
    """Builds a site around each bomb, twice, and prints the table."""
    words = sys.argv[1:]
    chosen = {name: case for name, case in CASES.items() if not words or any(word in name for word in words)}
    bad = 0
    with tempfile.TemporaryDirectory(prefix="rizhi-bombs-") as place:
        site = Path(place, "site")
        _begin(site)
        idle = _took(site, _everyday, 0)
        print(f"An entry without a bomb: {idle.seconds:.1f} s, {idle.megabytes:.0f} MB\n")
        print("| bomb | n | s at n | s at 2n | MB at n | MB at 2n | over | at 2n |\n|---|---|---|---|---|---|---|---|")
        sys.stdout.flush()
        for name, (n, write) in chosen.items():
            one, two = _took(site, write, n), _took(site, write, 2 * n)
            over = _over(one, two, idle)
            bad += bool(over)
            figures = f"{one.seconds:.1f} | {two.seconds:.1f} | {one.megabytes:.0f} | {two.megabytes:.0f}"
            print(f"| {name} | {n} | {figures} | {over} | {two.status}: {two.told} |", flush=True)
    sys.exit(bool(bad))


def _over(one: Took, two: Took, idle: Took) -> str:
    grows = two.seconds - idle.seconds > FACTOR * max(SLACK, one.seconds - idle.seconds)
    found = {
        "time": two.seconds > SECONDS,
        "memory": two.megabytes > MEGABYTES,
        "growth": grows,
        "end": two.status not in (0, 1) or "Traceback" in two.told,
    }
    return ", ".join(name for name, is_so in found.items() if is_so)


def _took(site: Path, write: Write, n: int) -> Took:
    """The build of the site with what ``write`` adds to it, which is then taken away."""
    # A process hands on the most that it held to those that it starts, so another one makes the bomb.
    process = multiprocessing.get_context("fork").Process(target=write, args=(SiteSpace(site), n))
    process.start()
    process.join()
    took = _built(site)
    shutil.rmtree(site / "content")
    _begin(site)
    return took


def _everyday(space: SiteSpace, _n: int) -> None:
    space.entry("bomb")


def _begin(site: Path) -> None:
    SiteSpace.of(site, "").entry("plain")
    _built(site)


def _built(place: Path) -> Took:
    """A build in one process, as far as it may be."""
    command = (sys.executable, "-m", "generator", "build", str(place), "--jobs", "1")
    with tempfile.TemporaryFile() as said:
        environment = os.environ | {"RIZHI_LANGUAGE": "en"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().decode(errors="replace").splitlines() or [""]
    told = lines[0] if process.returncode in (0, 1) else lines[-1]
    # `ru_maxrss` is in kilobytes on Linux.
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return Took(seconds, megabytes, process.returncode, told[:90].replace("|", "¦"))


if __name__ == "__main__":
    main()
