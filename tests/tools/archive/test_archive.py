"""A campaign is closed into a bundle: what is in it, what never is, and that it is all or nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import bagit
import pytest
from docx import Document

from generator.tools.archive.contents import Contents
from tests.space import SiteSpace, tree
from tests.tools.archive.campaign import NAME, archive, campaign, photo, run, shared, unpacked

PEOPLE = f"-- content/people.yaml --\npeople: [{{id: p1, name: {NAME}, role: private}}]\n"
SECRETS = [NAME, "qin-zhong-ling", "秦阿婆", "13812345678", "撤回的正文", "撤回的地点", "将来", "举报", "13905351234"]


def test_outside_programs_find_the_bag_valid() -> None:
    bag = shared()
    bagit.Bag(str(bag)).validate()
    for name in ("manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        bits = "256" if "256" in name else "512"
        subprocess.run(["shasum", "-a", bits, "--status", "-c", name], cwd=bag, check=True)
        subprocess.run([f"sha{bits}sum", "-c", "--quiet", "--strict", name], cwd=bag, check=True)
    digest = hashlib.sha512((bag / "tagmanifest-sha512.txt").read_bytes()).hexdigest()
    receipt = bag.with_name(f"{bag.name}-receipt.txt").read_text(encoding="utf-8")
    assert digest in "".join(receipt.split())
    assert bag.name == "驻村日志-2020-03-07"
    assert "Rizhi-Kind: public" in (bag / "bag-info.txt").read_text(encoding="utf-8")


def test_nothing_private_or_unpublished_is_in_the_bundle() -> None:
    for path, body in tree(shared()).items():
        assert not any(word in path for word in ("draft", "later", ".bak", ".git", ".swp", "~$", "unused")), path
        for part in unpacked(body):
            for secret in SECRETS:
                assert secret.encode() not in part, (path, secret)
                assert secret.encode("utf-16-le") not in part, (path, secret)
            assert b"GPS" not in part or path.endswith((".js", ".html")), path


def test_the_sources_build_to_the_same_bytes(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    shutil.copytree(shared() / "data" / "sources", sources)
    ran = run("build", sources, "--portable", "--output", tmp_path / "site", SOURCE_DATE_EPOCH="1600000000")
    assert ran.status == 0, ran.err
    assert tree(tmp_path / "site") == tree(shared() / "data" / "site")
    assert tree(shared() / "data" / "sources").keys() >= {"content/entries/gate.jpg", "content/entries/table.csv"}


def test_what_no_page_shows_is_refused_with_its_place(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", PEOPLE)
    space.write("content/site.yaml", "title: 日志 # 秦 钟 灵\n")
    space.entry("a", "文\n", date=f"2020-03-06 # {NAME}")
    space.entry("b", "文\n", extra="{tel: 13812345678}")
    space.entry("c", f"文\n\n[{NAME}]: https://a.example\n")
    space.entry("d", "文\n", date=f"2020-03-06 # 见{NAME[:1]}\n  # {NAME[1:]}")
    space.entry("e", "文\n", extra=f"\n  note: 见{NAME[:1]}\n    {NAME[1:]}")
    space.write("themes/default/strings/zh-CN.yaml", f"# {NAME}\n")
    space.build()
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert ran.status == 1
    assert "themes/default/strings/zh-CN.yaml: the private person" in ran.err
    for place in ("site.yaml:1:13: ", "entries/a.md:3:20: ", "entries/b.md:4:14: ", "entries/c.md:7:2: "):
        assert f"content/{place}" in ran.err, (place, ran.err)
    assert NAME not in ran.err
    assert list((tmp_path / "out").iterdir()) == []


def test_no_file_that_the_archive_writes_holds_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = SiteSpace.of(tmp_path / "site", PEOPLE)
    space.entry()
    written: list[str] = []
    look_through = Contents.look_through

    def planted(self: Contents, path: str, body: bytes) -> None:
        written.append(path)
        look_through(self, path, body.replace(b"\n", f" {NAME}\n".encode(), 1) if path == chosen else body)

    monkeypatch.setattr(Contents, "look_through", planted)
    chosen = ""
    bag = archive(space, tmp_path / "out")
    texts = [path for path in written if not path.endswith((".docx", ".pdf"))]
    own = {path for path in tree(bag) if not path.startswith(("data/site/", "data/sources/", "data/web/"))}
    assert {path for path in own if "manifest-" not in path and path != "bagit.txt"} == set(written)
    for chosen in texts:
        ran = run("archive", space.folder, "--output", tmp_path / "other", "--without-pdf")
        assert (ran.status, "the private person" in ran.err, NAME in ran.err) == (1, True, False), (chosen, ran.err)
        assert list((tmp_path / "other").iterdir()) == []


def test_only_what_a_theme_uses_goes_in(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path / "site", f"-- content/people.yaml --\npeople: [{{id: p, name: {NAME}, role: private}}]\n"
    )
    space.entry()
    used = {
        "theme.yaml": "style: added\n",
        "css/90-own.css": "a{}\n",
        "strings/zh-CN.yaml": "home: 首页\n",
        "templates/404.html": '{% include "parts/own.html" %}',
        "templates/parts/own.html": "x\n",
        "assets/fonts/a.bin": "x\n",
    }
    others = (
        *("todo.txt", "templates/page.html~", "templates/page.html.bak", "css/old.css.orig", "strings/old/en.yaml"),
        *("assets/a.js.swp", "assets/x.png~", "assets/.git/config", ".git/assets/a", "templates/unused.html"),
        *("templates/home copy.html", "strings/fr.yaml", "assets/a.bak", "notes/a|b.txt"),
    )
    for path in (*used, *others):
        space.write(f"themes/default/{path}", used.get(path, f"{NAME}: x\n"))
    bag = archive(space, tmp_path / "out")
    assert tree(bag / "data/sources/themes/default").keys() == used.keys()
    bundled = {f"assets/{path}" for path in tree(Path("themes/default/assets"))}
    published = {path for path in tree(bag / "data/site") if path.startswith("assets/")}
    assert {path for path in published - bundled if "icon" not in path and not path.endswith(".css")} == {
        "assets/fonts/a.bin"
    }


@pytest.mark.parametrize("name", ["favicon.ico", "a.apng", "icon", "b.dat", "c.jpg"])
def test_a_picture_of_a_theme_is_cleaned_whatever_its_ending(tmp_path: Path, name: str) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry()
    space.write(f"themes/default/assets/{name}", photo() + NAME.encode())
    bag = archive(space, tmp_path / "out")
    body = (bag / "data/site/assets" / name).read_bytes()
    assert (bag / "data/sources/themes/default/assets" / name).read_bytes() == body
    assert (NAME.encode() in body, b"Exif" in body) == (False, True)
    ran = run("verify", bag, "--rebuild")
    assert ran.status == 0, ran.err


def test_only_persons_whom_something_names_go_in(tmp_path: Path) -> None:
    named = ("author", "helper", "called", "said", "mentioned", "held")
    others = ("nobody", "drafted")
    roles = dict.fromkeys(("mentioned", "held", "nobody-private"), "private")
    people = [
        f"{{id: {one}, name: 甲乙{one}, role: {roles.get(one, 'official')}, pseudonym: 化名{one}}}"
        for one in (*named, *others, *roles)
        if one not in ("mentioned", "held") or one in roles
    ]
    space = SiteSpace.of(
        tmp_path / "site", f"-- content/people.yaml --\npeople: [{', '.join(dict.fromkeys(people))}]\n"
    )
    space.entry("a", "甲乙said来了，{person}`mentioned`在。<!-- {person}`held` -->\n", authors="[author]",
        requests="[{id: r, title: 修路, status: raised, helped_by: [helper], person: 甲乙called}]")  # fmt: skip
    space.entry("b", "{person}`drafted`\n", status="draft")
    bag = archive(space, tmp_path / "out")
    register_of = (bag / "data/sources/content/people.yaml").read_text(encoding="utf-8")
    assert [one for one in named if one in register_of] == ["author", "helper", "called", "said", "mentioned", "held"]
    assert not any(one in register_of for one in (*others, "nobody-private"))
    ran = run("verify", bag, "--rebuild")
    assert ran.status == 0, ran.err


def test_names_in_properties_of_attachments_are_refused(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", PEOPLE)
    document = Document()
    document.core_properties.author = NAME
    document.save(str(space.write("content/entries/form.docx", b"")))
    space.entry(body="[表](form.docx)\n")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert (ran.status, "content/entries/form.docx: " in ran.err) == (1, True)
    assert list(tmp_path.glob("out/*")) == []


def test_numbers_of_documents_in_addresses_stay_warnings(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry(body="见[文件](https://a.example/13812345678)。\n")
    assert archive(space, tmp_path / "out").is_dir()


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = campaign(tmp_path / "别处").folder
    command: list[str | Path] = [sys.executable, "-m", "generator", "archive", folder, "--output", tmp_path / "out"]
    (clock,) = Path("/usr/lib").glob("*/faketime/libfaketime.so.1")
    later = {"LD_PRELOAD": str(clock), "FAKETIME": "@2031-05-06 07:08:09", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    today = subprocess.run(["date", "+%Y"], check=True, env=later, capture_output=True)
    assert today.stdout == b"2031\n"
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "RIZHI_LANGUAGE": "zh"}
    options = ["--zip", "--jobs", "2"]
    subprocess.run([*command, *options], check=True, env={**os.environ, **strange, **later}, capture_output=True)
    assert tree(tmp_path / "out") == tree(shared().parent)


def test_the_entries_decide_what_waits_and_not_the_clock(tmp_path: Path) -> None:
    waits = "the bundle is without this entry, whose time is later than that of the bundle, "
    cases: tuple[tuple[dict[str, str], str, str, list[str]], ...] = (
        # By entry, its day and its time; the time to write down; the bundle's day, and what is left out.
        (
            {"a": "2020-03-05", "b": "2020-03-04 2020-03-05T18:00", "c": "2020-03-09 2020-03-06"},
            "",
            "2020-03-05",
            ["c"],
        ),
        ({"a": "2020-03-05", "b": "2020-03-08 2020-03-05", "c": "2020-03-07 2020-03-08"}, "", "2020-03-08", []),
        ({"a": "2020-03-05 2020-03-05T20:00", "b": "2020-03-06 2020-03-07"}, "", "2020-03-06", ["b"]),
        ({"a": "2020-03-05", "b": "2020-03-05 2030-01-01"}, "", "2020-03-05", ["b"]),
        ({"a": "2020-03-05", "b": "2020-03-05 2030-01-01"}, "1900000000", "2030-03-18", []),
    )
    for number, (entries, epoch, day, left) in enumerate(cases):
        space = SiteSpace.of(tmp_path / f"{number}", "")
        for name, (date, *times) in ((name, text.split()) for name, text in entries.items()):
            space.entry(name, date=date, **({"publish_at": times[0]} if times else {}))
        out = tmp_path / f"out-{number}"
        ran = run("archive", space.folder, "--output", out, "--without-pdf", SOURCE_DATE_EPOCH=epoch)
        assert ran.status == 0, ran.err
        (bag,) = [place for place in out.iterdir() if place.is_dir()]
        assert bag.name.endswith(day), (number, bag)
        assert [line.split(":")[0] for line in ran.problems if waits in line] == [
            f"content/entries/{name}.md" for name in left
        ]
        there = {path.partition("entries/")[2] for path in tree(bag / "data/sources") if "entries/" in path}
        assert there == {f"{name}.md" for name in entries.keys() - set(left)}
        assert run("verify", bag, "--rebuild").status == 0


def test_what_must_still_wait_is_in_no_bundle(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry("a", date="2098-03-05", publish_at="2098-03-05")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert (ran.status, ran.problems) == (
        1,
        ["content/entries/a.md:4:13: the bundle would publish this entry before its time"],
    )
    assert not list((tmp_path / "out").glob("*"))


def test_what_the_time_of_a_bundle_leaves_out_or_precedes_is_told(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry("a", date="2020-03-05", publish_at="2020-03-06")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert (ran.status, "later than the time of the bundle, 2020-03-05 23:59" in ran.err) == (2, True), ran.err
    assert "delete publish_at, or set SOURCE_DATE_EPOCH" in ran.err
    space.entry("a", date="2020-03-05")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf", SOURCE_DATE_EPOCH="0")
    assert ran.status == 0, ran.err
    told = "the bundle is dated 1970-01-01, as SOURCE_DATE_EPOCH says, and this entry is newer"
    assert f"content/entries/a.md:3:7: warning: {told}" in ran.problems


def test_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry()
    for value in ("abc", "99999999999999", "253370764800", "-5", "1.5", "１２"):
        for command in (("archive", "--output", tmp_path / "out"), ("build",), ("check",), ("new", "entry", "题")):
            ran = run(*command, space.folder, SOURCE_DATE_EPOCH=value)
            assert (ran.status, f'SOURCE_DATE_EPOCH: "{value}" is no time' in ran.err) == (2, True), (value, ran.err)
            assert "write the seconds since 1970" in ran.err
    late = run("archive", space.folder, "--output", tmp_path, "--zip", "--without-pdf", SOURCE_DATE_EPOCH="9999999999")
    assert late.status == 0, late.err
    assert [one.name for one in tmp_path.glob("*.zip")] == ["日志-2286-11-21.zip"]


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry()
    out = tmp_path / "out"
    bag = archive(space, out)
    before = tree(out)
    for _ in range(2):
        ran = run("archive", space.folder, "--output", out, "--without-pdf")
        assert ran.status == 2
        assert f"{bag} is there already" in ran.err
        assert tree(out) == before
        bag.with_name(f"{bag.name}-receipt.txt").write_text("mine")
        before = tree(out)
    shutil.rmtree(bag)
    assert run("archive", space.folder, "--output", out, "--without-pdf").status == 2
    assert [one.name for one in out.iterdir()] == [f"{bag.name}-receipt.txt"]
    refused = run("archive", space.folder, "--output", space.folder / "content" / "x", "--without-pdf")
    assert (refused.status, (space.folder / "content" / "x").exists()) == (2, False)


def test_a_bag_that_is_not_public_has_everything_and_says_so(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", PEOPLE)
    space.entry()
    space.entry("draft", f"{NAME}\n", status="draft")
    space.write("content/entries/.hidden", NAME)
    space.write("content/entries/unused.jpg", photo())
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--internal", "--without-pdf")
    says = "In its sources, but not in its site, since they are not published: content/entries/draft.md"
    assert (ran.status, says in ran.out + ran.err, "Left out" in ran.out + ran.err) == (0, True, False)
    bag = next(place for place in (tmp_path / "out").iterdir() if place.is_dir())
    assert bag.name.endswith("-internal")
    assert "Namewithheld" not in (bag / "README.txt").read_text(encoding="utf-8")
    assert "Namewithheld" in (shared() / "README.txt").read_text(encoding="utf-8")
    assert "Rizhi-Kind: internal" in (bag / "bag-info.txt").read_text(encoding="utf-8")
    assert tree(bag / "data" / "sources" / "content") == tree(space.folder / "content")
    assert not (bag / "data" / "site" / "2020/03/05/draft").exists()


def test_faults_of_the_content_are_told_as_a_build_tells_them(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "")
    space.entry(date="2020-02-30")
    space.entry("b", targets="[nobody]")
    ran = run("archive", space.folder, "--output", tmp_path / "out")
    assert ran.status == 1
    assert ran.problems == space.fails().problems
    empty = SiteSpace.of(
        tmp_path / "empty", "-- content/entries/a.md --\n---\ntitle: a\ndate: 2020-03-05\nstatus: draft\n---\n"
    )
    assert "nothing to archive" in run("archive", empty.folder, "--output", tmp_path / "out").err


def test_items_of_entries_that_are_called_by_their_day_say_it_once(tmp_path: Path) -> None:
    # With the day twice, their names would look like the numbers of bank cards.
    space = SiteSpace.of(tmp_path / "site", "")
    for name in ("2021-04-15", "2021-04-15-2", "20210415", "2021-4-16"):
        space.write(f"content/entries/{name}.md", "---\ntitle: 走访\ndate: 2021-04-15\n---\n文\n")
    ran = run("archive", space.folder, "--output", tmp_path / "out")
    assert ran.status == 0, ran.err
    items = sorted(path.name for path in (tmp_path / "out").glob("*/data/items/*"))
    names = ("20210415-2.pdf", "20210415-2021-4-16.pdf", "20210415-3.pdf", "20210415.pdf")
    assert items == sorted(names)


def test_no_title_with_the_day_looks_like_a_number(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path / "site", "-- content/site.yaml --\ntitle: 项目139\n")
    space.entry(date="2021-04-18")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert ran.status == 0, ran.err
    assert (tmp_path / "out/rizhi-2021-04-18").is_dir()
