"""What is wrong is told in the words of the form, beside the box that it is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, PATH, asking

PEOPLE = """\
people:
  - {id: p1, name: 张老五, role: 普通群众}
  - {id: p2, name: 李大有, role: private, pseudonym: 李某}
  - {id: p3, name: 周明德, role: official}
"""
COUNTERS = "title: 日志\ncounters: {走访: {unit: 户}}\n"


def test_problems_speak_as_the_form_does(space: SiteSpace, tmp_path: Path) -> None:
    space.write("content/people.yaml", PEOPLE)
    space.write("content/site.yaml", COUNTERS)
    for name in ("t1", "t2"):
        space.write(f"content/targets/{name}.md", f"---\nname: 村{name}\nkind: village\n---\n")
    huge = "9" * 20
    helped = "requests: [{id: r1, title: 缺料, status: raised, helped_by: [p1], person: p2}]\n"
    files = {
        "": DRAFT.replace("title: 标题\n", ""),
        "empty": DRAFT.replace("title: 标题", "title: # 标题"),
        "count": DRAFT.replace("status:", f"counts: {{走访: {huge}}}\nstatus:"),
        "person": DRAFT.replace("正文", "见{person}`p1`"),
        "who": DRAFT.replace("status: draft\n", f"status: draft\n{helped}").replace("p2", "王五").replace("p1", "王婆"),
        "unknown": DRAFT.replace("正文", "见{person}`王婆`"),
        "divided": DRAFT.replace("status:", "targets: [t1, t2]\ncounts: {走访: 3}\nstatus:"),
        "counter": DRAFT.replace("status:", "counts: {跑步: 3}\nstatus:").replace("正文", "跑了{count}`登山`次"),
        "helper": DRAFT.replace("status: draft\n", f"status: draft\n{helped}"),
    }
    told: dict[str, list[Any]] = {}
    with asking(space, tmp_path, "zh") as page:
        for name, text in files.items():
            space.write(PATH, text)
            answered = page.ask("POST", "publish", {"path": PATH, "version": page.version(PATH)})
            found = [one for one in answered.json.get("problems") or answered.json["asks"] if one["path"] == PATH]
            told[name] = [(one.get("place"), one["message"], one.get("hint"), "is_missing" in one) for one in found]
        # What a build finds in a line of a field stands at that field, as what the file says by itself.
        space.write(PATH, DRAFT.replace("title: 标题", "title: 标题 # 三"))
        asked = page.ask("POST", "publish", {"path": PATH, "version": page.version(PATH)}).json["asks"]
        assert asked == page.ask("GET", "file", path=PATH).json["problems"]
        assert [one["field"] for one in asked] == ["title"]
        space.write("content/targets/t.md", "---\nkind: village\n---\n")
        target = page.ask("GET", "file", path="content/targets/t.md").json["problems"]
        people = page.ask("GET", "file", path="content/people.yaml").json["problems"]
    spoken = "普通群众“张老五”没有化名，真名是从不印出来的"
    hint = "到“人员名单”里给此人填上“化名”"
    counted = "到“网站设置”的“统计名目”里加上它"
    assert told == {
        "": [(["title"], "缺少 标题", None, True)],
        "empty": [(["title"], "标题 是空的", None, True)],
        "count": [(["counts", "走访"], f"“{huge}”太大了", "最多写九位数", False)],
        "person": [(None, spoken, hint, False)],
        "who": [
            (
                ["requests", 0, "person"],
                "责任人要先写进“人员名单”",
                "先把此人加进“人员名单”，再回来这里选",
                False,
            )
        ],
        "unknown": [(None, "没有编号为“王婆”的人", "先把此人加进“人员名单”，编号就用这个", False)],
        "divided": [
            (
                ["counts", "走访"],
                "“走访”只写了一个数，却有2个服务对象，每个对象都会按全数算",
                "先清空这个数，再按对象分别填；本来就是几家共有的（如一场座谈会），到“网站设置”的“统计名目”里选“几家共有”",
                False,
            )
        ],
        "counter": [
            (["counts", "跑步"], "没有“跑步”这个计数", counted, False),
            (None, "没有“登山”这个计数", counted, False),
        ],
        "helper": [
            (
                ["requests", 0, "person"],
                "“李某”是普通群众，不能作为责任人公开",
                "请选公职人员或单位代表，或者只填承办单位",
                False,
            ),
            (["requests", 0, "helped_by", 0], spoken, hint, False),
        ],
    }
    assert [one["message"] for one in target] == ["缺少 名称"]
    # Whom no text can speak of yet is told in the list of people.
    (told_of,) = people
    assert (told_of["place"], told_of["is_error"]) == (["people", 0, "pseudonym"], False)
    assert told_of["message"].startswith("“张老五”还没有化名")


def test_the_page_knows_what_readers_have_seen(space: SiteSpace, tmp_path: Path) -> None:
    final = DRAFT.replace("status: draft\n", "")
    space.write(PATH, final)
    with asking(space, tmp_path) as page:

        def is_public() -> bool:
            return bool(page.ask("GET", "file", path=PATH).json["is_public"])

        assert not is_public()
        space.build()
        assert is_public()
        space.write(PATH, DRAFT)
        assert not is_public()
