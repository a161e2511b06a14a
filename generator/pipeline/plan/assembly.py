"""The site put together from everything that was read, with its settings and theme."""

from __future__ import annotations

from generator.ground.errors import BuildError, Checked, Problem
from generator.model.options import Options
from generator.model.settings import Settings
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.inputs import load_theme, value_adding_problems, with_overrides
from generator.pipeline.plan.sources import SourceSet, load_records
from generator.pipeline.snapshot import Snapshot
from generator.read import sources
from generator.read.settings import settings as read_settings
from generator.render.theme import Theme
from generator.site.dispatch import content
from generator.site.site import Site, assemble
from generator.site.unread import Unread


def assembled(
    options: Options, snapshot: Snapshot, source_set: SourceSet, cache: Cache, problems: list[Problem]
) -> tuple[Site, Theme | None]:
    """The site and its theme; what is wrong with them is added to ``problems``.

    Raises BuildError where site.yaml is invalid: then nothing more can be found out.
    """
    values, found = load_records(source_set, cache)
    problems += [*snapshot.sources.problems, *found]
    without_value = snapshot.sources.texts.keys() - values.keys()
    refused = (problem.path for problem in snapshot.sources.problems)
    unread = Unread.of(source_set.unread, (*without_value, *refused), problems)
    settings = value_adding_problems(_settings(values.pop(sources.SETTINGS, None), snapshot, options), problems)
    if settings is None:
        raise BuildError(*problems)
    theme = value_adding_problems(load_theme(options.folder, settings), problems)
    site = value_adding_problems(
        assemble(content(values.values()), snapshot.sources, settings, options.selection, unread=unread),
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
