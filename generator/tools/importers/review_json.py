"""A review as JSON: what ``--json`` prints and the writing page shows."""

from __future__ import annotations

from typing import Any

from generator.ground.messages import Message
from generator.render.documents.blocks import Block
from generator.tools.importers.questions import Question
from generator.tools.importers.review import Entry, Review
from generator.tools.importers.texts_of import text_of


def as_json(found: Review, language: str) -> dict[str, Any]:
    """The review as JSON, with its messages in ``language``."""
    return {
        "file": found.file,
        "digest": found.digest,
        "is_ready": found.is_ready,
        "pieces": [
            {"at": at, "where": _shown(one.where, language), "text": text_of((one.block,)), "kind": _kind(one.block)}
            for at, one in enumerate(found.pieces)
        ],
        "lead": {"title": found.lead_title, "pieces": list(found.lead_pieces), "text": text_of(found.lead)},
        "entries": [_entry(one, language) for one in found.entries],
        "questions": [_question(one, language) for one in found.questions],
        "offers": [{"kind": one.kind, "text": one.text, "times": one.times} for one in found.offers],
        "notes": [_shown(one, language) for one in found.notes],
        "left_out": [
            {"kind": _shown(one.kind, language), "text": one.text, "where": _shown(one.where, language)}
            for one in found.left_out
        ],
        "answers": dict(found.answers),
    }


def _entry(one: Entry, language: str) -> dict[str, Any]:
    return {
        "start": one.start,
        "date": one.span.iso() if one.span else "",
        "evidence": _shown(one.evidence, language),
        "source": one.source,
        "title": one.title,
        "part": one.part,
        "weather": one.weather,
        "place": one.place,
        "author": one.author,
        "targets": list(one.targets),
        "pieces": list(one.pieces),
        "text": text_of(one.blocks),
    }


def _question(one: Question, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "text": _shown(one.text, language),
        "where": _shown(one.where, language),
        "source": one.source,
        "quote": one.quote,
        "options": list(one.options),
        "is_needed": one.is_needed,
        "answer": one.answer,
    }


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def _shown(message: Message | None, language: str) -> str:
    return message.in_language(language) if message else ""
