"""Extracts the text of attachments: plain text, office documents old and new, PDF, and archives.

What a file is, its first bytes decide, never the ending of its name: a Word file that is called ``.doc`` is read as a
ZIP archive, and a table in HTML that is called ``.xls`` as HTML. What cannot be looked through is told.
"""

from __future__ import annotations

from typing import IO, Final

from generator.render.privacy.attachments import mime
from generator.render.privacy.attachments.kinds import Kind, is_font, kind_of

_SMALL: Final = 1 << 20
_START: Final = 4096


def plain_text(file: IO[bytes]) -> str | None:
    """The text of a small file in UTF-8, as nearly all of a theme's are, and nothing of a font.

    None for all others: what takes them apart (``reader``) is slow to import, and most builds do without.
    """
    file.seek(0)
    body = file.read(_SMALL)
    if is_font(body[:_START]):
        return ""
    if len(body) == _SMALL or kind_of(body) is not Kind.TEXT or mime.is_encoded(body):
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
