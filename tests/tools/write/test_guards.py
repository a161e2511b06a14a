"""Who may write, and where: strangers, ways out of the site, and uploads that are too large or could run."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest
from PIL import Image

from generator.read import pictures
from generator.tools.write import api, uploads
from generator.tools.write.answers import ANSWERS
from tests.office_files import compound
from tests.space import PNG, SiteSpace, tree
from tests.tools.write.asking import DRAFT, GONE, HOST, Asking, address

PATH = "content/entries/a.md"
TOO_MUCH = 2 << 30


def everything(space: SiteSpace) -> dict[str, bytes]:
    return {path: body for path, body in tree(space.folder).items() if not path.startswith(".rizhi/")}


def test_strangers_change_nothing_and_read_nothing(space: SiteSpace, page: Asking) -> None:
    before, token = everything(space), page.token
    sent = b'{"kind": "entry", "fields": {"title": "x", "date": "2020-03-06"}}'
    strangers = {
        "no token": {},
        "a wrong token": {"X-Rizhi-Token": token[:-1]},
        "a token that is no text": {"X-Rizhi-Token": "\xff"},
        "an empty token": {"X-Rizhi-Token": ""},
        "the token in a cookie": {"Cookie": f"X-Rizhi-Token={token}"},
        "a foreign origin": {"X-Rizhi-Token": token, "Origin": "https://example.org"},
        "an origin of another port": {"X-Rizhi-Token": token, "Origin": "http://localhost:1"},
        "an origin that is none": {"X-Rizhi-Token": token, "Origin": "null"},
        "another host": {"X-Rizhi-Token": token, "Host": "example.org"},
        "a host that only begins so": {"X-Rizhi-Token": token, "Host": "127.0.0.1.example.org:8000"},
    }
    doors = [
        ("GET", "site"),
        ("GET", "files"),
        ("GET", "nothing"),
        ("POST", "file"),
        ("POST", "upload"),
        ("POST", "build"),
    ]
    doors += [key for key in ANSWERS if "{" not in key[1]]
    let_in = []
    for name, headers in strangers.items():
        for method, door in doors:
            answer = page.raw(method, address(door, path=PATH, name="a.png"), [sent], headers)
            if answer.status != 403 or b"title" in answer.body:
                let_in.append((name, method, door, answer.status))
    assert let_in == []
    assert everything(space) == before
    # The token itself is only told to this machine, and no other page can frame it or read it.
    for stranger in ({"Host": "example.org"}, {"Origin": "https://example.org"}):
        assert token.encode() not in page.raw("GET", api.ADDRESS, headers=stranger).body
    ours = page.raw("GET", api.ADDRESS, headers={"Origin": f"http://{HOST}"}).headers
    assert "frame-ancestors 'none'" in ours["content-security-policy"]
    assert ours["x-content-type-options"] == "nosniff"
    assert not any(name.startswith("access-control-") for name in ours)
    assert ours["cache-control"] == "no-store"


WAYS_OUT = (
    "../a.md", "content/../../a.md", "content/entries/../../../a.md", "/etc/passwd", "/content/entries/a.md",
    "content/entries//a.md", "content/entries/./a.md", "content\\entries\\a.md", "content/entries/..\\..\\a.md",
    "content/entries/a.md\0", "content/entries/\0.md", "content/entries/%2e%2e/a.md", "%2e%2e/%2e%2e/a.md",
    "content/entries/.hidden.md", "content/.imported/a.md", "content/entries/~$a.md", "content/entries/link.md",
    "content/entries/out/a.md", "content/entries", "content", "", ".", "..", "content/entries/a.png", "pyproject.toml",
    "content/themes/a.md", "themes/default/a.md", ".rizhi/history/a.md", "output/index.html",
    "content/entries/" + "a/" * 3000 + "a.md", "content/entries/" + "长" * 200 + ".md", "C:/a.md",
    "content/entries/a.md:stream", "content/entries/\udc80.md", "content/entries/link.png", "content/entries/out/a.png",
)  # fmt: skip


def test_nothing_outside_of_the_content_is_read_or_written(
    space: SiteSpace, page: Asking, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.md").write_text(DRAFT.replace("正文", "别处"), encoding="utf-8")
    (space.folder / "content/entries/link.md").symlink_to(outside / "a.md")
    (space.folder / "content/entries/out").symlink_to(outside)
    (outside / "a.png").write_bytes(PNG)
    (space.folder / "content/entries/link.png").symlink_to(outside / "a.png")
    (space.folder / "a.md").write_text(DRAFT, encoding="utf-8")
    (space.folder / "content/entries/.hidden.md").write_text(DRAFT, encoding="utf-8")
    before, there = everything(space), tree(outside)
    version, png = page.version(PATH), PNG
    wrong = []
    for path in WAYS_OUT:
        quoted = path.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        answers = {
            "read": page.ask("GET", "file", path=quoted),
            "change": page.ask("PATCH", "file", {"version": version, "text": "x"}, path=quoted),
            "delete": page.ask("DELETE", "file", {"version": version}, path=quoted),
            "history": page.ask("GET", "history", path=quoted),
            "restore": page.ask("POST", "history", {"version": version, "state": "000001-1"}, path=quoted),
            "publish": page.ask("POST", "publish", {"path": quoted, "version": version}),
            "undo": page.ask("POST", "undo", {"undo": f"000001-1-deleted {quoted}"}),
            "picture": page.ask("GET", "picture", path=quoted),
            "upload": page.upload("a.png", png, path=quoted),
        }
        for name, answer in answers.items():
            if answer.status not in (404, 409, 413, 422) or (name == "read" and answer.status not in (404, 422)):
                wrong.append((path[:60], name, answer.status, answer.body[:200]))
    assert [one for one in wrong if one[1:] != ("history", 200, b"[]")] == []
    assert (everything(space), tree(outside)) == (before, there)


NAMES = {
    "..": "picture.png",
    "CON": "CON-1.png",
    "con.png": "con-1-2.png",
    "nul.tar.gz": "nul-1.tar.png",
    "COM1.a.b": "COM1-1.a.png",
    "lpt².x.png": "lpt²-1.x.png",
    "aux .txt.png": "aux-.txt.png",
    "a#b.jpg": "a-b.png",
    "../../x.png": "x.png",
    "..\\..\\x.png": "x-2.png",
    "/etc/passwd": "passwd.png",
    "a\0b.png": "ab.png",
    "": "picture-2.png",
    ".png": "png.png",
    ".htaccess": "htaccess.png",
    "a?b%2Fc&d.png": "a-b-2Fc-d.png",
    "照片 一（1）.PNG": "照片-一-1.png",
    "照片.html": "照片.png",
    "😀.png": "😀.png",
    "\u202egnp.exe": "gnp.png",
    "tail. .png": "tail.png",
    "-rf.png": "rf.png",
}
"""Names as files are sent, and as they are stored; each is the picture of one pixel."""


def test_uploads_have_names_that_every_system_can_store(space: SiteSpace, page: Asking) -> None:
    given = {name: page.upload(name, PNG) for name in NAMES}
    assert {name: answer.json["name"] for name, answer in given.items()} == NAMES
    longest = page.upload("长" * 100 + ".png", PNG).json["name"]
    assert len(longest.encode()) <= 255
    assert longest.startswith("长长长")
    stored = {place.name: place for place in (space.folder / "content/entries").iterdir()}
    assert set(stored) == {"a.md", longest, *NAMES.values()}
    assert all(place.read_bytes() == PNG for name, place in stored.items() if name != "a.md")
    assert given["a#b.jpg"].json == {
        "path": "content/entries/a-b.png", "name": "a-b.png", "markdown": "![](a-b.png)", "is_picture": True,
    }  # fmt: skip
    # A picture that is shown in a text under each of these names is published.
    text = "".join(f"![](<{name}>)\n\n" for name in stored if name != "a.md")
    space.entry("b", body=text)
    space.build()


def zipped(*names: str) -> bytes:
    """An archive of files with these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, MIMETYPES.get(name, "application/vnd.ms-word.document.macroEnabled.main+xml"))
    return out.getvalue()


