"""``rizhi fix``: what it repairs, what it shows, and that nothing else is changed."""

from __future__ import annotations

import codecs
import re
import unicodedata

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import repairing as command
from generator.cli.console import own_command
from generator.cli.main import main
from generator.read.sources import FOLDERS, PEOPLE, SETTINGS, folder_of
from generator.tools.fix.parsed_file import parsed_file
from generator.tools.fix.trial import MOST_AT_ONCE, Trial
from tests.space import PNG, Ran, SiteSpace, files
from tests.test_problems import CASES as PROBLEMS

HEAD = "title: 标题\ndate: 2020-03-05\n"
YAML = {
    "title：标题\ndate：2020-03-05\n": "title: 标题\ndate: 2020-03-05\n",
    "title: 标题\ndate:2020-03-05\n": "title: 标题\ndate: 2020-03-05\n",
    " title: 标题\ndate: 2020-03-05\n": "title: 标题\ndate: 2020-03-05\n",
    "title: 标题\n  date: 2020-03-05\n": "title: 标题\ndate: 2020-03-05\n",
    "tiltle: 标题\ndate: 2020-03-05\n": "title: 标题\ndate: 2020-03-05\n",
    "标题: 标题\n日期：2020-03-05\n": "title: 标题\ndate: 2020-03-05\n",
    "Title: 标题\nDATE: 2020-03-05\n": "title: 标题\ndate: 2020-03-05\n",
    "title: 标题\ndate: 2020-03-05 星期四\n": "title: 标题\ndate: 2020-03-05\n",
    "title: 标题\ndate: 2020年3月5日下午\n": "title: 标题\ndate: 2020-03-05\npart: pm\n",
    "title: #1车间\ndate: 2020-03-05\n": 'title: "#1车间"\ndate: 2020-03-05\n',
    "title: [2020] 看\ndate: 2020-03-05\n": 'title: "[2020] 看"\ndate: 2020-03-05\n',
    'title: "看"一看\ndate: 2020-03-05\n': "title: '\"看\"一看'\ndate: 2020-03-05\n",
    HEAD + "place: [青石村]东头\n": HEAD + 'place: "[青石村]东头"\n',
    HEAD + "place: 一号: 东头\n": HEAD + 'place: "一号: 东头"\n',
    HEAD + "place: 胜利村 #3\n": HEAD + 'place: "胜利村 #3"\n',
    HEAD + "place: *重要*\n": HEAD + 'place: "*重要*"\n',
    HEAD + "weather: @晴\n": HEAD + 'weather: "@晴"\n',
    HEAD + "tags: 【调研，慰问】\n": HEAD + "tags: [调研, 慰问]\n",
    HEAD + "tags: [调研、慰问]\n": HEAD + "tags: [调研, 慰问]\n",
    HEAD + "tags: 调研、慰问\n": HEAD + "tags: [调研, 慰问]\n",
    HEAD + "tags: “[调研, 慰问]”\n": HEAD + "tags: [调研, 慰问]\n",
    HEAD + "tags: “调研”，“慰问”\n": HEAD + "tags: [调研, 慰问]\n",
    HEAD + "tags: “双报到”活动、慰问\n": HEAD + "tags: [“双报到”活动, 慰问]\n",
    HEAD + "tgas：［调研，慰问］\n": HEAD + "tags: [调研, 慰问]\n",
    HEAD + "cover: A.jpg\n": HEAD + "cover: a.png\n",
    HEAD + "counts: {座谈会：1，走访：2}\n": HEAD + "counts: {座谈会: 1, 走访: 2}\n",
    HEAD + "counts: ｛座谈会: 1｝\n": HEAD + "counts: {座谈会: 1}\n",
    HEAD + "counts:{座谈会: 1}\n": HEAD + "counts: {座谈会: 1}\n",
    HEAD + "tags: [甲]\n  place: 乙\n": HEAD + "tags: [甲]\nplace: 乙\n",
    HEAD + "counts:\n  座谈会：1\n  走访：2\n": HEAD + "counts:\n  座谈会: 1\n  走访: 2\n",
    HEAD + "extra:\n\ta: 1\n\tb: 2\n": HEAD + "extra:\n  a: 1\n  b: 2\n",
    HEAD + "extra:\n    a: 1\n\tb: 2\n": HEAD + "extra:\n    a: 1\n    b: 2\n",
    HEAD + "part: evenning\n": HEAD + "part: evening\n",
    HEAD + "targets: [Qing_Shi]\n": HEAD + "targets: [qing-shi]\n",
    HEAD + "corrections: [{date：2020-03-20，note：改了，再改}]\n": HEAD
    + "corrections: [{date: 2020-03-20, note: 改了，再改}]\n",
    HEAD + "corrections:\n- {date: 2020-03-20，note: 改了}\n": HEAD
    + "corrections:\n- {date: 2020-03-20, note: 改了}\n",
}
"""Front matter as it is written, and as it is repaired."""
BODIES = {
    "上午去看。\n\n    下午回来。\n    晚上开会。\n": "上午去看。\n\n下午回来。\n晚上开会。\n",
    "\t上午去看。\n": "上午去看。\n",
    "上午。\n---\n\n下午。\n": "上午。\n\n---\n\n下午。\n",
    "村\t户\n青石村\t3\n胜利村\t4\n": "|村|户|\n|-|-|\n|青石村|3|\n|胜利村|4|\n",
    "|村|户|\n|青石村|3|\n": "|村|户|\n|-|-|\n|青石村|3|\n",
    "|村|户|\n|——|——|\n|青石村|3|\n": "|村|户|\n|-|-|\n|青石村|3|\n",
    "｜村｜户｜\n｜青石村｜3｜\n": "|村|户|\n|-|-|\n|青石村|3|\n",
    "长2*3=6，3*4=12户。\n": "长2\\*3=6，3\\*4=12户。\n",
    "到{target}·qing-shi·。\n": "到{target}`qing-shi`。\n",
    "到{target}‘qing-shi’和｛target｝`qing-shi`。\n": "到{target}`qing-shi`和{target}`qing-shi`。\n",
    "到{目标}`qing-shi`，{target} `qing-shi`。\n": "到{target}`qing-shi`，{target}`qing-shi`。\n",
    "到{targt}`qing-shi`。\n": "到{target}`qing-shi`。\n",
    "第一行<br>第二行<br/>\n第三行\n": "第一行\\\n第二行\\\n第三行\n",
    "第一段<br>　　第二段\n": "第一段\n　　第二段\n",
    "<b>加粗</b>和<em>强调</em>\n": "**加粗**和*强调*\n",
    '<img src="a.png" alt="图">\n': "![图](a.png)\n",
    '看<a href="https://example.org/">这里</a>\n': "看[这里](https://example.org/)\n",
    "前<!--more-->后\n": "前后\n",
    "前\n\n<!-- more -->\n\n后\n": "前\n\n\n\n后\n",
    "！【图】（a.png）\n": "![图](a.png)\n",
    "看【附件】(a.png)。\n": "看[附件](a.png)。\n",
    "＊＊加粗＊＊，** 也 **\n": "**加粗**，**也**\n",
    "正文［^1］\n\n[^1]: 脚注\n": "正文[^1]\n\n[^1]: 脚注\n",
    "＃＃小标题\n\n正文\n": "## 小标题\n\n正文\n",
    "##小标题\n\n正文\n": "## 小标题\n\n正文\n",
    "-甲\n-乙\n": "- 甲\n- 乙\n",
    "：：：{note} 提示\n内容\n：：：\n": ":::{note} 提示\n内容\n:::\n",
    ":::note\n内容\n\n再写\n：：：\n": ":::{note}\n内容\n\n再写\n:::\n",
    "到{target}·the miller's place <qing-shi>·。\n": "到{target}`the miller's place <qing-shi>`。\n",
    ":::{nots}\n内容\n:::\n": ":::{note}\n内容\n:::\n",
    "![图](A.PNG)\n": "![图](a.png)\n",
    "看[附件](ａ.jpg)，再看![图](a)。\n": "看[附件](a.png)，再看![图](a.png)。\n",
    "![图](一(1.png)\n": "![图](<一(1.png>)\n",
    "![图](一（1.png)\n": "![图](<一(1.png>)\n",
}
"""Markdown likewise."""
MEANT = {
    "b0": "<p>上午去看。</p>\n<p>下午回来。晚上开会。</p>",
    "b2": "<p>上午。</p>\n<hr",
    "b3": ">青石村</td>",
    "b7": "长2*3=6，3*4=12户。",
    "b8": ">青石村</a>。",
    "b12": "第一行<br />\n第二行<br />\n第三行",
    "b14": "<strong>加粗</strong>和<em>强调</em>",
    "b17": "<p>前后</p>",
    "b25": "<li>甲</li>",
    "b27": "<p>再写</p>",
}
"""What some of their pages show then."""
SITE = "title: 日志\nbase_url: https://example.org/\ncounters: {座谈会: , 走访: }\n"
TARGET = "---\nname: 青石村\nkind: vilage\n---\n"


