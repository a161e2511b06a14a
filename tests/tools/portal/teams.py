"""A portal over four teams, one in each form of source, in a folder."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from tests.shared import kept_folder
from tests.space import Ran, SiteSpace

SITE = """\
-- content/site.yaml --
title: {title}
base_url: https://{id}.example/
counters: {{走访: {{unit: 次}}, 在岗: {{derived: days, unit: 天}}}}
-- content/targets/{id}-village.md --
---
name: {title}的村
kind: village
aliases: [{id}小村]
---
-- content/targets/{id}-works.md --
---
name: {title}的厂
kind: enterprise
---
-- content/entries/2020-03-0{n}-a.md --
---
title: {title}进村
date: 2020-03-0{n}
targets: [{id}-village]
counts: {{走访: {n}}}
requests: [{{id: road, title: {title}修路, status: raised, target: {id}-village}}]
---
到村里走访。
-- content/entries/2020-04-0{n}-b.md --
---
title: {title}进厂
date: 2020-04-0{n}
targets: [{id}-works]
counts: {{走访: 2}}
requests:
  - {{id: {step}, status: resolved, note: 通了}}
  - {{id: loan, title: {title}贷款, status: raised, target: {id}-works}}
---
厂里缺人。
"""
PORTAL = """\
title: 汇总
description: 各队日志。
base_url: https://portal.example/
teams:
  - {id: one, region: 山东省/烟台市, source: one}
  - {id: two, region: 山东省/青岛市, source: two/output}
  - {id: three, region: 河南省, source: three-bag}
  - {id: four, name: 第四队, region: 河南省/兰考县, source: four.zip}
"""


def team(folder: Path, name: str, number: int) -> SiteSpace:
    """The site of a team."""
    return SiteSpace.of(folder / name, SITE.format(id=name, title=f"{name}队", n=number, step="road"))


def teams(folder: Path) -> dict[str, SiteSpace]:
    """Four teams: a site's folder, a published output, a bundle as a folder and one as a zip."""
    found = {name: team(folder, name, number) for number, name in enumerate(("one", "two", "three", "four"), 1)}
    found["two"].build()
    for name in ("three", "four"):
        ran = found[name].run("archive", "--output", str(folder / f"{name}-made"), "--without-pdf", "--zip")
        assert ran.status == 0, ran.err
    (bag,) = [place for place in (folder / "three-made").iterdir() if place.is_dir()]
    shutil.move(bag, folder / "three-bag")
    (zipped,) = (folder / "four-made").glob("*.zip")
    shutil.move(zipped, folder / "four.zip")
    return found


@cache
def four_teams() -> Path:
    """The folder of the four teams with their portal, made once a process; whoever changes it takes a copy."""
    folder = kept_folder()
    teams(folder)
    build(portal(folder))
    return folder


def portal(folder: Path, text: str = PORTAL) -> SiteSpace:
    """The folder of a portal."""
    space = SiteSpace(folder)
    space.write("portal.yaml", text)
    return space


def build(space: SiteSpace, *options: str) -> Ran:
    """Publishes a portal; it must succeed."""
    ran = space.run("portal build", "--jobs", "1", *options)
    assert ran.status == 0, ran.err
    return ran


def fails(space: SiteSpace, *options: str) -> str:
    """Tries to publish a portal; it must not succeed. What it says."""
    ran = space.run("portal build", "--jobs", "1", *options)
    assert ran.status == 1, ran.out
    return ran.err


def data(space: SiteSpace, name: str) -> Any:
    """A data file of a portal, or of a site."""
    return json.loads(space.page(f"data/{name}.json"))