MIMETYPES = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}


def test_what_could_run_or_is_nothing_is_refused(space: SiteSpace, page: Asking) -> None:
    before = everything(space)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    bodies = {
        "page.html": b"<!doctype html><script>alert(1)</script>",
        "page.txt": b"\xef\xbb\xbf \n<html><body>x",
        "drawing.svg": svg,
        "drawing.png": svg,
        "drawing.xml": b'<?xml version="1.0"?>' + svg,
        "long.svg": b"<!--" + b"x" * 9000 + b"-->" + svg,
        "long.txt": b" " * 9000 + svg,
        "page.mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<b>x",
        "program.exe": b"MZ\x90\x00" + b"\0" * 200,
        "program.png": b"MZ\x90\x00" + b"\0" * 200,
        "script.js": b"alert(1)",
        "script.sh": b"#!/bin/sh\nrm -rf /\n",
        "site.yaml": b"title: x\n",
        "b.md": b"---\ntitle: x\n---\n",
        "empty.png": b"",
        "unknown.bin": bytes(range(256)),
    }
    let_in = {name: answer.body for name, body in bodies.items() if (answer := page.upload(name, body)).status != 422}
    assert let_in == {}
    # It is refused before anybody writes a caption for it, too.
    looked = {name: page.look(name, body).status for name, body in bodies.items()}
    assert {name: status for name, status in looked.items() if status != 422} == {}
    assert everything(space) == before
    assert page.upload("drawing.svg", svg).facts == [
        "web pages and SVG drawings are not stored, since they could run programs"
    ]


