"""Saving: nobody's words are lost, whoever else writes, whenever it is killed, however full the disk is."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from generator.pipeline.publish.manifest import STATE
from generator.read.sources import MOST_BYTES
from generator.tools.write import history, swap
from generator.tools.write.history import BURST_SECONDS, MOST
from tests.pipeline.processes import traced
from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, Asking

PATH = "content/entries/a.md"
OTHER = DRAFT.replace("正文", "别人写的")


def source(space: SiteSpace) -> str:
    return (space.folder / PATH).read_text(encoding="utf-8")


def beside(space: SiteSpace) -> list[str]:
    return sorted(one.name for one in (space.folder / "content/entries").iterdir())


def change(page: Asking, version: str, text: str = "新的。\n") -> Any:
    return page.ask("PATCH", "file", {"version": version, "text": text}, path=PATH)


def test_a_field_is_changed_at_its_place(space: SiteSpace, page: Asking) -> None:
    read = page.ask("GET", "file", path=PATH).json
    assert read["fields"] == {"title": "标题", "date": "2020-03-05", "status": "draft"}
    saved = page.ask("PATCH", "file", {"version": read["version"], "fields": {"date": "2020-03-06"}}, path=PATH)
    assert (saved.status, saved.json["problems"]) == (200, [])
    assert saved.json["url"] == "/2020/03/06/a/"
    assert source(space) == DRAFT.replace("03-05", "03-06")
    assert saved.json["version"] == page.version(PATH)


def test_a_field_that_is_emptied_and_filled_again_stands_where_it_stood(space: SiteSpace, page: Asking) -> None:
    old = "---\n# 注\ntitle: 标题\n" + DRAFT.split("\n", 2)[2]
    space.write(PATH, old)
    for name, value in (("title", "标题"), ("date", "2020-03-05"), ("status", "draft")):
        for sent in ("", value):
            saved = page.ask("PATCH", "file", {"version": page.version(PATH), "fields": {name: sent}}, path=PATH)
            assert saved.status == 200
        assert source(space) == old.replace("   # 留着", "") if name == "date" else source(space)
        space.write(PATH, old)
    assert saved.json["text_line"] == 7
    # A file that has none of the fields before it gets it at the beginning.
    space.write(PATH, "---\n# 注\nplace: 村\n---\n")
    page.ask("PATCH", "file", {"version": page.version(PATH), "fields": {"title": "标题"}}, path=PATH)
    assert source(space) == "---\n# 注\ntitle: 标题\nplace: 村\n---\n"


def test_what_somebody_else_has_written_is_never_overwritten(space: SiteSpace, page: Asking) -> None:
    version = page.version(PATH)
    space.write(PATH, OTHER)
    writes = {
        "change": ("PATCH", "file", {"version": version, "text": "新的。\n"}),
        "delete": ("DELETE", "file", {"version": version}),
        "publish": ("POST", "publish", {"version": version, "path": PATH}),
        "rename": ("POST", "rename", {"version": version, "path": PATH}),
    }
    for name, (method, address, sent) in writes.items():
        refused = page.ask(method, address, sent, path=PATH)
        assert (name, refused.status) == (name, 409)
        assert refused.json["text"] == "别人写的。\n"
        assert source(space) == OTHER, name
    (space.folder / PATH).unlink()
    gone = change(page, version)
    assert (gone.status, gone.json["version"]) == (409, None)
    assert not (space.folder / PATH).exists()


@pytest.mark.parametrize("can_swap", [True, False])
def test_what_is_written_in_the_last_moment_is_kept(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch, *, can_swap: bool
) -> None:
    """Somebody writes after the version was looked at, right before the new file takes the place of the old one."""
    version = page.version(PATH)
    real = os.access

    def write_first(place: Path, mode: int) -> bool:
        space.write(PATH, OTHER)
        return real(place, mode)

    monkeypatch.setattr(os, "access", write_first)
    if not can_swap:
        monkeypatch.setattr(swap, "_rename", lambda: None)
    refused = change(page, version)
    assert refused.status == 409
    assert source(space) == OTHER
    assert beside(space) == ["a.md"]
    assert page.ask("DELETE", "file", {"version": version}, path=PATH).status == 409
    assert source(space) == OTHER
    assert beside(space) == ["a.md"]


def test_what_nobody_can_read_is_kept_too(space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody puts a file there in the last moment that is larger than any text may be."""
    real, large = os.access, OTHER + "多" * MOST_BYTES

    def write_first(place: Path, mode: int) -> bool:
        space.write(PATH, large)
        return real(place, mode)

    monkeypatch.setattr(os, "access", write_first)
    for method, sent in (("PATCH", {"text": "新的。\n"}), ("DELETE", {})):
        space.write(PATH, DRAFT)
        assert page.ask(method, "file", {"version": page.version(PATH), **sent}, path=PATH).status == 409
        assert source(space) == large, method
        assert beside(space) == ["a.md"]


