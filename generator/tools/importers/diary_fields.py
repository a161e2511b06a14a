"""What a field of a table or a form adds to a day, and how it stands in a text."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.render.documents.blocks import Blocks, Cell, Paragraph, Text
from generator.tools.importers import date_words
from generator.tools.importers.date_facts import LONGEST_TITLE, DateLine, Kind
from generator.tools.importers.labels import without_label
from generator.tools.importers.texts_of import text_of


def with_fact(line: DateLine, kind: str, text: str) -> DateLine:
    """The line with a fact that stands in a field of its own."""
    match kind:
        case "weekday":
            day = re.sub("^(?:星期|周|礼拜)", "", text.strip())
            found = date_words.WEEKDAY.match(f"周{day}") or date_words.WEEKDAY.match(day)
            return replace(line, weekday=date_words.weekday(found)) if found and line.weekday is None else line
        case "weather":
            return replace(line, weather=" ".join(filter(None, (line.weather, text))))
        case "place":
            return replace(line, place=line.place or text)
        case "author":
            return replace(line, author=line.author or text)
        case _:
            return replace(line, title=line.title or without_label(text))


def until(line: DateLine, last: DateLine) -> DateLine:
    """The line with the last day that stands in a field of its own."""
    if line.kind is Kind.ASK or (last.month, last.day) == (line.month, line.day):
        return line
    if line.end_day or last.end_day or last.day is None:
        return replace(line, kind=Kind.ASK)
    return replace(line, end_year=last.year, end_month=last.month, end_day=last.day)


def titled(line: DateLine, cell: Cell) -> DateLine:
    """The line with the first sentence of what was done as its title, where other fields stand before that."""
    first = re.split(r"[。！？!?；;\n]", text_of(cell.blocks).strip(), maxsplit=1)[0]
    return replace(line, title=first) if not line.title and len(first) <= LONGEST_TITLE else line


def merged(line: DateLine, more: DateLine) -> DateLine:
    """The line with what stands in a cell without a label."""
    return replace(
        line,
        weekday=more.weekday if line.weekday is None else line.weekday,
        weather=line.weather or more.weather,
        place=line.place or more.place,
        author=line.author or more.author,
    )


def colon(name: str) -> str:
    """What parts a name from what it names."""
    return "" if not name or name[-1] in ":：" else ": " if name.isascii() and name.isalpha() else "："


def labelled(label: str, blocks: Blocks) -> Blocks:
    """Blocks behind a label; the label alone where no paragraph begins them."""
    match blocks:
        case (Paragraph() as first, *rest) if label:
            return (replace(first, inlines=(Text(label), *first.inlines)), *rest)
        case _:
            return (Paragraph((Text(label),)), *blocks) if label else blocks
