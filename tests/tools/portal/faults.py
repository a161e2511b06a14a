"""What befalls the workers of a cluster in tests: ``dask worker --preload tests.tools.portal.faults``.

A file in the folder RIZHI_FAULTS orders a fault. One that is named after a stage has the worker that is in it killed,
once; ``poison-ID`` has each worker killed that reads the team; ``version`` gives workers another version of the code.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

from generator.ground.code_digest import code_digest
from generator.tools.portal import cluster, digesting, regions, rendering

STAGES: Final = {
    "reading": (digesting, "digest_of"),
    "merging": (regions, "merge"),
    "pages": (rendering, "render_pages"),
}
"""The functions that workers call, by the name of the stage."""
VERSION: Final = (cluster, "code_digest")
"""What tells a worker which version of the code it runs."""


def dask_setup(_worker: object) -> None:
    """Called by Dask when a worker starts."""
    for name, (module, function) in STAGES.items():
        setattr(module, function, _faulty(name, getattr(module, function)))
    module, function = VERSION
    setattr(module, function, lambda: b"other" if _ordered("version") else code_digest())


def _faulty(stage: str, work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(work)
    def faulty(item: Any) -> Any:
        if _ordered(f"poison-{getattr(item, 'team', '')}") or _claimed(f"before-{stage}"):
            _die()
        found = work(item)
        if _claimed(f"after-{stage}"):
            _die()
        return found

    return faulty


def _ordered(name: str) -> bool:
    return (Path(os.environ["RIZHI_FAULTS"]) / name).exists()


def _claimed(name: str) -> bool:
    """Whether this worker is the one that the fault befalls."""
    order = Path(os.environ["RIZHI_FAULTS"]) / name
    try:
        order.rename(order.with_name(f"done-{name}"))
    except FileNotFoundError:
        return False
    return True


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