def test_what_is_refused_once_all_of_it_is_there(space: SiteSpace, page: Asking) -> None:
    before = everything(space)
    bodies = {
        "begun.png": PNG[:8],
        "begun.jpg": b"\xff\xd8\xff",
        "cut.png": PNG[:-20],
        "cut.docx": zipped("word/document.xml")[:-30],
        "macros.docm": zipped("word/document.xml", "word/vbaProject.bin"),
        "macros.docx": zipped("word/document.xml", "[Content_Types].xml"),
        "macros.doc": compound({"WordDocument": b"\xec\xa5\x68\0" + bytes(800), "_VBA_PROJECT": b"\xcc\x61\xff\xff"}),
        "macros.ods": zipped("content.xml", "Basic/script-lc.xml"),
        "classes.jar": zipped("META-INF/MANIFEST.MF", "A.class"),
        "setup.zip": zipped("a.txt", "安装/setup.exe"),
        "site.zip": zipped("a.txt", "index.html"),
    }
    let_in = {name: answer.body for name, body in bodies.items() if (answer := page.upload(name, body)).status != 422}
    assert let_in == {}
    assert everything(space) == before
    assert page.upload("site.zip", bodies["site.zip"]).facts == [
        "programs or web pages are in the file, and those are not stored"
    ]


