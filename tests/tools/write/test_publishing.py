"""Publishing from the writing page: only what is sound, with others' faulty drafts in nobody's way."""

from __future__ import annotations

import io
import os
import threading
import time
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest

from tests.space import PNG, SiteSpace, tree
from tests.tools.write.asking import DRAFT, Asking, asking

PATH = "content/entries/a.md"
FAULTY = {
    "date": "---\ntitle: 别人的\ndate: 2020-02-30\nstatus: draft\n---\n正文\n",
    "yaml": "---\ntitle: [别人的\nstatus: 草稿   # 还没写完\n---\n正文\n",
    "title": "---\nstatus: review\n---\n正文\n",
    "target": "---\ntitle: 别人的\ndate: 2020-03-06\ntargets: [nobody]\nstatus: draft\n---\n正文\n",
}
"""Drafts of somebody else that are not finished."""


def wait(page: Asking, job: str) -> dict[str, Any]:
    """The outcome of a job."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        state: dict[str, Any] = page.ask("GET", f"job/{job}").json
        if state["state"] != "running":
            return state
        time.sleep(0.02)
    raise AssertionError(job)


def publish(page: Asking, **more: object) -> Any:
    return page.ask("POST", "publish", {"path": PATH, "version": page.version(PATH), **more})


def test_the_mark_of_a_draft_goes_when_all_is_sound(space: SiteSpace, page: Asking) -> None:
    with_picture = DRAFT.replace("正文", "![合影](p.png)\n\n正文")
    space.write(PATH, with_picture)
    space.write("content/entries/p.png", PNG)
    assert publish(page).status == 200
    assert (space.folder / PATH).read_text(encoding="utf-8") == with_picture.replace("status: draft\n", "")
    assert not (space.folder / "output").exists()
    # It has no mark any more, so nothing changes.
    raw = (space.folder / PATH).read_bytes()
    assert publish(page).status == 200
    assert (space.folder / PATH).read_bytes() == raw


OPEN = """---\r
# 待核对：3月5日是星期四，原文写的是星期五\r
# to be checked: the day\r
# 别的备注\r
title: 标题   # 待核对：不是整行\r
date: 2020-03-05\r
status: draft\r
summary: |\r
  # 待核对：文字\r
