"""``rizhi import`` from the command line: drafts, questions, answers, and nothing lost, doubled or published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from tests.office_files import package
from tests.space import PNG, SiteSpace
from tests.tools.importers import feature
from tests.tools.importers.feature import YEARLESS
from tests.tools.importers.written import drafts, field

HONGXING = "-- content/targets/hongxing.md --\n---\nname: 红星村村民委员会\nshort_name: 红星村\nkind: village\n---\n"


def test_a_feature_becomes_five_drafts_and_a_page(tmp_path: Path, given: Callable[[str, str], Path]) -> None:
    for name, raw in feature.forms().items():
        space = SiteSpace.of(tmp_path / name, HONGXING)
        place = given(f"特稿.{name}", "")
        place.write_bytes(raw)
        ran = space.run(f"import {place}", language="zh")
        assert ran.status == 0, ran.err
        assert ("重复的图片说明" in ran.out) == ("docx" not in name and "wechat" not in name), name
        assert name != "docx" or "no alternative text" not in space.run("check").err
        made = drafts(space)
        entries = [text for path, text in sorted(made.items()) if path.startswith("entries/")]
        assert tuple(field(text, "date") for text in entries) == feature.SPANS, name
        assert [field(text, "title") for text in entries] == [day.split(" ", 1)[1] for day in feature.DAYS], name
        body = "\n".join(text.split("\n---\n", 1)[1] for text in made.values())
        shown = re.sub(r"!\[[^]]*]", "![]", body)
        assert [shown.count(caption) for caption in feature.CAPTIONS] == [1, 1, 1], name
        texts = {*feature.LINES[3:]} - {*feature.DAYS, *feature.CAPTIONS}
        assert [line for line in texts if body.replace("\\", "").count(line) != 1] == [], name
        assert feature.LINES[-1] in entries[-1], name
        assert all(field(text, "status") == "draft" for text in made.values()), name
        assert field(entries[0], "targets") == "[hongxing]", name
        (lead,) = (text for path, text in made.items() if path.startswith("pages/"))
        assert field(lead, "title") == feature.TITLE, name
        assert feature.LINES[3] in lead, name


def test_what_is_not_answered_is_not_published(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    place = given("a.txt", feature.TEXT)
    shown = json.loads(space.run(f"import --json --dry-run {place}").out)[0]
    assert drafts(space) == {}
    asked = {one["id"]: one for one in shown["questions"]}
    assert f"name:{feature.PRIVATE}" in asked
    assert asked[f"name:{feature.PRIVATE}"]["options"] == ["official", "representative", "private", "none"]
    assert space.run(f"import {place}").status == 0
    space.entry("own")
    space.build()
    assert not any(feature.PRIVATE.encode() in body or "园区负责人".encode() in body for body in space.tree().values())


def test_a_private_person_becomes_a_pseudonym_and_a_line_in_the_register(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    register = "# 登记\r\npeople:\r\n  - {id: p1, name: 王大有, role: private, pseudonym: 王某}\r\n"
    space.write("content/people.yaml", register)
    text = feature.TEXT.replace("送去米面油", "王大有也在场")
    assert space.run(f"import --answer name:{feature.PRIVATE}=private {given('a.txt', text)}").status == 0
    now = (space.folder / "content/people.yaml").read_bytes().decode()
    assert now == register + f"  - {{id: p2, name: {feature.PRIVATE}, role: private, pseudonym: 李某}}\r\n"
    made = "".join(drafts(space).values())
    assert feature.PRIVATE not in made
    assert "王大有" not in made
    assert "困难群众李某" in made
    assert "王某也在场" in made
    assert space.run("check").status == 0


def test_a_name_that_is_still_asked_about_stands_in_no_name_of_a_file(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    text = "2020年3月3日 走访困难户周桂兰\n\n困难户周桂兰家里有人患病。\n\n2020年3月4日 周桂兰\n\n又去了她家。\n"
    place = given("走访周桂兰.txt", text)
    assert space.run(f"import {place}").status == 0
    assert [*drafts(space)] == ["entries/走访/2020-03-03-走访困难户.md", "entries/走访/2020-03-04.md"]
    assert field(drafts(space)["entries/走访/2020-03-03-走访困难户.md"], "title") == "走访困难户周桂兰"
    assert space.run(f"import --answer name:周桂兰=official {place}").status == 0
    assert [*drafts(space)] == [
        "entries/走访周桂兰/2020-03-03-走访困难户周桂兰.md", "entries/走访周桂兰/2020-03-04-周桂兰.md",
    ]  # fmt: skip


def test_several_files_and_folders(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    folder = given("all/2020年/a.txt", "3月5日 晴\n\n甲。\n").parents[1]
    given("all/2020年/b.txt", "3月6日 晴\n\n乙。\n")
    given("all/c.txt", YEARLESS)
    given("all/~$d.docx", "")
    given("all/e.jpg", "")
    ran = space.run(f"import {folder}")
    assert ran.status == 1
    assert "Imported: 2 files, 2 drafts. Questions that are open: 1.\nNot imported: 1 file.\n" in ran.out


def test_nothing_in_a_folder_is_passed_over_without_a_word(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    place = given("资料/a.txt", "2020年3月5日 晴\n\n开会。\n").parent
    for name, files in {
        "台账.xlsx": {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"},
        "公文.ofd": {"OFD.xml": "<OFD/>"},
        "资料.zip": {"a.txt": "甲"},
    }.items():
        (place / name).write_bytes(package(files))
    for name, body in {
        "b.pdf": b"%PDF-1.4\n",
        "c.rar": b"Rar!\x1a\x07\x01\x00",
        "d.jpg": PNG,
        "~$a.docx": b"x",
    }.items():
        (place / name).write_bytes(body)
    given("资料/page.html", "<p>2020年3月6日 晴<p>走访。")
    given("资料/page_files/frame.html", "<p>广告")
    given("资料/e.md", "---\nlayout: post\ntags: [走访]\ndate: 2021-07-01\n---\n走访。")
    ran = space.run(f"import --dry-run {place}", language="zh")
    told = [line for line in ran.err.splitlines() if not line.startswith("  ")]
    assert ran.status == 1
    assert told == [
        f"{place}: 提醒：文件夹里有 1 个别的文件没有导入：d.jpg",
        "b.pdf: 这是 PDF 或 OFD，里面只有字在纸上的位置，没有原文",
        "c.rar: 这是打包了几个文件的压缩包",
        "公文.ofd: 这是 PDF 或 OFD，里面只有字在纸上的位置，没有原文",
        "台账.xlsx: 这是表格或幻灯片，不是文稿",
        "资料.zip: 这是打包了几个文件的压缩包",
    ]
    assert "没有导入：5个文件。" in ran.out
    assert "（文件开头的字段）：layout: post tags: [走访]\n" in ran.out
