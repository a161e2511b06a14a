"""Bytes of a zip that belong to no file are told; what other programs write into a zip of a bundle is not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tools.archive.campaign import run, shared

FOREIGN = b"MZ" + bytes(range(256)) * 3


def whole() -> bytes:
    return shared().with_name(f"{shared().name}.zip").read_bytes()


def zipped(
    place: Path, change: Callable[[zipfile.ZipFile], object], form: int = zipfile.ZIP_STORED, *, behind: int = -1
) -> None:
    """The zip once more, by Python, and something that is done to it ``behind`` one of its files."""
    paths = sorted(shared().rglob("*"))
    with zipfile.ZipFile(place, "w", form) as archive:
        for path in paths:
            archive.write(path, path.relative_to(shared().parent))
            if path == paths[behind]:
                change(archive)


def stray(archive: zipfile.ZipFile) -> None:
    """Bytes where the next file, or else the list of files, would begin."""
    assert archive.fp is not None
    archive.fp.seek(archive.start_dir)
    archive.fp.write(FOREIGN)
    archive.start_dir += len(FOREIGN)


def claimed(archive: zipfile.ZipFile) -> None:
    """The same, and the list says that they are of the last file."""
    stray(archive)
    archive.infolist()[-1].compress_size += len(FOREIGN)


def noted(archive: zipfile.ZipFile) -> None:
    archive.infolist()[3].comment = FOREIGN


STRAYS: dict[str, Callable[[Path], object]] = {
    "before": lambda place: place.write_bytes(FOREIGN + whole()),
    "behind": lambda place: place.write_bytes(whole() + FOREIGN),
    "between": lambda place: zipped(place, stray, behind=0),
    "before the list": lambda place: zipped(place, stray),
    "a comment": lambda place: zipped(place, lambda archive: setattr(archive, "comment", FOREIGN)),
    "a comment on a file": lambda place: zipped(place, noted),
}


@pytest.mark.parametrize("name", STRAYS)
def test_bytes_that_belong_to_no_file_are_told(tmp_path: Path, name: str) -> None:
    place = tmp_path / "a.zip"
    STRAYS[name](place)
    with zipfile.ZipFile(place) as archive:
        assert archive.testzip() is None
    ran = run("verify", place)
    told = f"a.zip: {len(FOREIGN)} bytes of the zip belong to no file, the first at "
    assert (ran.status, told in ran.err, "1 problem, " in ran.err) == (1, True, True), ran.err


def test_bytes_behind_contents_are_told(tmp_path: Path) -> None:
    """The list says that a file takes more than it does."""
    for form in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        place = tmp_path / "a.zip"
        zipped(place, claimed, form)
        ran = run("verify", place)
        assert (ran.status, f"{len(FOREIGN)} bytes of the zip belong to no file" in ran.err) == (1, True), ran.err


def test_what_unfolds_to_more_than_a_file_has_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The contents of the last file go on far behind where the list says that it ends; nobody unfolds that."""
    place, unfolded = tmp_path / "a.zip", list[int]()

    def going_on(archive: zipfile.ZipFile) -> None:
        last, packer = archive.infolist()[-1], zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        known = (shared().parent / last.filename).read_bytes()
        body = packer.compress(known) + packer.compress(bytes(64 << 20)) + packer.flush()
        assert archive.fp is not None
        archive.fp.seek(archive.start_dir - last.compress_size)
        archive.fp.write(body)
        last.compress_size, archive.start_dir = len(body), archive.fp.tell()

    class Counted:
        def __init__(self, bits: int) -> None:
            self._unpacker = zlib.decompressobj(bits)

        def decompress(self, body: bytes, most: int) -> bytes:
            found = self._unpacker.decompress(body, most)
            unfolded.append(len(found))
            return found

        def __getattr__(self, name: str) -> object:
            return getattr(self._unpacker, name)

    zipped(place, going_on, zipfile.ZIP_DEFLATED)
    libraries = SimpleNamespace(decompressobj=Counted, MAX_WBITS=zlib.MAX_WBITS, error=zlib.error)
    monkeypatch.setattr("generator.tools.archive.verify.zip_bytes.zlib", libraries)
    ran = run("verify", place)
    assert (ran.status, "bytes of the zip belong to no file" in ran.err) == (1, True), ran.err
    assert sum(unfolded) < 2 * sum(path.stat().st_size for path in shared().rglob("*")) + (1 << 20)


def in_gbk(place: Path) -> bytes:
    """A zip with its names as older programs of Chinese Windows write them."""
    out, names = io.BytesIO(), dict[bytes, bytes]()
    with zipfile.ZipFile(place) as old, zipfile.ZipFile(out, "w") as new:
        for number, one in enumerate(old.infolist()):
            # Python's own would be UTF-8, and say so: names of the same length stand for them meanwhile.
            name = one.filename.encode("gbk")
            stand_in = f"~{number}~".ljust(len(name), "~")
            names[stand_in.encode()] = name
            new.writestr(stand_in, old.read(one))
    body = out.getvalue()
    for stand_in_bytes, name in names.items():
        # In front of the file, and in the list.
        assert body.count(stand_in_bytes) == 2
        body = body.replace(stand_in_bytes, name)
    return body


def test_zips_of_other_programs_are_whole(tmp_path: Path) -> None:
    out, name = shared().parent, shared().name
    commands: list[list[str | Path]] = [
        ["zip", "-qr", tmp_path / "deflated.zip", name],
        ["zip", "-qr0", tmp_path / "stored.zip", name],
        ["zip", "-qr", "-fd", tmp_path / "described.zip", name],
        ["zip", "-qr", "-fz", tmp_path / "large.zip", name],
        ["sh", "-c", f"zip -qr - {name} | cat > {tmp_path}/streamed.zip"],
    ]
    for command in commands:
        subprocess.run([str(word) for word in command], cwd=out, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    shutil.make_archive(str(tmp_path / "python"), "zip", out, name)
    shutil.copy(shared().with_name(f"{name}.zip"), tmp_path / "own.zip")
    (tmp_path / "windows.zip").write_bytes(in_gbk(tmp_path / "python.zip"))
    places = sorted(tmp_path.glob("*.zip"))
    assert len(places) == 8
    for place in places:
        ran = run("verify", place)
        assert (ran.status, "is whole" in ran.out) == (0, True), (place, ran.err)
