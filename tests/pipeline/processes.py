"""The command in processes of its own, which tests hold at a known moment, give faults to and kill.

The processes are forked from a server that has loaded the program, so that one starts within milliseconds. Apart
from that they are the command: its arguments, its exit status, and what it says. Nothing here knows how a build
works inside, but for ``share_small_work``.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import multiprocessing
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Final

from generator.__main__ import run
from tests.space import Ran, SiteSpace

ENVIRONMENT: Final = {"RIZHI_LANGUAGE": "en", "SOURCE_DATE_EPOCH": "1600000000"}
"""As ``SiteSpace.run`` has it, so that both kinds of builds can be compared."""
DEADLINE: Final = 180
"""Seconds after which a process that has not ended hangs, on a machine however busy."""
WAITING: Final = "waiting for it to end"
"""What a command says that waits for another one."""
BEGUN_ANEW: Final = re.compile(r"\bcache\b", re.IGNORECASE)
"""What a command says somewhere when it found the cache broken and began it anew."""
_NAME: Final = re.compile("[0-9a-f]{32}")
_NUMBERS: Final = count()
_SERVER: Final = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.pipeline.whole_program"])

Prepare = Callable[[], None]
"""What a process does before it runs the command: a function of a module, or a partial one."""


@dataclass(frozen=True, slots=True)
class Running:
    """A command that runs."""

    process: ForkServerProcess
    log: Path
    """What it says: this name with ``.out`` and ``.err``."""

    @property
    def said(self) -> str:
        """What it has said so far on the standard error."""
        return self.log.with_suffix(".err").read_text(encoding="utf-8")

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return not self.process.is_alive()

    def ended(self) -> Ran:
        """Waits for its end. It is an error if it hangs, or if it leaves processes behind."""
        try:
            wait(lambda: self.is_over, f"an end of the command, which said: {self.said}")
            assert self.process.exitcode is not None
            wait(lambda: not self.helpers(), "an end of the helpers of a command that has ended")
            return Ran(self.process.exitcode, self.log.with_suffix(".out").read_text(encoding="utf-8"), self.said)
        finally:
            self.end_all()

    def kill(self, number: signal.Signals) -> None:
        """Sends a signal to the command alone, not to its helpers."""
        if self.process.pid is not None and not self.is_over:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, number)

    def end_all(self) -> None:
        """Ends the command and its helpers, wherever they are."""
        if self.process.pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def helpers(self) -> list[int]:
        """The processes that it started and that still run."""
        return [number for number in _group(self.process.pid or 0) if number != self.process.pid]


def _group(group: int) -> list[int]:
    """The processes of a group, but for those that have ended and that nobody asked about."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name of the program stands in brackets and may hold anything.
            state, _, member, *_ = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(member) == group and state not in "ZX":
                found.append(int(place.parent.name))
    return found


def start(space: SiteSpace, *words: str, prepare: Prepare | None = None) -> Running:
    """Starts ``rizhi`` with these words; what it says is kept in the site's folder."""
    logs = space.folder / "logs"
    logs.mkdir(exist_ok=True)
    log = logs / str(next(_NUMBERS))
    for ending in (".out", ".err"):
        log.with_suffix(ending).touch()
    process = _SERVER.Process(target=_command, args=(words, log, prepare))
    process.start()
    return Running(process, log)


def build(space: SiteSpace, *options: str, prepare: Prepare | None = None) -> Running:
    """Starts a build of the site."""
    return start(space, "build", str(space.folder), *options, prepare=prepare)


def _command(words: tuple[str, ...], log: Path, prepare: Prepare | None) -> None:
    """What a process does from its beginning to its end."""
    os.setsid()
    for number, ending in ((1, ".out"), (2, ".err")):
        place = os.open(log.with_suffix(ending), os.O_WRONLY)
        os.dup2(place, number)
        os.close(place)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(number, "w"), "utf-8", write_through=True) for number in (1, 2)
    )
    os.environ.update(ENVIRONMENT)
    sys.argv = ["rizhi", *words]
    if prepare is not None:
        prepare()
    run()


