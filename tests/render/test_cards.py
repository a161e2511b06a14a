"""Cards of entries: drawn only if the settings ask for them, within the margins, and fast enough."""

from __future__ import annotations

import json
import shutil
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from generator.model.outputs import Card
from generator.render import cards, fonts
from generator.render.cards import CardPainter
from generator.render.fonts import chinese_font
from tests.space import PNG, SiteSpace

SITE = "title: 日志\nbase_url: https://example.org/\n"
COLOURS = ("#fffefa", "#1f1c18", "#a8241b")


@pytest.fixture
def two(space: SiteSpace) -> SiteSpace:
    """Two entries, one with a cover."""
    space.write("content/site.yaml", f"{SITE}cards: true\n")
    space.write("content/entries/p.png", PNG)
    space.entry("a", title="进企业、进村居")
    space.entry("b", title="乙", cover="p.png")
    return space


def found(space: SiteSpace) -> list[str]:
    return [path for path in space.tree() if path.startswith("cards/")]


def test_an_entry_without_a_cover_has_a_card(two: SiteSpace) -> None:
    two.build()
    assert found(two) == ["cards/2020/03/05/a.png"]
    with Image.open(BytesIO(two.tree()["cards/2020/03/05/a.png"])) as image:
        assert image.size == (1200, 630)
    page = two.page("2020/03/05/a/")
    assert '<meta property="og:image" content="https://example.org/cards/2020/03/05/a.png">' in page
    assert '"image": "https://example.org/cards/2020/03/05/a.png"' in page
    assert 'og:image" content="https://example.org/pictures/entries/p.png/1.png"' in two.page("2020/03/05/b/")


@pytest.mark.parametrize("settings", [SITE, f"{SITE}cards: false\n", "title: 日志\ncards: true\n"])
def test_without_setting_or_base_url_no_card_is_drawn(two: SiteSpace, settings: str) -> None:
    two.write("content/site.yaml", settings)
    assert two.build().err == ""
    assert found(two) == []
    assert "/cards/" not in two.page("2020/03/05/a/")


def test_a_card_is_redrawn_when_its_text_changes(two: SiteSpace) -> None:
    two.build()
    before = two.tree()["cards/2020/03/05/a.png"]
    two.entry("a", title="进企业、进村居", body="别的话。\n")
    two.build()
    assert two.tree()["cards/2020/03/05/a.png"] == before
    two.entry("a", title="另一个题目")
    two.build()
    assert two.tree()["cards/2020/03/05/a.png"] != before
    two.write("themes/default/css/95-own.css", ":root { --paper: #123456; }\n")
    two.entry("a", title="进企业、进村居")
    two.build()
    with Image.open(BytesIO(two.tree()["cards/2020/03/05/a.png"])) as image:
        assert image.convert("RGB").getpixel((20, 600)) == (0x12, 0x34, 0x56)
    clean = two.folder / "clean"
    two.build("--no-cache", "--output", str(clean))
    assert (clean / "cards/2020/03/05/a.png").read_bytes() == two.tree()["cards/2020/03/05/a.png"]
    shutil.rmtree(two.folder / "output/cards")
    two.build()
    assert found(two) == ["cards/2020/03/05/a.png"]


