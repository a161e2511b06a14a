"""The benchmark: the same corpus, the same pages, ours and the peers' in turn, medians and their ratio.

``python -m tests.bench.run --entries 10000 --rounds 3`` from the root of the checkout, with the ``bench`` extra.
``--all-peers`` takes Pelican and Eleventy too, cold and once: the latter needs node and npm.
"""

from __future__ import annotations

import argparse
import itertools
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
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.eleventy import write_eleventy
from tests.bench.hugo import write_hugo
from tests.bench.ours import WITHOUT, write_rizhi
from tests.bench.pelican import write_pelican
from tests.bench.serving import hugos, ours, seconds

ROOT: Final = Path(__file__).parents[2]
EDITED: Final = "content/entries/e000050.md"
SETTLE_SECONDS: Final = 0.3
"""Between an edit and a build, as between two commands of a person: longer than a clock's grain."""

_moves = itertools.count()


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator and its site."""

    name: str
    folder: Path
    output: Path
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Runs:
    """Builds, measured from outside."""

    seconds: float
    """The median of those that nobody watched."""
    megabytes: float
    """Of one more: the most that all its processes held at one time, shared pages counted once."""


Case = tuple[str, Callable[[Peer, int], None], tuple[str, ...]]
"""What it is called, how a site is made ready for it, and which peers run it."""


def main() -> None:
    """Runs every case and prints the table."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--entries", type=int, default=10_000)
    given.add_argument("--rounds", type=int, default=3)
    given.add_argument("--all-peers", action="store_true")
    given.add_argument("--parts", action="store_true", help="what each part of a cold build costs")
    given.add_argument("--without-serve", action="store_true")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="rizhi-bench-") as place:
        peers = _peers(Path(place), asked.entries)
        machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
        print(f"{asked.entries} entries, {asked.rounds} rounds, {machine}")
        rows = {name: _measured([peers[one] for one in who], prepare, asked.rounds) for name, prepare, who in CASES}
        full = rows["cold, everything on"]["hugo"].seconds
        _print(peers, rows, full)
        if not asked.without_serve:
            _serve(peers, asked.rounds, full)
        if asked.parts:
            _parts(Path(place), asked.entries, asked.rounds, rows["cold, everything on"]["rizhi"].seconds)
        if asked.all_peers:
            _others(Path(place), asked.entries, full)


def _peers(place: Path, count: int) -> dict[str, Peer]:
    everything, lean, theirs = place / "rizhi", place / "lean", place / "hugo"
    write_rizhi(everything, count)
    write_rizhi(lean, count, lean=True)
    write_hugo(theirs, count)
    build = (sys.executable, "-m", "generator", "build")
    return {
        "rizhi": Peer("rizhi", everything, everything / "output", (*build, str(everything))),
        "lean": Peer("lean", lean, lean / "output", (*build, str(lean), "--no-cache")),
        "hugo": Peer("hugo", theirs, theirs / "public", (_hugo(), "--quiet", "--source", str(theirs))),
    }


def _hugo() -> str:
    return shutil.which("hugo", path=str(Path(sys.executable).parent)) or "hugo"


def _cold(peer: Peer) -> None:
    """Takes what stands away. It is not deleted: some file systems are slow to give out what was just given back."""
    for stood in (peer.output, peer.folder / ".rizhi"):
        if stood.exists():
            stood.rename(peer.folder.parent / f"old-{next(_moves)}")


def _edit_body(folder: Path, number: int) -> None:
    place = folder / EDITED
    place.write_text(place.read_text(encoding="utf-8") + f"\n又添一句，第{number}次。\n", encoding="utf-8")


def _edit_title(peer: Peer, number: int) -> None:
    _replace_line(peer.folder / EDITED, "title: ", f"title: 第{number}次改的题目")


def _rename_target(peer: Peer, number: int) -> None:
    if peer.name == "hugo":
        _replace_line(peer.folder / "content/targets/t07/_index.md", "title: ", f"title: 第{number}个名字")
    else:
        _replace_line(peer.folder / "content/targets/t07.md", "name: ", f"name: 第{number}个名字")


def _edit_template(peer: Peer, number: int) -> None:
    if peer.name == "hugo":
        place = peer.folder / "layouts/page.html"
        text = place.read_text(encoding="utf-8")
    else:
        place = peer.folder / "themes/default/templates/entry.html"
        text = (ROOT / "themes/default/templates/entry.html").read_text(encoding="utf-8")
    place.parent.mkdir(parents=True, exist_ok=True)
    # A class that the style sheet does not name, so that every entry's page is another.
    start, mark, rest = text.partition('<article class="entry')
    place.write_text(f"{start}{mark} v{number}{rest[rest.index(chr(34)) :]}", encoding="utf-8")


def _replace_line(place: Path, start: str, line: str) -> None:
    lines = place.read_text(encoding="utf-8").split("\n")
    at = next(number for number, one in enumerate(lines) if one.startswith(start))
    place.write_text("\n".join([*lines[:at], line, *lines[at + 1 :]]), encoding="utf-8")


