"""Finds what may not be published: private persons' names, their numbers and addresses. Pure functions over text."""

from __future__ import annotations

from generator.render.privacy.finding import Finding, Kind, Rules
from generator.render.privacy.scanner import Scanner, phrases

__all__ = ["Finding", "Kind", "Rules", "Scanner", "phrases"]
