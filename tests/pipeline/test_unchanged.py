"""A build of what has not changed does nothing, and is never wrong about it."""

from __future__ import annotations

import ast
import datetime
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.cache import database
from generator.pipeline.cache.database import CacheHeader
from generator.pipeline.cache.store import Cache
from generator.pipeline.publish.manifest import STATE
from tests.space import PNG, SiteSpace, tree

ROOT = Path(__file__).parents[2]
LOADED_ONLY_TO_BUILD = ("jinja2", "markdown_it", "pydantic")


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands is looked at in a process beside, as for large sites."""
    monkeypatch.setattr(database, "_LARGE", 0)


def settled(space: SiteSpace) -> SiteSpace:
    """The site, built and noted: its files are older than the clock's grain when they are looked at."""
    time.sleep(0.1)
    space.build()
    assert list((space.folder / STATE).glob("[0-9a-f]*"))
    return space


def loaded(space: SiteSpace) -> list[str]:
    """What a build in a process of its own has to load."""
    code = (
        "import sys; from generator.cli.main import main\n"
        "try: main(['build', sys.argv[1]])\n"
        f"finally: print([name for name in {LOADED_ONLY_TO_BUILD} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(space.folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1600000000", "RIZHI_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=True,
    )
    summary, names = ran.stdout.splitlines()[0], ran.stdout.splitlines()[-1]
    assert ": 0 files written, " in summary
    found: list[str] = ast.literal_eval(names)
    return found


def test_nothing_is_loaded_when_nothing_changed(space: SiteSpace) -> None:
    space.entry("a")
    settled(space)
    assert loaded(space) == []


def test_it_says_the_same(space: SiteSpace) -> None:
    space.entry("a")
    space.entry("b", status="draft")
    space.write("content/entries/c.md", "---\ntitle: 座谈\ndate: 2020-03-05\n---\n".encode("gb18030"))
    settled(space)
    (space.folder / STATE / "x").mkdir()
    first = space.build()
    for record in (space.folder / STATE).glob("[0-9a-f]*"):
        if record.is_file():
            record.unlink()
    again = space.build()
    assert (first.out, first.err) == (again.out, again.err)
    assert "GB18030" in first.err
    assert "Left out as drafts, until their line status: draft is deleted: content/entries/b.md" in first.out


def put_back(place: Path, body: str) -> None:
    """Changes a file, with the same size and its old time put back."""
    before = place.stat()
    assert len(body.encode()) == before.st_size
    place.write_text(body, encoding="utf-8")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_same_size_edit_with_its_old_time_is_seen(space: SiteSpace) -> None:
    place = space.entry("a", title="甲甲")
    settled(space)
    put_back(place, place.read_text(encoding="utf-8").replace("甲甲", "乙乙"))
    space.build()
    assert "乙乙" in space.page("")


def test_a_page_that_was_changed_by_hand_is_seen(space: SiteSpace) -> None:
    space.entry("a", title="甲甲")
    settled(space)
    before = space.tree()
    place = space.folder / "output/index.html"
    put_back(place, place.read_text(encoding="utf-8").replace("甲甲", "乙乙"))
    assert ": 1 file written," in space.build().out
    assert space.tree() == before


def test_mending_a_faulty_file_gives_the_clean_build(space: SiteSpace) -> None:
    """A failed build takes what is known of faulty files out of the cache; the last plan still knows them."""
    for place, text in (
        ("content/targets/taihe.md", "---\nname: 泰和\nkind: enterprise\n---\n"),
        ("content/pages/about.md", "---\ntitle: 关于\n---\n"),
        ("content/people.yaml", "people:\n  - {id: li, name: 李队长, role: official}\n"),
        ("content/entries/b.md", "---\ntitle: 乙\ndate: 2020-03-06\n---\n"),
    ):
        space.write(place, text)
    space.entry("a", targets="[taihe]")
    settled(space)
    before = space.tree()
    for place in ("content/targets/taihe.md", "content/pages/about.md", "content/people.yaml", "content/entries/b.md"):
        whole = (space.folder / place).read_bytes()
        space.write(place, "---\nname: [\n---\n")
        space.fails()
        space.write(place, whole)
        space.build()
        assert space.tree() == before
        (space.folder / place).unlink()
        space.run("check")
        space.write(place, whole)
        space.build()
        assert space.tree() == before


def test_a_lost_picture_is_made_again_and_no_damage_is_told(space: SiteSpace) -> None:
    space.write("content/entries/p.png", PNG)
    space.write("content/entries/f.txt", "附件")
    space.entry("a", body="![图](p.png)\n\n[附件](f.txt)\n")
    settled(space)
    before = space.tree()
    for path in [path for path in before if path.startswith(("pictures/", "files/"))]:
        (space.folder / "output" / path).unlink()
        assert "damaged" not in space.build().out
        assert space.tree() == before


def test_wrong_sql_is_a_fault_of_the_program(tmp_path: Path) -> None:
    with Cache.open(tmp_path / "cache", CacheHeader("", str)) as cache, pytest.raises(sqlite3.OperationalError):
        cache._execute("SELEC 1")  # noqa: SLF001 - a slip of the pen


