"""What befalls a cluster in tests: ``dask worker --preload tests.tools.portal.faults``.

A file in the folder RIZHI_FAULTS orders a fault. One that is named after a stage has the process killed, once, whose
number is in it, and where none is, the worker that is in the stage; ``poison-ID`` has each worker killed that reads the
team; ``version`` gives workers another version of the code.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, Final

from generator.ground.code_digest import code_digest
from generator.pipeline.publish.publication import Publication
from generator.tools.portal import cluster, digesting, portal, regions, rendering

STAGES: Final = {
    "reading": (digesting, "digest_of"),
    "merging": (regions, "merge"),
    "pages": (rendering, "render_pages"),
}
"""The functions that workers call, by the name of the stage."""
OWN_STAGES: Final = {"planning": (portal, "plan"), "publishing": (Publication, "publish")}
"""Likewise, what the command does itself."""
VERSION: Final = (cluster, "code_digest")
"""What tells a worker which version of the code it runs."""


def dask_setup(_worker: object) -> None:
    """Called by Dask when a worker starts."""
    befall(STAGES)
    module, function = VERSION
    setattr(module, function, lambda: b"other" if _ordered("version") else code_digest())


def befall(stages: Mapping[str, tuple[Any, str]]) -> None:
    """Has what is ordered happen in these stages, in this process."""
    for name, (owner, function) in stages.items():
        setattr(owner, function, _faulty(name, getattr(owner, function)))


def _faulty(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def faulty(item: Any, *more: Any) -> Any:
        if _ordered(f"poison-{getattr(item, 'team', '')}"):
            os.kill(os.getpid(), signal.SIGKILL)
        _strike(f"before-{stage}")
        found = work(item, *more)
        _strike(f"after-{stage}")
        return found

    return faulty


def _ordered(name: str) -> bool:
    return (Path(os.environ["RIZHI_FAULTS"]) / name).exists()


def _strike(name: str) -> None:
    """Kills whom an order is meant for, where nobody else has."""
    order = Path(os.environ["RIZHI_FAULTS"]) / name
    done = order.with_name(f"done-{name}")
    try:
        order.rename(done)
    except FileNotFoundError:
        return
    os.kill(int(done.read_text(encoding="ascii") or os.getpid()), signal.SIGKILL)
