"""What is wrong is told in the words of the form, beside the box that it is about."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import Any

from generator.ground.errors import Problem
from generator.ground.messages import Message, chinese, say
from generator.tools.write.box_words import IN_BOXES
from generator.tools.write.problem_json import problem_json
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


def test_no_hint_of_the_page_names_a_file_or_a_line_of_yaml() -> None:
    """Whatever is said anywhere: as a hint in a text, at a box, of a whole file, of a file that lies beside it."""
    named = re.compile(r"content/|\.ya?ml|as private\b|（private）|privacy:|allow:|pseudonym:|counters:")
    places: list[dict[str, Any]] = [{"line": 7}, {"field": ("title",)}, {}]
    told = []
    for template in chinese():
        values = {name: "x" for _, name, _, _ in Formatter().parse(template) if name}
        message = Message(template, tuple(values.items()))
        for path in (PATH, "content/entries/a.docx", "content/people.yaml", "content/site.yaml"):
            for place in places:
                problem = Problem(path=path, message=say("x"), hint=message, **place)
                told += [problem_json(problem, language).get("hint") or "" for language in ("zh", "en")]
    assert [one for one in told if named.search(one)] == []
    # What is said otherwise is said anywhere.
    assert IN_BOXES.keys() <= chinese().keys()


PRIVATE = """\
people:
  - {id: p1, name: 张老五, role: private, pseudonym: 张某}
"""
ALLOWED = "写进“网站设置”的“可以公开的内容”"
SAID = {
    "打13912345678。": f"删掉它；确实可以发布的，连同理由{ALLOWED}",
    "张老五来了。": f"删掉名字，用“人员”按钮选上此人，印出来就是化名。这几个字并不是人名的，连同前后的字{ALLOWED}",
    "贫困户陈秀兰来了。": f"把此人登记到“人员名单”，身份选“普通群众”；确实可以发布的，连同理由{ALLOWED}",
    "见{target}``。": "删掉它，再用正文上面的按钮重新选",
}
"""What is said of private data in a text, and of a button's marks that were spoilt."""


def test_what_must_not_be_published_is_told_of_lists_and_buttons(space: SiteSpace, tmp_path: Path) -> None:
    space.write("content/people.yaml", PRIVATE)
    with asking(space, tmp_path, "zh") as page:
        for text, hint in SAID.items():
            space.write(PATH, DRAFT.replace("正文。", text))
            answered = page.ask("POST", "publish", {"path": PATH, "version": page.version(PATH)}).json
            assert [one["hint"] for one in answered.get("problems") or answered["asks"]] == [hint], text


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