@pytest.mark.parametrize(
    "change",
    [
        lambda space: space.entry("b"),
        lambda space: (space.folder / "content/entries/a.md").unlink(),
        lambda space: space.write("content/site.yaml", "title: 新\n"),
        lambda space: space.write("themes/default/css/95-own.css", "body {}"),
        lambda space: (space.folder / "output/index.html").unlink(),
        lambda space: (space.folder / "output/.rizhi/manifest").unlink(),
        lambda space: (space.folder / "linked/css/95-own.css").write_text("p {}"),
    ],
)
def test_any_change_is_seen(space: SiteSpace, change: Callable[[SiteSpace], object]) -> None:
    space.entry("a")
    space.entry("z")
    (space.folder / "linked/css").mkdir(parents=True)
    (space.folder / "themes").mkdir()
    (space.folder / "themes/default").symlink_to(space.folder / "linked")
    settled(space)
    change(space)
    space.build()
    after = space.tree()
    space.build("--output", str(space.folder / "clean"))
    assert after == tree(space.folder / "clean")


def test_an_edit_beside_one_of_a_linked_theme_shows_both(space: SiteSpace) -> None:
    linked = space.folder / "linked/css"
    linked.mkdir(parents=True)
    (space.folder / "themes").mkdir()
    (space.folder / "themes/default").symlink_to(linked.parent)
    space.entry("a", title="甲", summary="摘要")
    settled(space)
    (linked / "95-own.css").write_text("p {}")
    space.entry("a", title="乙", summary="摘要")
    space.build()
    after = space.tree()
    space.build("--output", str(space.folder / "clean"))
    assert after == tree(space.folder / "clean")


def test_a_theme_that_is_gone_is_missed(space: SiteSpace) -> None:
    space.entry("a")
    space.write("content/site.yaml", "title: 日志\ntheme: mine\n")
    (space.folder / "themes/mine").mkdir(parents=True)
    settled(space)
    (space.folder / "themes/mine").rmdir()
    assert 'there is no theme "mine"' in space.fails().err


@pytest.mark.parametrize("option", ["--drafts", "--portable", "--base-url=https://example.com/"])
def test_another_question_is_another_build(space: SiteSpace, option: str) -> None:
    space.entry("a")
    space.entry("b", status="draft")
    settled(space)
    before = space.tree()
    space.build(option)
    assert space.tree() != before
    space.build()
    assert space.tree() == before


@pytest.mark.parametrize("damage", ["empty", "foreign", "cut", "flipped", "zeroed", "misnamed"])
def test_a_broken_cache_is_no_answer(space: SiteSpace, damage: str) -> None:
    space.entry("a")
    settled(space)
    before = space.tree()
    (cache,) = (space.folder / STATE).glob("[0-9a-f]*")
    whole = cache.read_bytes()
    dice = random.Random(damage)
    for _ in range(1 if damage in ("empty", "foreign", "misnamed") else 12):
        cache.write_bytes(damaged(whole, damage, dice))
        if dice.random() < 0.5:
            space.entry("a", body=f"{dice.random()}\n")
            space.build()
            space.entry("a")
        assert space.build().err == ""
        assert space.tree() == before
        whole = cache.read_bytes()


@pytest.mark.parametrize("damage", ["empty", "foreign", "cut", "zeroed"])
def test_a_broken_cache_is_made_anew(space: SiteSpace, damage: str) -> None:
    space.entry("a")
    settled(space)
    (cache,) = (space.folder / STATE).glob("[0-9a-f]*")
    cache.write_bytes(damaged(cache.read_bytes(), damage, random.Random(3)))
    space.build()
    time.sleep(0.1)
    space.build()
    assert loaded(space) == []


