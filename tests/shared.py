"""What is dear and comes out the same is made once a process: compiled templates, the bundled theme, its icon.

Most of the time of a small build goes there. The program's own store of compiled templates stands above this and is
used as ever. What a filter makes of a constant is compiled in, so a template is known only by its text together with
all that a filter can know without a page.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Final

import jinja2
import pytest

from generator.model.settings import Settings
from generator.pipeline.snapshot import cache_header
from generator.render import icons, theme
from generator.render.templates import Templates
from generator.render.theme import Theme

MOST: Final = 2_000
"""Compiled templates that are held at once."""

FOLDERS: Final[list[Path]] = []
"""Folders that are kept until the tests of this process end."""

PROCESSES: Final[list[subprocess.Popen[bytes]]] = []
"""What was started and serves until the tests of this process end, each the first of its process group."""

_compile: Final = jinja2.Environment.compile
_codes: Final[dict[tuple[object, ...], CodeType]] = {}
_load: Final = theme.load
_bundled: Final[dict[tuple[str, str], Theme]] = {}


def kept_folder() -> Path:
    """A new folder for what several tests look at. Processes of tests end without their exit handlers."""
    FOLDERS.append(Path(tempfile.mkdtemp(prefix="rizhi-test-")))
    return FOLDERS[-1]


def end() -> None:
    """Ends and removes all that was kept."""
    for process in PROCESSES:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)


def share(patch: pytest.MonkeyPatch) -> None:
    """Builds of this process take what others made of the same."""
    patch.setattr(jinja2.Environment, "compile", _shared)
    patch.setattr(icons, "icon", lru_cache(64)(icons.icon))
    patch.setattr(theme, "load", _loaded)
    # The program does not change while it is tested.
    patch.setattr("generator.pipeline.session.cache_header", lru_cache(1)(cache_header))


def compile_anew(patch: pytest.MonkeyPatch) -> None:
    """Each build compiles its own templates."""
    patch.setattr(jinja2.Environment, "compile", _compile)


def _shared(
    environment: jinja2.Environment, source: str, name: str | None = None, filename: str | None = None
) -> CodeType:
    if environment.bytecode_cache is None:
        return _compile(environment, source, name, filename)
    key = (source, name, filename, _knowledge(environment))
    if key not in _codes:
        if len(_codes) >= MOST:
            _codes.clear()
        _codes[key] = _compile(environment, source, name, filename)
    return _codes[key]


def _knowledge(environment: jinja2.Environment) -> str:
    """The strings, and the settings that filters use without a page."""
    templates = environment.filters["t"].__self__
    assert isinstance(templates, Templates)
    settings = environment.globals["site"]
    assert isinstance(settings, Settings)
    return repr((settings.language, settings.base_url, settings.portable, sorted(templates.theme.strings.items())))


def _loaded(folder: Path, settings: Settings) -> Theme:
    """A site without a theme of its own has one that comes with the program."""
    if (folder / "themes").exists():
        return _load(folder, settings)
    key = settings.theme, settings.language
    if key not in _bundled:
        _bundled[key] = _load(folder, settings)
    return _bundled[key]


DOT: Final = '<span class="mid"><span>&nbsp;·</span> </span>'
"""What stands between two facts in the default theme."""
