"""What is done otherwise for a site that is too large for the memory comes to the same."""

from __future__ import annotations

import cProfile
import errno
import pstats
import tempfile
from functools import partial
from typing import Any

import pytest

from generator.pipeline.plan import from_sources
from generator.pipeline.plan.page_serializer import PageLoader
from generator.site.plan.plan import plan
from tests.pipeline.test_patch import plans
from tests.space import SiteSpace, tree


@pytest.fixture(autouse=True)
def _sharded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small sites have an index in shards, too."""
    monkeypatch.setattr("generator.model.search.FULL_SCAN_LIMIT", 0)
    monkeypatch.setattr("generator.model.search.SHARD_SIZE", 512)


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every site counts as large, and what is put aside together is little."""
    monkeypatch.setattr("generator.pipeline.plan.from_sources.HELD", 0)
    monkeypatch.setattr("generator.pipeline.cache.spill._BATCH", 3)
    monkeypatch.setattr("generator.pipeline.checks.privacy_scan._TOGETHER", 1)
    monkeypatch.setattr("generator.pipeline.make.search_shards._TOGETHER", 2)


def diary(space: SiteSpace) -> None:
    """Some of everything that has pages."""
    space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\ncounters: {座谈会: {unit: 场}}\n")
    space.write("content/targets/taihe.md", "---\nname: 泰和\nkind: enterprise\n---\n一家工厂。\n")
    raised = "[{id: r, title: 缺口罩, target: taihe, status: raised}]"
    for number in range(12):
        fields = {"title": f"第{number}篇", "tags": "[调研]", "targets": "[taihe]", "counts": "{座谈会: 2}"}
        asked = {"requests": raised} if not number else {}
        space.entry(f"e{number}", f"说了{number}件事。\n", date=f"2020-03-{number + 1:02}", **fields, **asked)


@pytest.mark.parametrize("options", [(), ("--jobs", "2"), ("--no-cache",)])
def test_pages_put_aside_are_those_at_hand(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, options: tuple[str, ...]
) -> None:
    diary(space)
    small = space.folder / "small"
    space.build("--output", str(small))
    request.getfixturevalue("_large")
    monkeypatch.setattr("generator.pipeline.workers.PARALLEL_THRESHOLD", 1)
    space.build(*options)
    assert space.tree() == tree(small)


@pytest.mark.usefixtures("_large")
def test_an_edit_finds_what_was_put_aside(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    diary(space)
    space.build()
    made = plans(monkeypatch)
    place = space.folder / "content/entries/e5.md"
    place.write_text(place.read_text(encoding="utf-8").replace("第5篇", "改过的题目"), encoding="utf-8")
    told = space.build("--explain").out
    assert "2020/03/06/e5/index.html" in told
    assert made == []
    clean = space.folder / "clean"
    space.build("--no-cache", "--output", str(clean))
    assert tree(clean) == space.tree()


def full(**_: Any) -> Any:
    """A temporary file on a disk that has no room for one."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_only_a_large_site_loads_pages_from_the_cache(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    diary(space)
    page, loaded = PageLoader.page, list[str]()

    def noted(loader: PageLoader, path: str) -> Any:
        loaded.append(path)
        return page(loader, path)

    monkeypatch.setattr(PageLoader, "page", noted)
    monkeypatch.setattr("generator.pipeline.plan.from_sources.HELD", 12)
    space.build("--no-cache", "--jobs", "1")
    assert loaded == []
    monkeypatch.setattr("generator.pipeline.plan.from_sources.HELD", 11)
    space.build("--no-cache", "--jobs", "1")
    assert "2020/03/05/e4/index.html" in loaded


@pytest.mark.usefixtures("_large")
def test_a_full_disk_while_pages_are_put_aside(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    diary(space)
    space.build()
    before = space.tree()
    space.entry("e5", "另一件事。\n", date="2020-03-20")
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert space.fails().err == (
        "build: it cannot be written: [Errno 28] No space left on device\n"
        "  hint: see to that, then build again; what stands stays whole\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )
    assert space.tree() == before


def test_a_site_folder_in_which_nothing_new_may_be_made(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    diary(space)
    real = tempfile.TemporaryFile

    def refused(**options: Any) -> Any:
        if "dir" in options:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(**options)

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    space.build()


def test_a_file_of_the_theme_stands_before_a_page_there(space: SiteSpace, request: pytest.FixtureRequest) -> None:
    diary(space)
    space.write("content/pages/assets/about.md", "---\ntitle: 页\n---\n")
    space.write("themes/default/assets/about/index.html", "theme")
    small = space.folder / "small"
    space.build("--output", str(small))
    request.getfixturevalue("_large")
    space.build()
    assert space.page("assets/about/") == "theme"
    assert space.tree() == tree(small)


@pytest.mark.usefixtures("_large")
def test_every_record_is_looked_through(space: SiteSpace) -> None:
    diary(space)
    space.entry("e7", "说了7件事。\n", date="2020-03-08", reviewed_by="'13800138000'")
    assert space.fails().err.startswith("content/entries/e7.md:4:15: a mobile phone number stands here: 138****8000\n")


class _PlannedError(Exception):
    """Ends a build when its plan is made."""


def test_what_a_plan_takes_grows_as_the_site_does(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page of a list goes through the whole list again."""
    taken = list[dict[str, int]]()

    def counted(*asked: Any, **given: Any) -> None:
        profile = cProfile.Profile()
        profile.runcall(partial(plan, *asked, **given))
        calls = pstats.Stats(profile).stats.items()  # type: ignore[attr-defined]
        taken.append({f"{place}:{line} {name}": count for (place, line, name), (count, *_) in calls})
        raise _PlannedError

    monkeypatch.setattr(from_sources, "plan", counted)
    space.write(
        "content/site.yaml", "title: 日志\nbase_url: https://a.example/\nper_page: 1\ncounters: {会: {unit: 场}}\n"
    )
    space.write("content/targets/taihe.md", "---\nname: 泰和\nkind: enterprise\n---\n一家工厂。\n")
    for count in (60, 120):
        for number in range(count // 120 * 60, count):
            asked = f"[{{id: r{number}, title: 缺口罩, target: taihe, status: raised}}]"
            day = f"2020-{number // 28 + 1:02}-{number % 28 + 1:02}"
            more = {"corrections": f"[{{date: {day}, note: 改}}]", "counts": "{会: 1}", "major": "true"}
            space.entry(f"e{number}", date=day, tags="[甲]", targets="[taihe]", authors="[甲]", requests=asked, **more)
        with pytest.raises(_PlannedError):
            space.run("build --no-cache --jobs 1")
    half, whole = taken
    grown = {name: (half.get(name, 0), found) for name, found in whole.items() if found > 2000}
    assert {name: found for name, found in grown.items() if found[1] > 2.3 * found[0]} == {}
