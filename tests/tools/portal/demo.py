"""``python -m tests.tools.portal.demo DIR`` makes a portal to look at: the demo campaign and three small ones.

They are in the four forms that a source may have. Then: ``rizhi portal serve DIR``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from tests.tools.portal.teams import portal, teams

ROOT = Path(__file__).parents[3]
PORTAL = """\
title: 省派工作队日志汇总
description: 各工作队到了哪里、办了什么事，按地区和日期汇在一处。
base_url: https://portal.example/
organization: 省派工作队办公室
teams:
  - {id: yantai, region: 山东省/烟台市, source: yantai}
  - {id: qingdao, name: 青岛工作队, region: 山东省/青岛市, source: two/output}
  - {id: lankao, name: 兰考工作队, region: 河南省/兰考县, source: three-bag}
  - {id: xinyang, name: 信阳工作队, region: 河南省/信阳市, source: four.zip}
"""


def make(folder: Path) -> None:
    """Makes the portal in a new folder."""
    teams(folder)
    shutil.copytree(ROOT / "content", folder / "yantai" / "content")
    shutil.rmtree(folder / "one")
    portal(folder, PORTAL)


def main() -> None:
    """Makes it where the command says."""
    given = argparse.ArgumentParser()
    given.add_argument("folder", type=Path)
    folder: Path = given.parse_args().folder
    if folder.exists():
        sys.exit(f"{folder} is there already")
    make(folder)


if __name__ == "__main__":
    main()
