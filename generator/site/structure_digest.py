"""What a file says beside what others merely show of it: as long as that stands, the plan of the site stands."""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import replace

from generator.ground.errors import Problem
from generator.ground.fingerprint import fingerprint
from generator.model.content import Entry
from generator.model.prose import Text


def outline(value: object, problems: Sequence[Problem], mark: bytes) -> bytes:
    """The fingerprint of an entry without its title, place and summary, and without the lines of its references.

    Those reach pages as they are, in rows, links and texts, and nothing is decided by them. Everything else has its
    ``mark``, the fingerprint of all that it says; so has an entry whose summary names something of the site.
    """
    if not isinstance(value, Entry) or value.withdrawn or plain_summary(value) is None:
        return mark
    text = value.text
    unplaced = Text(
        path=text.path,
        is_empty=text.is_empty,
        references=tuple(replace(reference, line=0, column=0) for reference in text.references),
    )
    bare = replace(value, title="", place=None, summary=None, text=unplaced)
    # A set has no order of its own.
    return fingerprint(_bytes((bare, sorted(text.ids), tuple(problems))))


def _bytes(value: object) -> bytes:
    """A value in bytes that are the same for equal values, whichever parts of them are one object."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, 5)
    pickler.fast = True
    pickler.dump(value)
    return out.getvalue()


def plain_summary(entry: Entry) -> str | None:
    """An entry's own summary, else what its text begins with; None where that is not known without the site."""
    if entry.summary is not None:
        return entry.summary
    match entry.text.summary:
        case ():
            return ""
        case (str() as whole,):
            return whole
    return None
