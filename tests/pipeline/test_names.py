"""Names in pieces are found on the page itself, and no message prints a name."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.space import SITE, SiteSpace

NAME = "张三丰"
PEOPLE = f"people:\n  - {{id: hidden, name: {NAME}, role: private, pseudonym: 一位道长}}\n"
PEOPLE += "  - {id: other, name: 李国庆, role: private, aliases: [Li An]}\n"
APART = {
    "comma": "去张,三丰那里。",
    "full-width comma": "见到张，三丰。",
    "enumeration": "村民张、三、丰都来了。",
    "slash": "签到：张/三丰",
    "dot": "签到：张.三丰",
    "brackets": "签到：张（三丰）",
    "square brackets": "签到：【张】三丰",
    "arrow": "见到张→三丰了。",
    "emoji": "见到张😀三丰了。",
    "star": "村民张★三丰来了。",
    "sign that cannot be shown": "见到张&#7;三丰。",
    "items": "- 张\n- 三丰",
    "single characters as items": "1. 张\n2. 三\n3. 丰",
    "paragraphs": "张\n\n三丰",
    "heading and paragraph": "## 张\n\n三丰上门来谈。",
    "paragraph that ends with it": "今天见到张\n\n三丰",
    "rows of a column": "|序号|姓名|\n|-|-|\n|1|张|\n|2|三丰|",
    "path": "[x](https://example.org/张/三丰/)",
    "punycode": f"[x](https://{NAME.encode('idna').decode()}.example/)",
    "Latin name": "签到：Li/An",
    "Latin name as items": "- Li\n- An",
}
INNOCENT = """
来的是小张，三丰镇的人也来了。开张，三丰收。老李，国庆期间值班。姓李，国庆路。来的是小李。国庆节到了。

- 小李
- 国庆值班

## 李

别的话。

国庆那天，由于：明年再说。He talked to Li; an hour passed. To Li (an engineer).

来的是张

三丰收了

|村|路|
|-|-|
|李村|一|
|国庆村|二|
"""


def space_with(folder: Path, **bodies: str) -> SiteSpace:
    """A site with these entries, and these people; nothing is searched."""
    space = SiteSpace.of(folder, "")
    space.write("content/site.yaml", SITE + "search: false\n")
    space.write("content/people.yaml", PEOPLE)
    for name, body in bodies.items():
        space.entry(name, title="题", summary="摘要", body=body + "\n")
    return space


def test_names_in_pieces_are_found_on_the_page_itself(tmp_path: Path) -> None:
    space = space_with(tmp_path, **{f"e{number}": body for number, body in enumerate(APART.values())})
    told = [one.split(":")[0] for one in space.fails().problems if "must not be published" in one]
    assert [way for number, way in enumerate(APART) if f"content/entries/e{number}.md" not in told] == []


def test_names_in_pieces_are_not_exported(tmp_path: Path) -> None:
    passed = []
    for number, (way, body) in enumerate(list(APART.items())[::3]):
        space = space_with(tmp_path / str(number), a=body)
        ran = space.run("export chronicle", "--output", str(tmp_path / "x.html"))
        passed += [] if ran.problems[0].startswith("content/entries/a.md:") else [way]
    assert passed == []
    assert not (tmp_path / "x.html").exists()


def test_innocent_neighbours_raise_no_alarm(tmp_path: Path) -> None:
    space = space_with(tmp_path, a=INNOCENT)
    assert space.build().err == ""
    space.write("content/site.yaml", SITE)
    assert space.build().err == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_message_prints_a_name(tmp_path: Path, language: str) -> None:
    space = space_with(tmp_path)
    space.write("content/site.yaml", f"title: 日志\nbase_url: https://{NAME}.example/a b\nx: {NAME}\n")
    space.write(f"content/targets/{NAME}.md", "---\nname: 村\nkind: nowhere\n---\n")
    space.entry(NAME, body=f"见{NAME}。\n", targets=f"[{NAME}]", tags=f"[{NAME}]")
    space.entry("li-an", body="x\n", part=NAME)
    space.entry("b", body=f"[x](/tags/{NAME}/) [y](/{quote(NAME)}/) {{request}}`{NAME}`\n")
    space.write("content/entries/c.md", f"---\ntitle: {NAME}: x\ndate: 1\n---\n")
    space.write("content/entries/13800001234.md", "---\ntitle: [\n---\n")
    for command in (("build",), ("check",), ("export chronicle", "--target", NAME)):
        ran = space.run(*command, language=language)
        assert ran.status
        for secret in (NAME, quote(NAME), NAME.encode("idna").decode(), "li-an", "13800001234", "李国庆"):
            assert secret not in ran.out + ran.err, ran.err
        assert "〈hidden〉" in ran.err or ran.status == 2


def test_roles_in_chinese_hide_the_same(tmp_path: Path) -> None:
    space = space_with(tmp_path)
    people = "people:\n  - {id: p1, name: Li An, role: 普通群众}\n  - {id: p2, name: 李四, role: 公职人员}\n"
    space.write("content/people.yaml", people)
    space.entry("b", body="正文。\n", targets="[Li An, 李四]")
    said = space.run("check").err
    assert "〈p1〉" in said
    assert "李四" in said
    assert "Li An" not in said
    assert " An" not in said


def test_neither_links_nor_summaries_nor_explanations_print_a_name(tmp_path: Path) -> None:
    space = space_with(tmp_path, a="正文。")
    space.entry(NAME, status="draft")
    ran = space.build("--explain")
    assert "content/entries/〈hidden〉.md" in ran.out
    assert NAME not in ran.out + ran.err
    space.entry("a", body=f"[x](/tags/{NAME}/)\n")
    space.write("content/people.yaml", PEOPLE + "  - oops: [\n")
    ran = space.fails("--explain")
    assert NAME not in ran.out + ran.err
    (tmp_path / "content/people.yaml").unlink()
    space.build("--drafts", "--no-cache") if not space.run("check").status else None
    space.write("content/people.yaml", PEOPLE)
    ran = space.fails("--explain")
    assert NAME not in ran.out + ran.err
    assert "the link to /tags/〈hidden〉/ leads nowhere" in ran.err


def test_a_file_is_to_be_renamed(tmp_path: Path) -> None:
    space = space_with(tmp_path)
    space.entry(f"2020-{NAME}", body="正文。\n")
    assert space.fails().err.splitlines()[:2] == [
        'content/entries/2020-〈hidden〉.md: the private person "hidden" is named here, which must not be published',
        "  hint: rename the file",
    ]
