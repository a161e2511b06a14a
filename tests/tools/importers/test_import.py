"""``rizhi import`` from the command line: drafts, questions, answers, and nothing lost, doubled or published."""

from __future__ import annotations

import base64
import errno
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.office_files import package
from tests.space import PNG, SiteSpace, tree
from tests.tools.importers import feature


@pytest.fixture
def given(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Puts a file where somebody keeps it, outside of the site."""
    folder = tmp_path_factory.mktemp("writings")

    def put(name: str, text: str) -> Path:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        return place

    return put


def drafts(space: SiteSpace) -> dict[str, str]:
    """The Markdown of all drafts by path."""
    content = {path: body for path, body in tree(space.folder / "content").items() if path.endswith(".md")}
    return {path: body.decode() for path, body in content.items() if path.startswith(("entries/", "pages/"))}


def field(text: str, name: str) -> str:
    return next((line.partition(": ")[2] for line in text.split("\n") if line.startswith(f"{name}: ")), "")


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


YEARLESS = "3月12日 星期二 晴\n\n去了红星村。\n\n3月14日 星期四 雨\n\n开会。\n"


def test_a_year_is_asked_and_never_invented(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    place = given("a.txt", YEARLESS)
    ran = space.run(f"import {place}")
    assert ran.status == 1
    assert drafts(space) == {}
    assert ran.err == (
        "a.txt: line 1: the year is not known: 3月12日 星期二 晴\n  hint: add --year, one of 2019, 2013, 2002, 1996\n"
    )
    assert space.run(f"import --year 2019 {place}").status == 0
    assert sorted(field(text, "date") for text in drafts(space).values()) == ["2019-03-12", "2019-03-14"]


CASES = {
    "the year carried on over New Year": (
        "2019年12月30日 晴\n\n甲。\n\n1月2日 晴\n\n乙。\n",
        "a.txt",
        ["2019-12-30", "2020-01-02"],
    ),
    "back over the turn of a year": (
        "1月2日 晴\n\n乙。\n\n12月30日 晴\n\n甲。\n",
        "2020年.txt",
        ["2019-12-30", "2020-01-02"],
    ),
    "a heading with year and month": (
        "2018年5月\n\n7日 星期一 晴\n\n甲。\n\n8日 星期二\n\n乙。\n",
        "a.txt",
        ["2018-05-07", "2018-05-08"],
    ),
    "the lunar day proves it": ("1月28日 正月初四 多云\n\n甲。\n", "a.txt", ["2020-01-28"]),
    "the folder's name": ("3月12日 晴\n\n甲。\n", "2013年日志/a.txt", ["2013-03-12"]),
    "published in January, about December": ("12月30日 晴\n\n甲。\n\n2020-01-03 某某网\n", "a.txt", ["2019-12-30"]),
    "a year from January to September": (
        "2021年工作日志\n\n1月5日 晴\n\n甲。\n\n9月1日 晴\n\n乙。\n",
        "a.txt",
        ["2021-01-05", "2021-09-01"],
    ),
    "on into the next year": (
        "2021年3月5日 晴\n\n甲。\n\n12月30日 阴\n\n乙。\n\n1月5日 晴\n\n丙。\n",
        "a.txt",
        ["2021-03-05", "2021-12-30", "2022-01-05"],
    ),
    "the newest first": (
        "2021年1月8日 晴\n\n甲。\n\n1月3日 阴\n\n乙。\n\n12月30日 晴\n\n丙。\n",
        "a.txt",
        ["2020-12-30", "2021-01-03", "2021-01-08"],
    ),
    "two of one day": ("2018年5月18日 晴\n\n甲。\n\n2018年5月18日 晴\n\n乙。\n", "a.txt", ["2018-05-18", "2018-05-18"]),
    "the day under a signature": ("2018年5月18日 晴\n\n甲。\n\n工作组\n\n2018年5月20日\n", "a.txt", ["2018-05-18"]),
    "parts of a text": ("2018年5月18日 晴\n\n1.1 概况\n\n甲。\n\n1.2 问题\n\n乙。\n", "a.txt", ["2018-05-18"]),
}


def test_days_and_years(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    wrong = []
    for number, (name, (text, file, days)) in enumerate(CASES.items()):
        shown = json.loads(space.run(f"import --json --dry-run {given(f'{number}/{file}', text)}").out)[0]
        if sorted(one["date"] for one in shown["entries"]) != days:
            wrong.append((name, [one["date"] for one in shown["entries"]], shown["questions"]))
    assert wrong == []


REFUSED = {
    "2020年2月30日 晴\n\n甲。\n": "there is no such day",
    "3/5/09\n\n甲。\n": "the day can be read in more than one way",
    "201x年x月x日 星期x\n\n甲。\n": "no day can be read here",
    "20xx年3月2日 星期日 天气晴\n\n甲。\n": "the year is not known",
    "驻村日记 1\n\n去了红星村，回来很晚。\n": "nothing says the day",
    "9月23日，我和同事们一道进村入户。\n\n回来很晚。\n": "nothing says the day",
}


def test_what_contradicts_itself_is_asked_with_its_line(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    wrong = []
    for text, fact in REFUSED.items():
        ran = space.run(f"import {given('a.txt', text)}")
        if ran.status != 1 or fact not in ran.err:
            wrong.append((text, ran))
    assert wrong == []
    assert drafts(space) == {}
    # A wrong weekday leaves a draft, which says so.
    assert space.run(f"import {given('b.txt', '2020年3月5日 星期五 晴' + chr(10) * 2 + '甲。')}").status == 0
    assert "# to be checked: the weekday in the line is not that of 2020-03-05" in "".join(drafts(space).values())


def test_a_question_quotes_its_line_beside_its_id(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    line = "9月23日，我和同事们一道进村入户。"
    ran = space.run(f"import --year 2019 {given('a.txt', f'驻村日记{chr(10) * 3}{line}{chr(10) * 2}回来很晚。')}")
    assert f"  “{line}”: does an entry begin here? --answer cut:1=yes|no\n" in ran.out


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
    ran = space.run(f"import --year 2019 {grown}")
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
    for picture in document.inline_shapes:
        picture._inline.docPr.set("descr", "图片包含 室内, 桌子")  # noqa: SLF001
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


def test_killed_while_it_replaces_it_has_done_nothing_or_is_finished_by_the_next(
    tmp_path: Path, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = given("a.txt", f"驻村日记\n\n驻村工作队\n\n{YEARLESS}")
    ends: dict[int, set[frozenset[str]]] = {}
    for moment in range(1, 40):
        space = SiteSpace.of(tmp_path / str(moment), "")
        assert space.run(f"import --year 2019 {place}").status == 0
        first = frozenset(drafts(space))
        child = os.fork()
        if not child:
            _die_at(moment, monkeypatch, _MOVES)
            space.run(f"import --year 2013 {place}")
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        edited = space.folder / "content/entries/a/2019-03-14-开会.md"
        if not (tmp_path / "kept").exists() and any((space.folder / "content/.imported").glob("*.ready")):
            # Somebody goes on writing before it is finished.
            edited.write_text("改过", encoding="utf-8")
            ran = space.run(f"import {given('other.txt', '2020年3月5日 晴')}")
            assert ran.err.startswith(
                "content/entries/a/2019-03-14-开会.md: something else is in the way of an import\n"
            )
            assert edited.read_text(encoding="utf-8") == "改过"
            shutil.move(edited.parent, tmp_path / "kept")
        # The next import, of another file, finishes what was decided.
        space.run(f"import {given('other.txt', '2020年3月5日 晴')}")
        left = frozenset(path for path in drafts(space) if "/a/" in path)
        ends.setdefault(status, set()).add(left)
        assert len(left) == 3, (moment, left)
        assert sorted(one.suffix for one in (space.folder / "content/.imported").iterdir()) == [".json"] * 2, moment
        if status == 0:
            break
    assert (tmp_path / "kept").exists()
    assert len(ends[9]) == 2
    assert ends[0] == {next(iter(ends[9] - {first}))}


def test_several_files_and_folders(space: SiteSpace, given: Callable[[str, str], Path]) -> None:
    folder = given("all/2020年/a.txt", "3月5日 晴\n\n甲。\n").parents[1]
    given("all/2020年/b.txt", "3月6日 晴\n\n乙。\n")
    given("all/c.txt", YEARLESS)
    given("all/~$d.docx", "")
    given("all/e.jpg", "")
    ran = space.run(f"import {folder}")
    assert ran.status == 1
    assert "Imported: 2 files, 2 drafts. Questions that are open: 1.\nNot imported: 1 file.\n" in ran.out


def test_killed_at_any_write_it_has_done_nothing_or_is_finished_by_the_next(
    tmp_path: Path, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = given("a.txt", feature.TEXT)
    command = f"import --answer name:{feature.PRIVATE}=private {place}"
    whole = SiteSpace.of(tmp_path / "whole", "")
    assert whole.run(command).status == 0
    wanted = tree(whole.folder / "content")
    seen: list[int] = []
    for moment in range(1, 40):
        space = SiteSpace.of(tmp_path / str(moment), "")
        child = os.fork()
        if not child:
            _die_at(moment, monkeypatch)
            space.run(command)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        left = {path: body for path, body in tree(space.folder / "content").items() if not path.startswith(".")}
        assert left.items() <= {**wanted, "site.yaml": left["site.yaml"]}.items()
        assert sum(path.startswith("entries/") for path in left) in (0, 5)
        again = space.run(command)
        assert again.status == 0 or "imported before" in again.err
        assert tree(space.folder / "content") == wanted
        seen.append(status)
        if status == 0:
            break
    assert seen.count(9) > 10
    assert seen[-1] == 0


def test_killed_while_a_grown_file_adds_to_its_drafts_the_next_finishes(
    tmp_path: Path, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = f"<img src='data:image/png;base64,{base64.b64encode(PNG).decode()}'>"
    day = "<p>2019年3月{}日</p><p>开会。</p>" + picture
    first, grown = (given(f"{n}.html", f"<!doctype html>{''.join(map(day.format, range(1, 2 + n)))}") for n in (1, 2))
    status, moment = 9, 0
    while status:
        space, moment = SiteSpace.of(tmp_path / str(moment), ""), moment + 1
        assert space.run(f"import {first}").status == 0
        child = os.fork()
        if not child:
            _die_at(moment, monkeypatch, _MOVES)
            space.run(f"import {grown}")
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        space.run(f"import {grown}")
        made = sorted(path for path in tree(space.folder / "content") if path.startswith("entries/"))
        assert made == [f"entries/1/2019-03-0{n}-{name}" for n in (1, 2, 3) for name in ("1.png", "开会.md")], moment
    assert moment > 4


_MOVES: tuple[tuple[object, str], ...] = ((Path, "replace"), (Path, "rename"), (shutil, "rmtree"))
_WRITES = ((os, "fsync"), (Path, "mkdir"), *_MOVES)


def _die_at(moment: int, monkeypatch: pytest.MonkeyPatch, calls: tuple[tuple[object, str], ...] = _WRITES) -> None:
    """Ends the process at its write of that number."""
    count = [0]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **others: object) -> object:
            count[0] += 1
            if count[0] == moment:
                os._exit(9)
            return real(*given, **others)

        return call

    for owner, name in calls:
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))


def test_a_full_disk_leaves_nothing(
    space: SiteSpace, given: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = given("a.txt", feature.TEXT)
    before = tree(space.folder / "content")
    for moment in range(1, 7):
        count = [0]

        def full(_handle: int, count: list[int] = count, moment: int = moment) -> None:
            count[0] += 1
            if count[0] == moment:
                raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            ran = space.run(f"import {place}")
        assert ran.status == 1
        assert "there is no room left on the disk" in ran.err
        assert tree(space.folder / "content") == before
    assert space.run(f"import {place}").status == 0


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
