"""What is handed out is looked through: names of files, and the text of files that office programs write."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.pipeline.test_leaks import ALIAS, NAME, PEOPLE
from tests.space import PNG, SiteSpace


@pytest.mark.parametrize(("name", "body"), [(f"{NAME}.pdf", b"x"), ("13800001234.png", PNG), (f"{ALIAS}.csv", b"x")])
def test_names_of_files_are_looked_at(tmp_path: Path, name: str, body: bytes) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.write(f"content/entries/{name}", body)
    space.entry("a", body=f"[附件]({name})\n")
    told = {one.split(": ")[0] for one in space.fails().problems}
    assert told == {"content/entries/a.md:5:6", f"content/entries/{name}"}


def package(parts: dict[str, str | bytes]) -> bytes:
    """A package of these files, as office programs write them."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return body.getvalue()


def office(text: str) -> bytes:
    """A Word file that says a text, cut into runs."""
    runs = "".join(f"<w:r><w:t>{char}</w:t></w:r>" for char in text)
    return package({"word/document.xml": f"<w:document><w:p>{runs}</w:p></w:document>"})


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.txt", f"见{NAME}".encode()),
        ("a.txt", f"见{NAME}".encode("gb18030")),
        ("a.csv", f"姓名,电话\n{NAME},1\n".encode("utf-8-sig")),
        ("a.txt", f"见{NAME}".encode("utf-16")),
        ("a.docx", office(f"见{NAME}")),
        ("a.xlsx", office("电话13800001234")),
        ("a.docx", package({"word/document.xml": "<w:r><w:t>13800001234</w:t><w:tab/><w:t>100</w:t></w:r>"})),
        ("a.docx", package({"word/document.xml": "<w:t>13800001234</w:t><w:br/><w:t>2020年</w:t>"})),
        ("a.docx", package({"word/comments.xml": f'<w:comment w:author="{NAME}"/>'})),
        ("a.docx", package({"word/_rels/x.rels": '<R Target="mailto:someone@example.net"/>'})),
        ("a.xlsx", package({"xl/sharedStrings.xml": "<si><t>13800001234</t></si><si><t>13900001234</t></si>"})),
        ("a.xlsx", package({"xl/worksheets/sheet1.xml": "<c><v>13800001234</v></c><c><v>3</v></c>"})),
        ("a.xlsx", package({"xl/workbook.xml": f'<sheet name="{NAME}"/>'})),
        ("a.odt", package({"content.xml": "<text:p>13800001234</text:p><text:p>13900001234</text:p>"})),
        ("a.zip", package({"名单.csv": f"姓名\n{NAME}\n"})),
        ("a.zip", package({"内.docx": office(f"见{NAME}")})),
        ("a.zip", package({"xxxxxx.txt": "y"}).replace(b"xxxxxx", NAME.encode("gb18030"))),
        ("a.txt", f"见{NAME}".encode("utf-16-be")),
        ("a.txt", "見張三丰".encode("big5")),
        ("a.docx", f"其实是文本，见{NAME}".encode()),
        ("a.docx", b"PK\x03\x04junk" + f"见{NAME}".encode("gb18030")),
        ("a.doc", rb"{\rtf1\ansi\u35265 ?\u24352 ?\u19977 ?{\b\u20016 ?}\par}"),
        ("a.doc", b"{\\rtf1 " + b"".join(b"\\'%02x" % byte for byte in NAME.encode("gb18030")) + b"}"),
        ("a.zip", package({"readme": f"见{NAME}"})),
        ("a.docx", package({"word/document.xml": "<w:t>138</w:t><w:br/><w:t>00001234</w:t>"})),
        ("a.docx", package({"word/document.xml": "<w:t>138</w:t><w:softHyphen/><w:t>00001234</w:t>"})),
        ("a.docx", package({"word/document.xml": "<w:t>138</w:t><w:noBreakHyphen/><w:t>0000-1234</w:t>"})),
        ("a.doc", b"\xd0\xcf\x11\xe0" + f"见{NAME}".encode("utf-16-le")),
        ("a.wps", b"\xd0" + f"见{NAME}".encode("utf-16-le")),
    ],
)
def test_attachments_are_looked_through(tmp_path: Path, name: str, body: bytes) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.write(f"content/entries/{name}", body)
    space.entry("a", body=f"[附件]({name})\n")
    ran = space.fails()
    assert [one for one in ran.problems if one.startswith(f"content/entries/{name}: ")]
    assert space.tree() == {}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.xlsx", package({"xl/worksheets/sheet1.xml": "<c><v>138</v></c><c><v>00001234</v></c>"})),
        ("a.docx", office("见张三丰")[:200]),
        ("a.docx", office("x").replace(b"word", b"w\xffrd")),
        ("a.doc", bytes(range(256)) * 40),
    ],
)
def test_attachments_that_hold_nothing_or_are_broken_pass(tmp_path: Path, name: str, body: bytes) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.write(f"content/entries/{name}", body)
    space.entry("a", body=f"[附件]({name})\n")
    assert space.build().err == ""


def test_a_name_in_an_entry_and_in_what_it_hands_out_is_told_in_both(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.write("content/entries/a.txt", f"见{NAME}")
    space.entry("a", body=f"[附件](a.txt)\n\n见{NAME}\n")
    space.entry("draft", body=f"见{NAME}\n", status="draft")
    ran = space.fails()
    assert [one.split(": ")[0] for one in ran.problems] == ["content/entries/a.md:7:2", "content/entries/a.txt"]
    assert ran.err.count("hint: take the name out\n") == 1
