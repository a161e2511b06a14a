"""What a writer means plainly is accepted, and gives the same bytes as the standard form."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests.space import SiteSpace

REQUESTS = "requests: [{id: r, title: 诉求, status: %s}, {id: r, status: %s}]\n"
SAME = (
    ("date: 2020-03-05/06\n", "date: 2020年3月5日—6日\n"),
    ("date: 2020-03-05\n", "date: ２０２０.3.5\n"),
    ("date: 2020-03-05\n", "date: 2020-3-5\nplace: ''\nweather: '　'\ntags:\ntargets:\nsummary:\npart:\n"),
    ("date: 2020-03-05\npart: am\n", "date: 2020-03-05\npart: 上午\n"),
    ("date: 2020-03-05\nstatus: published\n", "date: 2020-03-05\nstatus: 已发布\n"),
    ("date: 2020-03-05\npublish_at: 2020-03-10 08:30\n", "date: 2020-03-05\npublish_at: 2020年3月10日 8：30\n"),
    ("date: 2020-03-05\ncounts: {走访: 12}\n", "date: 2020-03-05\ncounts: {走访: １２}\n"),
    (
        "date: 2020-03-05\nrequests: [{id: r, title: 诉求, status: raised}]\n",
        "date: 2020-03-05\nrequests:\n  id: r\n  title: 诉求\n  status: raised\n",
    ),
    ("date: 2020-03-05\ncounts: {走访: 23}\n", "date: 2020-03-05\ncounts: {走访: 二十三}\n"),
    *(
        (f"date: 2020-03-05\n{REQUESTS % ('raised', one)}", f"date: 2020-03-05\n{REQUESTS % ('提出', other)}")
        for one, other in (("reported", "已上报"), ("coordinating", "协调"), ("resolved", "办结"), ("closed", "终止"))
    ),
)


def published(folder: Path, fields: str, path: str = "content/entries/a.md") -> dict[str, bytes]:
    space = SiteSpace.of(folder, "-- content/site.yaml --\ntitle: 日志\ncounters: {走访: }\n")
    space.write(path, f"---\ntitle: 标题\n{fields}---\n正文。\n")
    space.build()
    return space.tree()


def test_what_is_written_otherwise_means_the_same(tmp_path: Path) -> None:
    wrong = [
        written
        for number, (standard, written) in enumerate(SAME)
        if published(tmp_path / f"{number}a", standard) != published(tmp_path / f"{number}b", written)
    ]
    assert wrong == []


def test_the_schema_accepts_it_too() -> None:
    schema = json.loads(CliRunner().invoke(main, ["schema", "entry"]).stdout)
    properties = schema["properties"]
    assert "草稿" in json.dumps(properties["status"], ensure_ascii=False)
    assert "上午" in json.dumps(properties["part"], ensure_ascii=False)
    assert "办结" in json.dumps(schema["$defs"], ensure_ascii=False)
    counted = schema["properties"]["counts"]["additionalProperties"]["oneOf"][0]
    assert all(re.search(counted["pattern"], number) for number in ("12", "１２", "二十三"))
    assert {"$ref": "#/$defs/RequestFields"} in properties["requests"]["anyOf"]
    corrected = schema["$defs"]["CorrectionFields"]["properties"]["date"]["pattern"]
    assert all(re.search(corrected, day) for day in ("2020-03-05", "2020年3月5日", "２０２０.3.5", "20200305"))


@pytest.mark.parametrize("path", ["content/entries/2020/a.md", "content/entries/2020-冬/03-05.md"])
def test_a_folder_or_a_file_says_the_year(tmp_path: Path, path: str) -> None:
    tree = published(tmp_path, "date: 3月5日\nslug: a\n", path)
    assert "2020/03/05/a/index.html" in tree


def test_people_and_policies_in_chinese(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path,
        "-- content/people.yaml --\npeople:\n- {id: w, name: 王五, role: 群众, pseudonym: 王某}\n"
        "-- content/policies/p.md --\n---\ntitle: 办法\nlevel: 镇\n---\n正文。\n",
    )
    space.entry(body="见{person}`w`。\n")
    space.build()
    assert "乡镇" in space.page("policies/")
    assert "王某" in space.page("2020/03/05/a/")


def test_every_word_in_chinese(tmp_path: Path) -> None:
    words = {"国家级": "国家", "省": "省", "市": "市", "区": "县", "镇": "乡镇", "乡": "乡镇", "街道": "乡镇"}
    space = SiteSpace.of(tmp_path, "-- content/site.yaml --\ntitle: 日志\ncards: 否\n")
    for number, level in enumerate(words):
        space.write(f"content/policies/p{number}.md", f"---\ntitle: 办法\nlevel: {level}\n---\n")
    for number, part in enumerate(("上午", "早上", "下午", "晚上")):
        space.entry(f"e{number}", part=part)
    space.build()
    shown = [space.page(f"policies/p{number}/") for number in range(len(words))]
    assert [label for label, page in zip(words.values(), shown, strict=True) if label not in page] == []
    accepted = json.loads(CliRunner().invoke(main, ["schema", "policy"]).stdout)
    assert {*words} <= set(re.findall(r"[\u4e00-\u9fff]+", json.dumps(accepted, ensure_ascii=False)))
