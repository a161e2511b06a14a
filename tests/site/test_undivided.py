"""Counts in one figure for several targets: told with a line that divides them, noted where parts exceed the sum."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.space import TARGETS, SiteSpace

NOTE = "所以各项相加会多于总数"
TOGETHER = "有些数是和其他服务对象合在一起记的"
SITE = (
    "title: 日志\ntheme: {}\n"
    "counters: {{日志: {{derived: entries}}, 走访: {{unit: 次}}, 座谈会: {{unit: 场, shared: 是}}}}\n"
)


@pytest.fixture
def space(site: Callable[[str], SiteSpace]) -> SiteSpace:
    """One entry about both targets, and one about each."""
    made = site(TARGETS)
    made.write("content/site.yaml", SITE.format("default"))
    made.entry("a", targets="[泰和新材, guoao]", counts="{座谈会: 1, 走访: 5}")
    made.entry("b", date="2020-03-06", targets="[taihe]", counts="{走访: 2}")
    made.entry("c", date="2020-03-07", targets="[guoao]", counts="{走访: 1}")
    return made


def test_it_is_told_with_a_line_that_divides_it(space: SiteSpace) -> None:
    ran = space.run("check")
    assert ran.problems == [
        'content/entries/a.md:5:18: warning: one figure of "走访" for 2 targets stands in full with each of them'
    ], ran.err
    line = re.search(r"hint: write (counts: .*?), or ", ran.err)
    assert line
    assert line[1] == "counts: {座谈会: 1, 走访: {泰和新材: 3, guoao: 2}}"
    path = space.folder / "content/entries/a.md"
    path.write_text(path.read_text(encoding="utf-8").replace("counts: {座谈会: 1, 走访: 5}", line[1]), encoding="utf-8")
    assert space.run("check").problems == []
    # Names that YAML would read otherwise stand in quotes, and a figure too small for all is divided too.
    space.write("content/targets/c.md", "---\nname: 'C, 一厂: 东区'\nkind: enterprise\n---\n")
    space.entry("a", targets="['C, 一厂: 东区', taihe, guoao]", counts="{走访: 2}")
    line = re.search(r"hint: write (counts: .*?), or ", space.run("check").err)
    assert line
    assert line[1] == 'counts: {走访: {"C, 一厂: 东区": 1, taihe: 1, guoao: 0}}'
    space.entry("a", targets="['C, 一厂: 东区', taihe, guoao]").write_text(
        f"---\ntitle: 标题\ndate: 2020-03-05\ntargets: ['C, 一厂: 东区', taihe, guoao]\n{line[1]}\n---\n正文。\n",
        encoding="utf-8",
    )
    assert space.run("check").problems == []


def test_nothing_is_told_where_nothing_can_be_divided(space: SiteSpace) -> None:
    for targets, counts in (
        ("[taihe]", "{走访: 5}"),
        ("[taihe, guoao]", "{座谈会: 3}"),
        ("[taihe, guoao]", "{走访: 0}"),
        ("[taihe, guoao]", "{走访: {taihe: 5}}"),
        ("[]", "{走访: 5}"),
    ):
        space.entry("a", targets=targets, counts=counts)
        assert space.run("check").problems == [], (targets, counts)


def test_pages_say_where_parts_add_up_to_more(space: SiteSpace) -> None:
    for theme in ("default", "plain"):
        space.write("content/site.yaml", SITE.format(theme))
        space.build()
        assert NOTE in space.page("counters/"), theme
        assert NOTE in space.page("counters/走访/"), theme
        for path in ("counters/走访/target/taihe/", "counters/走访/kind/enterprise/"):
            assert f"走访：{TOGETHER}" in space.page(path), (theme, path)
        # What is shared by its nature stands in full with each as well.
        for path in ("targets/taihe/", "targets/guoao/", "targets/enterprise/"):
            assert f"走访、座谈会：{TOGETHER}" in space.page(path), (theme, path)
        # An entry is about each of its targets; no figure is wrong with it.
        assert TOGETHER not in space.page("counters/日志/target/taihe/"), theme
        assert NOTE not in space.page("counters/走访/month/2020-03/"), theme
    space.entry("a", targets="[taihe, guoao]", counts="{走访: {taihe: 3, guoao: 2}}")
    space.build()
    assert NOTE not in space.page("counters/走访/")
    assert TOGETHER not in space.page("targets/taihe/")
    # The entry itself is still about two kinds.
    assert NOTE in space.page("counters/")
    space.entry("a", targets="[taihe]")
    space.build()
    assert NOTE not in space.page("counters/")


def test_data_keeps_the_division(space: SiteSpace) -> None:
    space.entry("a", targets="[泰和新材, guoao]", counts="{座谈会: 1, 走访: {泰和新材: 3, guoao: 2}}")
    space.build()
    first, second, _ = json.loads(space.page("data/entries.json"))
    assert first["counts"] == {"座谈会": 1, "走访": 5}
    assert first["counts_by_target"] == {"走访": {"taihe": 3, "guoao": 2}}
    assert (second["counts"], "counts_by_target" in second) == ({"走访": 2}, False)
    # An edit that only patches the plan keeps it, too.
    space.entry("a", title="改", targets="[泰和新材, guoao]", counts="{座谈会: 1, 走访: {泰和新材: 3, guoao: 2}}")
    space.build()
    assert json.loads(space.page("data/entries.json"))[0] == {**first, "title": "改"}
