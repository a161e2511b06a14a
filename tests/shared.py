"""What is dear and comes out the same is made once a process: compiled templates and the theme's icon.

Most of the time of a small build goes there. The program's own store of compiled templates stands above this and is
used as ever. What a filter makes of a constant is compiled in, so a template is known only by its text together with
all that filters know.
"""

from __future__ import annotations

from functools import lru_cache
from types import CodeType
from typing import Final

import jinja2
import pytest

from generator.render import icons
from generator.render.templates import Templates

MOST: Final = 2_000
"""Compiled templates that are held at once."""

_compile: Final = jinja2.Environment.compile
_codes: Final[dict[tuple[object, ...], CodeType]] = {}


def share(patch: pytest.MonkeyPatch) -> None:
    """Builds of this process take what others made of the same."""
    patch.setattr(jinja2.Environment, "compile", _shared)
    patch.setattr(icons, "icon", lru_cache(64)(icons.icon))


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
    """The settings and strings, which are all that filters know."""
    templates = environment.filters["t"].__self__
    assert isinstance(templates, Templates)
    return repr((environment.globals["site"], sorted(templates.theme.strings.items())))
