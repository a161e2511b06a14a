"""Extracts the text of attachments: plain text, office documents old and new, PDF, and archives.

What a file is, its first bytes decide, never the ending of its name: a Word file that is called ``.doc`` is read as a
ZIP archive, and a table in HTML that is called ``.xls`` as HTML. What cannot be looked through is told.
"""

from __future__ import annotations

from generator.render.privacy.attachments.reader import Reading, Unread

__all__ = ["Reading", "Unread"]
