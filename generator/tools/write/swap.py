"""Puts a file in the place of another one, and gives that one back: what was there at that very moment.

Where the system can swap two names in one step (Linux, macOS), whatever somebody else has just written is in the
file that comes back. Elsewhere, the file is only looked at right before it is replaced.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD: paths are those of this process."""
_LINUX_EXCHANGE: Final = 2
_MACOS_SWAP: Final = 2
_UNABLE: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})


def swap(new: Path, place: Path) -> bool:
    """Swaps two files; False where the system or its disk cannot do that, and nothing is done. Raises OSError."""
    rename = _rename()
    if rename is None:
        return False
    if rename(os.fsencode(new), os.fsencode(place)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNABLE:
        return False
    raise OSError(number, os.strerror(number), str(place))


@functools.cache
def _rename() -> Callable[[bytes, bytes], int] | None:
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        return lambda new, place: int(library.renameat2(_HERE, new, _HERE, place, _LINUX_EXCHANGE))
    if hasattr(library, "renamex_np"):
        return lambda new, place: int(library.renamex_np(new, place, _MACOS_SWAP))
    return None
