"""What of an attachment cannot be looked through is told, with the reason."""

from __future__ import annotations

import hashlib
import random
import struct
from pathlib import Path

from generator.render.privacy.attachments import reader
from tests.office_files import compound, package, pdf, powerpoint, word
from tests.pipeline.test_attachments import BROKEN, office, problems_of, site_with, with_deleted
from tests.pipeline.test_leaks import NAME, PEOPLE
from tests.space import SiteSpace

RANDOM = random.Random(5).randbytes(3000)
RAR = b"Rar!\x1a\x07\x01\0" + RANDOM
UNKNOWN = "files of this kind cannot be read"
LOCKED = "not looked through, because it is encrypted"
DEEP = package({"a.zip": package({"b.zip": package({"c.zip": package({"d.txt": "x"})})})})
ENCRYPTED = package({"a.txt": "x"}).replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0")
UNREAD: dict[str, tuple[bytes, str]] = {
    "a.rar": (RAR, f"not looked through, because {UNKNOWN}"),
    "rar.zip": (package({"名单.rar": RAR}), f"not looked through: 名单.rar, because {UNKNOWN}"),
    "bin.doc": (BROKEN, f"not looked through, because {UNKNOWN}"),
    "broken.pdf": (b"%PDF-1.7\n" + RANDOM, "not looked through, because it is broken"),
    "locked.pdf": (pdf(b"", head=b"<< /Encrypt 9 0 R >>"), LOCKED),
    "scanned.pdf": (pdf(b"q 1 0 0 1 0 0 cm /Im Do Q"), "not looked through, because its pages are pictures"),
    "odd.pdf": (
        pdf(b"BT /F 9 Tf <0001> Tj ET", objects={5: b"<< /Subtype /Type0 /Encoding /Identity-H >>"}),
        "not looked through, because not all of its text can be read",
    ),
    "hidden.zip": (
        with_deleted(package({"x": "y"}), package({"名单.rar": RAR})),
        "not looked through, because it holds files that its directory does not name",
    ),
    "cut.docx": (office("见")[:100], "not looked through, because it is broken"),
    "cut.doc": (word([("见", False)])[:700], "not looked through, because it is broken"),
    "deep.zip": (DEEP, "not looked through: a.zip/b.zip/c.zip, because it lies more than 3 archives deep"),
    "locked.zip": (ENCRYPTED, "not looked through: a.txt, because it is encrypted"),
    "locked.docx": (compound({"EncryptedPackage": RANDOM, "EncryptionInfo": RANDOM}), LOCKED),
    "locked.doc": (word([("见", False)], flags=0x0300), LOCKED),
    "locked.xls": (compound({"Workbook": struct.pack("<HHHHHH", 0x809, 4, 0x600, 5, 0x2F, 0)}), LOCKED),
    "locked.ppt": (powerpoint(["x"], user=bytes(12) + b"\xdf\xc4\xd1\xf3"), LOCKED),
    "macros.doc": (compound({"VBA/dir": RANDOM}), "not looked through, because macros are not read"),
    "large.zip": (
        package({"a.txt": bytes(reader.LARGEST + 1)}),
        "not looked through: a.txt, because it is larger than 32 MB",
    ),
    "private.zip": (package({f"{NAME}.rar": RAR}), f"not looked through: ***, because {UNKNOWN}"),
    "many.zip": (
        package({f"{n}.rar": RAR for n in range(9)}),
        "not looked through, because 4 more parts of it cannot be read",
    ),
}


def test_what_is_not_looked_through_is_told(tmp_path: Path) -> None:
    files = {name: body for name, (body, _) in UNREAD.items() if name != "private.zip"}
    space = site_with(tmp_path, files)
    ran = space.build()
    told = problems_of(ran, files)
    assert [
        name for name, (_, message) in UNREAD.items() if name in told and f"warning: {message}" not in told[name]
    ] == []
    # It is told again where nothing changed, and stops a strict build.
    assert problems_of(space.build(), files) == told
    assert problems_of(space.run("check", "--all"), files) == told
    assert space.run("build", "--strict").status == 1


def test_a_part_that_is_not_looked_through_is_told_without_its_private_name(tmp_path: Path) -> None:
    body, message = UNREAD["private.zip"]
    ran = site_with(tmp_path, {"private.zip": body}).fails()
    assert f"content/entries/private.zip: warning: {message}" in ran.problems
    assert NAME not in ran.err


def test_a_name_in_an_entry_and_in_what_it_hands_out_is_told_in_both(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.write("content/entries/a.txt", f"见{NAME}")
    space.entry("a", body=f"[附件](a.txt)\n\n见{NAME}\n")
    space.entry("draft", body=f"见{NAME}\n", status="draft")
    ran = space.fails()
    assert [one.split(": ")[0] for one in ran.problems] == ["content/entries/a.md:7:2", "content/entries/a.txt"]
    assert ran.err.count("hint: write what may stand here instead, such as a pseudonym, or take the name out; ") == 1


def test_what_somebody_looked_through_is_allowed_by_its_bytes(tmp_path: Path) -> None:
    scanned, message = UNREAD["scanned.pdf"]
    space = site_with(tmp_path, {"a.pdf": scanned})
    hint = next(line for line in space.fails("--strict").err.splitlines() if "sha256:" in line)
    item = hint.partition("content/site.yaml: ")[2]
    settings = f"title: 日志\nprivacy:\n  allow:\n    {item}\n"
    space.write("content/site.yaml", settings)
    for options in (("--strict",), ("--strict", "--no-cache"), ("--strict",)):
        assert space.build(*options).err == ""
    # Another byte, and it is another file.
    told = [
        f"content/entries/a.pdf: warning: {message}",
        "content/site.yaml:4:15: warning: nothing that is published has this digest",
    ]
    space.write("content/entries/a.pdf", scanned + b"\n")
    assert space.fails("--strict").problems == told
    assert space.build().problems == told
    space.write("content/entries/a.pdf", "清白".encode())
    assert space.build().problems == told[1:]
    # What can be read in it is never allowed by it.
    both = package({"a.rar": RAR, "b.txt": f"见{NAME}"})
    space.write("content/entries/a.pdf", both)
    digest = hashlib.sha256(both).hexdigest()
    space.write("content/site.yaml", f"title: 日志\nprivacy: {{allow: [{{value: 'sha256:{digest}', reason: 看过}}]}}\n")
    assert [one for one in space.fails().problems if "private person" not in one] == []