def test_without_a_font_there_is_one_warning(two: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_NAMES", ())
    ran = two.build()
    assert ran.problems == [
        "content/site.yaml:3:8: warning: no font with Chinese characters was found, so no cards are drawn"
    ]
    assert found(two) == []
    assert "/cards/" not in two.page("2020/03/05/a/")


def test_the_settings_can_name_a_font(two: SiteSpace) -> None:
    font = chinese_font()
    assert font
    shutil.copy(font, two.folder / "own.ttc")
    two.write("content/site.yaml", f"{SITE}cards: {{font: own.ttc}}\n")
    two.build()
    assert found(two) == ["cards/2020/03/05/a.png"]
    for body in (b"no font", None, b"ttcf" + bytes(99)):
        place = two.folder / "other.ttf"
        place.unlink(missing_ok=True)
        if body is not None:
            place.write_bytes(body)
        two.write("content/site.yaml", f"{SITE}cards: {{font: other.ttf}}\n")
        assert two.fails().problems == ["content/site.yaml:3:8: other.ttf is no font that can be read"]
    two.write("content/site.yaml", f"{SITE}cards: maybe\n")
    assert two.fails().problems == ['content/site.yaml:3:8: "maybe" is neither yes nor no']


@pytest.fixture(scope="module")
def easel() -> CardPainter:
    font = chinese_font()
    assert font
    return CardPainter(font, COLOURS)


LONG = "“送政策”上门：把政策汇编送进车间、送到村头，听一听还有哪些难处没有解决" * 4
TITLES = ("短", "进企业、进村居、进项目", LONG[:37], LONG, "A long English title that needs several lines " * 4, "㐀𠀀")


@pytest.mark.parametrize("title", TITLES)
def test_all_that_is_drawn_stays_within_the_margins(easel: CardPainter, title: str) -> None:
    card = Card("x.png", "站" * 60, title, "2020年3月7日 · " + "某某公司、" * 20)
    with Image.open(BytesIO(easel.drawn(card))) as image:
        below = image.convert("RGB").crop((0, 12, *image.size))
        ink = Image.new("RGB", below.size, COLOURS[0])
        box = ImageChops.difference(below, ink).getbbox()
    assert box
    left, top, right, bottom = box
    assert left >= 60
    assert right <= 1200 - 60
    assert top >= 40
    assert bottom <= 618 - 40


def test_the_largest_letters_in_which_a_title_fits(easel: CardPainter) -> None:
    titles = [easel.title(title) for title in TITLES[1:4]]
    assert [(size, len(lines)) for size, lines in titles] == [(76, 1), (64, 3), (52, 4)]
    assert titles[0][1] == ["进企业、进村居、进项目"]
    assert all(line[0] not in "，、：”" for _, lines in titles for line in lines)
    assert titles[2][1][-1].endswith("…")


def test_a_card_is_small_and_quick_to_draw(easel: CardPainter) -> None:
    many = [Card("x.png", "日志", LONG[number : number + 20], "2020年3月7日 · 企业") for number in range(50)]
    easel.drawn(many[0])
    sizes = []
    start = time.process_time()
    sizes = [len(easel.drawn(card)) for card in many]
    # It takes about two milliseconds; the limit leaves room for slow machines.
    assert (time.process_time() - start) / len(many) < 0.012
    assert max(sizes) < 40_000


def test_the_sites_icon_in_the_sizes_of_phones(space: SiteSpace) -> None:
    space.entry("a")
    space.build()
    tree = space.tree()
    for name, side in (("icon-192", 192), ("icon-512", 512), ("apple-touch-icon", 180)):
        with Image.open(BytesIO(tree[f"assets/{name}.png"])) as image:
            assert (image.size, image.format) == ((side, side), "PNG")
    own = BytesIO()
    Image.new("RGB", (300, 150), (0, 90, 200)).save(own, "PNG")
    space.write("themes/default/assets/icon.png", own.getvalue())
    space.write("themes/default/assets/icon-512.png", PNG)
    space.build()
    tree = space.tree()
    with Image.open(BytesIO(tree["assets/icon-512.png"])) as image:
        assert image.size == (1, 1)
    with Image.open(BytesIO(tree["assets/icon-192.png"])) as image:
        shown = image.convert("RGBA")
        assert shown.getpixel((96, 96)) == (0, 90, 200, 255)
        assert shown.getchannel("A").getpixel((96, 10)) == 0
    space.write("themes/default/assets/icon.png", b"png")
    assert space.fails().problems == ["themes/default/assets/icon.png: the file is no picture that can be read"]


def test_the_manifest_names_the_site_and_its_icons(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 省派烟台工作组“四进”日志\n")
    space.entry("a")
    space.build()
    manifest = json.loads(space.page("site.webmanifest"))
    assert manifest["name"] == "省派烟台工作组“四进”日志"
    assert manifest["short_name"] == "省派烟台工作"
    assert (manifest["background_color"], manifest["theme_color"]) == ("#fffefa", "#a8241b")
    assert [one["src"] for one in manifest["icons"]] == ["assets/icon-192.png", "assets/icon-512.png"]
    assert all((space.folder / "output" / one["src"]).is_file() for one in manifest["icons"])
    page = space.page("2020/03/05/a/")
    assert '<link rel="manifest" href="../../../../site.webmanifest">' in page
    assert "manifest-src 'self'" in page
    space.build("--portable")
    # On pages opened from a disk, browsers would report an error for a manifest.
    assert "site.webmanifest" not in space.tree()
    assert 'rel="manifest"' not in space.page("")


def test_fonts_are_looked_for_in_the_usual_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_folders", lambda: [tmp_path / "none", tmp_path])
    assert chinese_font() is None
    for name in ("deep/er/simhei.ttf", "NotoSansCJK-Bold.ttc", "other.ttf"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")
    assert chinese_font() == tmp_path / "NotoSansCJK-Bold.ttc"
    assert cards.SIZE == (1200, 630)
