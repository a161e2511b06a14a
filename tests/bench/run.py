"""The benchmark: the same corpus, the same pages, ours and Hugo's in turn, medians and their ratio.

``python -m tests.bench.run --entries 10000 --rounds 3`` from the root of the checkout, with the ``bench`` extra.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.corpus import write_rizhi
from tests.bench.hugo import write_hugo

ROOT: Final = Path(__file__).parents[2]
EDITED: Final = "content/entries/e000050.md"
SETTLE_SECONDS: Final = 0.3
"""Between an edit and a build, as between two commands of a person: longer than a clock's grain."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator and its site."""

    name: str
    folder: Path
    output: Path
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One build, measured from outside."""

    seconds: float
    megabytes: float
    """The most that all its processes held at one time, shared pages counted once."""


def main() -> None:
    """Runs every case and prints the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--entries", type=int, default=10_000)
    given.add_argument("--rounds", type=int, default=3)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="rizhi-bench-") as place:
        peers = _peers(Path(place), asked.entries)
        cases: dict[str, Callable[[Peer, int], None]] = {
            "cold": _cold,
            "nothing changed": lambda _peer, _round: None,
            "one body edited": _edit_body,
            "one title edited": _edit_title,
        }
        machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
        print(f"{asked.entries} entries, {asked.rounds} rounds, {machine}")
        rows = {case: _measured(peers, prepare, asked.rounds) for case, prepare in cases.items()}
        _print(peers, rows)


def _peers(place: Path, count: int) -> tuple[Peer, Peer]:
    ours, theirs = place / "rizhi", place / "hugo"
    write_rizhi(ours, count)
    write_hugo(theirs, count)
    hugo = shutil.which("hugo", path=str(Path(sys.executable).parent)) or "hugo"
    return (
        Peer("rizhi", ours, ours / "output", (sys.executable, "-m", "generator", "build", str(ours))),
        Peer("hugo", theirs, theirs / "public", (hugo, "--quiet", "--source", str(theirs))),
    )


def _cold(peer: Peer, _round: int) -> None:
    shutil.rmtree(peer.output, ignore_errors=True)
    shutil.rmtree(peer.folder / ".rizhi", ignore_errors=True)


def _edit_body(peer: Peer, number: int) -> None:
    place = peer.folder / EDITED
    place.write_text(place.read_text(encoding="utf-8") + f"\n又添一句，第{number}次。\n", encoding="utf-8")


def _edit_title(peer: Peer, number: int) -> None:
    place = peer.folder / EDITED
    head, _, rest = place.read_text(encoding="utf-8").partition("\ntitle: ")
    place.write_text(f"{head}\ntitle: 第{number}次改的题目\n{rest.partition(chr(10))[2]}", encoding="utf-8")


def _measured(peers: tuple[Peer, Peer], prepare: Callable[[Peer, int], None], rounds: int) -> dict[str, list[Run]]:
    """The runs of each peer, taken in turn, A B A B."""
    runs: dict[str, list[Run]] = {peer.name: [] for peer in peers}
    for number in range(rounds):
        for peer in peers:
            prepare(peer, number)
            time.sleep(SETTLE_SECONDS)
            runs[peer.name].append(_timed(peer))
    return runs


def _timed(peer: Peer) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(peer.command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = [0.0]
    watching = threading.Thread(target=_watch, args=(process, peak))
    watching.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - start
    watching.join()
    if process.returncode:
        sys.exit(f"{peer.name} failed: {errors.decode()}")
    return Run(seconds, peak[0])


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_held(pid) for pid in _family(process.pid)) / 1024)
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _held(pid: int) -> float:
    """The proportional set size of a process, in kilobytes (Linux)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _print(peers: tuple[Peer, Peer], rows: dict[str, dict[str, list[Run]]]) -> None:
    for peer in peers:
        pages = sum(1 for _ in peer.output.rglob("*.html"))
        size = sum(place.stat().st_size for place in peer.output.rglob("*") if place.is_file())
        print(f"{peer.name} writes {pages} pages, {size / 1e6:.1f} MB")
    print("\n| case | rizhi | hugo | ratio | rizhi MB | hugo MB |\n|---|---|---|---|---|---|")
    full = median(run.seconds for run in rows["cold"]["hugo"])
    for case, runs in rows.items():
        ours, theirs = (median(run.seconds for run in runs[peer.name]) for peer in peers)
        held = [median(run.megabytes for run in runs[peer.name]) for peer in peers]
        print(f"| {case} | {ours:.2f} s | {theirs:.2f} s | {ours / full:.2f} | {held[0]:.0f} | {held[1]:.0f} |")
    print("\nThe ratio is to Hugo's full build.")


if __name__ == "__main__":
    main()
