"""Long lists of names: by first letters, on pages, with a file in which names are found."""

from __future__ import annotations

import json
import re

import pytest

from tests.shared import DOT
from tests.space import SiteSpace

NAMES = ("长山村", "重庆路", "六安里", "藏家庄", "安庄", "安居", "3组", "章家")


@pytest.fixture
def villages(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> SiteSpace:
    """Eight targets, and lists that are long by then."""
    monkeypatch.setattr("generator.site.plan.alphabet.LONG", 3)
    monkeypatch.setattr("generator.site.plan.alphabet.MOST", 4)
    for number, name in enumerate(NAMES):
        kind = "village" if number < 7 else "community"
        reading = "pinyin: Zàng jiā zhuāng\n" if name == "藏家庄" else ""
        full = f"山前镇{name}村民委员会"
        text = f"---\nname: {full}\nshort_name: {name}\nkind: {kind}\naliases: [老{name}]\n{reading}---\n"
        space.write(f"content/targets/t{number}.md", text)
    space.write("content/site.yaml", "title: 日志\npinyin: {长山: chang shan}\n")
    space.entry("a", targets="[t0, t7]", tags=f"[{', '.join(NAMES)}]")
    space.build()
    return space


def groups(page: str) -> list[tuple[str, list[str]]]:
    """The letters of a page with the names under them."""
    parts = re.split(r'<h2 id="_." class="letter">(.)</h2>', page)
    return [
        (sign, re.findall(r'<a href="[^"]*">([^<]*)</a> <span class="quiet">', names))
        for sign, names in zip(parts[1::2], parts[2::2], strict=True)
    ]


def test_targets_are_listed_by_letters(villages: SiteSpace) -> None:
    first, second = villages.page("targets/"), villages.page("targets/page/2/")
    assert groups(first) == [("A", ["安居", "安庄"]), ("C", ["长山村", "重庆路"])]
    assert groups(second) == [("L", ["六安里"]), ("Z", ["藏家庄", "章家"]), ("#", ["3组"])]
    letters = re.findall(r'<li><a href="([^"]*)">(.)</a></li>', second)
    assert letters[:3] == [("../../../targets/#_A", "A"), ("../../../targets/#_C", "C"), ("#_L", "L")]
    assert letters[-1] == ("#_0", "#")
    assert f'7个服务对象{DOT}<span class="kept">最近 2020年3月5日</span>' in first
    assert f'<span class="quiet">乡村{DOT}1篇日志{DOT}<span class="kept">最近 2020年3月5日</span></span>' in first
    assert [name for _, names in groups(villages.page("targets/village/")) for name in names] == [
        "安居", "安庄", "长山村", "重庆路",
    ]  # fmt: skip
    assert "章家" in villages.page("targets/community/")
    assert "letters" not in villages.page("targets/community/")


def test_tags_are_listed_by_letters(villages: SiteSpace) -> None:
    pages = [groups(villages.page(f"tags/{more}")) for more in ("", "page/2/", "page/3/")]
    # What is told of a target is not told of a tag.
    assert pages == [
        [("A", ["安居", "安庄"])],
        [("C", ["藏家庄", "长山村", "重庆路"]), ("L", ["六安里"])],
        [("Z", ["章家"]), ("#", ["3组"])],
    ]


def test_names_are_found_in_a_file(villages: SiteSpace) -> None:
    text = villages.page("targets/names.js")
    names = {one[0]: one[1:] for one in json.loads(text.removeprefix("rizhiNames(").removesuffix(");\n"))}
    assert list(names) == ["安居", "安庄", "长山村", "重庆路", "六安里", "藏家庄", "章家", "3组"]
    url, others, letters, initials, facts = names["长山村"]
    assert url == "../targets/t0/"
    assert others == ["山前镇长山村村民委员会", "老长山村"]
    # As they are read, and as each character is read alone.
    assert letters == [
        *("changshancun", "shanqianzhenchangshancuncunminweiyuanhui", "laochangshancun"),
        *("zhangshancun", "shanqianzhenzhangshancuncunminweiyuanhui", "laozhangshancun"),
    ]
    assert initials == ["csc", "sqzcsccmwyh", "lcsc", "zsc", "sqzzsccmwyh", "lzsc"]
    assert facts == ["乡村", "1篇日志", "最近 2020年3月5日"]
    assert names["藏家庄"][2][1] == "shanqianzhenzangjiazhuangcunminweiyuanhui"


def test_short_lists_stay_as_they_are(space: SiteSpace) -> None:
    space.write("content/targets/a.md", "---\nname: 安庄\nkind: village\n---\n")
    space.entry("a", targets="[a]", tags="[走访]")
    space.build()
    assert f'1个服务对象{DOT}<span class="kept">最近 2020年3月5日</span>' in space.page("targets/")
    assert f'1篇日志{DOT}<span class="kept">最近 2020年3月5日</span>' in space.page("tags/")
    assert not [path for path in space.tree() if path.endswith("/names.js") and "assets" not in path]


@pytest.mark.parametrize("count", [30, 31])
def test_lists_of_more_than_thirty_names_have_letters(space: SiteSpace, count: int) -> None:
    for number in range(count):
        space.write(f"content/targets/t{number}.md", f"---\nname: 村{number}\nkind: village\n---\n")
    space.entry("a")
    space.build()
    assert ('class="letters"' in space.page("targets/village/")) is (count > 30)


def test_short_lists_are_in_that_order_too(space: SiteSpace) -> None:
    names = {"a": "朱庄", "b": "安庄", "c": "长山村", "d": "重庆路", "e": "Łódź", "f": "白石社区"}
    for key, name in names.items():
        kind = "community" if key == "f" else "village"
        space.write(f"content/targets/{key}.md", f"---\nname: {name}\nkind: {kind}\n---\n")
    space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\npinyin: {长山: chang shan}\n")
    requests = ", ".join(f"{{id: r{key}, title: 诉求, status: raised, target: {key}}}" for key in names)
    space.entry("a", targets="[a, b, c, d, e, f]", tags="[走访, 安居, 调研]", requests=f"[{requests}]")
    space.build()
    villages = ["安庄", "长山村", "重庆路", "Łódź", "朱庄"]

    def shown(page: str, link: str) -> list[str]:
        return re.findall(f'<a href="{link}"[^>]*>([^<]*)<', space.page(page))

    assert shown("targets/village/", r"\.\./\.\./targets/./") == villages
    assert shown("subscribe/", r"\.\./targets/./feed\.xml") == [*villages, "白石社区"]
    assert shown("requests/", r"\.\./requests/target/./") == [*villages, "白石社区"]
    head = space.page("search/index.js")
    assert re.findall(r'\["[a-f]","([^"]*)"', head) == [*villages, "白石社区"]
    assert '["安居","调研","走访"]' in head
    assert [one["name"] for one in json.loads(space.page("data/targets.json"))] == [*villages, "白石社区"]


def test_a_reading_has_a_syllable_for_each_character(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\npinyin: {长山: changshan}\n")
    space.write("content/targets/a.md", "---\nname: 山前镇长山村\nkind: village\npinyin: chang shan\n---\n")
    space.entry("a")
    assert sorted(space.fails().problems) == [
        'content/site.yaml:2:14: the reading has 1 syllables, the name "长山" 2 Chinese characters',
        'content/targets/a.md:4:9: the reading has 2 syllables, the name "山前镇长山村" 6 Chinese characters',
    ]
