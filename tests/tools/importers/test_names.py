"""Names of persons in the lines of days: authors, or asked about, and never in an address unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.space import SiteSpace
from tests.tools.importers.manuscripts import made, reviewed
from tests.tools.importers.written import drafts, field


def test_names_behind_days_are_asked_about_and_stand_in_no_name_of_a_file(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    cases = {
        "2021年3月2日 星期二 晴 阮志强\n到岗。": (["阮志强"], "到岗", "[阮志强]"),
        "2021年3月2日 晴 李冬、王建国\n到岗。": (["李冬", "王建国"], "到岗", "[李冬, 王建国]"),
        "2021年3月2日 记录人：李冬、柯兰\n到岗。": (["李冬", "柯兰"], "到岗", "[李冬, 柯兰]"),
        "2021年3月2日 星期二 晴 吴刚\n到岗。": (["吴刚"], "到岗", "[吴刚]"),
        "看望王建国\n2021年3月2日\n到岗。": (["王建国"], "看望王建国", ""),
        "2021年3月2日 与富士康（烟台）园区座谈\n到岗。": ([], "与富士康（烟台）园区座谈", ""),
        "2021年3月2日 谭秀英\n到岗。": (["谭秀英"], "谭秀英", ""),
        "2021年3月2日 白班 李冬 夜班 赵敏\n发菜。": (["李冬", "赵敏"], "白班 李冬 夜班 赵敏", ""),
        "2021年3月2日 白班李冬，夜班赵敏\n发菜。": (["李冬", "赵敏"], "白班李冬，夜班赵敏", ""),
        "2021年3月2日 吴刚到岗\n看井。": (["吴刚"], "吴刚到岗", ""),
        "2021年3月2日 晴\n看井。\n在岗 阮志强 尹晓梅": (["阮志强", "尹晓梅"], "看井", ""),
        "2021年3月2日 星期二 晴 平安\n看井。": ([], "平安", ""),
        "2021年3月2日 王建国 晴\n到岗。": (["王建国"], "到岗", "[王建国]"),
        "2021年3月2日 星期二 赵铁柱 小雨\n到岗。": (["赵铁柱"], "到岗", "[赵铁柱]"),
        "2021年3月2日 星期二 上官云 晴\n到岗。": (["上官云"], "到岗", "[上官云]"),
        "2021年3月2日 星期二 石桥村 晴\n到岗。": ([], "到岗", ""),
        "2021年3月2日 星期二 晴 欧阳青\n到岗。": (["欧阳青"], "到岗", "[欧阳青]"),
        "2021年3月2日 星期二 晴 欧阳村\n到岗。": ([], "到岗", ""),
        "2021年3月2日 记录人：常胜利\n到岗。": (["常胜利"], "到岗", "[常胜利]"),
    }
    for number, (text, (asked, title, authors)) in enumerate(cases.items()):
        place = given(f"{number}.txt", text)
        found = json.loads(space.run(f"import --json {place}").out)[0]
        assert [one["source"] for one in found["questions"] if one["kind"] == "name"] == asked, text
        ((path, draft),) = ((path, text) for path, text in drafts(space).items() if f"/{number}/" in path)
        assert (field(draft, "title"), field(draft, "authors")) == (title, authors), text
        assert not any(name in path for name in asked), path


def test_who_writes_every_day_is_its_author_and_who_is_visited_is_none() -> None:
    writers = reviewed(made("2021年3月2日 阮志强", "甲。", "3月3日 柯兰", "乙。", "3月4日 阮志强", "丙。"))
    assert [(one.title, one.author) for one in writers.entries] == [("甲", "阮志强"), ("乙", "柯兰"), ("丙", "阮志强")]
    visited = reviewed(made("2021年3月2日 阮志强", "甲。", "3月3日 柯兰", "乙。", "3月4日 尹晓梅", "丙。"))
    assert [(one.title, one.author) for one in visited.entries] == [("阮志强", ""), ("柯兰", ""), ("尹晓梅", "")]
    assert [one.source for one in visited.questions] == ["阮志强", "柯兰", "尹晓梅"]


def test_a_name_in_that_of_the_file_is_asked_about_and_stands_in_no_folder(
    space: SiteSpace, given: Callable[[str, str], Path]
) -> None:
    place = given("阮志强日记2021.txt", "驻村第一年，第一天。\n\n2021年3月2日 晴\n到岗。\n")
    found = json.loads(space.run(f"import --json {place}").out)[0]
    assert [one["source"] for one in found["questions"]] == ["阮志强"]
    assert sorted(drafts(space)) == ["entries/日记2021/2021-03-02-到岗.md", "pages/日记2021/lead.md"]


def test_names_that_the_words_around_them_call_so_are_asked_about() -> None:
    texts = {
        "通讯员 唐小雨。通讯员唐小雨走访。": ["唐小雨"],
        "低保户白云、五保户田野、孤儿高山、残疾人江河。": ["白云", "田野", "高山", "江河"],
        "孤儿雷雨生读三年级。": ["雷雨生"],
        "参会：温国强 边红（请假：乜小龙）": ["温国强", "边红", "乜小龙"],
        "村民“二憨”家漏雨。孤儿小石头（大名石磊）。": ["二憨", "石磊"],
        "谢谢你们。\n老队员  郎永年\n": ["郎永年"],
        "忙了一天。\n郎永年\n": ["郎永年"],
        "孤儿关爱工作，贫困户高兴地说，低保户满意，残疾人康复中心，村民小组，群众利益，通讯员培训。": [],
        "特困户危房改造，孤儿常年在家，五保户田野上有井，村民“一事一议”。\n平安\n值班：全体人员": [],
        "贫困户向阳村老李。记录：全部完成": [],
        "走访了李大山。送周福生去医院，给韩月娥送米。": ["李大山", "周福生", "韩月娥"],
        "走访了李家村、老党员。送粮食去镇上，给老人送米，帮大家修渠，慰问了消防队。": [],
        "06周日志": [],
        "贫困户孙二娘家漏雨，残疾人赵四叔叔来访。": ["孙二娘", "赵四"],
        "残疾人阿依古丽来访。": ["阿依古丽"],
    }
    found = {
        text: [one.source for one in reviewed(made("2021年3月2日", *text.split("\n"))).questions] for text in texts
    }
    assert found == texts


def test_whole_names_of_persons_without_surnames_are_asked_about() -> None:
    cases = {
        "孤儿古丽扎尔读三年级，热孜万古丽领补助。": ["古丽扎尔", "热孜万古丽"],
        "村民吐尔逊、努尔买买提来领种子，家长马合木提签字。": ["吐尔逊", "努尔买买提", "马合木提"],
        "牧民巴特尔家接羔40只，娜仁托娅帮忙。": ["巴特尔", "娜仁托娅"],
        "村民格桑、达瓦次仁来问补助，帮扎西修房。": ["格桑", "达瓦次仁", "扎西"],
        "入户吉克石布、沙马尔洛两家。": ["吉克石布", "沙马尔洛"],
        "看望百岁老人岩温罕，到玉香南家。": ["岩温罕", "玉香南"],
        "带班领导：高峰": ["高峰"],
    }
    found = {text: [one.source for one in reviewed(made("2021年3月2日", text)).questions] for text in cases}
    assert found == cases


def test_places_and_words_that_sound_like_such_names_are_none() -> None:
    for text in (
        "从呼和浩特坐车到乌兰察布，再到阿拉善左旗。", "在拉萨开会，去日喀则、那曲、尼玛县。", "达瓦镇扎西路修通。",
        "去哈尔滨、格尔木、德令哈、库尔勒。", "献哈达，喝酥油茶，木耳收了。", "努力工作，巴士来了。", "格桑花开了。",
    ):  # fmt: skip
        assert reviewed(made("2021年3月2日", text)).questions == (), text
