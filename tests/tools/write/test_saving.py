"""Saving: nobody's words are lost, whoever else writes, whenever it is killed, however full the disk is."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.publish.manifest import STATE
from generator.read.sources import MOST_BYTES
from generator.tools.write import history, swap
from tests.pipeline.processes import traced
from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, OTHER, PATH, Asking, beside, change, source


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


SOUND = DRAFT.replace("status: draft\n", "")
UNFINISHED: dict[str, tuple[str, str, dict[str, object], int]] = {
    "title": (PATH, SOUND, {"title": ""}, 422),
    "correction": (PATH, SOUND, {"corrections": [{"note": "改了"}]}, 422),
    "person": ("content/people.yaml", "people: []\n", {"people": [{"id": "li", "name": "李四"}]}, 422),
    "first person": ("content/people.yaml", "", {"people": [{"id": "li", "name": "李四"}]}, 422),
    "site": ("content/site.yaml", "title: 日志\n", {"title": ""}, 422),
    "target": ("content/targets/t.md", "---\nname: 村\nkind: village\n---\n", {"name": ""}, 422),
    "draft": (PATH, DRAFT, {"title": ""}, 200),
    "faulty": (PATH, SOUND.replace("2020-03-05", "三月"), {"title": ""}, 200),
    "no longer out": (PATH, SOUND, {"title": "", "status": "draft"}, 200),
}
"""What somebody is in the middle of: a file, its text, what is changed in it, and whether it can be saved so."""


@pytest.mark.parametrize("case", UNFINISHED)
def test_what_goes_out_stays_sound(space: SiteSpace, page: Asking, case: str) -> None:
    path, text, fields, status = UNFINISHED[case]
    # What has no text is not there yet.
    if text:
        space.write(path, text)
    answer = page.ask("PATCH", "file", {"version": page.version(path), "fields": fields}, path=path)
    assert answer.status == status
    if status == 422:
        assert [one["field"] for one in answer.json["problems"]] == list(fields)
        place = space.folder / path
        assert (place.read_text(encoding="utf-8") if place.exists() else "") == text
        assert place.exists() is bool(text)


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


def test_what_a_killed_save_left_is_removed_by_the_next(space: SiteSpace, page: Asking) -> None:
    folder = space.folder / "content/entries"
    left = [
        space.write(f"content/entries/{name}", "x") for name in (".rizhi-ab12cd_9", ".rizhi-mine", ".rizhi-zzzzzzzz.md")
    ]
    young = space.write("content/entries/.rizhi-00000000", "x")
    for one in left:
        os.utime(one, (0, 0))
    page.ask("PATCH", "file", {"version": page.version(PATH), "fields": {"title": "新题目"}}, path=PATH)
    assert {one.name for one in folder.glob(".rizhi-*")} == {".rizhi-mine", ".rizhi-zzzzzzzz.md", young.name}


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
