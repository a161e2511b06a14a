"""What the page is told of a site: its forms, made from the schema, what they offer, and its files."""

from __future__ import annotations

import pytest

from generator.read.schema import SCHEMAS
from generator.tools.write.forms import forms
from generator.tools.write.kinds import page_kind
from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, Asking

TYPES = {
    "text", "long", "date", "dates", "bool", "number", "choice", "list", "targets", "tags", "counts", "requests",
    "policies", "picture", "object", "target", "kind", "person",
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_of_the_schema_has_a_box_with_its_name(language: str) -> None:
    made = forms(language)
    assert set(made) == {page_kind(kind) for kind in SCHEMAS}
    for kind, model in SCHEMAS.items():
        fields = made[page_kind(kind)]
        assert [field["name"] for field in fields] == list(model.model_fields)
        everything = list(fields)
        for field in everything:
            everything += field.get("fields", [])
            assert field["type"] in TYPES, field
            assert field["label"].strip(), field
            assert (language == "en") == field["label"].isascii(), field
    entry = {field["name"]: field for field in made["entry"]}
    assert (entry["title"]["required"], entry["place"]["required"]) == (True, False)
    assert entry["date"]["type"] == "dates"
    assert {choice["value"] for choice in entry["part"]["choices"]} == {"am", "pm", "evening"}
    assert {"id", "target", "title", "status"} <= {field["name"] for field in entry["requests"]["fields"]}


def test_a_site_offers_what_is_in_it(space: SiteSpace, page: Asking) -> None:
    space.write(
        "content/site.yaml",
        "title: 日志\ncounters:\n  走访: {label: 走访, unit: 户}\n  总数: {label: 总数, derived: requests}\n",
    )
    space.write("content/targets/taihe.md", "---\nname: 泰和\nkind: enterprise\nshort_name: 泰\n---\n")
    space.write("content/policies/p.md", "---\ntitle: 汇编\n---\n")
    space.write("content/people.yaml", "people: [{id: li, name: 李大有, role: private, pseudonym: 李某}]\n")
    requests = "[{id: r1, title: 缺料, target: taihe, status: raised}]"
    space.entry("b", date="2020-03-07", tags="[调研, 慰问]", requests=requests)
    space.entry("c", date="2020-03-08", tags="[调研]", requests="[{id: r1, status: 办结}]")
    space.write("content/entries/broken.md", "---\ntitle: [\n---\n")
    found = page.ask("GET", "site").json
    assert (found["title"], found["site_folder_name"]) == ("日志", space.folder.name)
    assert found["targets"] == [{"id": "taihe", "name": "泰和", "kind": "enterprise", "names": ["泰"]}]
    assert found["tags"] == ["慰问", "调研"]
    assert [one["id"] for one in found["kinds"]][:2] == ["enterprise", "project"]
    assert found["policies"] == [{"id": "p", "title": "汇编"}]
    assert [(one["id"], one["shown"]) for one in found["persons"]] == [("li", "李某")]
    assert [(one["id"], one["title"], one["status"]) for one in found["requests"]] == [("r1", "缺料", "resolved")]
    files = page.ask("GET", "files").json
    assert [one["title"] for one in files][:3] == ["标题", "标题", "标题"]
    assert [one["date"] for one in files][:3] == ["2020-03-08", "2020-03-07", "2020-03-05"]
    assert [one["draft"] for one in files][:3] == [False, False, True]
    space.entry("d", date="2020-03-01", body="去了青石村，ＡＢＣ。\n")
    sought = {
        "青石村": 1,
        "青石村 abc": 1,
        "青石村 别处": 0,
        "2020-03": 4,
        "d.md": 1,
        "调研": 2,
        "[": 4,
        "": len(files) + 1,
    }
    assert {words: len(page.ask("GET", "files", q=words).json) for words in sought} == sought
    # What cannot be read can be opened all the same, and mended as a text.
    broken = page.ask("GET", "file", path="content/entries/broken.md").json
    assert (broken["fields"], broken["source"]) == ({}, "---\ntitle: [\n---\n")
    assert not broken["is_readable"]
    assert broken["problems"][0]["line"] == 2
    sent = {"version": broken["version"], "source": "---\ntitle: 好\ndate: 2020-03-09\n---\n"}
    assert page.ask("PATCH", "file", sent, path="content/entries/broken.md").json["problems"] == []
    assert page.ask("GET", "file", path="content/entries/broken.md").json["is_readable"]
    # A private person's own name is for nobody to see here but in the register.
    assert "李大有".encode() not in page.ask("GET", "files").body


def test_settings_and_persons_have_forms_too(space: SiteSpace, page: Asking) -> None:
    people = "content/people.yaml"
    # It is there as soon as somebody writes in it, not before.
    known, li = page.ask("GET", "file", path=people), {"id": "li", "name": "李四", "role": "official"}
    assert (known.status, known.json["fields"]) == (200, {})
    assert not (space.folder / people).exists()
    sent: dict[str, object] = {"version": known.json["version"], "fields": {"people": [li]}}
    assert page.ask("PATCH", "file", sent, path=people).status == 200
    assert page.ask("GET", "file", path=people).json["fields"] == {"people": [li]}
    # What was seen before anybody had written in it is another file by now.
    assert page.ask("PATCH", "file", sent, path=people).status == 409
    site = page.ask("GET", "file", path="content/site.yaml").json
    sent = {
        "version": site["version"],
        "fields": {"counters": {"visits": {"label": "走访", "unit": ""}}, "description": "工作组的日志"},
    }
    saved = page.ask("PATCH", "file", sent, path="content/site.yaml")
    assert saved.status == 200
    assert space.run("check").status == 0
    again = page.ask("GET", "file", path="content/site.yaml").json["fields"]
    assert again["counters"] == {"visits": {"label": "走访"}}


def test_what_is_used_is_told_before_it_goes(space: SiteSpace, page: Asking) -> None:
    space.write("content/site.yaml", "title: 日志\ncounters: {走访: {unit: 户}}\nkinds: {village: 村}\n")
    space.write("content/targets/hong.md", "---\nname: 红星村\nkind: village\nshort_name: 红星\n---\n")
    people = "[{id: li, name: 李大有, role: private, pseudonym: 李某}, {id: zhou, name: 周明德, role: official}]"
    space.write("content/people.yaml", f"people: {people}\n")
    space.write("content/policies/p.md", "---\ntitle: 汇编\n---\n")
    raised = "[{id: r1, title: 缺料, status: raised}]"
    space.entry("b", "到{target}`红星`，见{person}`li`，走了{count}`走访 about`户。", date="2020-03-07")
    space.entry("c", title="送政策", targets="[红星村]", policies="[p]", counts="{走访: 3}", requests=raised)
    ended = "[{id: r1, status: 办结, person: zhou, helped_by: [li]}]"
    space.entry("d", targets="[hong]", requests=ended)
    targets, entries, settings = "content/targets/hong.md", "content/entries/", "content/site.yaml"
    asked: dict[str, tuple[dict[str, str], list[str]]] = {
        "target": ({"path": targets}, ["b", "c", "d"]),
        "policy": ({"path": "content/policies/p.md"}, ["c"]),
        "entry": ({"path": f"{entries}c.md"}, ["d"]),
        "unused": ({"path": f"{entries}b.md"}, []),
        "person": ({"path": "content/people.yaml", "field": "people", "id": "li"}, ["b", "d"]),
        "responsible": ({"path": "content/people.yaml", "field": "people", "id": "zhou"}, ["d"]),
        "another": ({"path": "content/people.yaml", "field": "people", "id": "l"}, []),
        "counter": ({"path": settings, "field": "counters", "id": "走访"}, ["b", "c"]),
        "request": ({"path": f"{entries}c.md", "field": "requests", "id": "r1"}, ["d"]),
    }
    for name, (query, users) in asked.items():
        found = page.ask("GET", "uses", **query).json
        assert (name, [one["path"] for one in found]) == (name, [f"{entries}{one}.md" for one in users])
    kind = page.ask("GET", "uses", path=settings, field="kinds", id="village").json
    assert kind == [{"path": targets, "title": "红星村"}]


def test_a_field_that_nobody_knows_is_taken_off(space: SiteSpace, page: Asking) -> None:
    path = "content/entries/a.md"
    space.write(path, DRAFT.replace("status:", "wether: 晴\nstatus:"))
    read = page.ask("GET", "file", path=path).json
    assert [(one["field"], one["place"]) for one in read["problems"]] == [("wether", ["wether"])]
    sent = {"version": read["version"], "fields": {"wether": None}}
    assert page.ask("PATCH", "file", sent, path=path).json["problems"] == []
    assert (space.folder / path).read_text(encoding="utf-8") == DRAFT


HINTS = {
    DRAFT.replace("title: 标题\n", ""): None,
    DRAFT.replace("2020-03-05", "[2020-03-05]"): "write 2020-03-05",
    DRAFT.replace("2020-03-05", "3月5日"): "write the year too, as in 2020-03-05",
    DRAFT.replace("---\n正文", "正文"): "put a line of three hyphens, ---, below its last field",
    DRAFT.replace("正文", "正文[^1]"): "write it on a line of its own: [^1]: its text",
}
"""What is said of files: nothing of YAML where there is a box, but all of it where the file's own text is mended."""


def test_hints_speak_of_boxes_not_of_lines(space: SiteSpace, page: Asking) -> None:
    for text, hint in HINTS.items():
        space.write("content/entries/a.md", text)
        (problem,) = page.ask("GET", "file", path="content/entries/a.md").json["problems"]
        assert problem.get("hint") == hint, text
