"""The entry point of the program: the command ``rizhi``, and ``python -m generator``, which is the same."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from types import FrameType
from typing import NoReturn


def run() -> None:
    """Runs the command line, with UTF-8 file names in every locale."""
    if sys.getfilesystemencoding() != "utf-8":
        arguments = [sys.executable, "-X", "utf8", "-m", "generator", *sys.argv[1:]]
        os.execve(sys.executable, arguments, {**os.environ, "PYTHONUTF8": "1"})  # noqa: S606 - ourselves, no shell
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console without Chinese would otherwise raise an error at the first Chinese character.
            stream.reconfigure(errors="replace")
    # A command ends soon, and searching for reference cycles costs time. The preview, which keeps running, turns it on.
    gc.disable()
    signal.signal(signal.SIGTERM, _terminate)
    leave(_status())


def _terminate(number: int, _frame: FrameType | None) -> NoReturn:
    """Ends the command as Ctrl-C does: whatever it began is cleaned up."""
    # A program such as timeout sends the signal twice; the second must not stop the cleaning.
    signal.signal(number, signal.SIG_IGN)
    # As shells have it for what a signal ended (POSIX: more than 128).
    raise SystemExit(128 + number)


def _status() -> int:
    """Runs the command and returns its exit status."""
    try:
        from generator.cli.main import main

        main(prog_name="rizhi")
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except OSError as error:
        # Commands report errors of their own files. This one is of the terminal, or of the file that replaces it.
        sys.stderr.write(f"rizhi: {error}\n")
        return 1
    return 0


def leave(status: int) -> NoReturn:
    """Ends the process at once. Freeing every value of a build one by one takes longer than building a page."""
    atexit._run_exitfuncs()  # noqa: SLF001 - it has no public name
    for stream in (sys.stdout, sys.stderr):
        try:
            # A closed stream is not an error: its reader wants nothing more.
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            # The output was not written completely, for example because the disk is full.
            status = status or 1
    os._exit(status)


if __name__ == "__main__":
    run()
