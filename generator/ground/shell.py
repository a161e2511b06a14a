"""Commands as somebody can type them on this system."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def shell_command(*words: str | Path) -> str:
    """Words as a line for the shell of this system."""
    import shlex
    import subprocess

    texts = [str(word) for word in words]
    return subprocess.list2cmdline(texts) if os.name == "nt" else shlex.join(texts)


def install_command(package: str) -> str:
    """The command that installs a package where this program runs, whichever way that was installed."""
    return shell_command(sys.executable, "-m", "pip", "install", package)
