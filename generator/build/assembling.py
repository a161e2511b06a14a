"""The site put together from what was read."""

from __future__ import annotations

from generator.build.asked import kept, settings_of, theme_of
from generator.build.cache import Cache
from generator.build.reading import Readings, said
from generator.build.unchanged import Look
from generator.ground.errors import BuildError, Problem
from generator.model.options import Options
from generator.read import sources
from generator.render.theme import Theme
from generator.site.readers import content
from generator.site.site import Site, assemble


def assembled(
    options: Options, found: Look, readings: Readings, cache: Cache, problems: list[Problem]
) -> tuple[Site, Theme | None]:
    """The site as it was read, and its theme. What is wrong with them goes to ``problems``.

    Raises BuildError where site.yaml is none, for then nothing more can be found out.
    """
    values, noticed = said(readings, cache)
    problems += [*found.sources.problems, *noticed]
    settings = kept(settings_of(values.pop(sources.SETTINGS, None), found, options), problems)
    if settings is None:
        raise BuildError(*problems)
    read = content(values.values())
    theme = kept(theme_of(options.folder, settings), problems)
    site = kept(
        assemble(read, found.sources, settings, options.selection, unread=readings.unread, marks=readings.marks),
        problems,
    )
    assert site is not None
    return site, theme
