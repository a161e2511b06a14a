"""Files as office programs write them, made by hand: archives, and compound files with Word and PowerPoint in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def package(parts: Mapping[str, str | bytes], comment: bytes = b"") -> bytes:
    """A ZIP archive of these files."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, part in parts.items():
            archive.writestr(name, part)
    return body.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (MS-CFB) with these streams, of which small ones go into the mini stream as they must."""
    sectors: list[bytes] = []
    table: list[int] = []
    mini, mini_table = bytearray(), list[int]()

    def put(body: bytes) -> int:
        start = len(sectors)
        parts = [body[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(body), SECTOR)]
        sectors.extend(parts)
        table.extend([*range(start + 1, start + len(parts)), END] if parts else [])
        return start if parts else END

    def put_mini(body: bytes) -> int:
        start, count = len(mini_table), -(-len(body) // 64)
        mini.extend(body.ljust(count * 64, b"\0"))
        mini_table.extend([*range(start + 1, start + count), END])
        return start

    folders: dict[str, list[str]] = {"": []}
    for path in streams:
        parent, _, name = path.rpartition("/")
        if parent and parent not in folders:
            folders[""].append(parent)
            folders[parent] = []
        folders[parent].append(name)
    paths = ["", *(f for f in folders if f), *streams]
    number = {path: place for place, path in enumerate(paths)}
    starts = {p: put_mini(b) if len(b) < 4096 else put(b) for p, b in streams.items()}
    root = put(bytes(mini))
    mini_start = put(struct.pack(f"<{len(mini_table)}I", *mini_table)) if mini_table else END
    entries = b""
    for path in paths:
        siblings = folders.get(path.rpartition("/")[0], []) if path else []
        name = path.rpartition("/")[2] or "Root Entry"
        prefix = path.rpartition("/")[0] + "/" if "/" in path else ""
        later = siblings[siblings.index(name) + 1 :] if path else []
        right = number[prefix + later[0]] if later else FREE
        inner = folders.get(path, [])
        child = number[f"{path}/{inner[0]}" if path else inner[0]] if inner and path not in streams else FREE
        kind = 5 if not path else 2 if path in streams else 1
        start, size = (root, len(mini)) if not path else (starts.get(path, 0), len(streams.get(path, b"")))
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    directory = put(entries)
    count = 1
    while len(table) + count > count * 128:
        count += 1
    places = range(len(table), len(table) + count)
    whole = [*table, *[FAT] * count]
    whole += [FREE] * (count * 128 - len(whole))
    sectors.extend(struct.pack("<128I", *whole[at : at + 128]) for at in range(0, len(whole), 128))
    minis = -(-len(mini_table) // 128)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, count, directory, 0, 4096, mini_start, minis, END, 0)
    head += struct.pack("<109I", *places, *[FREE] * (109 - count))
    return head + b"".join(sectors)


def word(pieces: Sequence[tuple[str, bool]], *, flags: int = 0x0200, **streams: bytes) -> bytes:
    """A Word 97 document whose text is in these pieces, each in 8 or 16 bits."""
    document = bytearray(1024)
    struct.pack_into("<HH", document, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", document, 10, flags)
    ends, places = [0], b""
    # The pieces lie in the file in another order than in the text.
    where: dict[int, int] = {}
    for number in reversed(range(len(pieces))):
        text, is_narrow = pieces[number]
        where[number] = len(document)
        document += text.encode("cp1252" if is_narrow else "utf-16-le") + b"\0\0"
    for number, (text, is_narrow) in enumerate(pieces):
        ends.append(ends[-1] + len(text))
        at = where[number]
        places += struct.pack("<HIH", 0, at * 2 | 0x40000000 if is_narrow else at, 0)
    raw = struct.pack(f"<{len(ends)}I", *ends) + places
    table = b"\x01" + struct.pack("<H", 4) + b"prop" + b"\x02" + struct.pack("<I", len(raw)) + raw
    struct.pack_into("<II", document, 0x01A2, 0, len(table))
    body = bytes(document).ljust(4096, b"\0")
    name = "1Table" if flags & 0x0200 else "0Table"
    return compound({"WordDocument": body, name: table, **{f"\x05{key}": one for key, one in streams.items()}})


def record(kind: int, body: bytes, version: int = 0) -> bytes:
    """A record of a PowerPoint presentation."""
    return struct.pack("<HHI", version, kind, len(body)) + body


def powerpoint(texts: Sequence[str], *, user: bytes = bytes(32), more: bytes = b"") -> bytes:
    """A PowerPoint presentation of these texts, in 8 bits where they are ASCII."""
    atoms = [record(0x0FA8, t.encode()) if t.isascii() else record(0x0FA0, t.encode("utf-16-le")) for t in texts]
    shapes = b"".join(record(0xF00D, atom, 0xF) for atom in atoms)
    document = record(0x03E8, record(0x03EE, shapes, 0xF) + more, 0xF)
    return compound({"PowerPoint Document": document, "Current User": user})


def pdf(
    content: bytes, *, fonts: bytes = b"/F 5 0 R", objects: Mapping[int, bytes] | None = None, head: bytes = b""
) -> bytes:
    """A PDF file with a page of this content, in a font whose codes are those of UTF-16."""
    table = b"begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <0000> endbfrange"
    every = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << " + fonts + b" >> >> >>",
        3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        4: flate(content),
        5: b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R >>",
        6: flate(table),
        7: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **(objects or {}),
    }
    parts = [b"%d 0 obj\n%b\nendobj\n" % item for item in every.items()]
    return b"%PDF-1.7\n" + head + b"".join(parts) + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def flate(body: bytes, facts: bytes = b"") -> bytes:
    """A compressed stream of a PDF file."""
    packed = zlib.compress(body)
    return b"<< /Filter /FlateDecode /Length %d %b >>\nstream\n%b\nendstream" % (len(packed), facts, packed)


def hexed(text: str) -> bytes:
    """A text as PDF files hold it."""
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"
