"""``rizhi``, and ``python -m generator``, which is the same."""

from __future__ import annotations

import gc
import io
import os
import sys


def run() -> None:
    """Runs the command line, with UTF-8 file names whatever the locale says."""
    if sys.getfilesystemencoding() != "utf-8":
        arguments = [sys.executable, "-X", "utf8", "-m", "generator", *sys.argv[1:]]
        os.execve(sys.executable, arguments, {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606 - ourselves, no shell
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that knows no Chinese would otherwise stop the program at the first such character.
            stream.reconfigure(errors="replace")
    # A command is soon over, and looking for circles takes a part of its time; the preview, which stays, turns it on.
    gc.disable()
    try:
        from generator.cli.main import main

        main(prog_name="rizhi")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
