"""The preview looks only at what it is told of, and then makes sure that this was all."""

from __future__ import annotations

import datetime
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.model.options import Options, Selection
from generator.pipeline.snapshot import is_same, rescan_paths, scan
from generator.tools.preview import Preview
from generator.tools.watch import Watch
from tests.space import SiteSpace

PATIENCE = 60
"""Seconds that a busy machine may take."""
NOW = datetime.datetime(2020, 9, 13, tzinfo=datetime.UTC)


def options(space: SiteSpace) -> Options:
    return Options(folder=space.folder, selection=Selection(now=NOW, drafts=True))


@pytest.fixture
def preview(space: SiteSpace) -> Iterator[Preview]:
    space.entry("a", title="甲")
    space.entry("b", title="乙")
    output = space.folder / "output"
    output.mkdir()
    with closing(Preview(lambda: options(space), output, "en")) as shown:
        shown.refresh()
        yield shown


def test_what_was_not_told_is_built_behind_it(preview: Preview, space: SiteSpace) -> None:
    told = space.entry("a", title="甲改")
    space.entry("b", title="乙改")
    preview.scan({str(told)})
    assert preview.rebuild()
    assert "甲改" in space.page("2020/03/05/a/")
    preview.scan(set())
    assert not preview.rebuild()
    assert "乙改" in space.page("2020/03/05/b/")


def test_a_site_that_cannot_be_looked_at_is_not_built_again_and_again(preview: Preview, space: SiteSpace) -> None:
    (space.folder / "content").rename(space.folder / "elsewhere")
    preview.scan(None)
    assert not preview.rebuild()
    assert preview.state.problems is not None
    (space.folder / "elsewhere").rename(space.folder / "content")
    preview.scan(None)
    assert not preview.rebuild()
    assert preview.state.problems is None


def test_a_site_that_is_gone_untold_is_missed(preview: Preview, space: SiteSpace) -> None:
    (space.folder / "content").rename(space.folder / "elsewhere")
    preview.scan(set())
    assert preview.rebuild()
    preview.scan(set())
    assert not preview.rebuild()
    assert preview.state.problems is not None


def test_only_what_keeps_it_from_being_built_does(preview: Preview, space: SiteSpace) -> None:
    """A draft with something wrong in it does not, even while something else does."""
    draft, entry = space.entry("c", date="三月", status="draft"), space.entry("b", date="三月")
    state = preview.refresh()
    assert preview.left_out == {"content/entries/c.md"}
    assert "c.md:3" in str(state.left_out)
    assert "b.md:3" not in str(state.left_out)
    assert "b.md:3" in str(state.problems)
    draft.unlink()
    entry.unlink()
    state = preview.refresh()
    assert (state.problems, state.left_out, preview.left_out) == (None, None, frozenset())


def test_what_has_to_be_done_again_is_done_again(space: SiteSpace) -> None:
    acts = queue.Queue[int]()

    def act() -> bool:
        acts.put(acts.qsize())
        return acts.qsize() == 1

    with Watch(space.folder, ("content",), lambda _: None, act):
        space.entry("a")
        assert acts.get(timeout=PATIENCE) == 0
        assert acts.get(timeout=PATIENCE) >= 0


def test_a_watch_can_be_ended_while_it_looks(space: SiteSpace) -> None:
    looks, goes_on = threading.Event(), threading.Event()

    def scan(_: object) -> None:
        looks.set()
        goes_on.wait(PATIENCE)

    watch = Watch(space.folder, ("content",), scan, lambda: False)
    watch.__enter__()
    space.entry("a")
    assert looks.wait(PATIENCE)
    ending = threading.Thread(target=watch.__exit__, args=(None, None, None), daemon=True)
    ending.start()
    deadline = time.monotonic() + PATIENCE
    while not vars(watch)["_ended"]:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    goes_on.set()
    ending.join(PATIENCE)
    assert not ending.is_alive()


def rewritten(content: Path, name: str) -> list[Path]:
    place = content / "entries/a.md"
    place.write_text(f"---\ntitle: {name}\ndate: 2020-03-05\n---\n", encoding="utf-8")
    return [place]


def replaced(content: Path, name: str) -> list[Path]:
    place, new = content / "entries/a.md", content / f"entries/{name}.md.tmp"
    new.write_text(f"---\ntitle: {name}\ndate: 2020-03-05\n---\n", encoding="utf-8")
    new.rename(place)
    return [new, place]


def added(content: Path, name: str) -> list[Path]:
    place = content / f"entries/{name}.md"
    place.write_text("---\ntitle: 新\ndate: 2020-03-06\n---\n", encoding="utf-8")
    return [place]


def removed(content: Path, _: str) -> list[Path]:
    place = content / "entries/a.md"
    place.unlink()
    return [place]


def linked(content: Path, name: str) -> list[Path]:
    place, other = content / "entries/a.md", content / f"{name}.txt"
    place.rename(other)
    place.symlink_to(other)
    # Of the other file nothing need be told.
    return [place]


def pictured(content: Path, name: str) -> list[Path]:
    place = content / f"{name}.png"
    place.write_bytes(b"no picture")
    return [place]


def themed(content: Path, name: str) -> list[Path]:
    place = content.parent / f"themes/default/css/{name}.css"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("p { color: red }", encoding="utf-8")
    return [place]


def unthemed(content: Path, _: str) -> list[Path]:
    place = content.parent / "themes/default/css/own.css"
    place.unlink()
    return [place]


EDITS: list[Callable[[Path, str], list[Path]]] = [
    *(rewritten, replaced, added, removed, linked, pictured, themed, unthemed)
]


@pytest.mark.parametrize("is_relative", [False, True])
@pytest.mark.parametrize("edit", EDITS)
def test_a_glimpse_sees_what_a_look_sees_or_nothing(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path, str], list[Path]], *, is_relative: bool
) -> None:
    space.entry("a")
    space.entry("b")
    space.write("themes/default/css/own.css", "p { color: blue }")
    monkeypatch.chdir(space.folder)
    asked = Options(folder=Path(), selection=Selection(now=NOW)) if is_relative else options(space)
    before = scan(asked)
    places = edit(asked.folder / "content", "new")
    seen = rescan_paths(before, asked, {os.fspath(place) for place in places})
    assert seen is None or is_same(seen, scan(asked))
    assert (seen is not None) == (edit in (rewritten, replaced))
