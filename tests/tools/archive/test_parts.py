"""The parts of a bundle, read by programs of others, and held against the site and each other."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
from docx import Document
from frictionless import Package
from pypdf import PdfReader
from warcio.archiveiterator import ArchiveIterator

from tests.office_files import compound, package
from tests.pipeline.test_attachment_traces import NOISE, film, picture
from tests.pipeline.test_attachments_unread import ENCRYPTED, RAR
from tests.space import SiteSpace, tree
from tests.tools.archive.campaign import archive, copied, run, shared
from tests.tools.archive.tampering import forge
from tests.tools.archive.test_verify import found

RECORD = Path("data/record")
DECISIONS = """\
organization: 县委宣传部
archive:
  {fonds: Z109, retention: 30年, category: WS, organization: XCB, first_item: 7, security: 公开, contact: 县档案馆}
"""


PRIVATE = "no name that is registered as private and no person's number is in the text of the bundle"


def rows(place: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(place.read_bytes().decode("utf-8-sig"))))


def test_the_record_is_valid_data() -> None:
    record = shared() / RECORD
    report = Package(str(record / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])
    for name in ("entries", "targets", "requests"):
        data = json.loads((record / f"{name}.json").read_bytes())
        jsonschema.validate(data, json.loads((record / f"schemas/{name}.json").read_bytes()))
        assert len(data) == len(rows(record / f"{name}.csv"))
        for one in data:
            assert (shared() / "data" / one["page"]).is_file()
            assert "source" not in one or (shared() / "data" / one["source"]).is_file()
    assert [one["标题 · title"] for one in rows(record / "entries.csv")] == ["到村", "撤回的一篇", "'=离村"]


def test_the_catalogue_has_an_item_for_each_entry_and_invents_nothing(tmp_path: Path) -> None:
    items = rows(shared() / RECORD / "catalogue.csv")
    assert [one["题名"] for one in items] == ["到村", "撤回的一篇", "'=离村"]
    assert [one["备注"] for one in items] == ["附件1个：table.csv", "已撤回，只存题名", ""]
    assert {one["档号"] + one["密级"] for one in items} == {""}
    for one in items:
        reader = PdfReader(shared() / one["文件"])
        assert str(len(reader.pages)) == one["页数"]
        assert one["题名"].lstrip("'") in "".join("".join(page.extract_text() for page in reader.pages).split())
    listed = ET.parse(shared() / "文件目录.XML").getroot()
    assert [one.findtext("题名") for one in listed.iter("件")] == ["到村", "撤回的一篇", "=离村"]
    space = SiteSpace.of(tmp_path / "site", f"-- content/site.yaml --\ntitle: 日志\n{DECISIONS}")
    space.entry()
    space.entry("b", date="2020-03-07/08", authors="[李四, 王五]")
    space.entry("c", date="2021-01-04")
    space.entry("d", date="2021-01-05")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert "does not say" not in ran.err
    bag = next(place for place in (tmp_path / "out").iterdir() if place.is_dir())
    items = rows(bag / RECORD / "catalogue.csv")
    assert [one["档号"] for one in items] == [
        "Z109-WS·2020-D30-XCB-0007",
        "Z109-WS·2020-D30-XCB-0008",
        "Z109-WS·2021-D30-XCB-0001",
        "Z109-WS·2021-D30-XCB-0002",
    ]
    assert "it is the number of the first item of 2020; those of 2021 are counted from 1" in ran.err
    assert (items[1]["责任者"], items[1]["日期"], items[1]["备注"], items[1]["密级"]) == (
        "李四、王五", "20200307", "至20200308", "公开",
    )  # fmt: skip
    assert "Contact-Name: 县档案馆" in (bag / "bag-info.txt").read_text(encoding="utf-8")


def test_what_the_archive_has_to_decide_is_a_warning(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "-- content/site.yaml --\ntitle: 日志\narchive: {retention: 五年}\n")
    space.entry()
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert ran.status == 0
    missing = "fonds, category, organization, first_item, security, contact"
    blank = "全宗号、档号、件号、密级、联系人"
    assert f"archive: does not say {missing}, so these stay blank in the bundle: {blank}\n" in ran.err
    assert 'site.yaml:2:22: warning: "五年" has no code' in ran.err
    ran = run("archive", space.folder, "--output", tmp_path / "strict", "--without-pdf", "--strict")
    assert (ran.status, "archive: does not say fonds" in ran.err, ran.out) == (1, True, "")
    assert [*(tmp_path / "strict").iterdir()] == []


def test_the_web_archive_is_valid_and_holds_the_site() -> None:
    place = shared() / "data" / "web" / "site.wacz"
    command = [sys.executable, "-m", "wacz.main", "validate", "-f", str(place)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "is valid" in said.stdout, said.stdout + said.stderr
    with zipfile.ZipFile(place) as inner:
        warc = inner.read("archive/data.warc")
        pages = [json.loads(line) for line in inner.read("pages/pages.jsonl").splitlines()][1:]
        index = [line.split(b" ", 2) for line in inner.read("indexes/index.cdx").splitlines()]
    records: dict[str, bytes] = {}
    reader = ArchiveIterator(io.BytesIO(warc), check_digests=True)
    for one in reader:
        if one.rec_type == "resource":
            records[one.rec_headers.get_header("WARC-Target-URI")] = one.content_stream().read()
            assert one.digest_checker.passed
    site = tree(shared() / "data" / "site")
    assert len(records) == len(site) == len(index)
    assert records["https://rizhi.example/diary/index.html"] == site["index.html"]
    for _, _, line in index:
        known: dict[str, Any] = json.loads(line)
        start = int(known["offset"])
        assert warc[start:].startswith(b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: " + known["url"].encode())
    page = next(one for one in pages if one["url"].endswith("/2020/03/07/b/index.html"))
    assert "=离村" in page["title"]
    assert "路修通了，胜利东村的人都来了。" in page["text"]


def test_each_pdf_is_what_archives_take_and_says_what_its_entry_says() -> None:
    places = sorted(shared().glob("data/**/*.pdf"))
    assert len(places) == 4
    for place in places:
        body = place.read_bytes()
        reader = PdfReader(io.BytesIO(body))
        for sign in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
            assert sign in body, place
        assert not reader.is_encrypted
        objects: list[Any] = [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]
        described = [one for one in objects if isinstance(one, dict) and one.get("/Type") == "/FontDescriptor"]
        assert described, place
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(map(str, one)) for one in described), place
    for row in rows(shared() / RECORD / "catalogue.csv"):
        reader = PdfReader(shared() / row["文件"])
        text = "".join("".join(page.extract_text() for page in reader.pages).split())
        assert row["题名"].removeprefix("'") in text
        assert len(reader.pages) == int(row["页数"])
    said = {"20200305-a": "看望一位老人，组长欧阳明德带队。", "20200307-b": "路修通了，胜利东村的人都来了。"}
    for name, words in said.items():
        reader = PdfReader(shared() / f"data/items/{name}.pdf")
        assert words in "".join(reader.pages[0].extract_text().split())


def test_a_pdf_that_is_less_than_promised_is_told_and_stops_a_strict_archive(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", f"-- content/site.yaml --\ntitle: 日志\n{DECISIONS}")
    space.entry("a", "此处\ue000。\n")
    order = ("archive", space.folder, "--output", tmp_path / "out")
    ran = run(*order, "--strict")
    assert ran.err.count("content/entries/a.md: warning: the PDF is PDF/A-2b, not 2a") == 1, ran.err
    told = "0 problems, 1 warning. With --strict, warnings are problems. No bundle was made."
    assert ran.err.splitlines()[-1] == told
    assert (ran.status, list((tmp_path / "out").iterdir())) == (1, [])
    assert run(*order).err.count("warning: ") == 1
    (bag,) = (one for one in (tmp_path / "out").iterdir() if one.is_dir())
    checked = json.loads((bag / RECORD / "four-checks.json").read_bytes())
    assert any("content/entries/a.md" in str(one) for one in checked)


def test_a_pdf_names_whom_the_catalogue_names(tmp_path: Path) -> None:
    people = "people: [{id: lead, name: 欧阳明德, role: official}]"
    space = SiteSpace.of(
        tmp_path / "site",
        f"-- content/site.yaml --\ntitle: 日志\norganization: 某局\n-- content/people.yaml --\n{people}\n",
    )
    space.entry("a", authors="[lead, 采编组]")
    space.entry("b", date="2020-03-06")
    bag = archive(space, tmp_path / "out", "--pdf")
    told = [(row["责任者"], PdfReader(bag / row["文件"]).metadata) for row in rows(bag / RECORD / "catalogue.csv")]
    assert [names for names, _ in told] == ["欧阳明德、采编组", "某局"]
    assert all(known and known.author == names for names, known in told), told
    for style, author in (("plain", "欧阳明德、采编组"), ("gongwen", "某局")):
        place = tmp_path / f"{style}.docx"
        entry = space.folder / "content/entries/a.md"
        options = ["--style", style] if style != "plain" else []
        ran = run("export", "entry", entry, space.folder, "--output", place, *options)
        assert ran.status == 0, ran.err
        assert Document(str(place)).core_properties.author == author


def test_a_stranger_can_read_what_it_is(tmp_path: Path) -> None:
    for name in ("README.txt", "说明文件.TXT"):
        body = (shared() / name).read_bytes()
        assert body.startswith(b"\xef\xbb\xbf")
        assert body.count(b"\n") == body.count(b"\r\n")
    text = (shared() / "README.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"]+)"', text))
    assert {"verify.html", "data/record/four-checks.html", "data/site/index.html"} <= linked
    assert all((shared() / one).is_file() for one in linked)
    assert {"说明文件.TXT", "bag-info.txt"} <= set(re.findall(r"<li>([^:<]+):", text))
    assert "公开包" in text
    assert ("没有个人隐私" in text, "No PDF files of the entries" in text) == (False, False)
    report = json.loads((shared() / RECORD / "four-checks.json").read_bytes())
    assert {one["group"][:3] for one in report} == {"真实性", "完整性", "可用性", "安全性"}
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry()
    bag = archive(space, tmp_path / "out", "--internal")
    assert "No PDF files of the entries" in (bag / "README.txt").read_text(encoding="utf-8")
    assert "不得公开" in (bag / "README.html").read_text(encoding="utf-8")
    assert "四性检测" in (bag / RECORD / "four-checks.html").read_text(encoding="utf-8")


def test_the_handover_list_counts_every_file() -> None:
    *parts, rest = rows(shared() / RECORD / "handover.csv")
    files = tree(shared())
    for one in parts:
        bodies = [body for path, body in files.items() if path.startswith(f"{one['位置']}/")]
        assert (one["文件数"], one["字节数"]) == (str(len(bodies)), str(sum(map(len, bodies)))), one
    assert sum(int(one["文件数"]) for one in (*parts, rest)) == len(files)


def test_no_day_is_called_that_of_archiving_which_nobody_told(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry("a", date="2020-03-05")
    made = ("Bagging-Date: {}", "归档日期：{}\r\n", "<制作日期>{}</制作日期>", '"endTime": "{}')
    names = ("bag-info.txt", "说明文件.TXT", "文件目录.XML", "data/ro-crate-metadata.json")
    stated = {"": ("-", "", "", "-"), "1583539200": ("2020-03-07", "2020-03-07", "20200307", "2020-03-07")}
    for number, (epoch, days) in enumerate(stated.items()):
        out = tmp_path / f"{number}"
        assert run("archive", space.folder, "--output", out, "--without-pdf", SOURCE_DATE_EPOCH=epoch).status == 0
        (bag,) = [place for place in out.iterdir() if place.is_dir()]
        for name, form, day in zip(names, made, days, strict=True):
            text = (bag / name).read_bytes().decode()
            words, is_there = (form.partition("{")[0], False) if day == "-" else (form.format(day), True)
            assert (words in text) == is_there, (name, epoch)


def report_of(bag: Path) -> dict[str, tuple[str, str]]:
    """By what was checked, in English, the result and the remark."""
    lines = json.loads((bag / RECORD / "four-checks.json").read_bytes())
    return {one["check"].partition(" · ")[2]: (one["result"].partition(" · ")[2], one["detail"]) for one in lines}


def test_the_report_says_what_this_run_found(tmp_path: Path) -> None:
    asked = "to be checked by a person"
    private = PRIVATE
    locked, traced = "nothing is encrypted", "no picture or attachment has metadata of a camera"
    warned, left = (
        "a person has looked at what the program warns of",
        "whether entries that are not published belong here",
    )
    cases: tuple[tuple[str, bytes, dict[str, tuple[str, str]]], ...] = (
        ("a.csv", "数\n".encode(), {private: ("passed", ""), locked: ("passed", ""), traced: ("passed", "")}),
        ("b.zip", ENCRYPTED, {
            private: (asked, "content/entries/b.zip（a.txt）"),
            locked: ("failed", "content/entries/b.zip（a.txt）"),
            traced: (asked, "content/entries/b.zip（a.txt）"),
            warned: (asked, "content/entries/b.zip"),
        }),
        ("c.zip", package({"a.rar": RAR}), {locked: (asked, "content/entries/c.zip（a.rar）")}),
        ("d.docx", package({"word/media/1.jpg": picture()}), {
            private: ("passed", ""),
            locked: ("passed", ""),
            traced: ("failed", "content/entries/d.docx（word/media/1.jpg）"),
        }),
        ("e.mp4", film(b""), {traced: (asked, "data/site/files/entries/e.mp4")}),
        ("f.txt", "电话：0535-6234567\n".encode(), {private: (asked, "content/entries/f.txt")}),
    )  # fmt: skip
    for name, body, expected in cases:
        decided = f"-- content/site.yaml --\ntitle: 日志\n{DECISIONS}"
        space = SiteSpace.of(tmp_path / name, decided)
        space.write(f"content/entries/{name}", body)
        space.write("content/entries/谁也不引用.csv", b"x")
        space.entry(body=f"[附件]({name})\n")
        bag = archive(space, tmp_path / f"out-{name}")
        said = report_of(bag)
        assert {key: said[key] for key in expected} == expected, name
        assert said["what the archive decides is filled in"] == ("passed", "")
        assert said[left][0] == "passed"
        assert said["each picture and attachment that a text names is there"] == ("passed", "1 / 1")
        counts = Counter(Path(path).suffix for path in tree(bag / "data"))
        assert said["formats and their numbers"][1] == ", ".join(f"{key} {counts[key]}" for key in sorted(counts))
    said = report_of(shared())
    assert said["each item has a PDF"] == ("passed", "3 / 3")
    assert said[left][0] == asked
    assert said[warned][1].endswith("4 files that are not in the bundle")


def test_what_was_not_looked_at_is_not_said_to_be_right(tmp_path: Path) -> None:
    allowed = "privacy: {allow: [{value: '13800001234', reason: 值班电话}]}"
    space = SiteSpace.of(tmp_path / "site", f"-- content/site.yaml --\ntitle: 日志\n{allowed}\n")
    space.write("content/entries/a.mp3", b"ID3\3" + bytes(3000))
    space.entry(body="值班电话13800001234，[录音](a.mp3)\n")
    bag = archive(space, tmp_path / "out")
    said = report_of(bag)
    asked = "to be checked by a person"
    assert said[PRIVATE] == (asked, "允许的 · allowed: 138****1234（值班电话）")
    unseen = (
        "names that nobody registered, and persons and words in pictures, sounds and films: no program looked at them"
    )
    assert said[unseen] == (asked, "录音 · sounds 1")
    assert said["each item has a title, a date and somebody responsible"][0] == "failed"
    assert [one["责任者"] for one in rows(bag / RECORD / "catalogue.csv")] == [""]
    assert ET.parse(bag / "文件目录.XML").getroot().findtext("立档单位") == ""
    assert "立档单位：\n" in (bag / "说明文件.TXT").read_text(encoding="utf-8-sig")
    assert "Source-Organization" not in (bag / "bag-info.txt").read_text(encoding="utf-8")
    ran = run("archive", space.folder, "--output", tmp_path / "again", "--without-pdf")
    assert "organization: is missing, so these stay blank in the bundle: 立档单位、责任者\n" in ran.err


def test_everything_in_a_bag_that_is_not_public_is_looked_at_for_the_report(tmp_path: Path) -> None:
    locked, traced = "nothing is encrypted", "no picture or attachment has metadata of a camera"
    space = SiteSpace.of(tmp_path / "site", f"-- content/site.yaml --\ntitle: 日志\n{DECISIONS}")
    space.entry()
    said = report_of(archive(space, tmp_path / "plain", "--internal"))
    assert (said[locked][0], said[traced][0]) == ("passed", "passed")
    files = {"b.zip": ENCRYPTED, "d.docx": package({"word/media/1.jpg": picture()}), "e.tif": picture("TIFF")}
    for name, body in files.items():
        space.write(f"content/entries/{name}", body)
    closed = {"g.asc": b"-----BEGIN PGP MESSAGE-----\n", "h.docx": compound({"EncryptedPackage": bytes(99)})}
    for name, body in (
        {"f.jpg": ENCRYPTED, "i.7z": b"7z\xbc\xaf\x27\x1c\0\4" + NOISE, "j.gpg": NOISE} | closed
    ).items():
        space.write(f"content/entries/{name}", body)
    space.entry("draft", body="[附件](b.zip)\n", status="draft")
    said = report_of(archive(space, tmp_path / "out", "--internal"))
    assert said[locked] == (
        "failed",
        "content/entries/b.zip（a.txt）；content/entries/f.jpg（a.txt）；content/entries/g.asc；content/entries/h.docx；"
        "可能加密 · perhaps encrypted: content/entries/i.7z；content/entries/j.gpg",
    )
    assert said[traced] == ("failed", "content/entries/d.docx（word/media/1.jpg）；content/entries/e.tif")


def test_parts_that_do_not_agree_are_found_though_manifests_fit(tmp_path: Path) -> None:
    crate, page, catalogue = "data/ro-crate-metadata.json", "data/site/about/index.html", "data/record/catalogue.csv"
    cases = (
        (page, "说明", "假的", f"record of {page} is not what is in the site"),
        ("data/record/catalogue.csv", ",1,", ",2,", "-a.pdf: it has 1 pages, and the catalogue says 2"),
        ("data/web/site.wacz", "路修通", "路没通", "data/web/site.wacz: it cannot be read: Bad CRC"),
        ("data/sources/content/pages/about.md", "说明", "假的", f"not that of {crate}"),
        (crate, "site/index.html", "site/iNdex.html", "data/site/iNdex.html: it is missing"),
        (crate, '"@graph"', "[" * 99_999, f"{crate}: it cannot be read"),
        ("文件目录.XML", "<件>", "<x>", "文件目录.XML: it has not as many items"),
        ("文件目录.XML", "离村", "回村", f"文件目录.XML: item 3 is not as {catalogue} says"),
        (catalogue, "-b.pdf", "-x.pdf", "data/items/20200307-x.pdf: it is missing"),
    )
    missed = []
    bag = copied(tmp_path)
    for path, old, new, expected in cases:
        body = (bag / path).read_bytes()
        assert old.encode() in body
        (bag / path).write_bytes(body.replace(old.encode(), new.encode()))
        forge(bag)
        if not any(expected in one for one in found(bag)):
            missed.append((path, found(bag)))
        (bag / path).write_bytes(body)
    (bag / "fetch.txt").write_text("http://example.org/x - data/x\n")
    forge(bag)
    assert "fetch.txt: it says what to load from elsewhere, and all of a bundle is in it: it was added" in found(bag)
    assert missed == []
