"""Finds private data in text: names of private persons, identity, mobile and bank card numbers, e-mail addresses.

All of it is pure: it reads text and returns findings.
"""

from __future__ import annotations

from generator.render.privacy.finding import Finding, Kind, Rules, Unread
from generator.render.privacy.scanner import Scanner, phrases

__all__ = ["Finding", "Kind", "Rules", "Scanner", "Unread", "phrases"]
