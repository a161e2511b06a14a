"""Where the time of a build goes, stage by stage, and how many cores are busy in each.

``python -m tests.bench.timeline SITE [OPTION …]`` from the root of the checkout builds the site, with the options of
``rizhi build``, and prints a line for each stage. Of stages within each other, each has what is in no inner one.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final

STAGES: Final = {
    "scan the files": ("generator.pipeline.session.scan",),
    "read the sources": ("generator.pipeline.build.read_sources",),
    "plan": ("generator.pipeline.build.make_plan",),
    "search: texts": ("generator.pipeline.make.search_index.make_blocks",),
    "search: index": ("generator.pipeline.make.search_index.make_shards",),
    "find what is stale": ("generator.pipeline.build._stale",),
    "render": ("generator.pipeline.build.render_stale",),
    "publish": ("generator.pipeline.build.Publication.publish",),
    "save": ("generator.pipeline.build._save",),
}
"""The functions of each stage."""
REST: Final = "the rest, with the start of the program"


@dataclass(slots=True)
class Clock:
    """What the stages took."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys((*STAGES, REST), 0.0))
    processor: dict[str, float] = field(default_factory=lambda: dict.fromkeys((*STAGES, REST), 0.0))
    """Seconds of processor time, of this process and of its workers."""
    stage: str = REST
    since: tuple[float, float] = (0.0, 0.0)

    def enter(self, stage: str) -> str:
        """Begins another stage; gives the one until now."""
        now, before = (time.perf_counter(), _processor()), self.stage
        self.seconds[before] += now[0] - self.since[0]
        self.processor[before] += now[1] - self.since[1]
        self.stage, self.since = stage, now
        return before


def main() -> None:
    """Builds the site and prints the stages."""
    clock = Clock(since=(time.perf_counter() - time.process_time(), 0.0))
    from generator.cli.main import main as rizhi

    for stage, places in STAGES.items():
        for place in places:
            _timed(place, stage, clock)
    try:
        rizhi(["build", *sys.argv[1:]])
    except SystemExit as end:
        clock.enter(REST)
        if end.code:
            raise
    whole = sum(clock.seconds.values())
    for stage, seconds in clock.seconds.items():
        busy = clock.processor[stage] / seconds if seconds else 0.0
        print(f"{stage:40} {seconds:7.2f} s  {seconds / whole:4.0%}  {busy:4.2f} cores")
    print(f"{'all':40} {whole:7.2f} s        {sum(clock.processor.values()) / whole:4.2f} cores")


def _timed(place: str, stage: str, clock: Clock) -> None:
    """Puts a function that tells the clock in the place of the one there."""
    owner, name = _owner(place)
    work: Callable[..., Any] = getattr(owner, name)

    @wraps(work)
    def timed(*given: Any, **named: Any) -> Any:
        before = clock.enter(stage)
        try:
            return work(*given, **named)
        finally:
            clock.enter(before)

    setattr(owner, name, timed)


def _owner(place: str) -> tuple[Any, str]:
    """The module or class that holds a name, and that name."""
    path, _, name = place.rpartition(".")
    try:
        return importlib.import_module(path), name
    except ModuleNotFoundError:
        module, _, kind = path.rpartition(".")
        return getattr(importlib.import_module(module), kind), name


def _processor() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
