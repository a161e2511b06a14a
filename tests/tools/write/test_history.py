"""Earlier states of a file: what is kept of it, and had back."""

from __future__ import annotations

import time

import pytest

from generator.tools.write.history import BURST_SECONDS, MOST
from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, OTHER, PATH, Asking, beside, change, source


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
