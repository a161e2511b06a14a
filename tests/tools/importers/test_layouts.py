"""How people lay out their diaries: which days, titles and texts come of it, what is asked, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.space import SiteSpace

LAYOUTS = {
    "days behind numbers, bullets and names": (
        """
        一、2021年3月1日 星期一
        甲。
        （二）2021年3月2日
        乙。
        ➤ 2021年3月3日 走访
        丙。
        第4篇 2021年3月4日
        丁。
        驻村第5天（2021年3月5日）
        戊。
        篇六：2021年3月6日
        己。
        """,
        """
        2021-03-01 甲: 甲。
        2021-03-02 乙: 乙。
        2021-03-03 走访: 丙。
        2021-03-04 丁: 丁。
        2021-03-05 驻村第5天: 戊。
        2021-03-06 己: 己。
        """,
    ),
    "days in all numerals": (
        """
        2021、3、1
        甲。
        2021。3。2
        乙。
        21.3.3 周三
        丙。
        二0二一年三月四日
        丁。
        二O二一年三月五日 晴
        戊。
        """,
        """
        2021-03-01 甲: 甲。
        2021-03-02 乙: 乙。
        2021-03-03 丙: 丙。
        2021-03-04 丁: 丁。
        2021-03-05 戊 晴: 戊。
        """,
    ),
    "days with clocks": (
        """
        2021年03月01日 08:30
        甲。
        2021年03月02日 9时30分
        乙。
        """,
        """
        2021-03-01 甲: 甲。
        2021-03-02 乙: 乙。
        """,
    ),
    "whole days that may be headings are asked about": (
        """
        2021年3月1日 星期一
        甲。
        ① 2021年3月2日 走访
        乙。
        小林 2021年3月3日
        2021年3月4日 08:30
        丙。
        正月廿三 小雪
        2019年5月1日，村里建成了水厂。
        3月5日 星期五
        丁。
        """,
        """
        2021-03-01 甲: 甲。 / ① 2021年3月2日 走访 / 乙。 / 小林 2021年3月3日 / 2021年3月4日 08:30 / 丙。\
 / 正月廿三 小雪 / 2019年5月1日，村里建成了水厂。
        2021-03-05 丁: 丁。
        ? cut:2 cut:4 cut:5 cut:7
        """,
    ),
    "titles above their days": (
        """
        驻村日记
        到村第一天
        2021年3月1日 星期一
        甲。
        甲二。
        秋收
        2021年3月2日
        乙。
        夜谈
        2021年3月3日 晴
        丙。
        """,
        """
        2021-03-01 到村第一天: 甲。 / 甲二。
        2021-03-02 秋收: 乙。
        2021-03-03 夜谈 晴: 丙。
        - 驻村日记
        """,
    ),
    "lines above days that may be titles": (
        """
        2021年3月1日
        甲。
        秋收
        2021年3月2日
        乙。
        夜谈
        2021年3月3日
        丙。
        """,
        """
        2021-03-01 甲: 甲。 / 秋收
        2021-03-02 乙: 乙。 / 夜谈
        2021-03-03 丙: 丙。
        ? titles
        """,
    ),
    "lines that end their texts": (
        """
        2021年3月1日
        开会
        走访
        2021年3月2日
        种树
        回家
        """,
        """
        2021-03-01 开会: 走访
        2021-03-02 种树: 回家
        """,
    ),
    "days below their texts, signed": (
        """
        到村第一天
        甲。
        驻村工作队
        2021年3月1日
        秋收
        乙。
        驻村工作队
        2021年3月2日
        """,
        """
        2021-03-01 到村第一天: 甲。 / 驻村工作队
        2021-03-02 秋收: 乙。 / 驻村工作队
        """,
    ),
    "days that may stand above or below": (
        """
        甲。
        2021年3月1日
        乙。
        2021年3月2日
        """,
        """
        2021-03-01 乙: 乙。 / 2021年3月2日
        + 甲。
        ? days! cut:3
        """,
    ),
    "a day in three lines, the weekday wrong": (
        """
        2021年3月1日
        星期五 晴
        地点：村部 记录人：小林
        甲。
        3月2日
        星期二
        乙。
        """,
        """
        2021-03-01 甲 晴 @村部 by 小林: 甲。
        2021-03-02 乙: 乙。
        ? date:0
        """,
    ),
    "headings of months and parts, rows of stars, and lines above each day": (
        """
        【篇一】
        2021年3月31日
        甲。
        四月
        【篇二】
        2021年4月1日
        乙。
        ***
        第三篇
        2021年4月2日
        丙。
        第二年
        """,
        """
        2021-03-31 甲: 甲。
        2021-04-01 乙: 乙。
        2021-04-02 丙: 丙。 / 第二年
        - 【篇一】 / 四月 / 【篇二】 / *** / 第三篇
        """,
    ),
    "the name of the form above each day": (
        """
        驻村工作记录
        2021年3月1日
        甲。
        驻村工作记录
        2021年3月2日
        乙。
        """,
        """
        2021-03-01 甲: 甲。
        2021-03-02 乙: 乙。
        - 驻村工作记录 / 驻村工作记录
        """,
    ),
    "clocks, fields, winds and moods are no titles": (
        """
        会议纪要
        时间：2021年3月1日下午2:30—4:00
        地点：会议室
        主持人：组长
        甲。
        """,
        """
        2021-03-01 会议纪要 @会议室: 主持人：组长 / 甲。
        """,
    ),
    "winds and moods": (
        """
        2021年3月1日 星期一 晴 北风3级
        甲。
        2021年3月2日 晴 心情好
        9:00
        乙。
        """,
        """
        2021-03-01 甲 晴 北风3级: 甲。
        2021-03-02 9:00 晴: 9:00 / 乙。
        """,
    ),
}


def shown(found: dict[str, Any]) -> str:
    """What comes of a file: a line for each entry; then the page of the lead, what is asked, and what is left out."""
    lines = []
    for one in found["entries"]:
        facts = (one["weather"], one["place"] and f"@{one['place']}", one["author"] and f"by {one['author']}")
        head = " ".join(filter(None, (one["date"] or "?", one["title"], *facts)))
        lines.append(f"{head}: {one['text'].strip().replace(chr(10), ' / ')}")
    asked = [f"{one['id']}{'!' if one['is_needed'] else ''}" for one in found["questions"]]
    lines += [f"+ {found['lead']['text'].strip()}"] if found["lead"]["text"] else []
    lines += [f"? {' '.join(asked)}"] if asked else []
    left = [one["text"] for one in found["left_out"]]
    return "\n".join((*lines, *([f"- {' / '.join(left)}"] if left else ())))


def block(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def test_layouts(space: SiteSpace, tmp_path_factory: Any) -> None:
    folder: Path = tmp_path_factory.mktemp("layouts")
    for number, (text, _) in enumerate(LAYOUTS.values()):
        (folder / f"{number:02}.txt").write_text(block(text), encoding="utf-8")
    made = json.loads(space.run(f"import --json --dry-run {folder}").out)
    assert len(made) == len(LAYOUTS)
    wrong = {
        name: shown(found)
        for (name, (_, wanted)), found in zip(LAYOUTS.items(), made, strict=True)
        if shown(found) != block(wanted)
    }
    assert not wrong, "\n\n".join(f"{name}\n{text}" for name, text in wrong.items())