def test_where_no_cache_can_be_written_the_site_is_built_all_the_same(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the site's folder is another's: what stands there can be read, and neither written nor deleted."""
    space.entry("a", title="甲甲")
    settled(space)
    connect, unlink = sqlite3.connect, Path.unlink

    def read_only(place: Path, **options: Any) -> Any:
        own = STATE in Path(place).parts
        return connect(f"file:{place}?mode=ro", uri=True, **options) if own else connect(place, **options)

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.parent == space.folder / STATE:
            raise PermissionError
        unlink(self, missing_ok)

    monkeypatch.setattr("generator.pipeline.cache.database.sqlite3.connect", read_only)
    monkeypatch.setattr(Path, "unlink", refuse)
    space.entry("a", title="乙乙")
    without = "The cache in .rizhi cannot be written, so this was done without it. Is the disk full?\n"
    assert space.build().err == without
    assert "乙乙" in space.page("")
    assert space.run("check").status == 0


def test_a_cache_that_nobody_uses_is_deleted(space: SiteSpace) -> None:
    space.entry()
    space.build("--output", str(space.folder / "once"))
    once = next((space.folder / STATE).glob("[0-9a-f]*"))
    space.build()
    assert once.exists()
    os.utime(once, (0, 0))
    space.entry("b")
    space.build()
    assert not once.exists()
    assert len(list((space.folder / STATE).glob("[0-9a-f]*"))) == 1


def test_a_lost_manifest_is_made_anew_from_what_is_surely_ours(space: SiteSpace) -> None:
    space.entry("a", title="甲甲")
    settled(space)
    manifest = space.folder / "output" / STATE / "manifest"
    listed = manifest.read_bytes()
    manifest.unlink()
    assert ": 0 files written, " in space.build().out
    assert manifest.read_bytes() == listed
    manifest.unlink()
    space.write("output/foreign/index.html", "x")
    space.entry("a", title="乙乙")
    space.build()
    assert "乙乙" in space.page("")
    (space.folder / "content/entries/a.md").unlink()
    space.entry("b")
    space.build()
    assert "2020/03/05/a/index.html" not in space.tree()
    assert space.tree()["foreign/index.html"] == b"x"


def damaged(whole: bytes, damage: str, dice: random.Random) -> bytes:
    """A cache after an accident."""
    at = dice.randrange(len(whole))
    match damage:
        case "empty":
            return b""
        case "foreign":
            return b"not a cache"
        case "cut":
            return whole[:at]
        case "misnamed":
            # The name of a table, which SQLite quotes in its complaint, and which is no UTF-8 then.
            return whole.replace(b"tablelinkslinks", b"table\xbainkslinks", 1)
        case "flipped":
            return whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
    return whole[:at] + bytes(min(4096, len(whole) - at)) + whole[at + 4096 :]


def test_a_time_that_comes_is_seen(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The helper builds at 2020-09-13T12:26:40Z."""
    space.entry("a")
    space.entry("b", publish_at="2030-01-01 08:00")
    settled(space)
    assert "Left out until the time in publish_at: content/entries/b.md" in space.build().out
    later = datetime.datetime(2030, 1, 2, tzinfo=datetime.UTC)
    monkeypatch.setattr("generator.cli.arguments.now", lambda: later)
    space.build()
    assert "2020/03/05/b/index.html" in space.tree()


def test_a_problem_of_a_file_is_told_beside_an_edit_of_another(space: SiteSpace) -> None:
    space.entry("a")
    settled(space)
    (space.folder / "content/entries/z.png").symlink_to("nowhere")
    space.entry("a", body="正文改了。\n")
    assert space.fails().problems == [
        "content/entries/z.png: the link leads nowhere, or round in a circle",
    ]


def test_a_page_that_links_to_what_is_gone_is_looked_at_again(space: SiteSpace) -> None:
    """A link that a template writes out is in no page's slice."""
    page = (ROOT / "themes/default/templates/404.html").read_text(encoding="utf-8")
    link = '{% block main %}<a href="{{ "/about/" | href(page) }}">x</a>'
    space.write("themes/default/templates/404.html", page.replace("{% block main %}", link))
    about = space.write("content/pages/about.md", "---\ntitle: 关于\n---\n")
    space.write("content/site.yaml", "title: 日志\nmenu: []\n")
    space.entry("a")
    settled(space)
    about.unlink()
    assert space.fails().problems == [
        "themes/default/templates/404.html: the link to /about/ leads nowhere",
    ]


def test_it_says_why(space: SiteSpace) -> None:
    space.entry("a", title="甲", body="一。\n\n二。\n")
    space.entry("b", date="2020-03-06")
    settled(space)
    assert len(space.build("--explain").out.splitlines()) == 1
    space.entry("a", title="甲", body="一。\n\n三。\n")
    assert space.build("--explain").out.splitlines()[:4] == [
        "2020/03/05/a/index.html: the text of content/entries/a.md changed",
        "chronicle/index.html: the text of content/entries/a.md changed",
        "feed.xml: the text of content/entries/a.md changed",
        "feed.json: the text of content/entries/a.md changed",
    ]
    space.entry("a", title="乙", body="一。\n\n三。\n")
    (space.folder / "output/tags/index.html").unlink()
    said = space.build("--explain").out.splitlines()
    assert "2020/03/05/a/index.html: what it shows changed: title, row" in said
    assert "2020/03/06/b/index.html: what it shows changed: previous" in said
    assert "tags/index.html: the file in the output is gone or was changed by somebody else" in said
    space.write(
        "themes/default/templates/tags.html", '{% extends "base.html" %}{% block main %}<h1>x</h1>{% endblock %}'
    )
    assert space.build("--explain").out.splitlines()[:-1] == [
        "tags/index.html: its template, the strings, the settings or the options changed",
    ]


def test_what_a_link_leads_to_is_looked_at(space: SiteSpace) -> None:
    place = space.write("content/entries/.a.md", "---\ntitle: 甲甲\ndate: 2020-03-05\n---\n")
    (space.folder / "content/entries/b.md").symlink_to(place)
    settled(space)
    put_back(place, place.read_text(encoding="utf-8").replace("甲甲", "乙乙"))
    space.build()
    assert "乙乙" in space.page("")
