"""The structure digest of a file: of everything in it that decides about other pages.

It leaves out title, place, summary and the text, which other pages merely show. How long the text is counts, as the
chronicle is split by that. Where a title decides about more, the entry says so: by its former slug, and by the ids in
its text. While the digest is the same, so is the plan of the site.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import replace

from generator.ground.errors import Problem
from generator.ground.fingerprint import fingerprint
from generator.model.content import Entry
from generator.model.prose import Text


def structure_digest(value: object, problems: Sequence[Problem], record_digest: bytes) -> bytes:
    """The digest of an entry without its title, place and summary, and without the lines of its references.

    These are copied to pages in rows, links and texts, and decide nothing. For other records, and for an entry whose
    summary depends on the site or that is withdrawn, it is ``record_digest``, the digest of the whole record.
    """
    if not isinstance(value, Entry) or value.withdrawn or plain_summary(value) is None:
        return record_digest
    text = value.text
    unplaced = Text(
        path=text.path,
        is_empty=text.is_empty,
        references=tuple(replace(reference, line=0, column=0) for reference in text.references),
        thousands=text.thousands,
    )
    bare = replace(value, title="", place=None, summary=None, text=unplaced)
    # A set has no order of its own.
    return fingerprint(_bytes((bare, sorted(text.ids), tuple(problems))))


def _bytes(value: object) -> bytes:
    """The value pickled without memo: equal values give equal bytes, whether or not their parts are shared objects."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, 5)
    pickler.fast = True
    pickler.dump(value)
    return out.getvalue()


def plain_summary(entry: Entry) -> str | None:
    """The summary of an entry: its own, else the beginning of its text; None if that depends on the site (roles)."""
    if entry.summary is not None:
        return entry.summary
    match entry.text.summary:
        case ():
            return ""
        case (str() as whole,):
            return whole
    return None
