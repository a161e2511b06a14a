"""How people lay out their diaries: which days, titles and texts come of it, what is asked, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from generator.cli import importing
from generator.cli.main import main
from generator.tools.importers.answers import answered
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
    "who wrote it, and the day, in one line below": (
        """
        甲。
        小林 2021年3月1日
        乙。
        小林 2021年3月2日
        """,
        """
        ? 甲: 甲。 / 小林 2021年3月1日 / 乙。 / 小林 2021年3月2日
        ? days! cut:1 date:0!
        """,
    ),
    "numbers that are no day": (
        """
        2021年3月1日
        20.3.5 版本
        升级了系统。
        《关于驻村工作的通知》（2020年12月1日）
        3月2日
        参加人员：全体
        乙。
        """,
        """
        2021-03-01 20.3.5 版本: 20.3.5 版本 / 升级了系统。 / 《关于驻村工作的通知》（2020年12月1日）
        2021-03-02 乙: 参加人员：全体 / 乙。
        ? cut:1 cut:3
        """,
    ),
    "the day of one text below it": (
        """
        到村第一天
        甲。
        驻村工作队
        2021年3月1日
        """,
        """
        ? 到村第一天: 甲。 / 驻村工作队 / 2021年3月1日
        ? date:0!
        """,
    ),
    "texts that end alike are no titles": (
        """
        驻村这一年
        2021年3月1日
        甲。
        小林
        2021年3月2日
        乙。
        小林
        2021年3月3日
        丙。
        小林
        """,
        """
        2021-03-01 甲: 甲。 / 小林
        2021-03-02 乙: 乙。 / 小林
        2021-03-03 丙: 丙。 / 小林
        - 驻村这一年
        """,
    ),
    "Markdown: headings of months": (
        """
        # 七月日志

        ## 三月

        ### 2021-03-31 周三

        甲。

        ## 四月

        ### 2021-04-01 周四

        乙。

        ## 总结
        """,
        """
        2021-03-31 甲: 甲。
        2021-04-01 乙: 乙。 / 总结
        - 七月日志 / 三月 / 四月
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
        2021-03-02 乙 晴: 9:00 / 乙。
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
    for number, (name, (text, _)) in enumerate(LAYOUTS.items()):
        (folder / f"{number:02}.{'md' if 'Markdown' in name else 'txt'}").write_text(block(text), encoding="utf-8")
    ran = space.run(f"import --json --dry-run {folder}")
    assert "would be lost" not in ran.err
    made = json.loads(ran.out)
    assert len(made) == len(LAYOUTS)
    wrong = {
        name: shown(found)
        for (name, (_, wanted)), found in zip(LAYOUTS.items(), made, strict=True)
        if shown(found) != block(wanted)
    }
    assert not wrong, "\n\n".join(f"{name}\n{text}" for name, text in wrong.items())


def test_answers_about_the_layout(space: SiteSpace, tmp_path: Path) -> None:
    cases = {
        ("甲。\n2021年3月1日\n乙。\n2021年3月2日", "days=below"): [
            "2021-03-01 甲 甲。", "2021-03-02 乙 乙。",
        ],
        ("甲。\n2021年3月1日\n乙。\n2021年3月2日", "days=上面"): ["2021-03-01 乙 乙。 2021年3月2日"],
        ("甲。\n小林 2021年3月1日\n乙。\n小林 2021年3月2日", "days=below"): [
            "2021-03-01 甲 甲。", "2021-03-02 乙 乙。",
        ],
        ("2021年3月1日\n甲。\n秋收\n2021年3月2日\n乙。\n夜谈\n2021年3月3日\n丙。", "titles=是"): [
            "2021-03-01 甲 甲。", "2021-03-02 秋收 乙。", "2021-03-03 夜谈 丙。",
        ],
        ("2021年3月1日\n甲。\n一、秋收（2021年3月2日）\n乙。", "cut:2=yes"): [
            "2021-03-01 甲 甲。", "2021-03-02 秋收 乙。",
        ],
    }  # fmt: skip
    wrong = []
    for (text, answer), wanted in cases.items():
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        (made,) = json.loads(space.run(f"import --json --dry-run --answer {answer} {tmp_path / 'a.txt'}").out)
        found = [" ".join((one["date"], one["title"], *one["text"].split())) for one in made["entries"]]
        wrong += [(answer, found)] if found != wanted else []
    assert wrong == []


def test_bold_lines_above_days_are_their_titles(space: SiteSpace, tmp_path: Path) -> None:
    document = docx.Document()
    for number, title in enumerate(("秋收", "夜谈", "修路"), 1):
        line = document.add_paragraph()
        line.add_run(title).bold = True
        for text in (f"2021年3月{number}日", "忙了一天", "晚上开会"):
            document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    (made,) = json.loads(space.run(f"import --json --dry-run {tmp_path / 'a.docx'}").out)
    assert [(one["title"], one["text"].split()) for one in made["entries"]] == [
        (title, ["忙了一天", "晚上开会"]) for title in ("秋收", "夜谈", "修路")
    ]


def asked(space: SiteSpace, folder: Path, text: str, answers: str) -> str:
    """What the import says of a text on a terminal, where somebody types ``answers``, a line each."""
    (folder / "a.txt").write_text(block(text), encoding="utf-8")
    runner = CliRunner(env={"RIZHI_LANGUAGE": "zh", "SOURCE_DATE_EPOCH": "1600000000"})
    return runner.invoke(main, ["import", str(folder / "a.txt"), str(space.folder)], input=answers).output


def test_one_question_for_all_lines_of_a_kind(
    space: SiteSpace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "is_answerable", lambda: True)
    days = "\n".join(
        f"{3 + day // 20}月{day % 20 + 1}日，我们到村里去，看了几户人家。\n回来很晚。" for day in range(40)
    )
    out = asked(space, tmp_path, f"扶贫日记\n{days}", "是\n2019年\n")
    assert (out.count("请输入序号"), out.count("\ufffd")) == (2, 0)
    assert out.index("这 40 行，都各是新的一篇的开头吗？") < out.index("不知道是哪一年")
    assert len(list((space.folder / "content/entries").rglob("*.md"))) == 40


def test_a_year_that_most_weekdays_contradict_is_asked_about_once(
    space: SiteSpace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "is_answerable", lambda: True)
    text = "3月12日 星期二\n甲。\n3月14日 星期四\n乙。\n3月15日 星期五\n丙。"
    out = asked(space, tmp_path, text, "2018\n不是\n1\n")
    assert out.count("请输入序号") == 3
    made = sorted(place.name for place in (space.folder / "content/entries").rglob("*.md"))
    assert made == ["2019-03-12-甲.md", "2019-03-14-乙.md", "2019-03-15-丙.md"]


def test_answers_are_taken_as_people_say_them() -> None:
    said = {
        "cut:1": {"yes": "y Ｙ 是 YES 对。", "no": "n 不是 否"},
        "days": {"above": "上面", "below": "落款 below"},
        "name:李四": {"official": "工作人员 公职人员", "private": "群众", "none": "不是人名"},
        "cut:all": {"each": "逐个问"},
    }
    wrong = [
        (question, word)
        for question, meant in said.items()
        for answer, words in meant.items()
        for word in words.split()
        if answered({}, question, word) != {question: answer}
    ]
    assert wrong == []
