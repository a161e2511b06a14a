"""A portal published in a store: what is there is brought up to date, whatever happens on the way.

The store is one of fsspec's in memory; ``test_cluster`` publishes in a server of S3.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from generator.tools.portal import upload
from generator.tools.portal.places import Files
from tests.space import Ran, SiteSpace
from tests.tools.portal.teams import build, portal, team

PLACE = "memory://bucket/portal"


@pytest.fixture
def space(tmp_path: Path) -> Iterator[SiteSpace]:
    """A portal over two teams, and an empty store."""
    for number, name in enumerate(("one", "two"), 1):
        team(tmp_path, name, number)
    rows = "  - {id: one, source: one, region: 甲省}\n  - {id: two, source: two, region: 乙省}\n"
    yield portal(tmp_path, f"title: 汇总\nbase_url: https://portal.example/\nteams:\n{rows}")
    fsspec.filesystem("memory").store.clear()


def stored() -> dict[str, bytes]:
    """What the store holds of the portal."""
    found = fsspec.filesystem("memory").store
    every = {path.removeprefix("/bucket/portal/"): file.getvalue() for path, file in found.items()}
    return {path: body for path, body in sorted(every.items()) if not path.startswith(".rizhi/")}


def publish(space: SiteSpace, *options: str) -> Ran:
    """Publishes it in the store; it must succeed."""
    return build(space, "--output", PLACE, *options)


def change(space: SiteSpace) -> None:
    """Adds an entry to a team, and moves another one, so that pages come and go."""
    SiteSpace(space.folder / "one").entry("2020-05-01-c", title="新的一篇", date="2020-05-01")
    space.write("portal.yaml", (space.folder / "portal.yaml").read_text(encoding="utf-8").replace("乙省", "丙省"))


def test_a_store_holds_what_a_folder_would(space: SiteSpace) -> None:
    assert f"in {PLACE}" in publish(space).out
    build(space)
    assert stored() == space.tree()
    change(space)
    assert "1 removed" not in publish(space).out
    build(space)
    assert stored() == space.tree()
    assert "0 files written" in publish(space).out


def test_what_did_not_change_is_not_sent(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(space)
    sent: list[str] = []
    write = Files.write

    def noted(files: Files, path: str, body: bytes, kind: str | None = None) -> None:
        sent.append(path)
        write(files, path, body, kind)

    monkeypatch.setattr(Files, "write", noted)
    publish(space)
    assert sent == []
    SiteSpace(space.folder / "one").entry("2020-05-01-c", title="新的一篇", date="2020-05-01")
    publish(space)
    pages = [path for path in sent if not path.startswith(".rizhi/")]
    assert pages.index("index.html") == len(pages) - 1
    needed = [pages.index(path) for path in pages if path.startswith("search/x-")]
    assert max(needed) < pages.index("teams/one/index.html")
    assert "teams/two/index.html" not in pages
    assert sent[0] == sent[-1] == upload.MANIFEST


def test_killed_at_any_write_the_store_is_whole_and_the_next_time_ends_right(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "_AT_ONCE", 1)
    publish(space)
    before, saved = stored(), dict(fsspec.filesystem("memory").store)
    change(space)
    build(space)
    after = space.tree()
    count, state = _changes(space, monkeypatch, 0), space.folder / ".rizhi"
    kept = space.folder / "kept"
    shutil.copytree(state, kept)
    for number in (*range(1, count, 6), count - 2, count - 1):
        fsspec.filesystem("memory").store.clear()
        fsspec.filesystem("memory").store.update(saved)
        shutil.rmtree(state)
        shutil.copytree(kept, state)
        assert _changes(space, monkeypatch, number) == number
        found = stored()
        assert all(body in (before.get(path), after.get(path)) for path, body in found.items())
        assert before.keys() & after.keys() <= found.keys()
        assert found["index.html"] == before["index.html"] or after.items() <= found.items()
        publish(space)
        assert stored() == after


def _changes(space: SiteSpace, monkeypatch: pytest.MonkeyPatch, last: int) -> int:
    """Publishes, and dies before the change of the store with this number; 0 for never. How many were begun."""
    count = 0

    def counted(change: Callable[..., None]) -> Callable[..., None]:
        def counting(*given: object) -> None:
            nonlocal count
            if count == last and last:
                raise KeyboardInterrupt
            count += 1
            change(*given)

        return counting

    with monkeypatch.context() as patch:
        patch.setattr(Files, "write", counted(Files.write))
        patch.setattr(Files, "delete", counted(Files.delete))
        ran = space.run("portal build", "--jobs", "1", "--output", PLACE)
    assert ran.status == (130 if last and count == last else 0), ran.err
    return count


def test_what_somebody_else_put_there_is_not_overwritten(space: SiteSpace) -> None:
    fsspec.filesystem("memory").pipe_file("/bucket/portal/index.html", b"mine")
    ran = space.run("portal build", "--jobs", "1", "--output", PLACE)
    assert ran.status == 1
    assert f"{PLACE}/index.html: something that Rizhi did not write is in the way" in ran.err
    assert stored() == {"index.html": b"mine"}


def test_what_is_lost_in_the_store_is_sent_again_without_the_cache(space: SiteSpace) -> None:
    publish(space)
    before = stored()
    fsspec.filesystem("memory").rm_file("/bucket/portal/index.html")
    publish(space, "--no-cache")
    assert stored() == before


def test_two_at_the_same_time_are_told_and_mended(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(space)
    change(space)
    store = fsspec.filesystem("memory")
    manifest = f"/bucket/portal/{upload.MANIFEST}"
    write = Files.write

    def interfering(files: Files, path: str, body: bytes, kind: str | None = None) -> None:
        write(files, path, body, kind)
        if path == "index.html":
            store.pipe_file("/bucket/portal/index.html", b"theirs")
            store.pipe_file(manifest, store.cat_file(manifest).replace(b"manifest 1\n", b"manifest 1\ntheirs"))

    with monkeypatch.context() as patch:
        patch.setattr(Files, "write", interfering)
        ran = space.run("portal build", "--jobs", "1", "--output", PLACE)
    assert ran.status == 1
    assert "somebody else published here at the same time" in ran.err
    assert "Part of the site is new and part of it old" in ran.err
    publish(space)
    build(space)
    assert stored() == space.tree()


def test_a_store_that_cannot_be_reached(space: SiteSpace) -> None:
    ran = space.run("portal build", "--jobs", "1", "--output", "nowhere://bucket/portal")
    assert ran.status == 1
    assert "nowhere://bucket/portal cannot be reached: ValueError: Protocol not known" in ran.err
