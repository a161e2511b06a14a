"""The portal, measured: many teams, of which a generator writes what each has published, or the sources of each.

``python -m tests.bench.teams FOLDER [--teams 600] [--entries 200] [--sources]`` prints the time, the processor time
and the memory of all processes of a first build, of one with nothing changed, and of one with one team changed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from tests.bench.corpus import KINDS
from tests.bench.ours import write_rizhi

PROVINCES: Final = 6
CITIES: Final = 12
TARGETS: Final = 10
REQUESTS: Final = 20
DAYS: Final = 365
FIRST: Final = datetime.date(2024, 1, 1)
_SIGNS: Final = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]
STATES: Final = ("raised", "reported", "coordinating", "resolved", "closed")
RUN: Final = "from generator.__main__ import run; run()"


def region(number: int) -> str:
    """The region of a team."""
    return f"第{number % PROVINCES}省/第{number // PROVINCES % CITIES}市/第{number // PROVINCES // CITIES}县"


def write_portal(folder: Path, teams: int) -> None:
    """portal.yaml for so many teams below ``teams/``."""
    rows = "".join(
        f"  - {{id: t{number}, region: {region(number)}, source: teams/t{number}, url: https://t{number}.example/}}\n"
        for number in range(teams)
    )
    text = f"title: 汇总\nbase_url: https://portal.example/\nteams:\n{rows}"
    (folder / "portal.yaml").write_text(text, encoding="utf-8")


def write_team(folder: Path, number: int, entries: int, *, more: int = 0) -> None:
    """What a team has published: ``entries``, and so many ``more`` in the end."""
    dice = random.Random(number)
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    targets = [
        {
            "id": f"v{one}",
            "name": _text(dice, 6),
            "kind": KINDS[one % 4],
            "summary": _text(dice, 20),
            "url": f"../targets/v{one}/",
        }
        for one in range(TARGETS)
    ]
    requests = [_request(dice, one) for one in range(min(REQUESTS, entries))]
    records = [_entry(dice, one, entries) for one in range(entries + more)]
    months: dict[str, int] = {}
    for one in records:
        months[one["start"][:7]] = months.get(one["start"][:7], 0) + 1
    counter = {"id": "日志", "label": "走访", "unit": "次", "total": len(records), "months": months}
    site = {
        "schema": 1,
        "title": f"第{number}队日志",
        "language": "zh-CN",
        "kinds": dict(zip(KINDS, ("企业", "项目", "乡村", "社区"), strict=True)),
        "search": "../search/",
        "first": records[0]["start"],
        "newest": max(one["end"] for one in records),
        "listed": {"entries": len(records), "targets": len(targets), "requests": len(requests)},
        "entries": len(records),
        "counters": [counter],
    }
    (folder / "index.html").write_text("<!doctype html>", encoding="utf-8")
    for name, value in (("site", site), ("entries", records), ("targets", targets), ("requests", requests)):
        (data / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _entry(dice: random.Random, number: int, count: int) -> dict[str, Any]:
    day = FIRST + datetime.timedelta(number * DAYS // count)
    return {
        "title": _text(dice, 14),
        "url": f"../{day:%Y/%m/%d}/e{number}/",
        "start": str(day),
        "end": str(day),
        "targets": [f"v{dice.randrange(TARGETS)}"],
        "tags": [_text(dice, 2)],
        "place": _text(dice, 4),
        "summary": _text(dice, 70),
        "counts": {"日志": 1},
    }


def _request(dice: random.Random, number: int) -> dict[str, Any]:
    day = FIRST + datetime.timedelta(dice.randrange(DAYS - 60))
    state = dice.choice(STATES)
    days = dice.randrange(60)
    ended = str(day + datetime.timedelta(days)) if state in STATES[3:] else None
    return {
        "id": f"r{number}",
        "title": _text(dice, 12),
        "url": f"../requests/r{number}/",
        "target": f"v{dice.randrange(TARGETS)}",
        "kind": KINDS[number % 4],
        "state": state,
        "raised": str(day),
        "ended": ended,
        "days": days if state == "resolved" else None,
        "moved": ended or str(day),
        "steps": [{"date": str(day), "note": _text(dice, 30)}],
    }


def _text(dice: random.Random, length: int) -> str:
    return "".join(dice.choices(_SIGNS, k=length))


def measured(folder: Path, *options: str) -> str:
    """A build of the portal: seconds, processor seconds, and the memory of all its processes at most."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-c", RUN, "portal", "build", str(folder), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    most = [0]
    watch = threading.Thread(target=_watch, args=(process, most))
    watch.start()
    said = process.communicate()[0]
    watch.join()
    assert process.returncode == 0, said
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    last = said.strip().splitlines()[-1]
    return f"{time.monotonic() - start:6.1f} s, {spent:6.1f} s of processors, {most[0] / 1e6:5.0f} MB; {last}"


def _watch(process: subprocess.Popen[str], most: list[int]) -> None:
    while process.poll() is None:
        total = 0
        for number in _family(process.pid):
            try:
                shown = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii")
                total += next(int(line.split()[1]) * 1024 for line in shown.splitlines() if line.startswith("Pss:"))
            except (OSError, StopIteration):
                continue
        most[0] = max(most[0], total)
        time.sleep(0.5)


def _family(parent: int) -> list[int]:
    found, new = [parent], [parent]
    while new:
        children: list[int] = []
        for number in new:
            try:
                text = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
            except OSError:
                continue
            children += map(int, text.split())
        found += children
        new = children
    return found


def main() -> None:
    """Makes the teams and measures."""
    given = argparse.ArgumentParser()
    given.add_argument("folder", type=Path)
    given.add_argument("--teams", type=int, default=600)
    given.add_argument("--entries", type=int, default=200)
    given.add_argument("--sources", action="store_true")
    asked = given.parse_args()
    folder: Path = asked.folder
    for number in range(asked.teams):
        place = folder / "teams" / f"t{number}"
        if place.exists():
            continue
        if asked.sources:
            write_rizhi(place, asked.entries)
        else:
            write_team(place, number, asked.entries)
    write_portal(folder, asked.teams)
    print("first", measured(folder))
    time.sleep(2.5)
    print("nothing changed", measured(folder))
    print("nothing changed", measured(folder))
    if asked.sources:
        changed = folder / "teams" / "t7" / "content" / "entries" / "new.md"
        changed.write_text("---\ntitle: 新的一篇\ndate: 2020-12-31\n---\n正文。\n", encoding="utf-8")
    else:
        listed = json.loads((folder / "teams" / "t7" / "data" / "site.json").read_text(encoding="utf-8"))["entries"]
        write_team(folder / "teams" / "t7", 7, asked.entries, more=listed - asked.entries + 1)
    print("one team changed", measured(folder))


if __name__ == "__main__":
    main()
