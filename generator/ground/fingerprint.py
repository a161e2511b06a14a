"""Fingerprints: short names of contents, by which what was made before is known again."""

from __future__ import annotations

import hashlib
from typing import Final

SIZE: Final = 16
"""Bytes of a fingerprint: no two contents of a site share one by chance."""


def fingerprint(*parts: bytes) -> bytes:
    """The fingerprint of one content, or of several, each with its length, so that ``ab``, ``c`` is not ``a``, ``bc``.

    BLAKE2b (RFC 7693), 16 bytes.
    """
    if len(parts) == 1:
        return hashlib.blake2b(parts[0], digest_size=SIZE).digest()
    hashed = hashlib.blake2b(b"parts", digest_size=SIZE)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.digest()


def sealed(body: bytes) -> bytes:
    """The body behind its own fingerprint, so that damage to either is noticed."""
    return fingerprint(body) + body


def unsealed(raw: bytes) -> bytes | None:
    """The body that was sealed; None where it is not what it was."""
    body = raw[SIZE:]
    return body if fingerprint(body) == raw[:SIZE] else None