---\r
# 待核对：正文\r
"""


def test_what_should_be_looked_at_first_is_asked(space: SiteSpace, page: Asking) -> None:
    space.write(PATH, OPEN.encode())
    space.write("content/entries/other.md", OPEN)
    asked = publish(page)
    questions = ["3月5日是星期四，原文写的是星期五", "the day"]
    assert asked.status == 200
    assert [one["message"] for one in asked.json["asks"]] == [f"to be checked: {text}" for text in questions]
    assert asked.json["version"] == page.version(PATH)
    assert (space.folder / PATH).read_bytes() == OPEN.encode()
    # They are shown in the form and in the list, too.
    shown = page.ask("GET", "file", path=PATH).json["problems"]
    assert shown == asked.json["asks"]
    assert not any(one["is_error"] for one in shown)
    assert page.ask("GET", "site").json["problems"][PATH] == shown
    assert [one["problems"] for one in page.ask("GET", "files").json if one["path"] == PATH] == [2]
    assert publish(page, asked=True).status == 200
    left = "".join(line for line in OPEN.splitlines(keepends=True) if line[:3] not in ("# 待", "# t", "sta"))
    assert (space.folder / PATH).read_bytes().decode() == left + "# 待核对：正文\r\n"
    # So are warnings of the check, of this file alone.
    space.write(PATH, DRAFT.replace("正文。\n", ""))
    (empty,) = publish(page).json["asks"]
    # Its hint tells of lines in the file, which nobody sees here.
    assert (empty["message"], "hint" in empty) == ("the entry has no text", False)
    space.write(PATH, DRAFT)
    assert "asks" not in publish(page).json


def test_a_doubt_of_an_import_is_asked_with_all_that_answers_it(space: SiteSpace, page: Asking, tmp_path: Path) -> None:
    place = tmp_path / "diary.txt"
    place.write_text("2020年3月10日 星期三 晴\n\n甲。\n", encoding="utf-8")
    assert space.run(f"import {place}").status == 0
    (path,) = (path for one in page.ask("GET", "files").json if "/diary/" in (path := one["path"]))
    (asked,) = page.ask("POST", "publish", {"path": path, "version": page.version(path)}).json["asks"]
    fact = "the weekday in the line is not that of 2020-03-10"
    assert asked["message"] == f"to be checked: {fact}: “2020年3月10日 星期三 晴” (the day is a Tuesday)"
    assert page.ask("GET", "file", path=path).json["problems"] == [asked]
    assert page.ask("GET", "site").json["problems"][path] == [asked]


WRONG = {
    "the same text": DRAFT.replace("2020-03-05", "2020-02-30"),
    "a private name": DRAFT.replace("正文", "去看了李大有"),
    "a telephone number": DRAFT.replace("正文", "电话13812345678"),
    "a picture that is missing": DRAFT.replace("正文", "![](nowhere.png)"),
    "a target that is not there": DRAFT.replace("正文", "到{target}`nobody`"),
    "a link to another draft": DRAFT.replace("正文", "见[那天](other.md)"),
}


def test_nothing_changes_where_anything_is_wrong(space: SiteSpace, page: Asking) -> None:
    space.write("content/people.yaml", "people: [{id: p1, name: 李大有, role: private, pseudonym: 李某}]\n")
    space.write("content/entries/other.md", DRAFT)
    told = {}
    for name, text in WRONG.items():
        space.write(PATH, text)
        refused = publish(page)
        told[name] = (refused.status, bool(refused.json["problems"]))
        assert (space.folder / PATH).read_text(encoding="utf-8") == text, name
        assert "李大有".encode() not in refused.body
        assert ("李某" in refused.facts[0]) == (name == "a private name")
        assert b"13812345678" not in refused.body
    assert told == dict.fromkeys(WRONG, (422, True))
    named = "content/entries/2020-03-05-李大有.md"
    space.write(named, DRAFT)
    refused = page.ask("POST", "publish", {"path": named, "version": page.version(named)})
    assert [one["path"] for one in refused.json["problems"] if one.get("is_file_name")] == [named]
    (space.folder / named).unlink()
    (first, *_) = publish(page).json["problems"]
    assert first["path"] == PATH
    assert first["line"] == 6
    assert first["is_error"] is True
    assert first["message"]


def test_a_faulty_draft_of_somebody_else_is_in_nobodys_way(space: SiteSpace, page: Asking) -> None:
    for name, text in FAULTY.items():
        space.write(f"content/entries/{name}.md", text)
    assert publish(page).status == 200
    done = wait(page, page.ask("POST", "build", {}).json["job"])
    assert done["state"] == "done", done
    assert {one["path"] for one in done["problems"]} == {f"content/entries/{name}.md" for name in FAULTY}
    assert not any(one["is_error"] for one in done["problems"])
    assert "正文" in space.page("2020/03/05/a/")
    assert "别人的".encode() not in b"".join(space.tree().values())
    # What is published and faulty is in the way, and so is a draft whose faults are one's own.
    space.write("content/entries/date.md", FAULTY["date"].replace("status: draft\n", ""))
    before = space.tree()
    failed = wait(page, page.ask("POST", "build", {}).json["job"])
    assert (failed["state"], failed["problems"][0]["path"]) == ("failed", "content/entries/date.md")
    assert space.tree() == before
    (space.folder / "content/entries/date.md").unlink()
    space.write(PATH, FAULTY["target"])
    assert publish(page).status == 422


def test_what_is_published_is_the_same_with_the_page_open_and_without(
    space: SiteSpace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    space.entry("a", body="正文。\n\n![](p.png)\n")
    space.write("content/entries/draft.md", DRAFT)
    space.write("content/entries/p.png", PNG)
    space.build()
    without = space.tree()
    with asking(space, Path(tmp_path_factory.mktemp("preview"))) as page:
        page.ask(
            "PATCH",
            "file",
            {"version": page.version("content/entries/draft.md"), "text": "改。\n"},
            path="content/entries/draft.md",
        )
        page.upload("b.png", PNG)
        space.build()
        assert space.tree() == without
        assert wait(page, page.ask("POST", "build", {}).json["job"])["state"] == "done"
        assert space.tree() == without
    assert not [path for path, body in without.items() if b"/.rizhi/" in body or b"rizhi-token" in body]


def test_a_build_into_a_folder_of_ones_own_has_links_that_work_from_files(
    space: SiteSpace, page: Asking, tmp_path: Path
) -> None:
    space.entry("a")
    stick = tmp_path / "stick"
    done = wait(page, page.ask("POST", "build", {"folder": str(stick)}).json["job"])
    assert (done["state"], done["message"]) == ("done", f"The site is in {stick}.")
    assert 'href="./2020/03/05/a/index.html"' in (stick / "index.html").read_text(encoding="utf-8")
    assert done["of"] >= done["done"] >= 0


def test_builds_and_exports_that_cannot_be_are_told_in_words(
    space: SiteSpace, page: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    space.entry("a")
    space.write("file", "")
    wrong = {
        "build": (
            {"folder": "relative"}, {"folder": str(space.folder / "content")}, {"folder": str(space.folder / "file")},
            {"folder": "/proc/rizhi"}, {"folder": str(tmp_path / ("长" * 200))}, {"folder": "/\0"},
            {"folder": "~nobody-of-this-name/x"},
        ),
        "export": (
            {"format": "exe"}, {"format": "md", "from": "2020-02-30"}, {"format": "md", "target": "nobody"},
            {"format": "md", "from": "2021-01-01"}, {"format": "md", "from": ["x"]},
            {"format": "wechat"}, {"path": "content/site.yaml"}, {"path": "../a.md"},
            {"path": "content/entries/no.md"},
        ),
        "report": (
            {}, {"period": "week"}, {"period": "week", "from": "2020-02-30"}, {"period": "x", "from": "2020-03-05"},
            {"period": "days", "from": "2020-03-05"}, {"period": "days", "from": "2020-03-05", "to": "2020-03-01"},
            {"period": "year", "from": "2020-03-05", "format": "exe"},
            {"period": "year", "from": "2020-03-05", "target": "nobody"},
        ),
    }  # fmt: skip
    states = {}
    for door, given in wrong.items():
        for sent in given:
            job = wait(page, page.ask("POST", door, sent).json["job"])
            states[door, str(sent)] = job["state"]
            assert job["problems"], (door, sent)
            assert job["message"] not in [one["message"] for one in job["problems"]], (door, sent)
            assert "--" not in "".join(one.get("hint", "") for one in job["problems"]), (door, sent)
            assert "Error" not in job["message"], job
    assert set(states.values()) == {"failed"}, states

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        patch.setattr(os, "fsync", full)
        patch.setattr(Path, "write_bytes", full)
        failed = wait(page, page.ask("POST", "build", {"folder": str(tmp_path / "full")}).json["job"])
    assert failed["state"] == "failed"
    assert failed["problems"][0]["hint"]
    assert page.ask("GET", "job/nothing").status == 422
    assert page.ask("GET", "job/nothing/file").status == 422


def test_an_export_is_a_file_to_save(space: SiteSpace, page: Asking) -> None:
    space.entry("a", body="去了村里。\n")
    space.write("content/entries/bad.md", FAULTY["date"])
    job = page.ask("POST", "export", {"format": "md"}).json["job"]
    done = wait(page, job)
    assert (done["state"], done["download"]) == ("done", "chronicle.md")
    saved = page.ask("GET", f"job/{job}/file")
    assert "去了村里。" in saved.body.decode()
    assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''chronicle.md"
    assert [one["path"] for one in done["problems"]] == ["content/entries/bad.md"]
    (space.folder / "content/entries/bad.md").unlink()
    job = page.ask("POST", "export", {"format": "pdf"}).json["job"]
    done = wait(page, job)
    assert (done["state"], done["download"], done["problems"]) == ("done", "chronicle.pdf", [])
    assert page.ask("GET", f"job/{job}/file").body.startswith(b"%PDF-")
    wanted = {"format": "md", "from": "2020-03-01", "to": "2020-03-31", "target": "泰和新材"}
    space.write("content/targets/taihe.md", "---\nname: 泰和新材\nkind: enterprise\n---\n")
    space.entry("c", title="丙", date="2020-03-05", targets="[taihe]")
    done = wait(page, page.ask("POST", "export", wanted).json["job"])
    assert done["download"] == "chronicle-2020-03-01-2020-03-31-泰和新材.md", done
    done = wait(page, page.ask("POST", "report", wanted | {"period": "month"}).json["job"])
    assert done["download"] == "report-2020-03-泰和新材.md"


def test_a_report_is_on_the_week_month_or_year_of_a_day(space: SiteSpace, page: Asking) -> None:
    space.entry("a", body="去了村里。又谈了一次。\n")
    space.write("content/entries/bad.md", FAULTY["date"])
    names = {"week": "report-2020-W10", "month": "report-2020-03", "year": "report-2020"}
    asked = [({"period": period, "from": "2020-03-07"}, name) for period, name in names.items()]
    asked.append(({"period": "days", "from": "2020-03-01", "to": "2020-03-09"}, "report-2020-03-01-2020-03-09"))
    for sent, name in asked:
        job = page.ask("POST", "report", sent | {"format": "md", "full": sent["period"] == "week"}).json["job"]
        done = wait(page, job)
        assert (done["state"], done["download"]) == ("done", f"{name}.md"), done
        assert [one["path"] for one in done["problems"]] == ["content/entries/bad.md"]
        text = page.ask("GET", f"job/{job}/file").body.decode()
        assert "去了村里。" in text
        assert ("又谈了一次" in text) == (sent["period"] == "week")


def test_what_else_is_to_be_told_of_a_document_is_told(space: SiteSpace, page: Asking) -> None:
    space.entry("a", title="走" * 65, body="正文。\n")
    wanted = {"format": "wechat", "path": "content/entries/a.md"}
    done = wait(page, page.ask("POST", "export", wanted).json["job"])
    assert (done["state"], done["problems"]) == ("done", [])
    assert done["notes"] == [
        "What is in title.txt has 65 characters, and WeChat takes 64: write a shorter one into its box."
    ]


def test_one_entry_is_a_document_of_its_own_be_it_a_draft(space: SiteSpace, page: Asking) -> None:
    path = "content/entries/2020-03-05-走访.md"
    space.write(path, DRAFT.replace("正文。\n", "去了村里。\n\n![图](p.png)\n"))
    space.write("content/entries/p.png", PNG)
    space.write("content/entries/bad.md", FAULTY["date"])
    saved = {}
    for form, name in {
        "docx": "走访.docx",
        "pdf": "走访.pdf",
        "md": "走访.zip",
        "html": "走访.html",
        "wechat": "走访.zip",
    }.items():
        job = page.ask("POST", "export", {"format": form, "path": path}).json["job"]
        done = wait(page, job)
        assert (done["state"], done["download"], done["problems"]) == ("done", f"2020-03-05-{name}", []), form
        saved[form] = page.ask("GET", f"job/{job}/file")
        assert unquote(saved[form].headers["content-disposition"]).endswith(f"2020-03-05-{name}")
    assert saved["pdf"].body.startswith(b"%PDF-")
    texts = [one.text for one in docx.Document(io.BytesIO(saved["docx"].body)).paragraphs]
    assert texts[0] == "标题"
    assert "去了村里。" in texts
    with zipfile.ZipFile(io.BytesIO(saved["md"].body)) as archive:
        assert archive.namelist() == ["2020-03-05-走访.md", "2020-03-05-走访-files/entries/p.png"]
    with zipfile.ZipFile(io.BytesIO(saved["wechat"].body)) as archive:
        assert archive.namelist()[0] == "2020-03-05-走访/copy.html"
    # What is wrong with it is told, as for the whole.
    space.write(path, FAULTY["date"])
    failed = wait(page, page.ask("POST", "export", {"path": path}).json["job"])
    assert (failed["state"], [one["path"] for one in failed["problems"]]) == ("failed", [path])


def test_one_job_works_at_a_time_and_the_page_goes_on(space: SiteSpace, page: Asking) -> None:
    space.entry("b")
    jobs = [page.ask("POST", "build", {}).json["job"] for _ in range(3)]
    assert publish(page).status == 200
    assert [wait(page, job)["state"] for job in jobs] == ["done"] * 3
    assert not [thread for thread in threading.enumerate() if thread.name == "job" and thread.is_alive()]
    assert tree(space.folder / "output")
