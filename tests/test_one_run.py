"""Everything that is wrong with a site is told in one run, without what only follows; of very much, enough."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from generator.ground.errors import Problem
from generator.ground.messages import say
from generator.tools.bulk import EVERYTHING, PAGE, TERMINAL
from generator.tools.report import format_problems
from tests.space import Ran, SiteSpace

EVERY_KIND = """-- content/people.yaml --
people:
  - {id: household, name: 张老三, role: private, pseudonym: 一户人家}
-- content/targets/works.md --
---
name: 示例厂
kind: enterprise
---
电话13800138000。
-- content/entries/undated.md --
---
title: 没有日期
---
请打13900139000，找张老三。
-- content/entries/faulty.md --
---
title: 正文有误
date: 2020-03-06
targets: [nobody]
---
见[这里](gone.md)、![图](gone.png)、{target}`none`、[根](/gone/)，电话13700137000。
-- content/entries/sound.md --
---
title: 正文无误
date: 2020-03-05
tags: [甲]
---
家住张 老 三隔壁，见[别处](undated.md)和[那天](/2020/03/07/undated/)。
-- themes/default/templates/tag.html --
{% if %}
-- themes/default/templates/dates.html --
{{ view.nothing }}
"""
TOLD = [
    'content/entries/faulty.md:4:11: there is no target "nobody"',
    "content/entries/faulty.md:6:2: there is no file content/entries/gone.md",
    "content/entries/faulty.md:6:16: there is no file content/entries/gone.png",
    'content/entries/faulty.md:6:31: there is no target "none"',
    "content/entries/faulty.md:6:46: the link to /gone/ leads nowhere",
    "content/entries/faulty.md:6:60: a mobile phone number stands here: 137****7000",
    'content/entries/sound.md:6:3: the private person "household" is named here, which must not be published',
    "content/entries/undated.md:2:1: date is missing",
    "content/entries/undated.md:4:3: a mobile phone number stands here: 139****9000",
    'content/entries/undated.md:4:16: the private person "household" is named here, which must not be published',
    "content/targets/works.md:5:3: a mobile phone number stands here: 138****8000",
    "themes/default/templates/dates.html:1: the template is at fault: 'generator.model.views.DatesView object' has no "
    "attribute 'nothing'",
    "themes/default/templates/tag.html:1: the template is at fault: Expected an expression, "
    "got 'end of statement block'",
]


def told(ran: Ran) -> list[str]:
    assert ran.status == 1, ran.out
    return ran.problems


def test_links_privacy_templates_and_content_are_told_together(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, EVERY_KIND)
    assert told(space.run("check")) == TOLD
    assert told(space.run("build")) == TOLD
    assert space.tree() == {}


def test_a_published_site_stays_and_the_next_build_is_a_common_one(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    for name in "abc":
        space.entry(name)
    space.build()
    before = space.tree()
    space.entry("a", "[坏](gone.md)，电话13800138000。\n")
    assert len(told(space.run("build"))) == 2
    assert space.tree() == before
    space.entry("a", "改好了。\n")
    assert "改好了" in space.build().out or "改好了" in space.page("2020/03/05/a/")
    fresh = SiteSpace.of(tmp_path / "fresh", "")
    for name in "abc":
        fresh.entry(name, *(["改好了。\n"] if name == "a" else []))
    fresh.build()
    assert space.tree() == fresh.tree()


def test_a_theme_at_fault_hides_nothing(tmp_path: Path) -> None:
    """The whole theme, its strings, or the part that all templates use: the content is looked through all the same."""
    for path, body, fact in (
        ("themes/default/templates/parts.html", "{% endif %}\n", "themes/default/templates/parts.html:1: the template"),
        ("themes/default/theme.yaml", "colour: red\n", "themes/default/theme.yaml:1:9: the only setting here is style"),
        ("content/site.yaml", "title: 日志\ntheme: none\n", 'content/site.yaml:2:8: there is no theme "none"'),
    ):
        space = SiteSpace.of(tmp_path / path.replace("/", "-"), "")
        space.write(path, body)
        space.entry("a", "[坏](gone.md)，电话13800138000。\n")
        found = told(space.run("check"))
        assert found[:2] == [
            "content/entries/a.md:5:1: there is no file content/entries/gone.md",
            "content/entries/a.md:5:16: a mobile phone number stands here: 138****8000",
        ], path
        assert found[2].startswith(fact), path
        assert len(found) == 3, path


def test_what_only_follows_is_not_told(tmp_path: Path) -> None:
    """The menu leads to a policy that cannot be read; nobody knows which names are public, or what is allowed."""
    space = SiteSpace.of(
        tmp_path,
        "-- content/site.yaml --\ntitle: 日志\nmenu: [{title: 政策, link: /policies/}, {title: 无, link: /none/}]\n"
        "-- content/policies/tax.md --\n---\ntitle 减税\n---\n"
        "-- content/people.yaml --\npeople:\n  - {id: a, name: 陈志远, role: leader}\n",
    )
    space.entry("a", "陈志远慰问困难家庭，[见](/policies/tax/)。\n")
    assert [one.partition(": ")[0] for one in told(space.run("check"))] == [
        "content/people.yaml:2:30",
        "content/policies/tax.md:2:6",
        "content/site.yaml:2:56",
    ]
    space.write("content/site.yaml", "title: 日志\nprivacy: {allow: [{valeu: 13800138000}]}\n")
    space.entry("a", "电话13800138000。\n")
    (space.folder / "content/policies/tax.md").unlink()
    (space.folder / "content/people.yaml").unlink()
    assert {one.partition(":")[0] for one in told(space.run("check"))} == {"content/site.yaml"}


def test_drafts_are_told_beside_what_stops_a_build(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", "[坏](gone.md)\n")
    space.entry("b", "[坏](gone.md)\n", status="draft")
    assert told(space.run("check")) == [
        "content/entries/a.md:5:1: there is no file content/entries/gone.md",
        "content/entries/b.md:6:1: warning: there is no file content/entries/gone.md",
    ]


def test_an_export_tells_every_name_and_link_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    space = SiteSpace.of(
        tmp_path / "site",
        "-- content/people.yaml --\npeople:\n"
        "  - {id: a, name: 张老三, role: private, pseudonym: 某户}\n  - {id: b, name: 李老四, role: private}\n",
    )
    space.entry("a", "到张 老 三家。\n")
    space.entry("b", "又到张**老**三家。\n")
    space.entry("c", "李-老-四来了。[坏](gone.md)\n")
    assert [one.partition(": ")[0] for one in told(space.run("export chronicle"))] == [
        f"content/entries/{place}" for place in ("a.md:5:2", "b.md:5:3", "c.md:5:1", "c.md:5:9")
    ]


MANY = {
    "en": (
        "  … and 2 more of this kind in this file\n",
        "    number  in files  what\n"
        "        40         8  there is no file …\n"
        "         4         4  warning: an empty text\n",
    ),
    "zh": ("  ……这个文件里还有2处同样的问题\n", "      数量    文件数  问题\n        40         8  没有文件 …\n"),
}


def test_very_many_are_counted(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    for number in range(8):
        space.entry(f"e{number}", "[坏](gone.md) " * 5 + "\n")
    for language, (more, table) in MANY.items():
        ran = space.run("check", language=language)
        assert ran.status == 1
        assert ran.err.count(more) == 8, language
        assert table.splitlines()[:2] == ran.err.splitlines()[-4:-2], language
    assert (
        "  16 more are not shown here; the option --all shows all of them\n40 problems, 0 warnings.\n"
        in space.run("check").err
    )
    for command in ("check", "build"):
        whole = space.run(command, "--all")
        assert (whole.status, len(whole.problems)) == (1, 40), command
        assert "more" not in whole.err, command


def problems(files: int, each: int) -> list[Problem]:
    hint = say("put the file there, or mend the name")
    return [
        Problem(
            path=f"content/entries/{file}.md",
            line=line,
            column=1,
            message=say("there is no file {path}", path=line),
            hint=hint,
            is_warning=file != files - 1,
        )
        for file in range(files)
        for line in range(1, each + 1)
    ]


def test_the_number_that_is_shown_is_bounded(tmp_path: Path) -> None:
    """Errors are not hidden by warnings, even those of the last file."""
    found = problems(2000, 5)
    for extent, most in ((TERMINAL, 2400), (PAGE, 160)):
        text = format_problems(found, tmp_path, "en", extent=extent, colour=False)
        assert text.count("\n") < most
        assert "content/entries/1999.md:3:1: there" in text
    assert len(json.dumps(text)) < 10_000
    text = format_problems([*found[:50]], tmp_path, "en", extent=EVERYTHING, colour=False)
    assert text.count("hint") == 50
    assert text.endswith("  warning: there is no file …")


def test_the_report_takes_time_in_proportion(tmp_path: Path) -> None:
    def cost(number: int) -> float:
        found = problems(number, 20)
        times = []
        for _ in range(3):
            begin = time.process_time()
            format_problems(found, tmp_path, "en")
            times.append(time.process_time() - begin)
        return min(times)

    cost(100)
    assert cost(2000) < 4 * cost(1000)


def test_a_message_of_megabytes_is_cut(tmp_path: Path) -> None:
    problem = Problem(path="a" + os.sep, message=say('"{value}" is not a time', value="x" * 1_000_000))
    assert len(format_problems([problem], tmp_path, "en", colour=False)) < 1100