CALLS = ("write", "fsync", "mkdir", "rename", "renameat2", "link", "unlink", "rmdir")
"""All by which a save changes anything on the disk."""
NEW = DRAFT.replace("正文", "新的")
WRITES: dict[str, tuple[Callable[[Asking, str], Any], tuple[str | None, ...]]] = {
    "change": (change, (DRAFT, NEW)),
    "delete": (lambda page, version: page.ask("DELETE", "file", {"version": version}, path=PATH), (DRAFT, None)),
    "rename": (lambda page, version: page.ask("POST", "rename", {"path": PATH, "version": version}), (DRAFT, None)),
    "create": (
        lambda page, _: page.ask("POST", "file", {"kind": "entry", "fields": {"title": "二", "date": "2020-03-06"}}),
        (DRAFT,),
    ),
}
"""Each way to write, and what may be there when it ends early."""


# A file that gets another name is made like a new one.
@pytest.mark.parametrize("way", [way for way in WRITES if way != "create"])
def test_killed_at_any_system_call_the_old_or_the_new_file_is_there_whole(
    space: SiteSpace, page: Asking, tmp_path_factory: pytest.TempPathFactory, way: str
) -> None:
    write, allowed = WRITES[way]
    version, log, killed = page.version(PATH), tmp_path_factory.mktemp("calls") / "log", 0

    def act() -> int:
        return int(write(page, version).status >= 400)

    def renew() -> None:
        for folder in ("content/entries", STATE):
            shutil.rmtree(space.folder / folder, ignore_errors=True)
        space.write(PATH, DRAFT)

    for call in CALLS:
        renew()
        for moment in range(1, traced(act, log, call) + 1):
            renew()
            traced(act, log, call, kills_at=moment)
            left = space.folder / PATH
            assert (left.read_text(encoding="utf-8") if left.exists() else None) in allowed, (call, moment)
            # What was only begun has a dot in front, so it is no content; and it stands in nobody's way.
            whole = [left.with_name(name) for name in beside(space) if not name.startswith(".")]
            assert all((left.parent / name).read_bytes().endswith((b"\n", b"---\n\n")) for name in whole), (
                call,
                moment,
            )
            assert whole or way == "delete", (call, moment)
            killed += 1
    assert killed >= 4
    renew()
    assert write(page, version).status in (200, 201)