def wait(is_so: Callable[[], bool], what: str) -> None:
    """Waits until something is so. It is an error if it does not come."""
    end = time.monotonic() + DEADLINE
    while not is_so():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.005)


def share_small_work() -> None:
    """Has helpers share even the work on a small site, in small parts: for ``--jobs 2`` and more.

    These are the only internal names that tests with processes know.
    """
    for module, name, value in (
        ("generator.pipeline.workers", "PARALLEL_THRESHOLD", 1),
        ("generator.pipeline.workers", "BATCH_SIZE", 5),
        ("generator.pipeline.plan.sources", "_BATCH", 5),
    ):
        holder = importlib.import_module(module)
        assert hasattr(holder, name)
        setattr(holder, name, value)


def share_and_spill() -> None:
    """The same, and has SQLite write within a transaction even where little is written, as it does on large sites."""
    share_small_work()
    connect = sqlite3.connect

    def connect_small(*values: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*values, **options)
        connection.execute("PRAGMA cache_size = 10")
        return connection

    sqlite3.connect = connect_small  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Hold:
    """A moment at which a process waits until it is let go: its first write of a file below ``folder``."""

    folder: Path
    flag: Path
    """A name for a file that says that it is held, and one that says that it may go on."""

    @property
    def is_held(self) -> bool:
        """Whether the process has come to this moment."""
        return self.flag.with_suffix(".held").exists()

    def let_go(self) -> None:
        """Lets the process go on."""
        self.flag.with_suffix(".go").touch()

    def clear(self) -> None:
        """Takes away its files, so that the name can be used again."""
        for ending in (".held", ".go"):
            self.flag.with_suffix(ending).unlink(missing_ok=True)

    def prepare(self) -> None:
        """What the process does before the command."""
        is_over = False

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal is_over
            if not is_over and event == "open" and _writes(args, str(self.folder)):
                is_over = True
                self.flag.with_suffix(".held").touch()
                wait(self.flag.with_suffix(".go").exists, "being let go")

        sys.addaudithook(hook)


def _writes(args: tuple[object, ...], below: str) -> bool:
    """Whether an audited event opens a file to write below a path."""
    path, _, flags = args
    is_writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    return bool(is_writing) and isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(below)


def cache_of(space: SiteSpace) -> Path:
    """The cache of the only output folder that the site was published into."""
    (place,) = (one for one in (space.folder / ".rizhi").iterdir() if _NAME.fullmatch(one.name))
    return place


@contextlib.contextmanager
def same_file(place: Path) -> Iterator[Callable[[], bool]]:
    """Says whether a file is still the same one, not another in its place."""
    with place.open("rb") as file:
        # While it is open, the system gives its number to no other file.
        yield lambda: place.exists() and os.path.samestat(os.fstat(file.fileno()), place.stat())


def traced(act: Callable[[], int], log: Path, call: str, *, kills_at: int = 0) -> int:
    """Does something in a process of its own, and says how often that made a system call.

    What is done returns 0 if it went well. At the call of the number ``kills_at``, the system kills the process.
    """
    waits, begins = os.pipe()
    child = os.fork()
    if child == 0:
        os.read(waits, 1)
        os._exit(act())
    kills = ("-e", f"inject={call}:signal=SIGKILL:when={kills_at}") if kills_at else ()
    command = ["strace", "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={call}", *kills, "-p", str(child)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text(encoding="utf-8"):
            assert tracer.poll() is None
            time.sleep(0.001)
        os.write(begins, b"x")
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(waits)
    os.close(begins)
    assert status == 0 if not kills else status in (0, -signal.SIGKILL)
    return sum(f" {call}(" in line for line in log.read_text(encoding="utf-8", errors="replace").splitlines())
