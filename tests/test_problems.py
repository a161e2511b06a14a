"""Mistakes of writers, and the exact reports that they get from the command line.

Each file of fixtures/problems is a small site and, after ``-- problems --``, everything that a build reports for it;
after ``-- problems in Chinese --``, the same in Chinese.
"""

from __future__ import annotations

import os
import re
import time
import unicodedata
from pathlib import Path

import pytest

from tests.space import PNG, SiteSpace, files, refusing

CASES = sorted((Path(__file__).parent / "fixtures" / "problems").glob("*.txt"))
HEAD = "---\ntitle: 标题\ndate: 2020-03-05\n---\n".encode()
STRICT = {"html", "overlooked", "pitfalls", "unread-files", "unused-definition"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_problems(case: Path, tmp_path: Path) -> None:
    text = case.read_text(encoding="utf-8")
    expected = dict(files(text))
    space = SiteSpace.of(tmp_path, text.split("-- problems --\n")[0])
    options = ["--strict"] if case.stem in STRICT else []
    ran = space.fails(*options)
    assert ran.err == expected["problems"]
    assert ran.out == ""
    if "problems in Chinese" in expected:
        assert space.run("build", "--all", *options, language="zh").err == expected["problems in Chinese"]
    assert space.tree() == {}


def report(space: SiteSpace) -> str:
    return space.fails().err.replace("\n1 problem, 0 warnings. Nothing was published.\n", "")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            "---\ntitle: 标题\n---\n".encode("utf-16"),
            "content/entries/a.md: the file is UTF-16\n  hint: save the file again as UTF-8",
        ),
        (
            "---\ntitle: 标题\n".encode() + b"x\0y\n---\n",
            "content/entries/a.md:3:2: the file holds a NUL byte, so it is no text\n"
            "  hint: save the file again as UTF-8",
        ),
        (
            "---\ntitle: 标题\ndate: 2020-03-05\n---\n".encode("gb18030") + "正文".encode("gb18030")[:-1] + b"\n",
            "content/entries/a.md:5:2: the file is neither UTF-8 nor GB18030\n  hint: save the file again as UTF-8",
        ),
        (
            HEAD + "工作组深入企业调".encode() + "研".encode()[:2] + "现场\n".encode(),
            "content/entries/a.md:5:9: a character is damaged here: the file is not whole UTF-8\n"
            "  hint: save the file again as UTF-8",
        ),
        (
            "---\ntitle: 标题\ndate: 2020-03-05\n---\n字".encode() + b"\xed\xa0\x80\n",
            "content/entries/a.md:5:2: half of a character is here alone (a lone surrogate)\n"
            "  hint: delete it and type the character again",
        ),
        (
            b'---\ntitle: "\\ud800"\ndate: 2020-03-05\n---\n',
            "content/entries/a.md:2:8: a backslash between double quotation marks has a meaning of its own\n"
            '  title: "\\ud800"\n'
            "         ^\n"
            "  hint: write title: '\\ud800'",
        ),
        (
            b'---\ntitle: "a\\0b"\ndate: 2020-03-05\n---\n',
            "content/entries/a.md:2:8: the value holds a control character\n"
            '  title: "a\\0b"\n'
            "         ^\n"
            "  hint: type the value again by hand",
        ),
        (
            "---\ntitle: 标题\ndate: 2020-03-05\n---\n上\x0b下\n".encode(),
            "content/entries/a.md:5:2: there is a control character (U+000B) here\n"
            "  上 下\n"
            "    ^\n"
            "  hint: put a line break in its place: put the cursor behind it, press backspace, then Enter",
        ),
        (
            ("---\ntitle: 标题\ndate: 2020-03-05\nsummary: " + "长" * 22_000 + "\n---\n").encode(),
            "content/entries/a.md:2:1: the front matter is larger than 64 KB\n"
            "  title: 标题\n"
            "  ^\n"
            "  hint: move the text below the closing ---",
        ),
    ],
    ids=[
        "utf-16", "nul", "broken-gb18030", "damaged-utf-8", "surrogate-bytes", "surrogate-escape", "nul-escape",
        "control", "64-kb",
    ],
)  # fmt: skip
def test_bytes(space: SiteSpace, raw: bytes, message: str) -> None:
    space.write("content/entries/a.md", raw)
    assert report(space) == message


