"""The state of the live preview: builds the site again after each change, and reports problems to listeners."""

from __future__ import annotations

import contextlib
import threading
import traceback
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from generator.ground.errors import BuildError, Problem, in_order
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.options import Options
from generator.model.report import Report
from generator.pipeline.cache.store import Cache
from generator.pipeline.run import run_build
from generator.pipeline.session import BuildRequest, Progress
from generator.pipeline.snapshot import Snapshot, is_same, rescan_paths, scan
from generator.tools.bulk import PAGE
from generator.tools.faulty_drafts import sparing
from generator.tools.report import format_problems


@frozen
class State:
    """The state of the preview, as it is sent to browsers."""

    version: int
    """The number of builds that succeeded."""
    problems: str | None
    """What kept the last build from being made, as the command line shows it; None where nothing did."""
    left_out: str | None
    """The same of the drafts that were left out of it; None where none was."""


@dataclass(slots=True)
class Preview:
    """The preview of a site that is being edited. When a build fails, it keeps showing the last good version.

    A draft in which something is wrong is left out, so that all else can be looked at.
    """

    options: Callable[[], Options]
    """Returns the options of the next build; called for each build, because they contain the current time."""
    output: Path
    language: str
    state: State = field(default_factory=partial(State, 0, None, None))
    problems: tuple[Problem, ...] = ()
    """What the last build found, warnings too, and what is wrong in the drafts that it left out."""
    left_out: frozenset[str] = frozenset()
    """The paths of these drafts."""
    _snapshot: Snapshot | None = None
    """The last scan of the site, with the paths that were scanned again since."""
    _is_intact: bool = False
    """Whether the output is surely as the last build published it."""
    _request: BuildRequest | None = None
    """The next build, for which the site was scanned."""
    _cache: Cache = field(default_factory=partial(Cache.temporary, remembers=True))
    _listeners: list[Callable[[State | None], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, listener: Callable[[State | None], None]) -> None:
        """Adds a listener. It is called with each new state, in the thread that builds, and finally with None."""
        with self._lock:
            self._listeners.append(listener)

    def close(self) -> None:
        """Deletes the cache, after the last build."""
        self._cache.close()

    def end(self) -> None:
        """Sends None to all listeners. It takes no lock, so that a signal handler may call it."""
        for listener in tuple(self._listeners):
            listener(None)

    def scan(self, places: AbstractSet[str] | None) -> None:
        """Scans the site for the next ``refresh``, which reports the problems.

        ``places`` are the paths of the files that have changed since the last scan; None where they are not known.
        """
        self._request = None
        # The thread that watches must not end of it.
        with contextlib.suppress(Exception):
            self._request = self._scanned(places)

    def rebuild(self) -> bool:
        """Builds the site as ``refresh`` does, then scans all of it; whether more has changed than was reported."""
        self.refresh()
        built, self._snapshot = self._snapshot, None
        with contextlib.suppress(Exception):
            self._snapshot = scan(self.options())
        return built is not None and (self._snapshot is None or not is_same(built, self._snapshot))

    def refresh(self, progress: Progress | None = None) -> State:
        """Builds the site from the scan that was made for it, and sends the new state to all listeners.

        A problem, even an error of the program, becomes part of the state and is not raised.
        """
        return self._announce(self._built(progress))

    def _announce(self, problems: str | None) -> State:
        """Makes what became of a build the state, and sends it to all listeners."""
        with self._lock:
            version = self.state.version + (problems is None)
            self.state = State(version, problems, self._left_out())
            listeners = list(self._listeners)
        for listener in listeners:
            listener(self.state)
        return self.state

    def _scanned(self, places: AbstractSet[str] | None = None) -> BuildRequest:
        options, last = self.options(), self._snapshot
        rescanned = rescan_paths(last, options, places) if last and places is not None else None
        snapshot = rescanned or scan(options)
        return BuildRequest(
            options=options,
            output=self.output,
            shown="preview",
            cache=self._cache,
            trusts_output=self._is_intact,
            snapshot=snapshot,
        )

    def _built(self, progress: Progress | None) -> str | None:
        request, self._request, self._snapshot = self._request, None, None
        met: list[Problem] = []
        try:
            request = request or self._scanned()
            self._snapshot = request.snapshot
            request = replace(request, progress=progress) if progress else request
            report, left = sparing(request.options, partial(self._built_with, request, met))
        except BuildError as error:
            self.problems = in_order(met or error.problems)
            # Drafts were left out until something was wrong that could not be.
            self.left_out = _wrong(met) - _wrong(error.problems)
            return self._formatted(self.problems)
        except Exception:  # noqa: BLE001 - the preview continues, and shows the traceback
            return traceback.format_exc()
        self.left_out = frozenset(one.path for one in left)
        wrong = [one for one in met if one.path in self.left_out]
        self.problems = in_order([*report.warnings, *report.findings, *wrong])
        return None

    def _built_with(self, request: BuildRequest, met: list[Problem], options: Options) -> Report:
        """Builds what is asked for with these options; adds to ``met`` what is wrong with it. Raises BuildError."""
        if options is not request.options:
            request = replace(request, options=options, trusts_output=False, snapshot=scan(options))
        # A publication that fails half-way leaves files that the cache does not know.
        self._is_intact = False
        try:
            report = run_build(request)
        except BuildError as error:
            met += error.problems
            raise
        self._is_intact = True
        return report

    def _left_out(self) -> str | None:
        if not self.left_out:
            return None
        told = say("the preview leaves out what is wrong in drafts until it is mended:").in_language(self.language)
        return f"{told}\n{self._formatted(one for one in self.problems if one.path in self.left_out)}"

    def _formatted(self, problems: Iterable[Problem]) -> str:
        return format_problems(problems, self.options().folder, self.language, extent=PAGE, colour=False)


def _wrong(problems: Iterable[Problem]) -> frozenset[str]:
    return frozenset(one.path for one in problems if not one.is_warning)
