"""``rizhi``, and ``python -m generator``, which is the same."""

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
        # What a command makes tells its own; this is the terminal, or the file that took its place.
        sys.stderr.write(f"rizhi: {error}\n")
        return 1
    return 0


def leave(status: int) -> NoReturn:
    """Ends the process at once: giving back each of the values that a build held takes longer than building a page."""
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no other name for it
    for stream in (sys.stdout, sys.stderr):
        try:
            # Whoever closed it wants to hear nothing.
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            # What could not be said to the end has failed, as a full disk makes it.
            status = status or 1
    os._exit(status)


if __name__ == "__main__":
    run()