def test_other_files_keep_the_ending_that_they_may_have(page: Asking) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (2, 2)).save(photo, "JPEG")
    bodies = {
        "a.pdf": (b"%PDF-1.7\n", "a.pdf"),
        "b.html": (b"%PDF-1.7\n", "b.pdf"),
        "表.xlsx": (zipped("xl/workbook.xml"), "表.xlsx"),
        "c.jar": (zipped("word/document.xml", "word/media/a.svg"), "c.docx"),
        "h.docx": (zipped("mimetype", "content.xml"), "h.ods"),
        "i.pptx": (zipped("照片/a.jpg"), "i.zip"),
        "j.wps": (zipped("a"), "j.wps"),
        "d.csv": ("村,户\n".encode("gb18030"), "d.csv"),
        "e.png": (photo.getvalue(), "e.jpg"),
        "f.JPG": (photo.getvalue(), "f.jpg"),
        "旧.doc": (compound({"WordDocument": b"\xec\xa5\x68\0" + "_VBA_PROJECT".encode("utf-16-le") * 30}), "旧.doc"),
    }
    found = {name: page.upload(name, body).json["name"] for name, (body, _) in bodies.items()}
    assert found == {name: stored for name, (_, stored) in bodies.items()}
    looked = {name: page.look(name, body).json["is_picture"] for name, (body, _) in bodies.items()}
    assert [name for name, is_picture in looked.items() if is_picture] == ["e.png", "f.JPG"]
    assert page.look("f.JPG", photo.getvalue(), 1 << 30).status == 413


class Endless:
    """An upload of two gigabytes that counts what is taken of it."""

    def __init__(self, first: bytes) -> None:
        self.taken, self._first, self._chunk = 0, first, b"\0" * (1 << 20)

    def __iter__(self) -> Iterator[bytes]:
        while self.taken < TOO_MUCH:
            chunk = self._chunk if self.taken else self._first + self._chunk
            self.taken += len(chunk)
            yield chunk


def test_an_upload_of_two_gigabytes_is_refused_without_being_read(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(space)
    for door in ("upload", "import"):
        named = Endless(PNG)
        headers = {"X-Rizhi-Token": page.token, "Content-Length": str(TOO_MUCH)}
        refused = page.raw("POST", address(door, path=PATH, name="a.png"), named, headers)
        assert (door, refused.status, named.taken) == (door, 413, 0)
    # Without its size, no more is taken than the most that there may be, and no more than a chunk of it is in memory.
    monkeypatch.setattr(uploads, "MOST_BYTES", 8 << 20)
    limits = {b"%PDF-1.7\n": 8 << 20, PNG: pictures.MOST_BYTES}
    for first, most in limits.items():
        chunks = Endless(first)
        tracemalloc.start()
        refused = page.upload("a", chunks)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert refused.status == 413
        assert chunks.taken <= most + (2 << 20)
        assert peak < 6 << 20
    # And the JSON that a page sends.
    chunks = Endless(b'{"text": "')
    assert page.raw("PATCH", address("file", path=PATH), chunks, {"X-Rizhi-Token": page.token}).status == 413
    assert chunks.taken <= api.MOST_JSON + (2 << 20)
    assert everything(space) == before


def test_an_upload_that_breaks_off_or_finds_no_room_leaves_nothing(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(space)

    page.upload("a.png", [PNG, GONE])
    assert everything(space) == before

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert page.upload("a.png", PNG).facts == ["it cannot be stored: No space left on device"]
    assert everything(space) == before


def test_what_only_a_broken_page_sends_is_refused_in_words(space: SiteSpace, page: Asking) -> None:
    before, key = everything(space), {"X-Rizhi-Token": page.token}
    bodies = (
        b"",
        b"{",
        b"[]",
        b"1",
        b'{"version": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"kind": "entry", "fields": []}',
        b'{"kind": "x"}',
    )
    wrong = []
    for method, door in ANSWERS.keys() - {("POST", "build"), ("POST", "export"), ("POST", "report")}:
        for body in bodies:
            answer = page.raw(method, address(door.replace("{id}", "x")), [body], key)
            is_fine = (method == "GET" or door == "import/{id}") and answer.status == 200
            if not is_fine and answer.status not in (404, 422):
                wrong.append((method, door, body[:40], answer.status))
    assert wrong == []
    assert page.ask("POST", "build", {"folder": 5}).status == 422
    assert everything(space) == before
    assert page.ask("GET", "nothing").status == 404
    assert page.raw("GET", f"{api.ADDRESS}files/..%2Fapi.py").status == 404
    assert page.raw("GET", f"{api.ADDRESS}files/app.js").headers["content-type"].startswith("text/javascript")
