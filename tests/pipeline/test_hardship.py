"""What a writer is told of names in sentences of hardship, with all that the site knows of people and places."""

from __future__ import annotations

from pathlib import Path

from tests.space import SiteSpace

SITE = """
-- content/site.yaml --
title: 日志
kinds: {factory: 工厂}
privacy:
  allow: [{value: 汪家宝, reason: 本人同意}]
-- content/people.yaml --
people:
  - {id: leader, name: 周立群, role: official, title: 组长}
  - {id: boss, name: 高明亮, role: representative, title: 厂长}
-- content/targets/works.md --
---
name: 常青松机械
kind: factory
aliases: [常青松]
---
-- content/entries/a.md --
---
title: 上门
date: 2020-03-05
targets: [works]
---
周立群和高明亮到常青松看望困难职工。村支书陈志远介绍，全村有低保户九户，高庄村最多。

敲开了**邢凤英**的家门，她患有尿毒症。走的时候，田茂林大爷（孤寡）和汪家宝送到门口。

慰问名单：

- 尉迟秀兰
- 阿依古丽·买买提（残疾）
"""

HINT = (
    "  hint: add the person to content/people.yaml as private; if it may be published, "
    "write it with the reason under privacy: allow: in content/site.yaml"
)
LOOKS = "looks like a personal name beside a word of hardship"


def test_names_in_hardship_are_told_and_those_who_help_are_not(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    warnings = [
        f'content/entries/a.md:8:6: warning: "邢**" {LOOKS}',
        f'content/entries/a.md:8:27: warning: "田**" {LOOKS}',
        f'content/entries/a.md:12:3: warning: "尉***" {LOOKS}',
        f'content/entries/a.md:13:3: warning: "阿***·***" {LOOKS}',
    ]
    assert space.build().err.splitlines() == [line for warning in warnings for line in (warning, HINT)]
    assert "邢凤英" in space.page("2020/03/05/a/")
    space.fails("--strict")
