"""The address of a site, as people write it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.space import SiteSpace

SITE = "-- content/site.yaml --\ntitle: 日志\nbase_url: %s\n"
CONVERTED = {
    "https://日志.中国/": "https://xn--m6tr8k.xn--fiqs8s/",
    "https://日志。中国:8080/工作": "https://xn--m6tr8k.xn--fiqs8s:8080/%E5%B7%A5%E4%BD%9C/",
    "https://example.org/日志 ": "https://example.org/%E6%97%A5%E5%BF%97/",
    "https://example.org/%E6%97%A5%E5%BF%97": "https://example.org/%E6%97%A5%E5%BF%97/",
    "https://faß.example/": "https://xn--fa-hia.example/",
    "http://example.org/v1.0/": "http://example.org/v1.0/",
}
FILES = {
    "https://example.org/index.html": "https://example.org/",
    "https://日志.中国/工作/首页.htm": "https://日志.中国/工作/",
    "http://example.org/diary/default.aspx": "http://example.org/diary/",
}


def addresses(space: SiteSpace) -> set[str]:
    """The beginnings of all addresses in the sitemap and the feed."""
    found = re.findall(r"<(?:loc|id)>([^<]*)2020/", space.page("sitemap.xml") + space.page("feed.xml"))
    return {one for one in found if one}


def test_chinese_addresses_are_converted(tmp_path: Path) -> None:
    for number, (written, converted) in enumerate(CONVERTED.items()):
        space = SiteSpace.of(tmp_path / str(number), SITE % written)
        space.entry()
        space.build()
        assert addresses(space) == {converted}, written
    space.build("--base-url", "https://日志.中国")
    assert addresses(space) == {"https://xn--m6tr8k.xn--fiqs8s/"}


def test_the_address_of_a_file_is_a_problem_and_its_hint_is_accepted(tmp_path: Path) -> None:
    for number, (written, meant) in enumerate(FILES.items()):
        space = SiteSpace.of(tmp_path / str(number), SITE % written)
        space.entry()
        caret = f"  base_url: {written}\n            ^\n"
        fact = f'content/site.yaml:2:11: "{written}" is the address of one file of a site\n'
        assert space.fails().err.startswith(f"{fact}{caret}  hint: write {meant}\n")
        assert space.run("check", language="zh").err.startswith(
            f"content/site.yaml:2:11: “{written}”是网站里一个文件的网址\n{caret}  建议：请写成 {meant}\n"
        )
        space.write("content/site.yaml", f"title: 日志\nbase_url: {meant}\n")
        space.build()


def test_what_is_no_address_is_told(tmp_path: Path) -> None:
    for number, written in enumerate(
        ("https：//日志.中国/", "日志.中国", "https://日志-.中国/", "https://日 志.中国/")
    ):
        space = SiteSpace.of(tmp_path / str(number), SITE % written)
        space.entry()
        assert space.fails().problems == [f'content/site.yaml:2:11: "{written}" is not the address of a site']