def test_gb18030_is_read_with_a_warning(space: SiteSpace) -> None:
    space.write(
        "content/entries/a.md",
        "---\ntitle: 座谈\ndate: 2020-03-05\n---\n工作组到村里走访。村民代表，也来了。\n".encode("gb18030"),
    )
    ran = space.build()
    assert ran.err == (
        "content/entries/a.md: warning: the file is GB18030, not UTF-8; it was read all the same\n"
        "  hint: save the file again as UTF-8\n"
    )
    assert "工作组到村里走访。" in space.page("2020/03/05/a/")


def test_bom_and_carriage_returns_are_accepted(space: SiteSpace) -> None:
    raw = b"\xef\xbb\xbf" + "---\r\ntitle: 标题\r\ndate: 2020-03-05\r\n---\r\n甲\r\n\r\n乙\r\n".encode()
    space.write("content/entries/a.md", raw)
    assert space.build().err == ""
    assert "<p>甲</p>\n<p>乙</p>" in space.page("2020/03/05/a/")


def test_what_nobody_sees_is_taken_out(space: SiteSpace) -> None:
    space.write("content/targets/shengli.md", "---\nname: 胜利\u200b东村\nkind: village\n---\n")
    space.entry(
        title="胜\xad利\ufeff东村",
        tags='[走\u2060访, "入\\u200b户"]',
        targets="[shengli]",
        body="见{target}`shen\u200bgli`和[乙](b\u200b.md)，\u202a走\u200d访\u202c👨\u200d🌾نمی\u200cخواهم。\n",
    )
    space.entry("b", tags="[走访, 入户]")
    space.build()
    page = space.page("2020/03/05/a/")
    assert ">胜利东村</a>和" in page
    # A text from right to left may need its marks, and a family its joiners.
    assert "乙</a>，\u202a走访\u202c👨\u200d🌾نمی\u200cخواهم。" in page
    assert [name for name in space.tree() if re.fullmatch("tags/.+/index.html", name)] == [
        "tags/入户/index.html", "tags/走访/index.html"
    ]  # fmt: skip
    hidden = re.compile("[\xad\u200b\u2060\ufeff]")
    assert [
        name
        for name, raw in space.tree().items()
        if name.endswith((".html", ".json", ".xml")) and hidden.search(raw.decode())
    ] == []


def test_a_private_name_with_something_unseen_in_it_is_found(space: SiteSpace) -> None:
    space.write(
        "content/people.yaml", "people:\n  - {id: a, name: 欧\u200b阳明德, role: private, pseudonym: 一位村民}\n"
    )
    space.entry(body="见欧阳\u200b明\u200d德。\n", summary="欧阳明\xad德")
    assert [problem.partition(": ")[0] for problem in space.fails().problems] == [
        "content/entries/a.md:4:10", "content/entries/a.md:6:2"
    ]  # fmt: skip


def test_pictures_that_no_text_shows(space: SiteSpace) -> None:
    space.entry("a", body="![会场](used.png)\n", cover="cover.png")
    space.entry("b", body="![会场](draft.png)\n", status="draft")
    space.entry("old/c", withdrawn="{date: 2020-03-06, reason: 有误}")
    for name in ("used", "cover", "draft", "old/withdrawn", "会场"):
        space.write(f"content/entries/{name}.png", PNG)
    assert space.build().err == (
        "content/entries/会场.png: warning: no text shows this picture\n"
        "  hint: write ![what it shows](会场.png) in the entry, or delete the file\n"
    )
    # A picture whose name is misspelled elsewhere is not reported twice.
    space.entry("d", body="![会场](会厂.png)\n")
    assert space.fails().problems == ["content/entries/d.md:5:1: there is no file content/entries/会厂.png"]


