"""A chronicle as PDF: in one volume, or by years and months where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from generator.ground.dates import written_month, written_year
from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.frozen import frozen
from generator.model.content import Entry
from generator.model.outputs import Output
from generator.model.settings import Settings
from generator.render.documents.layout import Layout
from generator.render.documents.ordinary import ORDINARY
from generator.render.typefaces import Fonts
from generator.tools.articles import Article, typeset, unset

LONGEST: Final = 300
"""Entries of one volume: some 300 pages, which take 300 MB of memory to set."""


@frozen(kw_only=True)
class Volume:
    """A part of the chronicle that is a file of its own."""

    entries: Sequence[Entry]
    title: str
    """Empty for that of the site."""
    suffix: str = ""
    """What its file's name has after that of the whole: ``-2020``, ``-2020-03``; empty for the whole."""


def volumes(whole: Volume, settings: Settings) -> Iterator[Volume]:
    """The whole as it is if it is short, else by years and months."""
    if len(whole.entries) <= LONGEST:
        yield whole
        return
    name, language = whole.title or settings.title, settings.language
    for year, of_year in groupby(whole.entries, lambda entry: entry.span.start.year):
        found = list(of_year)
        if len(found) <= LONGEST:
            yield Volume(entries=found, title=f"{name} · {written_year(year, language)}", suffix=f"-{year}")
            continue
        for month, of_month in groupby(found, lambda entry: entry.span.start.month):
            title = f"{name} · {written_month(year, month, language)}"
            yield Volume(entries=list(of_month), title=title, suffix=f"-{year}-{month:02}")


def pdfs(
    name: str,
    parts: Sequence[tuple[Volume, Article]],
    write: Callable[[Volume], Article],
    settings: Settings,
    *,
    fonts: Fonts,
    jobs: int,
    layout: Layout = ORDINARY,
) -> list[Output]:
    """The volumes as PDF; ``name`` is that of the whole.

    Raises BuildError for characters that no font has, with the entries that ``write`` finds them in.
    """
    files: list[Output] = []
    problems: list[Problem] = []
    made = typeset((article.manuscript(settings, layout) for _, article in parts), fonts=fonts, jobs=jobs)
    for (volume, _), body in zip(parts, made, strict=True):
        file = f"{name}{volume.suffix}.pdf"
        if isinstance(body, Fault):
            problems += unset(body, file, partial(_places, volume, write))
        else:
            files.append(Output(file, body))
    if problems:
        raise BuildError(*problems)
    return files


def _places(volume: Volume, write: Callable[[Volume], Article], characters: str) -> list[str]:
    """The paths of the entries in which one of the characters is."""
    return [
        entry.path
        for entry in volume.entries
        if set(characters) & set(write(Volume(entries=[entry], title=volume.title)).html)
    ]
