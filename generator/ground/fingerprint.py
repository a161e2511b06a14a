"""Fingerprints: short digests of contents, by which a cache recognises them, and checksums that reveal damage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import IO, Final

SIZE: Final = 16
"""Bytes of a fingerprint: enough that no two contents of a site share one by chance."""


def fingerprint(*parts: bytes) -> bytes:
    """The BLAKE2b digest (RFC 7693) of one content or several, 16 bytes.

    Several parts are hashed with their lengths, so that ``ab``, ``c`` differs from ``a``, ``bc``.
    """
    if len(parts) == 1:
        return hashlib.blake2b(parts[0], digest_size=SIZE).digest()
    hashed = hashlib.blake2b(b"parts", digest_size=SIZE)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.digest()


def fingerprint_of(blocks: Iterable[bytes]) -> bytes:
    """The fingerprint of one content that comes in blocks."""
    hashed = hashlib.blake2b(digest_size=SIZE)
    for block in blocks:
        hashed.update(block)
    return hashed.digest()


def file_fingerprint(file: IO[bytes]) -> bytes:
    """The fingerprint of what is left to read of a file, of which only a small part is held in memory."""
    return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=SIZE)).digest()  # type: ignore[arg-type]


def sealed(body: bytes) -> bytes:
    """The body with its fingerprint in front as a checksum."""
    return fingerprint(body) + body


def unsealed(raw: bytes) -> bytes | None:
    """The body of what ``sealed`` returned; None where it does not match its checksum."""
    body = raw[SIZE:]
    return body if fingerprint(body) == raw[:SIZE] else None
