"""The command ``rizhi portal serve``: a portal shown in a browser, and built again when a team or portal.yaml changes.

Teams may be anywhere, so nothing tells of a change: every few seconds it is asked whether there was one.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import threading
import traceback
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError
from generator.ground.messages import Message, say
from generator.ground.temporary import temporary_folder
from generator.model.options import Options, Selection
from generator.pipeline.session import Progress
from generator.tools.bulk import PAGE
from generator.tools.portal.portal import PortalOrder, build_portal
from generator.tools.preview import Preview, State
from generator.tools.report import format_problems
from generator.tools.serve import listening, problem_teller, run_server

PAUSE: Final = 2.0
"""Seconds between two looks at whether anything changed."""


@dataclass(slots=True)
class PortalPreview(Preview):
    """The preview of a portal. What is wrong with a team is told, and the rest is shown."""

    has_changed: bool = False
    """Whether the last build wrote or removed anything."""

    def refresh(self, progress: Progress | None = None) -> State:
        """Builds the portal, and sends the new state to all listeners where there is one."""
        problems = self._built(progress)
        is_first = not self.state.version
        if is_first or self.has_changed or problems != self.state.problems:
            return self._announce(problems)
        return self.state

    def _built(self, progress: Progress | None) -> str | None:
        options = self.options()
        order = PortalOrder(options=options, output=self.output, shown="preview", keeps_going=True)
        if progress:
            order = replace(order, progress=progress)
        self.has_changed = False
        try:
            report = build_portal(order)
        except BuildError as error:
            return format_problems(error.problems, options.folder, self.language, extent=PAGE, colour=False)
        except Exception:  # noqa: BLE001 - the preview continues, and shows the traceback
            return traceback.format_exc()
        done = report.report.published
        self.has_changed = done is not None and bool(done.written or done.removed)
        if not report.problems:
            return None
        return format_problems(report.problems, options.folder, self.language, extent=PAGE, colour=False)

    def follow(self, is_over: threading.Event) -> None:
        """Builds again every few seconds, until it is over."""
        while not is_over.wait(PAUSE):
            self.refresh()


def serve_portal(
    folder: Path,
    host: str,
    port: int,
    language: str,
    *,
    now: Callable[[], datetime.datetime],
    opens: bool,
    say_to_user: Callable[[Message], None],
) -> None:
    """Serves a preview of the portal in ``folder`` until it is interrupted. Raises Fault where the port is taken."""
    folder = folder.absolute()
    gc.enable()
    with contextlib.ExitStack() as ending:
        heard = ending.enter_context(listening(host, port))
        made = ending.enter_context(temporary_folder())
        address = f"http://{f'[{host}]' if ':' in host else host}:{heard.getsockname()[1]}/"

        def options() -> Options:
            # This program has threads, so it must not fork worker processes.
            return Options(folder=folder, selection=Selection(now=now()), base_url=address, jobs=1)

        output = made.resolve() / "site"
        preview = ending.enter_context(contextlib.closing(PortalPreview(options, output, language)))
        preview.listen(problem_teller(say_to_user))
        preview.refresh()

        def announce() -> None:
            say_to_user(say("The site is at {address} and follows every change. Ctrl-C ends this.", address=address))
            if opens:
                webbrowser.open(address)

        ending.enter_context(_following(preview))
        run_server(preview, host, heard, (), announce)


@contextlib.contextmanager
def _following(preview: PortalPreview) -> Iterator[None]:
    """Has the preview follow changes in a thread of its own."""
    is_over = threading.Event()
    thread = threading.Thread(target=preview.follow, args=(is_over,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
