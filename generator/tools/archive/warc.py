"""The site as WARC/1.1 (ISO 28500): a ``resource`` record for each file, since nobody asked a server for it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple
from urllib.parse import quote, urlsplit

from generator.tools.media import media_type

NAME: Final = "data.warc"
_PLAIN: Final = "/-_.~!$&'()*+,;=:@"


class Record(NamedTuple):
    """Where a file is in the WARC."""

    url: str
    media: str
    digest: str
    offset: int
    length: int


def address(base: str, path: str) -> str:
    """The address of a file of the site."""
    return base + quote(path, safe=_PLAIN)


class WarcWriter:
    """Writes records with one time into an open file."""

    def __init__(self, target: IO[bytes], moment: str, software: str) -> None:
        """The WARC begins with who made it."""
        self._target = target
        self._moment = moment
        body = f"software: {software}\r\nformat: WARC/1.1\r\n".encode()
        digest = digest_of(hashlib.sha256(body).digest())
        headers = {"WARC-Type": "warcinfo", "WARC-Filename": NAME, "WARC-Block-Digest": digest}
        self._head(headers, digest, "application/warc-fields", len(body))
        target.write(body + b"\r\n\r\n")

    def add(self, place: Path, url: str) -> Record:
        """Writes a file, which is found at ``url``."""
        media, offset = media_type(place.name), self._target.tell()
        # A charset, because a reader of the archive is told nothing else.
        full = f"{media}; charset=utf-8" if media.startswith("text/") else media
        with place.open("rb") as body:
            digest = digest_of(hashlib.file_digest(body, "sha256").digest())
            headers = {
                "WARC-Type": "resource",
                "WARC-Target-URI": url,
                "WARC-Payload-Digest": digest,
                "WARC-Block-Digest": digest,
            }
            self._head(headers, f"{url} {digest}", full, body.tell())
            body.seek(0)
            shutil.copyfileobj(body, self._target)
        self._target.write(b"\r\n\r\n")
        return Record(url, media, digest, offset, self._target.tell() - offset)

    def _head(self, headers: dict[str, str], name: str, media: str, size: int) -> None:
        every = {
            **headers,
            # The same file at the same address is the same record, whenever it is written.
            "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>",
            "WARC-Date": self._moment,
            "Content-Type": media,
            "Content-Length": str(size),
        }
        lines = "".join(f"{key}: {value}\r\n" for key, value in every.items())
        self._target.write(f"WARC/1.1\r\n{lines}\r\n".encode())


def digest_of(digest: bytes) -> str:
    """A SHA-256 as WARC writes it."""
    return f"sha256:{base64.b32encode(digest).decode()}"


def index(records: list[Record], moment: str) -> bytes:
    """The index of the records as CDXJ, in which a reader of the archive finds an address."""
    stamp = re.sub(r"\D", "", moment)
    lines = [
        f"{_key(one.url)} {stamp} "
        + json.dumps(
            {
                "url": one.url,
                "mime": one.media,
                "status": "200",
                "digest": one.digest,
                "length": str(one.length),
                "offset": str(one.offset),
                "filename": NAME,
            }
        )
        for one in records
    ]
    return ("\n".join(sorted(lines)) + "\n").encode()


def _key(url: str) -> str:
    """The address in the order of its parts: ``org,example)/a`` for ``https://example.org/a``."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}){parts.path.lower()}"


def read_records(warc: IO[bytes], most: int) -> Iterator[tuple[dict[str, str], bytes]]:
    """The headers of each record of a WARC, with the digest of its block. Raises ValueError for what is no WARC.

    ``most`` is the number of records that are read.
    """
    for _ in range(most):
        line = warc.readline(1 << 12)
        if not line:
            return
        if line.rstrip() != b"WARC/1.1":
            raise ValueError
        headers: dict[str, str] = {}
        while (line := warc.readline(1 << 14).rstrip(b"\r\n")) and len(headers) < 100:
            key, _, value = line.decode().partition(":")
            headers[key.strip().lower()] = value.strip()
        digest, left = hashlib.sha256(), int(headers.get("content-length", "-1")[:15])
        if left < 0:
            raise ValueError
        while left and (block := warc.read(min(left, 1 << 20))):
            digest.update(block)
            left -= len(block)
        if left or warc.read(4) != b"\r\n\r\n":
            raise ValueError
        yield headers, digest.digest()
    raise ValueError
