"""How people lay out their diaries: which days, titles and texts come of it, what is asked, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from generator.cli import importing
from generator.cli.main import main
from generator.tools.importers.answers import answered
from tests.space import SiteSpace
from tests.tools.importers.manuscripts import made, reviewed

LAYOUTS = Path(__file__).parents[2] / "fixtures" / "layouts.txt"
"""Behind a name, a text; and below a line of two hyphens, what an import makes of it."""


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
    return "\n".join((*map(str.rstrip, lines), *([f"- {' / '.join(left)}"] if left else ())))


def layouts() -> dict[str, tuple[str, str]]:
    """By their names, the texts and what comes of them."""
    found = {}
    for one in LAYOUTS.read_text(encoding="utf-8").removeprefix("== ").split("\n\n== "):
        name, _, rest = one.partition("\n")
        text, _, made = rest.partition("\n--\n")
        found[name] = text, made.rstrip("\n")
    return found


def test_layouts(space: SiteSpace, tmp_path_factory: Any) -> None:
    folder: Path = tmp_path_factory.mktemp("layouts")
    known = layouts()
    assert len(known) > 20
    for number, (name, (text, _)) in enumerate(known.items()):
        (folder / f"{number:03}.{'md' if 'Markdown' in name else 'txt'}").write_text(text, encoding="utf-8")
    ran = space.run(f"import --json --dry-run {folder}")
    assert "would be lost" not in ran.err
    made = json.loads(ran.out)
    wrong = {
        name: shown(found)
        for (name, (_, wanted)), found in zip(known.items(), made, strict=True)
        if shown(found) != wanted
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
        ("小满：\n厂里好\n爸爸\n2021年3月1日\n小满：\n已试车\n爸爸\n2021年3月2日", "days=below"): [
            "2021-03-01 厂里好 小满： 厂里好 爸爸", "2021-03-02 已试车 小满： 已试车 爸爸",
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
    (folder / "a.txt").write_text(dedent(text).strip(), encoding="utf-8")
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


def test_answers_are_told_where_one_is_missing(
    space: SiteSpace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "is_answerable", lambda: True)
    out = asked(space, tmp_path, "2022年2月30日\n甲。\n2022年4月31日\n乙。", "2022-02-28\n\n")
    assert "带着它重新开始" in out
    assert f"--answer date:0=2022-02-28 {tmp_path / 'a.txt'}" in out


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


def test_the_day_of_a_letter_above_a_diary_is_offered() -> None:
    for paper in ("驻村工作记录", "关于三月份驻村工作的报告", "三月工作日志（二）"):
        for year in ("", "2022年"):
            days = (f"{year}3月5日 到村", "安顿。", f"{year}3月6日 入户", "四家。")
            found = reviewed(made("河口镇政府", "2022年3月1日", paper, *days))
            assert "cut:1" in [one.id for one in found.questions], (paper, year)
    found = reviewed(made("2022年3月1日", "报到", "2022年3月5日", "到村。", "2022年3月6日", "入户。"))
    assert (len(found.entries), found.questions) == (3, ())


def test_heads_and_feet_of_pages_are_no_titles() -> None:
    days = "2020年4月7日　星期二　晴", "2020年4月8日　星期三　晴"
    head = "驻村日记      第{}页"
    found = reviewed(made(head.format(1), days[0], "剪枝。", "— 1 —", head.format(2), days[1], "喂蚕。"))
    assert [one.title for one in found.entries] == ["剪枝", "喂蚕"]
    foot = reviewed(made("驻村日记", days[0], "剪枝。", "第1页 共2页", days[1], "喂蚕。"))
    assert [one.title for one in foot.entries] == ["剪枝", "喂蚕"]
    assert foot.questions == ()


def test_numbers_of_things_are_no_days() -> None:
    lines = ("2023年1月9日 换表", "换表如下：", "1号楼  24块", "2号炉 正常", "2023年1月10日 继续", "3号线 通车")
    found = reviewed(made(*lines))
    assert ([len(one.blocks) for one in found.entries], found.questions) == ([3, 1], ())


def test_a_period_behind_a_title_says_the_days_of_all() -> None:
    title = "2021年第18周工作小结（5月3日—5月7日）"
    whole = reviewed(made(title, "接种疫苗86人。"))
    (asked,) = whole.questions
    assert [(one.title, len(one.blocks)) for one in whole.entries] == [(title, 1)]
    assert (asked.kind, asked.options) == ("date", ("2021-05-03/2021-05-07",))
    days = reviewed(made(title, "5月3日 周一", "开会。", "5月4日 周二", "走访。"))
    assert [one.span.iso() for one in days.entries if one.span] == ["2021-05-03", "2021-05-04"]


def test_more_days_of_a_month_than_a_chapter_has_parts_are_days() -> None:
    days = [line for day in range(1, 15) for line in (f"3.{day} 走访", "去了三户。")]
    found = reviewed(made("2022年工作日志", *days))
    assert (len(found.entries), found.questions) == (14, ())