def test_what_hints_say_to_write_is_accepted(space: SiteSpace) -> None:
    """Each wrong text is written as the hint says; then nothing is left to warn of."""
    space.write("content/entries/会场.png", PNG)
    wrong = (
        '<img src="会场.png" alt="会场">',
        '<img src="https://example.org/a/会场.png?w=1" alt="会场">',
        '<a href="https://example.org/">官网</a>',
        "<b>重要</b>",
        "<i>重要</i>",
        "<html:errors>",
        "[官网](example.com/a)",
        "[官网](//example.org)",
        "[官网](<https://example.org/a b>)",
    )
    for number, body in enumerate(wrong):
        space.entry(f"e{number}", body=f"{body}\n")
    found = re.findall(r"entries/e(\d+)\.md.*\n.*\n.*\n  hint: (?:.*, and )?write (.*)", space.fails("--strict").err)
    assert sorted(int(number) for number, _ in found) == list(range(len(wrong)))
    for number, markdown in found:
        is_address = markdown.startswith("https")
        space.entry(f"e{number}", body=f"[官网]({markdown})\n" if is_address else f"{markdown}\n")
    assert space.build("--strict").err == ""


def test_a_warning_of_the_front_matter_stays_when_the_text_changes(space: SiteSpace) -> None:
    for body in ("甲。\n", "乙。\n"):
        space.entry(title="乙 # 重要", body=body)
        assert space.build().err == (
            "content/entries/a.md:2:10: warning: what follows # is a comment in YAML, and is not read\n"
            "  title: 乙 # 重要\n"
            "            ^\n"
            '  hint: write title: "乙 # 重要", or put the comment on a line of its own\n'
        )


def test_all_control_characters_are_reported_with_all_else(space: SiteSpace) -> None:
    space.entry(title="甲\x0b乙", date="2020-02-30", body="上\x0b下\x01\n")
    assert space.run("build", language="zh").err == (
        "content/entries/a.md:2:9: 这里有控制字符（U+000B）\n"
        "  title: 甲 乙\n"
        "           ^\n"
        "  建议：换成换行：把光标放在它后面，按退格键，再按回车键\n"
        "content/entries/a.md:3:7: 日期“2020-02-30”不存在\n"
        "  date: 2020-02-30\n"
        "        ^\n"
        "  建议：2020年2月有29天\n"
        "content/entries/a.md:5:2: 这里有控制字符（U+000B）\n"
        "  上 下 \n"
        "    ^\n"
        "  建议：换成换行：把光标放在它后面，按退格键，再按回车键\n"
        "content/entries/a.md:5:4: 这里有控制字符（U+0001）\n"
        "  上 下 \n"
        "       ^\n"
        "  建议：删掉它：把光标放在它后面，按退格键\n"
        "4个问题，0个提醒。没有发布任何内容。\n"
    )


def test_names_that_differ_in_case(space: SiteSpace) -> None:
    space.entry("a")
    space.entry("A")
    assert report(space) == (
        "content/entries/a.md: its name and that of content/entries/A.md differ only in capital letters\n"
        "  hint: rename one of them: on Windows and on a Mac they are the same file"
    )


def test_names_that_differ_in_unicode_form(space: SiteSpace) -> None:
    space.entry("é")
    space.entry(unicodedata.normalize("NFD", "é"))
    assert report(space).startswith("content/entries/é.md: its name and that of content/entries/")
    assert "differ only in the Unicode form of their letters\n" in report(space)


def test_a_name_in_another_unicode_form_is_the_same_file(space: SiteSpace) -> None:
    """A Mac gives file names in decomposed form (NFD), while the link is typed in composed form."""
    space.write("content/entries/" + unicodedata.normalize("NFD", "é.md"), "---\ntitle: 标题\ndate: 2020-03-05\n---\n")
    space.entry("b", body="[链接](é.md)\n")
    space.build()
    assert 'href="../../../../2020/03/05/é/"' in space.page("2020/03/05/b/")


def test_a_problem_in_a_file_whose_name_a_mac_wrote_has_its_place(space: SiteSpace) -> None:
    name = unicodedata.normalize("NFD", "content/entries/ké/日é.md")
    space.write(name, "---\ntitle: 标题\ndate: 2020-02-30\n---\n正文。\n")
    assert space.run("check", language="zh").err == (
        "content/entries/ké/日é.md:3:7: 日期“2020-02-30”不存在\n"
        "  date: 2020-02-30\n"
        "        ^\n"
        "  建议：2020年2月有29天\n"
        "1个问题，0个提醒。\n"
    )


