"""``rizhi requests``: what is open, for a terminal, as a table and as data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from generator.ground.text import display_width
from tests.space import TARGETS, SiteSpace

PEOPLE = """people:
  - {id: leader, name: 欧阳明德, role: official, title: 主任}
  - {id: hidden, name: 钱多福, role: private, pseudonym: 一户村民}
"""


@pytest.fixture
def space(site: Callable[[str], SiteSpace]) -> SiteSpace:
    """Three requests: overdue by its deadline, open, and resolved."""
    made = site(TARGETS)
    made.write("content/site.yaml", "title: 日志\nrequests: {overdue_days: 20}\n")
    made.write("content/people.yaml", PEOPLE)
    made.entry(
        "a",
        date="2020-03-05",
        targets="[taihe]",
        requests="[{id: road, title: 村口到卫生院的三公里砂石路雨天无法通行，希望在今年汛期以前完成硬化并加装防护栏杆"
        "和路灯, status: raised, handler: 县交通运输局, person: leader, deadline: 2020-03-08}, "
        "{id: water, title: 水压不足, status: raised}, {id: cloth, title: 缺熔喷布, status: raised}]",
    )
    made.entry("b", date="2020-03-10", requests="[{id: cloth, status: resolved}]")
    return made


def test_the_list_fits_eighty_columns_and_ends_in_a_sum(space: SiteSpace) -> None:
    ran = space.run("requests")
    assert ran.status == 0, ran.err
    *lines, last = ran.out.splitlines()
    assert all(display_width(line) <= 80 for line in lines), lines
    assert [line for line in lines if not line.startswith(" ")] == [
        "村口到卫生院的三公里砂石路雨天无法通行，希望在今年汛期以前完成硬化并加装防护栏杆",
        "和路灯",
        "水压不足",
        "缺熔喷布",
    ]
    text = " ".join(line.strip() for line in lines)
    assert "提出 超期 · 已5天 · 泰和新材 · 承办 县交通运输局 主任欧阳明德" in text
    assert "办理期限 2020年3月8日" in text
    assert "办结 · 用时5天" in text
    assert last == "3 requests, 2 open, 1 overdue on 2020-03-10, the day of the newest entry."


def test_open_and_overdue_ones_alone_also_as_published_table_and_data(space: SiteSpace) -> None:
    space.build()
    assert [one["id"] for one in json.loads(space.run("requests", "--open", "--json").out)] == ["road", "water"]
    for overdue in (("--overdue",), ("--overdue", "--open"), ("--open", "--overdue")):
        assert [one["id"] for one in json.loads(space.run("requests", *overdue, "--json").out)] == ["road"]
    table = space.run("requests", "--csv").out
    assert sorted(table.splitlines()) == sorted(space.page("data/requests.csv").splitlines())
    assert space.run("requests", "--overdue").out.splitlines()[-1].startswith("1 request, 1 open, 1 overdue")


def test_nobody_private_is_responsible_or_listed(space: SiteSpace) -> None:
    space.entry("c", date="2020-03-09", requests="[{id: water, status: reported, person: hidden}]")
    ran = space.run("requests")
    assert (ran.status, ran.out) == (1, "")
    assert '"hidden" is a private person, who is never named as responsible' in ran.err
    space.entry("c", date="2020-03-09", requests="[{id: water, status: reported, handler: 钱多福家}]")
    for form in ("--csv", "--json"):
        ran = space.run("requests", form)
        assert (ran.status, ran.out) == (1, ""), form
        assert "content/entries/c.md" in ran.err, form
        assert "钱多福" not in ran.err, form


def test_without_requests_it_says_so(site: Callable[[str], SiteSpace]) -> None:
    made = site("")
    made.entry("a")
    assert made.run("requests").out == "There is no such request.\n"


def test_a_reopened_request_says_since_when_and_data_have_whole_addresses(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/a/\nrequests: {overdue_days: 20}\n")
    space.entry("c", date="2020-05-01", requests="[{id: cloth, status: coordinating, reopened: true}]")
    space.entry("d", date="2020-05-08")
    text = " ".join(line.strip() for line in space.run("requests", "--open").out.splitlines())
    assert "协调中 · 2020年5月1日重新办理 · 已7天" in text
    cloth = next(one for one in json.loads(space.run("requests", "--json").out) if one["id"] == "cloth")
    assert (cloth["raised"], cloth["reopened"], cloth["days_open"]) == ("2020-03-05", "2020-05-01", 7)
    assert cloth["url"] == "https://example.org/a/requests/cloth/"
    assert cloth["steps"][-1]["entry"] == "https://example.org/a/2020/05/01/c/"
    space.build()
    ledger = space.page("requests/")
    assert re.search(r">2020年3月5日</time> <span class=\"quiet\">重新办理 <time [^>]*>2020年5月1日</time>", ledger)
    assert "提出或重新办理后超过20天" in ledger


@pytest.mark.parametrize("command", ["requests", "changes"])
@pytest.mark.parametrize("options", [("--csv", "--json"), ("--json", "--csv")])
def test_a_list_has_one_form(space: SiteSpace, command: str, options: tuple[str, str]) -> None:
    ran = space.run(command, *options, language="zh")
    assert (ran.status, ran.out) == (2, "")
    assert "错误：--csv 和 --json 只能用一个" in ran.err
