"""The site put together from what was read."""

from __future__ import annotations

from generator.ground.errors import BuildError, Checked, Problem
from generator.model.options import Options
from generator.model.settings import Settings
from generator.pipeline.cache.store import Cache
from generator.pipeline.plan.inputs import as_asked, kept, theme_of
from generator.pipeline.plan.source_records import Readings, said
from generator.pipeline.snapshot import Look
from generator.read import sources
from generator.read.settings import settings as read_settings
from generator.render.theme import Theme
from generator.site.dispatch import content
from generator.site.site import Site, assemble


def assembled(
    options: Options, found: Look, readings: Readings, cache: Cache, problems: list[Problem]
) -> tuple[Site, Theme | None]:
    """The site as it was read, and its theme. What is wrong with them goes to ``problems``.

    Raises BuildError where site.yaml is none, for then nothing more can be found out.
    """
    values, noticed = said(readings, cache)
    problems += [*found.sources.problems, *noticed]
    settings = kept(_settings(values.pop(sources.SETTINGS, None), found, options), problems)
    if settings is None:
        raise BuildError(*problems)
    read = content(values.values())
    theme = kept(theme_of(options.folder, settings), problems)
    site = kept(
        assemble(
            read, found.sources, settings, options.selection, unread=readings.unread, record_digests=readings.marks
        ),
        problems,
    )
    assert site is not None
    return site, theme


def _settings(known: Settings | None, found: Look, options: Options) -> Checked[Settings]:
    """The settings of a build: those that are ``known``, else defaults where site.yaml cannot be had."""
    if known is None and sources.SETTINGS in found.sources.texts:
        # It is no YAML, which is told already; nobody knows what it was to say.
        return Checked(None)
    if known is not None:
        return Checked(as_asked(known, options))
    defaults = read_settings(None)
    assert defaults.value is not None
    is_told = any(problem.path == sources.SETTINGS for problem in found.sources.problems)
    return Checked(as_asked(defaults.value, options), () if is_told else defaults.problems)
