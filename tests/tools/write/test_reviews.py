"""What is pasted or handed in: read by the importer, shown with its questions, and written only as a whole."""

from __future__ import annotations

import base64
import itertools
import os
from typing import Any

import pytest

from generator.tools.write import reviews
from tests.space import PNG, SiteSpace, tree
from tests.tools.importers import feature
from tests.tools.write.asking import Asking, address

YEARLESS = "3月12日 星期二 晴\n\n去了红星村。\n\n3月14日 星期四 雨\n\n开会。\n"


def begin(page: Asking, name: str, text: str | bytes) -> Any:
    body = text.encode() if isinstance(text, str) else text
    return page.raw("POST", address("import", name=name), [body], {"X-Rizhi-Token": page.token})


def answer(page: Asking, review: dict[str, Any], **answers: str | None) -> Any:
    return page.ask("PATCH", f"import/{review['id']}", {"answers": answers})


def test_a_feature_is_shown_answered_and_written(space: SiteSpace, page: Asking) -> None:
    space.write("content/targets/hongxing.md", "---\nname: 红星村村民委员会\nshort_name: 红星村\nkind: village\n---\n")
    before = tree(space.folder / "content")
    begun = begin(page, "C:\\文件\\特稿.txt", feature.TEXT)
    assert begun.status == 201
    review = begun.json
    assert review["file"] == "特稿.txt"
    assert [one["date"] for one in review["entries"]] == list(feature.SPANS)
    assert review["entries"][0]["targets"] == ["hongxing"]
    assert (review["is_ready"], review["problems"]) == (True, [])
    # Each piece of the source stands in a draft, in the page that takes the lead, or was left out and is told.
    starts = {one["start"] for one in review["entries"]} | {"lead"}
    left = {one["text"] for one in review["left_out"]}
    assert [one["text"] for one in review["pieces"] if one["entry"] not in starts and one["text"] not in left] == []
    assert feature.PRIVATE in "".join(one["markdown"] for one in review["entries"])
    hidden = answer(page, review, **{f"name:{feature.PRIVATE}": "private"}).json
    assert feature.PRIVATE not in "".join(one["markdown"] for one in hidden["entries"])
    assert page.ask("GET", f"import/{review['id']}").json == hidden
    assert tree(space.folder / "content") == before
    written = page.ask("POST", f"import/{review['id']}/write")
    assert written.status == 201
    made = {path: (space.folder / path).read_text(encoding="utf-8") for path in written.json["written"]}
    assert len(made) == 6
    shown = {one["markdown"].strip() for one in (*hidden["entries"], hidden["lead"])}
    assert {text.split("\n---\n", 1)[1].strip() for text in made.values()} == shown
    assert all("status: draft" in text for text in made.values())
    assert feature.PRIVATE in (space.folder / "content/people.yaml").read_text(encoding="utf-8")
    # It is written, so it is open no longer, and known.
    assert page.ask("POST", f"import/{review['id']}/write").status == 422
    again = begin(page, "b.txt", feature.TEXT)
    assert (again.status, len(again.json["problems"])) == (422, 1)
    assert "this file was imported before" in again.facts[0]
    assert "hint" not in again.json["problems"][0]


