"""What is written in Base64 is looked through: in addresses, in e-mails, and where nothing says so."""

from __future__ import annotations

import gzip
import json
import random
from base64 import b64encode, encodebytes, urlsafe_b64encode
from pathlib import Path

from tests.office_files import package
from tests.pipeline.test_attachment_traces import PLACE, picture
from tests.pipeline.test_attachments import MOBILE, missed, problems_of, site_with
from tests.pipeline.test_attachments_unseen import jpeg
from tests.pipeline.test_leaks import NAME, PEOPLE
from tests.space import SiteSpace


def letters(body: str | bytes) -> str:
    return b64encode(body.encode() if isinstance(body, str) else body).decode()


def test_base64_in_attachments_is_looked_through(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    for kind, secret in {"name": NAME, "mobile": MOBILE}.items():
        photo = f"data:image/jpeg;base64,{letters(jpeg(secret.encode()))}"
        row, long = letters(secret), ("天地玄黄" * 40 + secret).encode()
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{photo}"/></svg>'
        texts = {
            "address": f"<img src={photo} alt=x>",
            "drawing": f"url(data:image/svg+xml;base64,{letters(drawing)})",
            "row": f"x = {row}",
            "json": json.dumps({"photo": letters(jpeg(secret.encode()))}),
            "token": f"eyJhbGciOiJIUzI1NiJ9.{letters(json.dumps({'a': secret}, ensure_ascii=False)).rstrip('=')}.abc",
            "rows": encodebytes(long).decode(),
            "safe": urlsafe_b64encode(long).decode(),
            "mail": f"Content-Transfer-Encoding: base64\r\n\r\n{row}\r\n",
            "twice": letters(f"data:text/plain;base64,{row}"),
        }
        files |= {f"{kind}-{way}.txt": text.encode() for way, text in texts.items()}
        files |= {
            f"{kind}-gb18030.txt": b64encode(f"户主：{secret}，住在村东头".encode("gb18030")),
            f"{kind}-utf-16.txt": b64encode(f"户主：{secret}".encode("utf-16")),
            f"{kind}-packed.txt": b64encode(gzip.compress(secret.encode())),
            f"{kind}-wide.txt": photo.encode("utf-16"),
            f"{kind}.epub": package({"a.svg": drawing, "a.xhtml": "<html></html>"}),
            f"{kind}.docx": package({"word/document.xml": f"<w:p/><pkg:binaryData>{letters(long)}</pkg:binaryData>"}),
        }
    assert missed(tmp_path, files) == []


def test_what_a_camera_wrote_is_told_in_addresses_too(tmp_path: Path) -> None:
    photo = f"data:image/jpeg;base64,{letters(picture())}"
    files = {"a.txt": photo.encode(), "b.zip": package({"a.html": f"<html><img src='{photo}'>"})}
    space = site_with(tmp_path, files)
    space.entry("b", body=f"```\n{photo}\n```\n")
    ran = space.run("check", "--all")
    assert ran.status == 0, ran.problems
    assert problems_of(ran, [*files, "b.md"]) == {
        "a.txt": [f"warning: {PLACE}"],
        "b.zip": [f"warning: a.html in it: {PLACE}"],
        "b.md": [f"warning: {PLACE}"],
    }


def test_base64_in_pages_and_themes_is_told_with_its_place(tmp_path: Path) -> None:
    address = f"data:text/plain;base64,{letters(NAME)}"
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a", body=f"见 `{address}`。\n")
    # A draft is no place of it.
    space.entry("draft", f"{NAME}\n", status="draft")
    space.write("themes/default/css/a.css", f"a{{background:url({address})}}")
    space.write("themes/default/assets/a.md", f"{address}\n")
    space.write("themes/default/assets/b.json", json.dumps({"a": letters(f"{NAME}，女")}))
    told = {line.split(": ")[0] for line in space.fails().problems if "warning" not in line}
    assert told == {
        "content/entries/a.md",
        *(f"themes/default/{one}" for one in ("assets/a.md", "assets/b.json", "css/a.css")),
    }


def test_what_a_style_sheet_disguises_is_told_there(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a")
    space.entry("draft", f"{NAME}\n", status="draft")
    space.write("themes/default/css/x.css", "b{content:'" + "".join(f"\\{ord(char):x} " for char in NAME) + "'}")
    assert {line.split(": ")[0] for line in space.fails().problems} == {"themes/default/css/x.css:1:12"}


def test_long_words_digests_and_pictures_are_no_texts(tmp_path: Path) -> None:
    noise = random.Random(7)
    files = {
        "digests.txt": "\n".join("".join(noise.choices("ABDEFGHabdefgh01+/", k=44)) for _ in range(3000)).encode(),
        "words.txt": b"\n".join(
            b"internationalisation/of_long-words%d submodule maintenance" % number for number in range(3000)
        ),
        "picture.txt": f'"data:image/png;base64,{letters(picture("PNG", tags=""))}"'.encode(),
        "font.txt": f'url("data:font/ttf;base64,{letters(bytes((0, 1, 0, 0, 0)) + noise.randbytes(90_000))}")'.encode(),
        "example.txt": b"data:image/png;base64,AAAA and data:;base64,/w==",
    }
    space = site_with(tmp_path, files)
    assert problems_of(space.run("check", "--all"), files) == {name: [] for name in files}