@pytest.mark.parametrize("way", WRITES)
def test_on_a_full_disk_the_old_file_stays(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    write, _ = WRITES[way]
    version = page.version(PATH)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        patch.setattr(shutil, "copyfile", lambda *_: full(0))
        refused = write(page, version)
    assert refused.status == 422
    assert "No space left on device" in refused.facts[0]
    assert source(space) == DRAFT
    assert beside(space) == ["a.md"]
    assert write(page, version).status in (200, 201)


def test_where_no_state_can_be_kept_nothing_is_changed(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for write in (change, WRITES["delete"][0]):
        with monkeypatch.context() as patch:
            patch.setattr(history, "whole_file", full)
            assert write(page, page.version(PATH)).status == 422
        assert source(space) == DRAFT
        assert beside(space) == ["a.md"]


def test_a_file_that_may_not_be_written_is_left(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    refused = change(page, page.version(PATH))
    assert (refused.status, source(space)) == (422, DRAFT)
    assert "it cannot be written, so it is left as it is" in refused.facts[0]


def test_the_last_states_are_kept_and_can_be_had_again(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    version = page.version(PATH)
    for number in range(MOST + 5):
        now[0] += BURST_SECONDS + 1
        version = change(page, version, f"第{number}次。\n").json["version"]
    states = page.ask("GET", "history", path=PATH).json
    assert len(states) == MOST
    texts = [page.ask("GET", "history", path=PATH, state=one["state"]).json["source"] for one in states]
    assert [text.rpartition("---\n")[2] for text in texts] == [f"第{n}次。\n" for n in range(MOST + 3, 3, -1)]
    # What is typed within a burst is not kept each time.
    typed = f"第{MOST + 4}次。\n"
    for number in range(3):
        version = change(page, version, typed := f"{typed}打字{number}。\n").json["version"]
    assert page.ask("GET", "history", path=PATH).json == states
    now[0] += BURST_SECONDS + 1
    sent = {"version": version, "text": "我的。\n", "keeps": True}
    version = page.ask("PATCH", "file", sent, path=PATH).json["version"]
    states = page.ask("GET", "history", path=PATH).json
    assert page.ask("GET", "history", path=PATH, state=states[0]["state"]).json["source"].endswith(typed)
    back = page.ask("POST", "history", {"version": version, "state": states[3]["state"]}, path=PATH)
    assert back.json["text"] == f"第{MOST + 1}次。\n"
    assert source(space).endswith(f"第{MOST + 1}次。\n")
    assert page.ask("GET", "history", path=PATH).json[0]["bytes"] == len(DRAFT.replace("正文", "我的").encode())
    # The state before is one of them, so nothing is lost by going back, and a strange name leads nowhere.
    for strange in ("../a.md", "000001-1/../../x", ""):
        assert page.ask("GET", "history", path=PATH, state=strange).status == 422, strange


SENTENCES = "上午到红星村，看了三户。\n\n村东头的桥要修，张书记说雨季以前动工。\n\n下午座谈，记下五条意见。\n"


def kept(page: Asking) -> list[str]:
    """The texts of the kept states, the last first."""
    states = page.ask("GET", "history", path=PATH).json
    texts = [page.ask("GET", "history", path=PATH, state=one["state"]).json["source"] for one in states]
    return [text.partition("---\n正文。\n")[0].rpartition("---\n")[2] for text in texts]


def test_what_is_deleted_while_it_is_written_can_be_had_back(page: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    version = change(page, page.version(PATH), "").json["version"]

    def write(*texts: str) -> None:
        nonlocal version
        for text in texts:
            now[0] += 2
            version = change(page, version, text).json["version"]

    begun = kept(page)
    # Corrected here and there, then deleted at a stroke: the fullest text is kept, once.
    write(*(SENTENCES[:n] for n in (5, 13, 12, 30, 27, len(SENTENCES))), "")
    assert kept(page) == [SENTENCES, *begun]
    # Another text of the same length in its place; deleted letter by letter, for which nothing more is kept.
    other = SENTENCES[::-1]
    write(SENTENCES, other, *(other[:-n] for n in range(1, len(other), 3)))
    assert kept(page) == [other, SENTENCES, *begun]
    # Much is written: what says something of its own outlasts what is a part of the next.
    for number in range(MOST * 2):
        now[0] += BURST_SECONDS + 1
        write("".join(f"第{n}次。\n" for n in range(number + 1)))
    left = kept(page)
    assert len(left) == MOST
    assert {SENTENCES, other} <= set(left)


def test_what_is_given_up_is_kept(space: SiteSpace, page: Asking) -> None:
    typed = {"fields": {"place": "村部"}, "text": SENTENCES}
    assert page.ask("POST", "kept", typed, path=PATH).status == 200
    assert source(space) == DRAFT
    (state,) = page.ask("GET", "history", path=PATH).json
    told = page.ask("GET", "history", path=PATH, state=state["state"]).json["source"]
    assert told.startswith("---\ntitle: 标题\n")
    assert "place: 村部\n" in told
    assert told.endswith(SENTENCES)
    # On the disk, nobody can read its fields now; or it is gone.
    space.write(PATH, "---\ntitle: [\n---\n")
    assert page.ask("POST", "kept", typed, path=PATH).status == 200
    (space.folder / PATH).unlink()
    assert page.ask("POST", "kept", {"text": "又写。\n"}, path=PATH).status == 200
    states = page.ask("GET", "history", path=PATH).json
    sources = [page.ask("GET", "history", path=PATH, state=one["state"]).json["source"] for one in states]
    assert sources == ["---\nplace: 村部\n---\n\n又写。\n", f"---\nplace: 村部\n---\n\n{SENTENCES}", told]
    assert page.ask("POST", "kept", typed, path="content/../a.md").status == 422


def test_a_deletion_is_undone(space: SiteSpace, page: Asking) -> None:
    undo = page.ask("DELETE", "file", {"version": page.version(PATH)}, path=PATH).json
    assert beside(space) == []
    # It stands in a list, until there is such a file again.
    (listed,) = page.ask("GET", "deleted").json
    assert (listed["path"], listed["title"], listed["undo"]) == (PATH, "标题", undo["undo"])
    assert page.ask("GET", "file", path=PATH).status == 404
    # Somebody else has made a file of that name meanwhile.
    space.write(PATH, OTHER)
    assert page.ask("POST", "undo", undo).status == 422
    assert source(space) == OTHER
    assert page.ask("GET", "deleted").json == []
    (space.folder / PATH).unlink()
    assert page.ask("POST", "undo", undo).json["path"] == PATH
    assert source(space) == DRAFT
    page.ask("POST", "rename", {"path": PATH, "version": page.version(PATH)})
    assert beside(space) == ["2020-03-05-标题.md"]
    assert page.ask("GET", "deleted").json == []


def test_content_that_lies_elsewhere_is_written_there(space: SiteSpace, page: Asking, tmp_path: Path) -> None:
    content, elsewhere = space.folder / "content", tmp_path / "elsewhere"
    content.rename(elsewhere)
    content.symlink_to(elsewhere)
    assert change(page, page.version(PATH)).status == 200
    assert "新的" in (elsewhere / "entries/a.md").read_text(encoding="utf-8")
    # A file in it that is a link stays one, and is not written through.
    (elsewhere / "entries/b.md").symlink_to(elsewhere / "entries/a.md")
    linked = page.ask("GET", "file", path="content/entries/b.md")
    assert (linked.status, linked.facts) == (422, ["content/entries/b.md is behind a link"])


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
        assert (rename(old).status, rename(old).facts) == (422, [f"{PATH} has a link to this file, or names it"]), link
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


def test_whatever_is_typed_can_be_saved(space: SiteSpace, page: Asking) -> None:
    """Halves of characters, control characters, line ends of all kinds; fields that are nested too deep."""
    text = "半个\ud83d字，😀\u2028又\x0b\x00\r\n一\r行"
    sent = page.ask(
        "PATCH", "file", {"version": page.version(PATH), "text": text, "fields": {"title": "半\ud83d"}}, path=PATH
    )
    assert sent.status == 200
    assert "半个\ufffd字，😀" in source(space)
    deep: object = "x"
    for _ in range(900):
        deep = {"a": deep}
    refused = page.ask("PATCH", "file", {"version": page.version(PATH), "fields": {"extra": deep}}, path=PATH)
    assert refused.status == 422


def test_a_text_in_an_old_encoding_keeps_it(space: SiteSpace, page: Asking) -> None:
    space.write(PATH, DRAFT.encode("gb18030"))
    assert change(page, page.version(PATH), "新的。\n").status == 200
    assert (space.folder / PATH).read_bytes() == DRAFT.replace("正文", "新的").encode("gb18030")