def test_a_file_that_has_grown_shows_its_new_days(space: SiteSpace, page: Asking) -> None:
    day = "2019年3月12日 星期二 晴\n\n去了红星村。\n"
    written = page.ask("POST", f"import/{begin(page, 'a.txt', day).json['id']}/write").json["written"]
    folder = written[0].rpartition("/")[0]
    again = begin(page, "b.txt", day + "\n")
    fact = f"of its entries, 1 were imported before, and are not written once more: {written[0]}"
    assert (again.status, again.facts) == (422, [fact])
    grown = begin(page, "b.txt", day + "\n2019年3月14日\n\n开会。\n").json
    assert [one["date"] for one in grown["entries"]] == ["2019-03-14"]
    assert (grown["problems"][0]["message"], grown["problems"][0]["is_error"]) == (fact, False)
    assert page.ask("POST", f"import/{grown['id']}/write").json["written"] == [f"{folder}/2019-03-14-开会.md"]
    corrected = begin(page, "a.txt", day.replace("去了", "走访")).json
    (question,) = corrected["questions"]
    refused = page.ask("POST", f"import/{corrected['id']}/write")
    assert (question["id"], refused.json["problems"][0]["hint"]) == (
        "again:0",
        "answer this first, then write the drafts",
    )
    assert answer(page, corrected, **{"again:0": "no"}).json["entries"] == []
    assert page.ask("POST", f"import/{corrected['id']}/write").facts == [fact]
    answer(page, corrected, **{"again:0": "yes"})
    written = page.ask("POST", f"import/{corrected['id']}/write").json["written"]
    assert written == [f"{folder}/2019-03-12-走访红星村.md"]
    assert space.run("check").status == 0


def test_a_private_name_stands_in_no_name_of_a_file(space: SiteSpace, page: Asking) -> None:
    review = begin(page, "走访张小花.txt", "2020年3月6日 看望困难户张小花\n\n困难户张小花家里有人患重病。\n").json
    assert "name:张小花" in {one["id"] for one in review["questions"]}
    shown = answer(page, review, **{"name:张小花": "private"}).json
    assert "张小花" not in f"{shown['entries']}{shown['lead']}"
    assert shown["entries"][0]["title"] == "看望困难户张某"
    written = page.ask("POST", f"import/{review['id']}/write").json["written"]
    assert written == ["content/entries/走访张某/2020-03-06-看望困难户张某.md"]
    names = {
        path for path, body in tree(space.folder / "content").items() if "张小花" in path or "张小花".encode() in body
    }
    assert names == {"people.yaml"}
    assert space.run("check").status == 0


def test_entries_are_split_joined_dated_and_named_by_answers(page: Asking) -> None:
    review = begin(page, "a.txt", YEARLESS).json
    assert review["is_ready"] is False
    (question,) = (one for one in review["questions"] if one["kind"] == "year")
    assert question["options"][0] == "2019"
    refused = page.ask("POST", f"import/{review['id']}/write")
    assert refused.status == 422
    assert refused.json["problems"][0]["hint"] == "answer this first, then write the drafts"
    dated = answer(page, review, year="2019").json
    first, second = (one["start"] for one in dated["entries"])
    assert [one["date"] for one in dated["entries"]] == ["2019-03-12", "2019-03-14"]
    changed = answer(page, review, **{f"date:{first}": "2019-03-12/13", f"title:{first}": "进村"}).json
    assert (changed["entries"][0]["date"], changed["entries"][0]["title"]) == ("2019-03-12/2019-03-13", "进村")
    joined = answer(page, review, **{f"cut:{second}": "no"}).json
    assert len(joined["entries"]) == 1
    assert "开会" in joined["entries"][0]["markdown"]
    apart = answer(page, review, **{f"cut:{second}": None, f"title:{first}": ""}).json
    assert len(apart["entries"]) == 2
    # An answer that means nothing changes nothing, nor do those that came with it.
    for nonsense in (
        {"year": "next"},
        {"date:0": "2020-02-30"},
        {"name:李四": "king"},
        {"what": "yes"},
        {"cut:x": "yes"},
        {"cut:-1": "yes"},
    ):
        wrong = answer(page, review, **{"title:0": "不", **nonsense})
        assert (nonsense, wrong.status) == (nonsense, 422)
    assert page.ask("GET", f"import/{review['id']}").json == apart