@pytest.fixture
def village(space: SiteSpace) -> SiteSpace:
    """A site with a target and counters."""
    space.write("content/site.yaml", SITE)
    space.write("content/targets/qing-shi.md", TARGET.replace("vilage", "village"))
    return space


def answered(space: SiteSpace, answer: str, language: str = "en") -> Ran:
    runner = CliRunner(env={"RIZHI_LANGUAGE": language})
    result = runner.invoke(main, ["fix", str(space.folder)], input=answer, prog_name="rizhi")
    return Ran(result.exit_code, result.stdout, result.stderr)


def test_everything_with_one_possible_repair_is_repaired(village: SiteSpace) -> None:
    village.write("content/targets/qing-shi.md", TARGET)
    for name in ("a.png", "一(1.png"):
        village.write(f"content/entries/{name}", PNG)
    expected = {"content/targets/qing-shi.md": TARGET.replace("vilage", "village")}
    for number, (wrong, right) in enumerate(YAML.items()):
        village.write(f"content/entries/y{number}.md", f"---\n{wrong}---\n正文。\n")
        expected[f"content/entries/y{number}.md"] = f"---\n{right}---\n正文。\n"
    for number, (wrong, right) in enumerate(BODIES.items()):
        village.write(f"content/entries/b{number}.md", f"---\n{HEAD}---\n{wrong}")
        expected[f"content/entries/b{number}.md"] = f"---\n{HEAD}---\n{right}"
    fences = ("\n\n---\n", "———\n", " ---\n")
    for number, fence in enumerate(fences):
        village.write(f"content/entries/f{number}.md", f"{fence}{HEAD}－－－\n正文。\n")
        expected[f"content/entries/f{number}.md"] = f"---\n{HEAD}---\n正文。\n"
    ran = village.run("fix", "--yes")
    found = {path: (village.folder / path).read_text(encoding="utf-8") for path in expected}
    assert {path: text for path, text in found.items() if text != expected[path]} == {}
    assert ran.err == ""
    assert ran.status == 0
    assert re.search(
        rf"^This repairs \d+ problems in {len(expected)} files\.\nWrote {len(expected)} files\.$", ran.out, re.MULTILINE
    )
    assert village.run("fix", "--diff").out == "Nothing here has only one possible repair.\n"
    village.build()
    pages = {name: village.page(f"2020/03/05/{name}/") for name in (f"b{number}" for number in range(len(BODIES)))}
    assert {name: meant for name, meant in MEANT.items() if meant not in pages[name]} == {}


