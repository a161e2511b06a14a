"""Bytes of a zip that belong to no file are told; what other programs write into a zip of a bundle is not."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tools.archive.campaign import run, shared

FOREIGN = b"MZ" + bytes(range(256)) * 3


def whole() -> bytes:
    return shared().with_name(f"{shared().name}.zip").read_bytes()


def zipped(place: Path, change: Callable[[zipfile.ZipFile], object], form: int = zipfile.ZIP_STORED) -> None:
    """The zip once more, by Python, and something that is done to it."""
    with zipfile.ZipFile(place, "w", form) as archive:
        for path in sorted(shared().rglob("*")):
            archive.write(path, path.relative_to(shared().parent))
        change(archive)


def between(place: Path) -> None:
    """Bytes behind the first file, with all places after it put right."""
    zipped(place, lambda _: None)
    with zipfile.ZipFile(place) as archive:
        at = sorted(one.header_offset for one in archive.infolist())[1]
    body = place.read_bytes()
    with zipfile.ZipFile(place, "a") as archive:
        for one in archive.infolist():
            one.header_offset += len(FOREIGN) if one.header_offset >= at else 0
        start = archive.start_dir
        archive.fp.write(b"")  # type: ignore[union-attr]
        archive.fp.seek(at)  # type: ignore[union-attr]
        archive.fp.write(FOREIGN + body[at:start])  # type: ignore[union-attr]
        archive.start_dir = start + len(FOREIGN)
        archive._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001


def noted(archive: zipfile.ZipFile) -> None:
    archive.infolist()[3].comment = FOREIGN


def before_list(archive: zipfile.ZipFile) -> None:
    archive.fp.seek(archive.start_dir)  # type: ignore[union-attr]
    archive.fp.write(FOREIGN)  # type: ignore[union-attr]
    archive.start_dir += len(FOREIGN)


STRAYS: dict[str, Callable[[Path], object]] = {
    "before": lambda place: place.write_bytes(FOREIGN + whole()),
    "behind": lambda place: place.write_bytes(whole() + FOREIGN),
    "between": between,
    "before the list": lambda place: zipped(place, before_list),
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
        zipped(place, lambda _: None, form)
        with zipfile.ZipFile(place, "a") as archive:
            last = max(archive.infolist(), key=lambda one: one.header_offset)
            archive.fp.seek(archive.start_dir)  # type: ignore[union-attr]
            archive.fp.write(FOREIGN)  # type: ignore[union-attr]
            archive.start_dir += len(FOREIGN)
            last.compress_size += len(FOREIGN)
            archive._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001
        ran = run("verify", place)
        assert (ran.status, f"{len(FOREIGN)} bytes of the zip belong to no file" in ran.err) == (1, True), ran.err


def in_gbk(place: Path) -> bytes:
    """A zip with its names as older programs of Chinese Windows write them."""

    class Named(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own
            return self.filename.encode("gbk"), 0

    out = io.BytesIO()
    with zipfile.ZipFile(place) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            new.writestr(Named(one.filename), old.read(one))
    return out.getvalue()


def test_zips_of_other_programs_are_whole(tmp_path: Path) -> None:
    out, name = shared().parent, shared().name
    commands: list[list[str | Path]] = [
        ["zip", "-qr", tmp_path / "deflated.zip", name],
        ["zip", "-qr0", tmp_path / "stored.zip", name],
        ["zip", "-qr", "-fd", tmp_path / "described.zip", name],
        ["zip", "-qr", "-fz", tmp_path / "large.zip", name],
        ["sh", "-c", f"zip -qr - {name} | cat > {tmp_path}/streamed.zip"],
        ["jar", "--create", "--no-manifest", "--file", tmp_path / "jar.zip", name],
    ]
    for command in commands:
        if shutil.which(str(command[0])):
            subprocess.run(
                [str(word) for word in command], cwd=out, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
            )
    shutil.make_archive(str(tmp_path / "python"), "zip", out, name)
    shutil.copy(shared().with_name(f"{name}.zip"), tmp_path / "own.zip")
    (tmp_path / "windows.zip").write_bytes(in_gbk(tmp_path / "python.zip"))
    places = sorted(tmp_path.glob("*.zip"))
    assert len(places) >= 2
    for place in places:
        ran = run("verify", place)
        assert (ran.status, "is whole" in ran.out) == (0, True), (place, ran.err)
