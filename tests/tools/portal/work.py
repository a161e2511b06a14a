"""Work for engines in tests: functions that their processes can import."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

Item = tuple[int, str]
"""A number, and a file; empty for none."""


def doubled(item: Item) -> int:
    """Twice a number; but whoever has an item with a file dies, once for each letter that is in the file."""
    number, name = item
    if name:
        left = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(left[1:], encoding="utf-8")
        if left:
            os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def slow(item: Item) -> int:
    """Says that it has begun, and is not done for long."""
    os.write(1, b"begun\n")
    time.sleep(120)
    return item[0]


def refused(item: Item) -> int:
    """Raises an error for one item."""
    if item[0] == 5:
        message = "five"
        raise ValueError(message)
    return 2 * item[0]