def test_what_a_person_has_to_decide_is_left(village: SiteSpace) -> None:
    """Another letter is another village, and what would lose words or bring other problems is no repair."""
    texts = (
        f"---\n{HEAD}targets: [qing-shu]\n---\n",
        f"---\n{HEAD}tags: 调研 慰问\n---\n",
        f"---\n{HEAD}tags:\n- 调研、慰问\n---\n",
        f"---\n{HEAD}part: ap\n---\n",
        f"---\n{HEAD}tags: [乙]\ntgas: [甲]\n---\n",
        f"---\n{HEAD}corrections: 改了人数\n---\n",
        f"---\n{HEAD}extra:\n  a:\n\tb: 1\n---\n",
        "---\ntitle: 标题\ndate: 2020-03-05 在村里\n---\n",
        "---\ntitle: 标题\ndate: 2020-03-05 #重要\n---\n",
        "---\ntitle: 标题\ndate: 3月5日\n---\n",
        "---\ntitle: 走进青石村 place: 村口\ndate: 2020-03-05\n---\n",
        f"---\n{HEAD}---\n    如果 x:\n        y()\n",
        f"---\n{HEAD}---\n<div>块</div>\n",
        f"---\n{HEAD}---\n前<!-- 注释 -->后\n",
        f'---\n{HEAD}---\n<img src="a.png" title="图说">\n',
        f"---\n{HEAD}---\n|村|户|\n|青石村|\n",
        f"---\n{HEAD}---\n：：：{{note}}\n没有结束\n",
        f"---\n{HEAD}---\n价格 `2*3` 和 2*3，4*5\n",
    )
    for number, text in enumerate(texts):
        village.write(f"content/entries/{number}.md", text)
    assert village.run("fix", "--diff").out == "Nothing here has only one possible repair.\n"


