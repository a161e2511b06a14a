"""Settings and theme as the build asks for them, and where it has to stop."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from generator.ground.errors import BuildError, Checked, Problem
from generator.ground.messages import say
from generator.model.options import Options
from generator.model.settings import Settings
from generator.pipeline.cache.store import Cache
from generator.pipeline.snapshot import Done, Look
from generator.read.addresses import base_url_fault
from generator.render import theme as themes
from generator.render.theme import Theme

T = TypeVar("T")

THEME: Final = "theme"
"""The note of the theme in the cache."""


def kept(checked: Checked[T], problems: list[Problem]) -> T | None:
    """The value, with what was noticed on the way to it gone to ``problems``."""
    problems += checked.problems
    return checked.value


def as_asked(settings: Settings, options: Options) -> Settings:
    """The settings with what the command says otherwise. Raises Fault for an address that is none."""
    settings = replace(settings, portable=options.portable)
    if options.base_url is None:
        return settings
    if fault := base_url_fault(options.base_url):
        raise fault
    return replace(settings, base_url=options.base_url.rstrip("/") + "/")


def theme_of(folder: Path, settings: Settings) -> Checked[Theme]:
    """The theme, or what is wrong with it."""
    try:
        return Checked(themes.load(folder, settings))
    except BuildError as error:
        return Checked(None, error.problems)
    except OSError as error:
        problem = Problem(
            path="themes",
            message=say("it cannot be read: {fact}", fact=f"{error.strerror or error}: {error.filename or ''}"),
            hint=say("check that the file is there and that you may read it"),
        )
        return Checked(None, (problem,))


def theme_again(found: Look, last: Done, settings: Settings, cache: Cache) -> Theme | None:
    """The theme of the ``last`` build, where it is asked for again and none of its files has changed; else None."""
    raw = cache.meta(THEME)
    if raw is None or not last.theme_is_safe or last.theme != found.theme:
        return None
    asked, theme = pickle.loads(raw)  # noqa: S301 - our own, unchanged
    return theme if asked == _asked_of(settings) else None


def theme_note(theme: Theme, settings: Settings) -> bytes:
    """What ``theme_again`` has to know, to be noted in the cache."""
    return pickle.dumps((_asked_of(settings), theme))


def _asked_of(settings: Settings) -> tuple[str, str]:
    return settings.theme, settings.language


def stop_at(problems: Sequence[Problem], options: Options) -> None:
    """Raises BuildError where a build may not go on with these problems."""
    if any(options.strict or not problem.is_warning for problem in problems):
        raise BuildError(*problems)
