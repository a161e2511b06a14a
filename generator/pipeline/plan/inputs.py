"""What a plan is made of: the settings and the theme as the command asks for them, and the site put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from generator.ground.errors import BuildError, Checked, Problem
from generator.ground.messages import say
from generator.model.options import Options
from generator.model.settings import Settings
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.sources import SourceSet, load_records
from generator.pipeline.snapshot import Snapshot
from generator.read import sources
from generator.read.addresses import base_url_fault
from generator.read.settings import settings as read_settings
from generator.render import theme as themes
from generator.render.theme import Theme
from generator.site.dispatch import content
from generator.site.site import Site, assemble

T = TypeVar("T")


def kept(checked: Checked[T], problems: list[Problem]) -> T | None:
    """The value; its problems are added to ``problems``."""
    problems += checked.problems
    return checked.value


def stop_at(problems: Sequence[Problem], options: Options) -> None:
    """Raises BuildError where a build may not go on with these problems."""
    if any(options.strict or not problem.is_warning for problem in problems):
        raise BuildError(*problems)


def with_overrides(settings: Settings, options: Options) -> Settings:
    """The settings with what the command says instead. Raises Fault for a base URL that is none."""
    settings = replace(settings, portable=options.portable)
    if options.base_url is None:
        return settings
    if fault := base_url_fault(options.base_url):
        raise fault
    return replace(settings, base_url=options.base_url.rstrip("/") + "/")


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


def assembled(
    options: Options, snapshot: Snapshot, source_set: SourceSet, cache: Cache, problems: list[Problem]
) -> tuple[Site, Theme | None]:
    """The site and its theme; what is wrong with them is added to ``problems``.

    Raises BuildError where site.yaml is invalid: then nothing more can be found out.
    """
    values, found = load_records(source_set, cache)
    problems += [*snapshot.sources.problems, *found]
    settings = kept(_settings(values.pop(sources.SETTINGS, None), snapshot, options), problems)
    if settings is None:
        raise BuildError(*problems)
    theme = kept(load_theme(options.folder, settings), problems)
    site = kept(
        assemble(content(values.values()), snapshot.sources, settings, options.selection, unread=source_set.unread),
        problems,
    )
    assert site is not None
    return site, theme


def _settings(known: Settings | None, snapshot: Snapshot, options: Options) -> Checked[Settings]:
    """The settings of a build: those of site.yaml, or defaults where the file is missing."""
    if known is None and sources.SETTINGS in snapshot.sources.texts:
        # The file is no YAML, which is a problem already; nobody knows what it was to say.
        return Checked(None)
    if known is not None:
        return Checked(with_overrides(known, options))
    defaults = read_settings(None)
    assert defaults.value is not None
    is_reported = any(problem.path == sources.SETTINGS for problem in snapshot.sources.problems)
    return Checked(with_overrides(defaults.value, options), () if is_reported else defaults.problems)
