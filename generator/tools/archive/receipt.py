"""The receipt: one digest on which every byte of a bag depends, kept elsewhere, so that no forged bag fits it."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import say

_DIGEST: Final = re.compile(r"(?<![0-9a-f])(?:[0-9a-f][ \t\r\n]*){128}(?![0-9a-f])", re.IGNORECASE)
_TEXT: Final = """\
归档凭证 · Receipt

档案包 Bundle: {name}
标注日期 Dated: {date}
内容 Payload-Oxum: {oxum}

tagmanifest-sha512.txt 的 SHA-512 校验值
SHA-512 of tagmanifest-sha512.txt:

{digest}

请打印、盖章，与档案包分开保管。谁要核对档案包，就核对这个校验值：
Print this, stamp it, and keep it apart from the bundle. Whoever checks the bundle compares this digest:

    rizhi verify {name} --receipt {name}-receipt.txt
    sha512sum tagmanifest-sha512.txt          (Linux)
    shasum -a 512 tagmanifest-sha512.txt      (macOS)
    certutil -hashfile tagmanifest-sha512.txt SHA512   (Windows)

收到人 Received by: ____________________    日期 Date: ____________________
"""


def receipt(name: str, *, date: str, oxum: str, digest: str) -> bytes:
    """The receipt of a bag, for Windows too: with a byte order mark and CRLF."""
    groups = [digest[at : at + 8] for at in range(0, len(digest), 8)]
    lines = "\n".join("    " + " ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))
    text = _TEXT.format(name=name, date=date, oxum=oxum, digest=lines)
    return "\ufeff".encode() + text.replace("\n", "\r\n").encode()


def digest_in(body: bytes) -> str:
    """The digest that a receipt tells, as printed or typed again in groups. Raises Fault for none.

    An editor may have saved it as UTF-16, or in another encoding, in all of which the digest is ASCII.
    """
    text = body.decode("utf-16" if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8", errors="replace")
    found = _DIGEST.search(text)
    if found is None:
        raise Fault(
            say("the receipt holds no digest of 128 letters and digits"),
            say("give the file that ends in -receipt.txt and was made with the bundle"),
        )
    return re.sub(r"\s", "", found[0]).lower()
