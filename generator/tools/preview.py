"""The preview: a site built anew after each change, and what is wrong with it at the moment."""

from __future__ import annotations

import contextlib
import threading
import traceback
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.ground.errors import BuildError
from generator.ground.frozen import frozen
from generator.model.options import Options
from generator.pipeline.build import Order, build
from generator.pipeline.cache.store import Cache
from generator.pipeline.snapshot import Look, glimpse, is_same, look
from generator.tools.report import format_problems


@frozen
class State:
    """What a browser has to know."""

    version: int
    """Grows with each build that succeeds."""
    problems: str | None
    """What is wrong, as the command line tells it; None when all is well."""


@dataclass(slots=True)
class Preview:
    """A site being written. Whatever is done to its files, it goes on showing the last version that was whole."""

    options: Callable[[], Options]
    """What to build, asked anew each time, because time passes."""
    output: Path
    language: str
    state: State = field(default_factory=partial(State, 0, None))
    _found: Look | None = None
    """How the site stood at the last look, or at a glimpse that went on from one."""
    _order: Order | None = None
    """The next build, for which the site was looked at."""
    _cache: Cache = field(default_factory=partial(Cache.temporary, remembers=True))
    _heard: list[Callable[[State | None], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def listen(self, hear: Callable[[State | None], None]) -> None:
        """Has ``hear`` called with each new state, from whatever thread builds; at the end with None."""
        with self._lock:
            self._heard.append(hear)

    def close(self) -> None:
        """Forgets all that was built, behind the last build."""
        self._cache.close()

    def end(self) -> None:
        """Tells whoever listens that nothing more will come. It waits for nobody, so that a signal may call it."""
        for hear in tuple(self._heard):
            hear(None)

    def scan(self, places: AbstractSet[str] | None) -> None:
        """Looks at the site for the ``refresh`` that follows, which tells what is wrong with it.

        ``places`` are those of the files that have changed since; None where they cannot be told.
        """
        self._order = None
        # The thread that watches must not end of it.
        with contextlib.suppress(Exception):
            self._order = self._looked(places)

    def rebuild(self) -> bool:
        """Builds the site as ``refresh`` does, then looks at all of it; whether more has changed than was told."""
        self.refresh()
        built, self._found = self._found, None
        with contextlib.suppress(Exception):
            self._found = look(self.options())
        return built is not None and (self._found is None or not is_same(built, self._found))

    def refresh(self) -> State:
        """Builds the site, as it was when it was last looked at for that.

        A problem, even one of the program's own, is a state and no exception.
        """
        problems = self._built()
        with self._lock:
            version = self.state.version + (problems is None)
            self.state = State(version, problems)
            heard = list(self._heard)
        for hear in heard:
            hear(self.state)
        return self.state

    def _looked(self, places: AbstractSet[str] | None = None) -> Order:
        options = self.options()
        glimpsed = glimpse(self._found, options, places) if self._found and places is not None else None
        found = glimpsed or look(options)
        return Order(options=options, found=found, output=self.output, shown="preview", is_private=True)

    def _built(self) -> str | None:
        order, self._order, self._found = self._order, None, None
        try:
            order = order or self._looked()
            self._found = order.found
            build(order, self._cache)
        except BuildError as error:
            return format_problems(error.problems, self.options().folder, self.language, colour=False)
        except Exception:  # noqa: BLE001 - a preview lives on, and shows what a developer has to know
            return traceback.format_exc()
        return None
