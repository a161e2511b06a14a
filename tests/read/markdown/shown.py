"""Formats prose and problems as readable text, for comparisons in tests."""

from __future__ import annotations

from generator.ground.errors import Problem
from generator.model.prose import (
    Hole,
    IdHole,
    ImageHole,
    LabelHole,
    LevelHole,
    LinkHole,
    PartHole,
    PlainText,
    Prose,
    RoleHole,
)


def html(prose: Prose) -> str:
    """The HTML: holes as ``⟦link …⟧``, ``⟦image src|alt|classes⟧``, ``⟦target key|text⟧``, ids and levels plain."""
    return "".join(piece if isinstance(piece, str) else _hole(piece) for piece in prose.pieces)


def _hole(hole: Hole) -> str:
    match hole:
        case LinkHole():
            return f"⟦link {hole.href}⟧"
        case ImageHole():
            return f"⟦image {hole.src}|{hole.alt}{'|' if hole.classes else ''}{hole.classes}⟧"
        case RoleHole():
            return f"⟦{hole.role} {hole.key}|{hole.text}⟧"
        case LabelHole():
            return f"⟦label {hole.key}⟧"
        case LevelHole():
            return str(hole.level)
        case PartHole():
            return f"#{hole.id}"
        case IdHole():
            return hole.id


def shown_text(text: PlainText) -> str:
    """Plain text, a role without words as ``⟦target key|⟧``."""
    return "".join(piece if isinstance(piece, str) else piece.text or _hole(piece) for piece in text)


def problem(found: Problem) -> str:
    """A problem on one or two lines: place and message, then the hint."""
    kind = "warning: " if found.is_warning else ""
    hint = f"\nhint: {found.hint}" if found.hint else ""
    return f"{found.path}:{found.line}:{found.column}: {kind}{found.message}{hint}"
