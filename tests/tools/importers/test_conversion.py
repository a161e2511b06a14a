"""Older formats are read by way of LibreOffice: what it is asked, and whatever becomes of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.tools.importers import conversion
from generator.tools.importers.read import read_bytes
from tests.office_files import compound, package
from tests.space import SiteSpace
from tests.tools.importers.sources import RUN, paragraph, word

RTF = b"{\\rtf1\\ansi 3\\'d4\\'c25\\'c8\\'d5}"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAKE = """#!/bin/sh
printf '%s\\n' "$@" > "{folder}/asked"
env > "{folder}/environment"
for one in "$@"; do
  case "$one" in
    -env:UserInstallation=file://*) cp "${{one#*file://}}/user/registrymodifications.xcu" "{folder}/profile" ;;
  esac
  before=$last; last=$one
  if [ "$before" = --outdir ]; then made=$one; fi
done
cp "$last" "{folder}/document"
{then}
"""
MAKES = 'mkdir -p "$made" && cp "{folder}/result.docx" "$made/document.docx"'
SITE = "-- content/site.yaml --\ntitle: 站\n"


class Office:
    """A program on the path that takes the place of LibreOffice."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        (folder / "result.docx").write_bytes(word(paragraph(RUN.format("3月5日 晴")) + paragraph(RUN.format("开会"))))

    def does(self, then: str = MAKES) -> None:
        program = self.folder / "soffice"
        program.write_text(FAKE.format(folder=self.folder, then=then.format(folder=self.folder)))
        program.chmod(0o755)

    def told(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    (tmp_path / "bin").mkdir()
    return Office(tmp_path / "bin", monkeypatch)


def problem(body: bytes, name: str = "a.doc") -> str:
    checked = read_bytes(name, "", body)
    assert checked.value is None
    return " ".join(str(one) for one in (checked.problems[0].message, checked.problems[0].hint) if one)


def test_what_it_is_asked_and_where(office: Office, tmp_path: Path) -> None:
    office.does()
    space = SiteSpace.of(tmp_path / "site", SITE)
    diary = tmp_path / "日记2020年.rtf"
    diary.write_bytes(RTF)
    ran = space.run(f"import {diary}")
    assert ran.status == 0, ran.err
    assert "LibreOffice made a Word file of it first" in ran.out
    drafts = list((space.folder / "content/entries").rglob("*.md"))
    assert len(drafts) == 1
    assert "date: 2020-03-05" in drafts[0].read_text(encoding="utf-8")
    asked = office.told("asked").split("\n")
    folder = Path(asked[asked.index("--outdir") + 1]).parent
    assert asked[:-1] == [
        "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
        f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", f"{folder}/made", f"{folder}/document.rtf",
    ]  # fmt: skip
    assert not folder.exists()
    assert (office.folder / "document").read_bytes() == RTF
    assert f"TMPDIR={folder}" in office.told("environment").split("\n")
    profile = office.told("profile")
    for name, value in {"DisableMacrosExecution": "true", "ooInetProxyType": "2", "Link": "2"}.items():
        assert f'oor:name="{name}" oor:op="fuse"><value>{value}</value>' in profile, name
    # The same file again is known, by its own bytes.
    office.does()
    assert "this file was imported before" in space.run(f"import {diary}").err


def test_each_format_has_its_ending(office: Office) -> None:
    office.does()
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    formats = {
        RTF: "rtf",
        OLD: "doc",
        compound({"WordDocument": b"\xec\xa5\xc1\0"}): "doc",
        compound({"MatOST": b"x", "CONTENTS": b"x"}): "wps",
        package(odt): "odt",
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>': "xml",
    }
    for body, ending in formats.items():
        checked = read_bytes("file", "", body)
        assert checked.value, (ending, checked.problems)
        assert checked.value.is_converted, ending
        assert office.told("asked").rstrip().rsplit("/", 1)[1] == f"document.{ending}"


def test_what_is_no_text_or_has_a_password_is_told_before(office: Office) -> None:
    office.does("exit 1")
    locked = b"\xec\xa5\xc1\0".ljust(10, b"\0") + b"\0\1" + bytes(20)
    odt = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    for body, wanted in {
        compound({"WordDocument": locked}): "it is encrypted",
        compound({"EncryptedPackage": b"x"}): "it is encrypted",
        compound({"Workbook": b"x"}): "it is a workbook",
        package(odt): "it is a workbook",
    }.items():
        assert problem(body).startswith(wanted), wanted
    assert not (office.folder / "asked").exists()


def test_a_conversion_that_fails_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "_MOST", 1 << 20)
    for then, wanted in {
        "exit 1": "LibreOffice could not read it",
        ":": "LibreOffice could not read it",
        'mkdir -p "$made/document.docx"': "LibreOffice could not read it: Is a directory",
        'mkdir -p "$made"; ln -s /etc/passwd "$made/document.docx"': "broken",
        'mkdir -p "$made"; mkfifo "$made/document.docx"': "it is a pipe",
        'mkdir -p "$made"; echo x > "$made/document.docx"': "broken",
        'mkdir -p "$made"; head -c 2000000 /dev/zero > "$made/document.docx"': "2 MB; 1 is the most",
        "kill -9 $$": "LibreOffice could not read it",
    }.items():
        office.does(then)
        assert wanted in problem(RTF), then


def test_what_is_never_done_is_ended_with_all_that_it_started(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "SECONDS", 2)
    office.does(f"sleep 1000 & echo $! > {office.folder}/child; sleep 1000")
    assert "LibreOffice was not done with it after 2 seconds" in problem(RTF)
    child = int(office.told("child"))
    for _ in range(600):
        if not Path(f"/proc/{child}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists()
    (office.folder / "soffice").write_text("#!/nowhere/at/all\n")
    assert "LibreOffice does not start" in problem(RTF)


def test_a_folder_that_goes_away_meanwhile_does_no_harm(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def vanishing(place: str | int = ".") -> Iterator[os.DirEntry[str]]:
        if str(place).endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory", place)
        return scan(place)

    monkeypatch.setattr(os, "scandir", vanishing)
    office.does("mkdir gone; sleep 0.5; exit 1")
    assert "No such file" not in problem(RTF)


def test_without_it_there_is_advice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\n")
    (tmp_path / "soffice").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    # A program of that name in the folder in which somebody works is none.
    monkeypatch.setenv("PATH", f".{os.pathsep}{tmp_path / 'none'}")
    assert problem(RTF) == (
        "it is a document in an older format or of another program"
        " open it in Word or WPS, save it as .docx, and import that; or install LibreOffice, which reads it"
    )