def test_pictures_of_a_page_are_shown_and_gaps_named(page: Asking) -> None:
    data = base64.b64encode(PNG).decode()
    html = (
        "<!doctype html><title>日志</title><p>2020年3月5日 星期四 晴</p><p>去了村里。</p>"
        f'<p><img src="data:image/png;base64,{data}"></p><p>图为村口。</p><p><img data-src="https://example.org/1.jpg"></p>'
    )
    review = begin(page, "a.html", html).json
    (entry,) = review["entries"]
    (picture,) = entry["pictures"]
    assert picture["name"] == "2020-03-05-1.png"
    assert "![" in entry["markdown"]
    assert entry["gaps"] == ["https://example.org/1.jpg"]
    assert next(itertools.chain(*(one["pictures"] for one in review["pieces"]))) == picture["src"]
    shown = page.ask("GET", f"import/{review['id']}/picture", src=picture["src"])
    assert (shown.status, shown.headers["content-type"], shown.body) == (200, "image/png", PNG)
    assert page.ask("GET", f"import/{review['id']}/picture", src="../a").status == 404


def test_what_cannot_be_read_is_told_and_few_are_kept(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(space.folder)
    for name, body in {
        "a.pdf": b"%PDF-1.7\n",
        "b.docx": b"PK\x03\x04",
        "c.txt": b"",
        "d.bin": bytes(range(256)),
    }.items():
        refused = begin(page, name, body)
        assert (name, refused.status, bool(refused.facts)) == (name, 422, True)
    ids = [begin(page, f"{number}.txt", f"2020年3月{number}日 晴\n\n甲。\n").json["id"] for number in range(1, 6)]
    known = [page.ask("GET", f"import/{one}").status for one in ids]
    assert known == [422, 422, 200, 200, 200]
    assert page.ask("DELETE", f"import/{ids[-1]}").status == 200
    assert page.ask("GET", f"import/{ids[-1]}").status == 422
    monkeypatch.setattr(reviews, "MOST_BYTES", 100)
    assert begin(page, "a.txt", "甲" * 100).status == 413
    assert tree(space.folder) == before


def test_on_a_full_disk_nothing_is_written_and_the_review_stays(
    space: SiteSpace, page: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, review = tree(space.folder / "content"), begin(page, "a.txt", feature.TEXT).json

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        refused = page.ask("POST", f"import/{review['id']}/write")
    assert (refused.status, refused.facts) == (422, ["there is no room left on the disk"])
    assert tree(space.folder / "content") == before
    assert page.ask("POST", f"import/{review['id']}/write").status == 201


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal {margin: 0}</style></head><body>"
    "<!--StartFragment--><h2>走访</h2><p class=MsoNormal>上午<b>进村</b>，*不是*强调。<o:p></o:p></p>"
    "<table><tr><td>村</td><td>户</td></tr><tr><td>青石村</td><td>3</td></tr></table>"
    "<p><img src='file:///C:/Users/clip_image001.jpg' alt='合影'></p><p style='display:none'>暗</p>"
    "<!--EndFragment--></body></html>"
)


def test_what_is_pasted_becomes_markdown_without_losing_a_word(page: Asking) -> None:
    found = page.ask("POST", "paste", {"html": WORD}).json
    assert found["markdown"].startswith("## 走访\n\n上午**进村**，\\*不是\\*强调。\n")
    assert "| 青石村 | 3 |" in found["markdown"]
    assert "MsoNormal" not in found["markdown"]
    assert found["gaps"] == ["clip_image001.jpg"]
    assert [one["text"] for one in found["left_out"]] == ["暗"]
    assert page.ask("POST", "paste", {"html": "<b>一</b>二"}).json["markdown"] == "**一**二"
    for nothing in ("", "<p></p>", "<script>alert(1)</script>"):
        assert page.ask("POST", "paste", {"html": nothing}).status == 422
    assert "alert" not in page.ask("POST", "paste", {"html": "一<script>alert(1)</script>"}).json["markdown"]
    assert page.ask("POST", "paste", {"html": "<div>" * 5000 + "深"}).status in (200, 422)
