"""Settings and theme as the command asks for them, and where a build has to stop.

Nothing that only a new plan needs is imported here: most builds patch the last plan.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from generator.ground.errors import BuildError, Checked, Problem, in_order
from generator.ground.messages import say
from generator.model.options import Options
from generator.model.settings import Settings
from generator.read.addresses import site_address
from generator.render import theme as themes
from generator.render.theme import Theme

T = TypeVar("T")


def value_adding_problems(checked: Checked[T], problems: list[Problem]) -> T | None:
    """The value; its problems are added to ``problems``."""
    problems += checked.problems
    return checked.value


def may_publish(problems: Iterable[Problem], options: Options) -> bool:
    """Whether a build may publish in spite of these problems."""
    return not any(options.strict or not problem.is_warning for problem in problems)


@contextlib.contextmanager
def reporting_all(problems: Sequence[Problem]) -> Iterator[None]:
    """Adds ``problems``, which are known, to those that are raised in the block."""
    try:
        yield
    except BuildError as error:
        raise BuildError(*in_order([*problems, *error.problems])) from error


def stop_at(problems: Sequence[Problem], options: Options) -> None:
    """Raises BuildError where a build may not go on with these problems."""
    if not may_publish(problems, options):
        raise BuildError(*problems)


def with_overrides(settings: Settings, options: Options) -> Settings:
    """The settings with what the command says instead. Raises Fault for an invalid base URL."""
    settings = replace(settings, portable=options.portable)
    if options.base_url is None:
        return settings
    return replace(settings, base_url=site_address(options.base_url))


def load_theme(folder: Path, settings: Settings) -> Checked[Theme]:
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