def test_a_link_out_of_the_site(space: SiteSpace, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text("---\ntitle: 秘密\ndate: 2020-03-05\n---\n")
    space.entry("b")
    (space.folder / "content/entries/a.md").symlink_to(secret)
    assert report(space) == (
        "content/entries/a.md: the link leads out of the site's content\n  hint: put the file itself here"
    )


def test_links_in_a_circle(space: SiteSpace) -> None:
    space.entry("b")
    (space.folder / "content/entries/round").symlink_to("round")
    assert report(space) == (
        "content/entries/round: the link leads nowhere, or round in a circle\n  hint: put the file itself here"
    )
    (space.folder / "content/entries/round").unlink()
    (space.folder / "content/entries/up").symlink_to("..")
    assert report(space) == (
        "content/entries/up: a link to a folder is not followed\n  hint: put the folder itself here"
    )


def test_a_file_name_that_is_no_unicode(space: SiteSpace) -> None:
    space.entry("b")
    (space.folder / os.fsdecode(b"content/entries/\xff.md")).write_text("x")
    assert report(space) == "content/entries/\\udcff.md: the file's name is not UTF-8\n  hint: rename the file"


def test_a_file_that_cannot_be_read_is_a_problem(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.entry("a")
    monkeypatch.setattr("builtins.open", refusing("a.md"))
    assert report(space) == (
        "content/entries/a.md: it cannot be read: Permission denied\n"
        "  hint: check that the file is there and that you may read it"
    )


def test_no_content_folder(tmp_path: Path) -> None:
    assert SiteSpace(tmp_path).fails().err == (
        f"content: there is no folder content/ in {tmp_path}\n"
        "  hint: go to the folder that holds content/, or make a new site: rizhi init my-diary\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )


def test_no_settings(tmp_path: Path) -> None:
    SiteSpace(tmp_path).entry()
    assert SiteSpace(tmp_path).fails().err == (
        "content/site.yaml: the file is missing\n"
        "  hint: make it with one line in it, such as title: 工作日志\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )


def test_no_entries_is_only_a_warning(space: SiteSpace) -> None:
    assert space.build().err == (
        'content/entries: warning: there are no entries yet\n  hint: write the first one: rizhi new entry "Title"\n'
    )
    assert "还没有日志" in space.page("")


def test_a_title_of_300_characters_has_an_address_that_fits_and_stays_apart(space: SiteSpace) -> None:
    space.entry("2020-03-05", title="长" * 300)
    space.entry("2020-03-05_2", title="长" * 299 + "短", date="2020-03-05")
    space.entry("x/2020-03-05", title="长" * 299 + "尾")
    space.build()
    names = [place.name for place in (space.folder / "output/2020/03/05").iterdir() if place.is_dir()]
    # Two of them have been at the address of their titles before.
    assert len(set(names)) == 5
    assert all(len(name.encode()) <= 255 for name in names)
    assert sum(name.startswith("长" * 60) for name in names) == 2


def test_the_merge_bomb_ends_at_once(space: SiteSpace) -> None:
    levels = "".join(f"k{level}: &k{level} [{', '.join([f'*k{level - 1}'] * 9)}]\n" for level in range(1, 30))
    space.write("content/entries/a.md", f"---\nk0: &k0 [x]\n{levels}---\n")
    start = time.process_time()
    space.fails()
    assert time.process_time() - start < 5


def test_problems_are_reported_in_chinese(space: SiteSpace) -> None:
    space.entry(date="2020-02-30")
    assert space.run("build", language="zh").err == (
        "content/entries/a.md:3:7: 日期“2020-02-30”不存在\n"
        "  date: 2020-02-30\n"
        "        ^\n"
        "  建议：2020年2月有29天\n"
        "1个问题，0个提醒。没有发布任何内容。\n"
    )


def test_a_problem_leaves_the_published_site_as_it_was(space: SiteSpace) -> None:
    space.entry("a")
    space.build()
    before = space.tree()
    space.entry("a", title="新标题")
    space.entry("b", date="2020-02-30")
    space.fails()
    assert space.tree() == before


def test_warnings_stop_a_strict_build_only(space: SiteSpace) -> None:
    space.entry("a")
    space.write("content/notes.md", "x")
    assert space.run("build").status == 0
    assert space.run("build", "--strict").status == 1
