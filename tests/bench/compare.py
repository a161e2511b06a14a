"""Two checkouts of Rizhi measured against each other: is a change faster or slower, row by row?

``python -m tests.bench.compare OTHER_CHECKOUT --entries 10000 --rounds 3`` from the root of this checkout. Both build
sites of the same corpus with the same interpreter, in turn, so that a slow minute of the machine meets both.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.ours import write_rizhi
from tests.bench.run import CASES, ROOT, SETTLE_SECONDS, Peer, held_by, run


@dataclass(frozen=True, slots=True)
class Runs:
    """Medians of the builds of one checkout in one case."""

    seconds: float
    cpu_seconds: float
    """Of all its processes."""
    megabytes: float
    """Of one more build: the most that all its processes held at one time."""


def main() -> None:
    """Runs every case with both checkouts and prints the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("other", type=Path, help="the root of the other checkout")
    given.add_argument("--entries", type=int, default=10_000)
    given.add_argument("--rounds", type=int, default=3)
    asked = given.parse_args()
    checkouts: Final = {"other": asked.other.resolve(), "this": ROOT}
    with tempfile.TemporaryDirectory(prefix="rizhi-bench-") as place:
        peers = {
            (checkout, profile): _peer(Path(place) / f"{checkout}-{profile}", asked.entries, profile)
            for checkout in checkouts
            for profile in ("rizhi", "lean")
        }
        print(f"{asked.entries} entries, {asked.rounds} rounds\n")
        print("| case | other s | this s | ratio | other CPU s | this CPU s | ratio | other MB | this MB |")
        print("|---|---|---|---|---|---|---|---|---|")
        for case, prepare, who in CASES:
            measured: dict[str, list[tuple[float, float]]] = {checkout: [] for checkout in checkouts}
            held = {}
            for number in range(asked.rounds + 1):
                for checkout, root in checkouts.items():
                    peer = peers[checkout, who[0]]
                    prepare(peer, number)
                    time.sleep(SETTLE_SECONDS)
                    if number == asked.rounds:
                        held[checkout] = held_by(peer, root)
                        continue
                    before = os.times()
                    seconds = run(peer, root)
                    after = os.times()
                    cpu = after.children_user + after.children_system - before.children_user - before.children_system
                    measured[checkout].append((seconds, cpu))
            _print(case, *(_runs(measured[checkout], held[checkout]) for checkout in checkouts))
        for checkout in checkouts:
            kept = (peers[checkout, "rizhi"].folder / ".rizhi").rglob("*")
            size = sum(file.stat().st_size for file in kept if file.is_file())
            print(f"\n{checkout}: its cache holds {size / 1e6:.1f} MB")


def _peer(folder: Path, count: int, profile: str) -> Peer:
    write_rizhi(folder, count, lean=profile == "lean")
    options = ("--no-cache",) if profile == "lean" else ()
    command = (sys.executable, "-m", "generator", "build", str(folder), *options)
    return Peer("rizhi", folder, folder / "output", command)


def _runs(measured: list[tuple[float, float]], megabytes: float) -> Runs:
    seconds, cpu_seconds = (median(column) for column in zip(*measured, strict=True))
    return Runs(seconds, cpu_seconds, megabytes)


def _print(case: str, other: Runs, this: Runs) -> None:
    wall = f"{other.seconds:.2f} | {this.seconds:.2f} | {this.seconds / other.seconds:.2f}"
    cpu = f"{other.cpu_seconds:.2f} | {this.cpu_seconds:.2f} | {this.cpu_seconds / other.cpu_seconds:.2f}"
    print(f"| {case} | {wall} | {cpu} | {other.megabytes:.0f} | {this.megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
