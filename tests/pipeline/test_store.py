"""A picture is made once, kept outside the output, and the same however it is made."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.pipeline.assets import image_store
from generator.pipeline.assets.asset_index import AssetIndex
from generator.render import image_encoding
from tests.read.painting import gif, saved, scene, show
from tests.space import SiteSpace, tree


@pytest.fixture
def gallery(space: SiteSpace) -> SiteSpace:
    """A site with three pictures, published."""
    wide = saved(scene(size=(1200, 400)), "JPEG")
    show(space, a_jpg=wide, b_png=saved(scene("RGBA"), "PNG"), c_gif=gif(loop=0))
    space.build()
    return space


def never(*_: object) -> None:
    """Stands for developing where nothing may be developed."""
    raise AssertionError


def test_what_is_developed_is_not_developed_again(gallery: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = gallery.tree()
    monkeypatch.setattr(image_encoding, "develop", never)
    assert "0 files written" in gallery.build().out
    gallery.entry("a", title="另题", body="![图](a.jpg)\n\n![图](b.png)\n\n![图](c.gif)\n\n又一段。\n")
    gallery.build()
    shutil.rmtree(gallery.folder / "output")
    for cache in (gallery.folder / ".rizhi").glob("[0-9a-f]*"):
        cache.unlink()
    gallery.build()
    gallery.run("check")
    after = gallery.tree()
    for path in (path for path in before if path.startswith("pictures/")):
        assert after[path] == before[path]


def test_what_no_page_shows_any_more_is_forgotten(gallery: SiteSpace) -> None:
    store = gallery.folder / ".rizhi/pictures"
    assert len(list(store.iterdir())) == 3
    assert (gallery.folder / ".rizhi/.gitignore").read_text() == "*\n"
    gallery.entry("a", body="![图](b.png)\n")
    gallery.build()
    assert len(list(store.iterdir())) == 1
    assert {path.split("/")[2].split(".")[0] for path in gallery.tree() if path.startswith("pictures/")} == {"b"}


DAMAGE: tuple[Callable[[bytes], bytes], ...] = (
    lambda raw: raw[:-9],
    lambda raw: b"x" + raw[1:],
    lambda raw: raw[:0],
    bytes.swapcase,
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_store_is_a_miss(gallery: SiteSpace, damage: Callable[[bytes], bytes]) -> None:
    before = gallery.tree()
    for place in (gallery.folder / ".rizhi/pictures").iterdir():
        place.write_bytes(damage(place.read_bytes()))
    shutil.rmtree(gallery.folder / "output")
    gallery.build()
    assert gallery.tree() == before


def test_a_picture_that_changes_while_it_is_made_stops_the_build(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pixels are never kept as those of the picture that was looked at before."""
    one, other = (saved(scene(size=size), "PNG") for size in ((400, 300), (300, 400)))
    read = AssetIndex.read

    def meanwhile(assets: AssetIndex, path: str) -> bytes:
        space.write("content/entries/a.png", other)
        try:
            return read(assets, path)
        finally:
            space.write("content/entries/a.png", one)

    show(space, a_png=one)
    with monkeypatch.context() as patch:
        patch.setattr(AssetIndex, "read", meanwhile)
        ran = space.fails("--jobs", "1")
    assert ran.problems == ["content/entries/a.png: the file changed while the site was being built"]
    space.build()
    shutil.rmtree(space.folder / ".rizhi")
    before = space.tree()
    space.build()
    assert space.tree() == before


def test_what_another_version_of_the_program_kept_is_a_miss(
    gallery: SiteSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = gallery.tree()
    shutil.rmtree(gallery.folder / "output")
    for cache in (gallery.folder / ".rizhi").glob("[0-9a-f]*"):
        cache.unlink()

    kept = iter(range(3))

    def moved(body: bytes) -> object:
        if next(kept, None) is not None:
            raise ModuleNotFoundError
        return pickle.loads(body)

    monkeypatch.setattr(image_store, "pickle", SimpleNamespace(loads=moved, dumps=pickle.dumps))
    gallery.build("--jobs", "1")
    assert next(kept, None) is None
    assert gallery.tree() == before


def test_where_nothing_can_be_kept_pictures_are_made_all_the_same(gallery: SiteSpace) -> None:
    before = gallery.tree()
    shutil.rmtree(gallery.folder / ".rizhi/pictures")
    gallery.write(".rizhi/pictures", "in the way")
    shutil.rmtree(gallery.folder / "output")
    gallery.build()
    assert gallery.tree() == before
    gallery.build("--no-cache", "--output", str(gallery.folder / "other"))
    assert (gallery.folder / ".rizhi/pictures").read_text() == "in the way"


def test_several_processes_make_the_same_bytes(gallery: SiteSpace) -> None:
    one, two = (gallery.folder / name for name in ("one", "two"))
    gallery.build("--no-cache", "--jobs", "1", "--output", str(one))
    gallery.build("--no-cache", "--jobs", "3", "--output", str(two))
    files = [
        {path: body for path, body in tree(folder).items() if path.startswith("pictures/")} for folder in (one, two)
    ]
    assert files[0]
    assert all(first == second for first, second in pairwise(files))


def test_a_build_that_draws_nothing_loads_nothing_that_draws(gallery: SiteSpace) -> None:
    root = Path(__file__).parents[2]
    watching = (
        "import sys; from generator.cli.main import main; main(['build', sys.argv[1]], standalone_mode=False);"
        "print('PIL' in sys.modules)"
    )

    def drew() -> bool:
        ran = subprocess.run(
            [sys.executable, "-c", watching, str(gallery.folder)], capture_output=True, text=True, cwd=root, check=True
        )
        return ran.stdout.strip().endswith("True")

    drew()
    assert not drew()
    place = gallery.folder / "content/entries/a.md"
    place.write_text(place.read_text(encoding="utf-8") + "\n又一段。\n", encoding="utf-8")
    assert not drew()
    gallery.write("content/entries/a.jpg", saved(scene(size=(500, 400)), "JPEG"))
    assert drew()