def _measured(peers: list[Peer], prepare: Callable[[Peer, int], None], rounds: int) -> dict[str, Runs]:
    """The runs of each peer, taken in turn, A B A B; then one more, watched.

    Whoever asks a process for its memory holds it up, a short one by a third of its time.
    """
    seconds: dict[str, list[float]] = {peer.name: [] for peer in peers}
    for number in range(rounds):
        for peer in peers:
            prepare(peer, number)
            time.sleep(SETTLE_SECONDS)
            seconds[peer.name].append(run(peer))
    megabytes = {}
    for peer in peers:
        prepare(peer, rounds)
        time.sleep(SETTLE_SECONDS)
        megabytes[peer.name] = held_by(peer)
    return {name: Runs(median(every), megabytes[name]) for name, every in seconds.items()}


def run(peer: Peer, cwd: Path = ROOT, watch: Callable[[subprocess.Popen[bytes]], None] = lambda _: None) -> float:
    """The seconds that a build takes."""
    start = time.perf_counter()
    process = subprocess.Popen(peer.command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    watch(process)
    _, errors = process.communicate()
    seconds = time.perf_counter() - start
    if process.returncode:
        sys.exit(f"{peer.name} failed: {errors.decode()}")
    return seconds


def held_by(peer: Peer, cwd: Path = ROOT) -> float:
    """The megabytes that a build holds at most."""
    peak = [0.0]
    run(peer, cwd, lambda process: threading.Thread(target=_watch, args=(process, peak)).start())
    return peak[0]


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


def _print(peers: dict[str, Peer], rows: dict[str, dict[str, Runs]], full: float) -> None:
    for peer in peers.values():
        print(f"{peer.name} writes {_written(peer.output)}")
    print("\n| case | rizhi | hugo | ratio | rizhi MB | hugo MB |\n|---|---|---|---|---|---|")
    for case, runs in rows.items():
        mine, theirs = runs.values()
        base = theirs.seconds if case.startswith("cold") else full
        ratio = mine.seconds / base
        held = f"{mine.megabytes:.0f} | {theirs.megabytes:.0f}"
        print(f"| {case} | {mine.seconds:.2f} s | {theirs.seconds:.2f} s | {ratio:.2f} | {held} |")
    print("\nThe ratio is to Hugo's full build.")


def _written(output: Path) -> str:
    pages = sum(1 for _ in output.rglob("*.html"))
    size = sum(place.stat().st_size for place in output.rglob("*") if place.is_file())
    return f"{pages} pages, {size / 1e6:.1f} MB"


def _serve(peers: dict[str, Peer], rounds: int, full: float) -> None:
    """How long a saved edit takes to the browser's reload event."""
    found = {}
    for name, server in (("rizhi", ours(peers["rizhi"].folder)), ("hugo", hugos(peers["hugo"].folder, _hugo()))):
        with server as wait:
            found[name] = median(seconds(wait, partial(_edit_body, peers[name].folder), rounds + 2))
    ratio = found["rizhi"] / found["hugo"]
    print(f"saved edit to reload event: rizhi {found['rizhi']:.3f} s, hugo {found['hugo']:.3f} s, ratio {ratio:.3f}")
    print(f"(Hugo's full build: {full:.2f} s)")


def _parts(place: Path, count: int, rounds: int, full: float) -> None:
    """A cold build without each of the parts that one can leave out."""
    build = (sys.executable, "-m", "generator", "build")
    for part in WITHOUT:
        folder = place / part
        write_rizhi(folder, count, without=part)
        peer = Peer(part, folder, folder / "output", (*build, str(folder)))
        seconds = _measured([peer], lambda peer, _: _cold(peer), rounds)[part].seconds
        print(f"cold without {part}: {seconds:.2f} s, {seconds / full:.2f} of everything on")


def _others(place: Path, count: int, full: float) -> None:
    """Pelican and Eleventy, each cold and once."""
    pelican, eleventy = place / "pelican", place / "eleventy"
    write_pelican(pelican, count)
    write_eleventy(eleventy, count)
    program = str(Path(sys.executable).with_name("pelican"))
    peers = [Peer("pelican", pelican, pelican / "public", (program, "-q", "-s", str(pelican / "pelicanconf.py")))]
    if shutil.which("npm"):
        subprocess.run(["npm", "install", "--silent", "@11ty/eleventy@3"], cwd=eleventy, check=True)
        command = ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
        peers.append(Peer("eleventy", eleventy, eleventy / "public", command))
    for peer in peers:
        cold = run(peer, cwd=peer.folder)
        print(f"{peer.name}: cold {cold:.1f} s, {cold / full:.2f} of Hugo's, {_written(peer.output)}")


CASES: Final[tuple[Case, ...]] = (
    ("cold, like for like, no cache", lambda peer, _: _cold(peer), ("lean", "hugo")),
    ("cold, everything on", lambda peer, _: _cold(peer), ("rizhi", "hugo")),
    ("nothing changed", lambda _peer, _round: None, ("rizhi", "hugo")),
    ("one body edited", lambda peer, number: _edit_body(peer.folder, number), ("rizhi", "hugo")),
    ("one title edited", _edit_title, ("rizhi", "hugo")),
    ("one target renamed", _rename_target, ("rizhi", "hugo")),
    ("one template edited", _edit_template, ("rizhi", "hugo")),
)


if __name__ == "__main__":
    main()
