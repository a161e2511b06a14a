"""Finds private data in text: names of private persons, numbers that belong to people, addresses.

All of it is pure: it reads text and returns findings.
"""

from __future__ import annotations

from generator.render.privacy.escapes import Form
from generator.render.privacy.finding import LONG, WARNINGS, Caveat, Finding, Kind, Rules
from generator.render.privacy.scanner import Scanner, phrases

__all__ = ["LONG", "WARNINGS", "Caveat", "Finding", "Form", "Kind", "Rules", "Scanner", "phrases"]
