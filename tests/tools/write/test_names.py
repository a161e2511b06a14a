"""Names of files: new ones, those that a title gives, and what private names may not be in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, PATH, Asking, beside


def test_new_files_have_names_of_their_own(space: SiteSpace, page: Asking) -> None:
    sent = {"kind": "entry", "fields": {"title": "进企业", "date": "2020-03-06"}, "text": "上午。\n"}
    first, second = page.ask("POST", "file", sent), page.ask("POST", "file", sent)
    assert (first.status, first.json["path"]) == (201, "content/entries/2020-03-06-进企业.md")
    assert second.json["path"] == "content/entries/2020-03-06-进企业-2.md"
    made = (space.folder / first.json["path"]).read_text(encoding="utf-8")
    assert made == "---\ntitle: 进企业\ndate: 2020-03-06\nstatus: draft\n---\n\n上午。\n"
    assert space.run("check").status == 0
    # Without a title, it would have none. What bears that name already has nothing to do with it.
    space.write("content/entries/2020-03-07.md", DRAFT)
    for kind, field in (("entry", "title"), ("page", "title"), ("target", "name")):
        refused = page.ask("POST", "file", {"kind": kind, "fields": {field: " ", "date": "2020-03-07"}})
        (problem,) = refused.json["problems"]
        assert (refused.status, problem["path"], problem["field"]) == (422, "", field)
    assert page.ask("POST", "file", {"kind": "entry", "fields": {}, "text": "写了。\n"}).status == 201


PEOPLE = "people: [{id: p1, name: 李守田, role: private, pseudonym: 李某}]\n"


def test_a_private_name_stands_in_no_name_of_a_new_file(space: SiteSpace, page: Asking) -> None:
    space.write("content/people.yaml", PEOPLE)
    sent = {"kind": "entry", "fields": {"title": "走访李守田", "date": "2020-05-15"}, "text": "去看了他。\n"}
    assert page.ask("POST", "file", sent).json["path"] == "content/entries/2020-05-15-走访李某.md"


def test_a_file_gets_the_name_that_its_title_and_day_would_give_it(space: SiteSpace, page: Asking) -> None:
    """Its history goes with it; nothing else is lost, and nobody's link leads nowhere."""
    old, new = "content/entries/2020-05-15-走访李守田.md", "content/entries/2020-05-15-走访李某-2.md"
    space.write("content/people.yaml", PEOPLE)
    space.write("content/entries/2020-05-15-走访李某.md", DRAFT)
    space.write(old, DRAFT.replace("标题", "走访李某").replace("2020-03-05", "2020-05-15"))

    def rename(path: str) -> Any:
        return page.ask("POST", "rename", {"path": path, "version": page.version(path)})

    change = page.ask("PATCH", "file", {"version": page.version(old), "text": "去了。\n"}, path=old).json
    for link in ("2020-05-15-走访李守田.md", quote("2020-05-15-走访李守田.md"), "/2020/05/15/走访李守田/"):
        space.write(PATH, DRAFT.replace("正文", f"见[那天]({link})"))
        assert (rename(old).status, rename(old).facts) == (422, ["“标题” has a link to this file, or names it"]), link
    space.write(PATH, DRAFT)
    assert rename(old).json == {"path": new, "version": change["version"]}
    assert beside(space) == ["2020-05-15-走访李某-2.md", "2020-05-15-走访李某.md", "a.md"]
    assert page.ask("GET", "history", path=old).json == []
    (state,) = page.ask("GET", "history", path=new).json
    assert page.ask("GET", "history", path=new, state=state["state"]).json["source"].endswith("正文。\n")
    undo = page.ask("DELETE", "file", {"version": page.version(new)}, path=new).json
    assert page.ask("POST", "undo", undo).json["path"] == new
    # It has the right name already.
    assert rename(new).json["path"] == new
    for path, text, field in (
        (PATH, DRAFT.replace("title: 标题\n", ""), "title"),
        ("content/people.yaml", PEOPLE, None),
    ):
        space.write(path, text)
        refused = rename(path)
        assert (refused.status, refused.json["problems"][0].get("field")) == (422, field), text
        assert (space.folder / path).read_text(encoding="utf-8") == text


def test_what_is_published_is_found_at_its_old_address_too(space: SiteSpace, page: Asking) -> None:
    def rename(path: str) -> Any:
        renamed = page.ask("POST", "rename", {"path": path, "version": page.version(path)})
        assert renamed.status == 200, renamed.facts
        assert renamed.json["version"] == page.version(renamed.json["path"])
        return renamed.json["path"]

    final = DRAFT.replace("status: draft\n", "")
    space.write(PATH, final)
    space.build()
    path = rename(PATH)
    assert path == "content/entries/2020-03-05-标题.md"
    assert (space.folder / path).read_text(encoding="utf-8") == final.replace(
        "---\n正", "aliases: [/2020/03/05/a/]\n---\n正"
    )
    space.build()
    assert "2020/03/05/标题/" in space.page("2020/03/05/a/")
    # Its own address is none of its old ones.
    page.ask("PATCH", "file", {"version": page.version(path), "fields": {"title": "a"}}, path=path)
    path = rename(path)
    assert "aliases: [/2020/03/05/标题/]\n" in (space.folder / path).read_text(encoding="utf-8")
    space.build()
    assert "2020/03/05/a/" in space.page("2020/03/05/标题/")
    # An address that tells a private name was never published, and is not kept.
    space.write("content/people.yaml", PEOPLE)
    told = "content/entries/走访李守田.md"
    space.write(told, final)
    assert "李守田" not in (space.folder / rename(told)).read_text(encoding="utf-8")
    # A page has its address by its name, too.
    space.write("content/pages/b.md", "---\ntitle: 关于我们\n---\n正文。\n")
    assert "aliases: [/b/]" in (space.folder / rename("content/pages/b.md")).read_text(encoding="utf-8")
