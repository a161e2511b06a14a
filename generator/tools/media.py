"""The media types of files, by their endings: the same on every machine, whatever other programs have put there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

_TYPES: Final[Mapping[str, str]] = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".xml": "application/xml", ".csv": "text/csv", ".txt": "text/plain", ".md": "text/markdown",
    ".markdown": "text/markdown", ".yaml": "application/yaml", ".yml": "application/yaml", ".svg": "image/svg+xml",
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif", ".ico": "image/vnd.microsoft.icon", ".webmanifest": "application/manifest+json",
    ".pdf": "application/pdf", ".zip": "application/zip", ".wacz": "application/wacz", ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation", ".ofd": "application/ofd",
    ".epub": "application/epub+zip",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".mp4": "video/mp4", ".webm": "video/webm",
    ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
}  # fmt: skip


def media_type(path: str) -> str:
    """The media type of a file."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
