"""Sites that several files of tests look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.space import TARGETS, SiteSpace

Site = Callable[[str], SiteSpace]


@pytest.fixture
def record(site: Site) -> SiteSpace:
    """Five requests in every state, over two months."""
    space = site(TARGETS)
    space.write(
        "content/site.yaml",
        "title: 日志\nbase_url: https://example.org/\nrequests: {overdue_days: 20}\n"
        "counters: {日志: {derived: entries, unit: 篇}, 在岗: {derived: days}, 对象: {derived: targets}, "
        "提出: {derived: raised}, 办结: {derived: resolved}, 座谈会: {unit: 场}, 走访: {}}\n",
    )
    space.entry(
        "a",
        title="甲",
        date="2020-03-05/06",
        targets="[taihe]",
        counts="{座谈会: 1, 走访: 12}",
        requests="[{id: cloth, title: 缺熔喷布, status: raised, note: 没有货源}, "
        "{id: road, title: 修路, status: raised, target: guoao}, {id: loan, title: 贷款, status: raised}]",
    )
    space.entry(
        "b",
        title="乙",
        date="2020-03-10",
        targets="[taihe, guoao]",
        counts="{走访: {taihe: 1, guoao: 2}}",
        requests="[{id: cloth, status: resolved, helped_by: [省发改委, leader], note: 找到了}, "
        "{id: road, status: reported}, {id: lamp, title: 装路灯, status: raised, target: guoao}]",
    )
    space.entry(
        "c",
        title="丙",
        date="2020-04-01",
        targets="[guoao]",
        counts="{走访: 3}",
        requests="[{id: lamp, status: resolved}, {id: loan, status: closed, date: 2020-03-30}, "
        "{id: cloth, status: coordinating, reopened: true}, {id: tree, title: 种树, status: raised}]",
    )
    space.write(
        "content/people.yaml",
        "people:\n  - {id: leader, name: 欧阳明德, role: official, title: 主任}\n",
    )
    return space
