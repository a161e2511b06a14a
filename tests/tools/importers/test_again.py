"""Files that were imported before: the same, saved again, grown, corrected, answered otherwise."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
from docx.oxml.ns import qn

from tests.space import PNG, SiteSpace, tree
from tests.tools.importers import feature
from tests.tools.importers.feature import YEARLESS
from tests.tools.importers.written import drafts, field


def test_the_same_file_again_is_known(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    place = given("a.txt", feature.TEXT)
    assert space.run(f"import {place}").status == 0
    before = tree(space.folder / "content")
    ran = space.run(f"import {place.rename(place.with_name('b.txt'))}")
    assert ran.status == 1
    assert ran.err.startswith("b.txt: warning: this file was imported before: content/entries/a/2020-03-05-")
    assert tree(space.folder / "content") == before
    # Another file of the same name overwrites nothing.
    assert space.run(f"import {given('a.txt', '2021年3月5日 晴')}").status == 0
    assert before.items() <= tree(space.folder / "content").items()


FIRST = "驻村日记\n\n驻村工作队\n\n3月12日 星期二 晴\n\n去了红星村。看了三户人家，问了春耕、修路和孩子上学的事。\n"
FIRST += "\n3月14日 星期四 雨\n\n开会。\n"


def test_a_file_that_was_saved_again_or_has_grown_adds_its_new_days(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    assert space.run(f"import --year 2019 {given('日记.txt', FIRST)}").status == 0
    first = tree(space.folder / "content")
    # Other bytes that say the same, under another name, and without the year, which the first import has.
    again = space.run(f"import {given('b.txt', FIRST.replace(chr(10), chr(13) + chr(10)) + chr(10))}")
    assert (again.status, tree(space.folder / "content")) == (1, first)
    assert again.err == (
        "b.txt: warning: of its entries, 3 were imported before, and are not written once more:"
        " content/pages/日记/lead.md, content/entries/日记/2019-03-12-去了红星村.md,"
        " content/entries/日记/2019-03-14-开会.md\n"
        "  hint: to write one of them once more, add --answer again:2=yes\n"
    )
    grown = given("日记（新）.txt", FIRST + "\n3月15日 星期五 晴\n\n修路。\n\n3月16日 星期六\n\n种树。\n")
    # The days that are known say the year of the others.
    ran = space.run(f"import {grown}")
    assert ran.status == 0, ran.err
    assert "left out (imported before: content/entries/日记/2019-03-14-开会.md): 3月14日 星期四 雨" in ran.out
    second = tree(space.folder / "content")
    assert sorted(path for path in second.keys() - first.keys() if not path.startswith(".")) == [
        "entries/日记/2019-03-15-修路.md",
        "entries/日记/2019-03-16-种树.md",
    ]
    assert first.items() <= second.items()
    # Each of the two can be given other answers, and leaves alone what the other has written.
    assert space.run(f"import --year 2019 --answer title:6=上山 {grown}").status == 0
    assert {path for path in drafts(space) if "03-1" in path} == {
        "entries/日记/2019-03-12-去了红星村.md", "entries/日记/2019-03-14-开会.md",
        "entries/日记/2019-03-15-上山.md", "entries/日记/2019-03-16-种树.md",
    }  # fmt: skip
    (space.folder / "content/entries/日记/2019-03-16-种树.md").write_text("改过", encoding="utf-8")
    ran = space.run(f"import --year 2019 {grown}")
    assert (
        "delete content/entries/日记/2019-03-15-上山.md, content/entries/日记/2019-03-16-种树.md, content/.im"
        in ran.err
    )


def test_what_was_corrected_since_is_asked_about(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    assert space.run(f"import --year 2019 {given('日记.txt', FIRST)}").status == 0
    first = tree(space.folder / "content")
    corrected = given("日记.txt", FIRST.replace("开会。", "开了会。") + "\n3月15日 星期五\n\n修路。\n")
    ran = space.run(f"import --year 2019 {corrected}")
    assert (ran.status, tree(space.folder / "content")) == (1, first)
    was = "content/entries/日记/2019-03-14-开会.md"
    assert (
        f"日记.txt: line 9: {was} was made of it, and it was changed since. Is it to replace that?: 3月14日 星期四 雨\n"
        "  hint: add --answer again:4=replace, or yes to write it beside that, or no to leave it out\n"
    ) in ran.err
    assert space.run(f"import --year 2019 --answer again:4=no {corrected}").status == 0
    assert [path for path in drafts(space) if path not in first] == ["entries/日记/2019-03-15-修路.md"]
    # What was said holds for the next file, too.
    more = given("日记.txt", corrected.read_text(encoding="utf-8") + "\n3月16日 星期六\n\n种树。\n")
    assert space.run(f"import --year 2019 {more}").status == 0
    assert len(drafts(space)) == len([path for path in first if path.endswith(".md")]) + 2
    # Somebody else's diary of the same days and the same name lies in another folder.
    other = given(
        "李/日记.txt", FIRST.replace("开会。", "下乡。").replace("去了红星村。", "上山。").replace("工作队", "队")
    )
    assert space.run(f"import --dry-run --year 2019 {other}").status == 0
    # Another day, and another title, are asked about as well.
    for number, text in enumerate((
        FIRST.replace("3月12日 星期二", "3月13日 星期三"),
        FIRST.replace("3月12日 星期二 晴", "3月12日 星期二 晴 进村"),
    )):  # fmt: skip
        ran = space.run(f"import --year 2019 {given('日记.txt', text + chr(10) * (number + 1))}")
        assert (ran.status, "add --answer again:2=replace" in ran.err) == (1, True), ran
    # A draft that was renamed or deleted is not written once more unless somebody says so, and is asked about once.
    (space.folder / was).unlink()
    gone = given("日记.txt", FIRST + "\n3月18日 星期一\n\n赶集。\n")
    ran = space.run(f"import --year 2019 {gone}")
    assert (
        f"“3月14日 星期四 雨”: {was} was made of it and is gone. Write it once more? --answer again:4=yes|no" in ran.out
    )
    gone.write_text(gone.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "again:4=yes|no" not in space.run(f"import --year 2019 {gone}").out
    assert space.run(f"import --year 2019 --answer again:4=yes --answer again:2=yes {gone}").status == 0
    assert {was.removeprefix("content/"), "entries/日记/2019-03-12-去了红星村-2.md"} <= drafts(space).keys()


def test_what_was_corrected_replaces_a_draft_that_nobody_has_touched(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    picture = f"<img src='data:image/png;base64,{base64.b64encode(PNG).decode()}'>"
    days = ("2019年3月12日", "开会。"), ("2019年3月14日", "修路。"), ("2019年3月15日", "种树。")
    page = "<!doctype html>" + "".join(f"<p>{day}</p><p>{text}</p>{picture}" for day, text in days)
    assert space.run(f"import {given('a.html', page)}").status == 0
    folder = space.folder / "content/entries/a"
    before = {place.name: place.read_bytes() for place in folder.iterdir()}
    # The day of one was corrected, however short its text, and the words of another.
    corrected = given("a.html", page.replace("3月12日", "3月13日").replace("修路。", "修渠。"))
    ran = space.run(f"import {corrected}")
    assert (ran.status, ran.err.count("Is it to replace that?")) == (1, 2), ran.err
    answers = "--answer again:0=替换 --answer again:3=replace"
    # Somebody has written in one of them.
    (folder / "2019-03-14-修路.md").write_bytes(before["2019-03-14-修路.md"] + "再修。".encode())
    ran = space.run(f"import {answers} {corrected}")
    assert (ran.status, "its drafts were changed since they were imported" in ran.err) == (1, True), ran.err
    assert "again:3=yes, or --answer again:3=no" in space.run(f"import {corrected}").err
    (folder / "2019-03-14-修路.md").write_bytes(before["2019-03-14-修路.md"])
    ran = space.run(f"import {answers} {corrected}")
    assert ran.status == 0, ran.err
    assert sorted(place.name for place in folder.iterdir()) == [
        "2019-03-13-1.png", "2019-03-13-开会.md", "2019-03-14-1.png", "2019-03-14-修渠.md",
        "2019-03-15-1.png", "2019-03-15-种树.md",
    ]  # fmt: skip
    # It is known from now on.
    corrected.write_text(corrected.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "of its entries, 3 were imported before" in space.run(f"import {corrected}").err


def test_word_that_saves_a_file_again_makes_nothing_new(space: SiteSpace, tmp_path: Path) -> None:
    place = tmp_path / "特稿.docx"
    place.write_bytes(feature.forms()["docx"])
    assert space.run(f"import {place}").status == 0
    before = tree(space.folder / "content")
    document = docx.Document(str(place))
    document.core_properties.title = "特稿"
    described = list(document.element.body.iter(qn("wp:docPr")))
    for picture in described:
        picture.set("descr", "图片包含 室内, 桌子")
    assert len(described) == 3
    document.save(str(place))
    ran = space.run(f"import {place}")
    assert (ran.status, tree(space.folder / "content")) == (1, before)
    assert "of its entries, 6 were imported before" in ran.err
    document.add_paragraph("3月18日 进企业")
    document.add_paragraph("工作组又到了车间。")
    document.add_picture(io.BytesIO(PNG))
    document.save(str(place))
    assert space.run(f"import {place}").status == 0
    assert [path for path in drafts(space) if path not in before] == ["entries/特稿/2020-03-18-进企业.md"]
    assert before.items() <= tree(space.folder / "content").items()
    assert (space.folder / "content/entries/特稿/2020-03-18-1.png").exists()


def test_other_answers_replace_drafts_that_nobody_has_touched(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    place = given("a.txt", f"驻村日记\n\n驻村工作队\n\n{YEARLESS}")
    folder, record = space.folder / "content/entries/a", space.folder / "content/.imported"
    assert space.run(f"import --year 2019 {place}").status == 0
    written = tree(space.folder / "content")
    for command in (f"import --year 2019 {place}", f"import {place}"):
        err = space.run(command).err
        assert "this file was imported before" in err, command
        assert "give other answers with --year or --answer, or delete content/entries/a/, content/pages/a/, " in err
        assert tree(space.folder / "content") == written, command
    # A draft that is gone, one that was changed, and a picture that somebody put beside them.
    for name, body in (("2019-03-12-去了红星村.md", None), ("2019-03-14-开会.md", "新"), ("own.png", "图")):
        before = (folder / name).read_bytes() if (folder / name).exists() else None
        (folder / name).unlink() if body is None else (folder / name).write_text(body, encoding="utf-8")
        touched = tree(space.folder / "content")
        ran = space.run(f"import --year 2013 {place}")
        assert ran.err == (
            f"a.txt: its drafts were changed since they were imported: content/entries/a/{name}\n"
            "  hint: to import it once more, delete content/entries/a/, content/pages/a/,"
            f" content/.imported/{next(record.iterdir()).name}\n"
        )
        assert tree(space.folder / "content") == touched, name
        (folder / name).unlink() if before is None else (folder / name).write_bytes(before)
    ran = space.run(f"import --year 2013 {place.rename(place.with_name('b.txt'))}")
    assert ran.status == 0, ran.err
    assert [path for path in drafts(space) if "/a/" in path] == []
    assert sorted(field(text, "date") for text in drafts(space).values()) == ["", "2013-03-12", "2013-03-14"]
    assert len(list(record.iterdir())) == 1


def test_a_day_that_two_diaries_share_makes_them_no_versions_of_each_other(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    def diary(title: str, team: str) -> str:
        texts = (f"{day}日 晴\n{'一切正常' if day == 5 else f'{team}办结第{day}件事情'}。" for day in range(1, 9))
        return "\n".join((title, *(f"3月{one}" for one in texts)))

    assert space.run(f"import {given('甲班.txt', diary('2021年值班日志', '甲班'))}").status == 0
    before = tree(space.folder / "content")
    other = given("乙班.txt", diary("值班日志", "乙班"))
    (asked,) = json.loads(space.run(f"import --json --dry-run {other}").out)
    assert [one["id"] for one in asked["questions"]] == ["year"]
    assert [one["date"] for one in asked["entries"]] == [""] * 8
    assert space.run(f"import --year 2021 {other}").status == 0
    added = [path for path in drafts(space) if path not in before]
    assert {path.split("/")[1] for path in added} == {"乙班"}
    assert len(added) == 7
    assert before.items() <= tree(space.folder / "content").items()
