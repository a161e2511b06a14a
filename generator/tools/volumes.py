"""A chronicle as PDF: in one volume, or by years and months where it is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from generator.tools.articles import Article, lesser, typeset, unset

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
) -> tuple[list[Output], list[Problem]]:
    """The volumes as PDF, and warnings of those that are less than they should be; ``name`` is that of the whole.

    Raises BuildError for characters that no font has, with the entries that ``write`` finds them in.
    """
    files: list[Output] = []
    problems: list[Problem] = []
    warnings: list[Problem] = []
    made = typeset((article.manuscript(settings, layout) for _, article in parts), fonts=fonts, jobs=jobs)
    for (volume, article), body in zip(parts, made, strict=True):
        file = f"{name}{volume.suffix}.pdf"
        texts = _texts(volume, write)
        if isinstance(body, Fault):
            problems += unset(body, file, texts)
        else:
            files.append(Output(file, body))
            warnings += lesser(body, file, article, texts)
    if problems:
        raise BuildError(*problems)
    return files, warnings


def _texts(volume: Volume, write: Callable[[Volume], Article]) -> Iterator[tuple[str, str]]:
    """Each entry's path and its text, written when it is asked for."""
    return ((entry.path, write(Volume(entries=[entry], title=volume.title)).html) for entry in volume.entries)