def test_no_known_mistake_gets_worse() -> None:
    """Of each file of the fixtures, no more is wrong when it is repaired, and there is nothing more to repair."""
    worse = []
    for case in PROBLEMS:
        for path, text in files(case.read_text(encoding="utf-8").split("-- problems --\n")[0]):
            if path not in (SETTINGS, PEOPLE) and (folder_of(path) not in FOLDERS or not path.endswith(".md")):
                continue
            trial = Trial(parsed_file(path, text.encode()))
            before = len(trial.file.problems)
            trial.run()
            again = Trial(trial.file)
            again.run()
            if len(trial.file.problems) > before or again.repaired:
                worse.append((case.stem, path))
    assert worse == []


def test_it_shows_and_asks_once(village: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    place = village.entry("a", body="上午去看。\n\n＃＃小标题\n\n-甲\n-乙\n\n再见\n", statsu="draft")
    raw = place.read_bytes()
    shown = (
        "--- content/entries/a.md\n"
        "+++ content/entries/a.md\n"
        "@@ -3,3 +3,3 @@\n"
        " date: 2020-03-05\n"
        "-statsu: draft\n"
        "+status: draft\n"
        " ---\n"
        "@@ -7,6 +7,6 @@\n"
        " \n"
        "-＃＃小标题\n"
        "+## 小标题\n"
        " \n"
        "--甲\n"
        "--乙\n"
        "+- 甲\n"
        "+- 乙\n"
        " \n"
    )
    ran = village.run("fix")
    assert ran.out == (
        f"{shown}This repairs 3 problems in 1 file.\n"
        f"Nothing was written. To write it, run: {own_command('fix', village.folder, '--yes')}\n"
    )
    assert (ran.status, ran.err) == (1, "")
    assert village.run("fix", "--diff", "--yes").out == f"{shown}This repairs 3 problems in 1 file.\n"
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    assert answered(village, "n\n").out == (
        f"{shown}This repairs 3 problems in 1 file.\nWrite it? y for yes, n for no: Nothing was written.\n"
    )
    assert answered(village, "").status == 1
    assert place.read_bytes() == raw
    ran = answered(village, "是\n", "zh")
    assert ran.out == (
        f"{shown}以上改动修复1个文件里的3个问题。\n写入吗？写入输入y，不写入输入n：已写入1个文件。\n"
        "检查完毕，没有问题：0篇日志，8个页面。\n"
        "草稿没有发布，删掉 status: draft 那一行就会发布：content/entries/a.md\n"
    )
    assert ran.status == 0


def test_what_is_left_is_told(village: SiteSpace) -> None:
    village.entry("a", tags="调研、慰问", targets="[nowhere]")
    ran = village.run("fix", "--yes")
    assert "+tags: [调研, 慰问]\n" in ran.out
    assert ran.problems == ['content/entries/a.md:5:11: there is no target "nowhere"']
    assert ran.status == 1


def test_no_private_name_is_shown(village: SiteSpace) -> None:
    village.write(
        "content/people.yaml",
        "people：\n  - {id: hu，name：张三，role：private，pseudonym：一户，aliases: [老张头]}\n",
    )
    village.entry("a", body="走访张三，电话13812345678。\n\n＃＃老张头\n\n-甲\n-乙\n")
    ran = village.run("fix", "--diff")
    assert ran.out == (
        "--- content/entries/a.md\n"
        "+++ content/entries/a.md\n"
        "@@ -6,5 +6,5 @@\n"
        " \n"
        "-＃＃〈hu〉\n"
        "+## 〈hu〉\n"
        " \n"
        "--甲\n"
        "--乙\n"
        "+- 甲\n"
        "+- 乙\n"
        "--- content/people.yaml\n"
        "+++ content/people.yaml\n"
        "@@ -1,2 +1,2 @@\n"
        "-people：\n"
        "-  - {id: …，name：…，role：private，pseudonym：…，aliases: […]}\n"
        "+people:\n"
        "+  - {id: …, name: …, role: private, pseudonym: …, aliases: […]}\n"
        "This repairs 4 problems in 2 files.\n"
    )
    # A register that nobody can read, not even when it is repaired, does not say which names are private.
    village.write("content/people.yaml", "people：\n  - [张三\n")
    ran = village.run("fix", "--diff")
    assert "张三" not in ran.out
    assert ran.out.startswith("Words are shown as … until content/people.yaml can be read")


def test_gb18030_becomes_utf8(village: SiteSpace) -> None:
    place = village.write("content/entries/a.md", f"---\r\n{HEAD}---\r\n工作组到村里走访。\r\n".encode("gb18030"))
    ran = village.run("fix", "--yes", language="zh")
    assert ran.out.splitlines()[:4] == [
        "--- content/entries/a.md",
        "+++ content/entries/a.md",
        "@@ （整个文件：由GB18030改存为UTF-8） @@",
        "以上改动修复1个文件里的1个问题。",
    ]
    assert place.read_bytes() == f"---\r\n{HEAD}---\r\n工作组到村里走访。\r\n".encode()
    assert village.build().err == ""


LINES = st.text(st.sampled_from("上午去村里。，ab1 é" + unicodedata.normalize("NFD", "é")), max_size=8).map(
    lambda text: f"x{text}"
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@settings(max_examples=40)
@given(
    above=st.lists(st.tuples(LINES, ENDS), max_size=4),
    below=st.lists(st.tuples(LINES, ENDS), max_size=4),
    end=ENDS,
    mark=st.booleans(),
    last=st.booleans(),
    slip=st.sampled_from([("到{target}·qing·。", "到{target}`qing`。"), ("＃＃小标题", "## 小标题")]),
)
def test_every_other_byte_stays(
    above: list[tuple[str, str]],
    below: list[tuple[str, str]],
    end: str,
    *,
    mark: bool,
    last: bool,
    slip: tuple[str, str],
) -> None:
    before = f"---{end}title：标题{end}date: 2020-03-05\n---{end}" + "".join(f"{text}{its}{its}" for text, its in above)
    after = end + end + "".join(f"{text}{its}" for text, its in below) + ("尾" if last else "")
    bom = codecs.BOM_UTF8 if mark else b""
    trial = Trial(parsed_file("content/entries/a.md", bom + (before + slip[0] + after).encode()))
    trial.run()
    assert trial.file.raw == bom + (before.replace("：", ": ", 1) + slip[1] + after).encode()


def test_a_file_with_thousands_of_mistakes_is_repaired_soon() -> None:
    """As many at once as there are, so the number of readings does not grow with them."""
    many = MOST_AT_ONCE + 10
    trial = Trial(parsed_file("content/pages/a.md", ("---\ntitle: 甲\n---\n" + "到{target}·a·。\n\n" * many).encode()))
    readings = trial.left
    trial.run()
    assert (trial.repaired, trial.file.raw.count(b"{target}`a`")) == (many, many)
    assert readings - trial.left <= 10
