"""Pictures as they are published: upright, rebuilt, in a few widths."""

from __future__ import annotations

import base64
import random
import re
import resource
import shutil
import sys
import zlib
from collections.abc import Callable
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageOps, ImageSequence, ImageStat

from generator.ground.errors import Fault
from generator.ground.shell import install_command
from generator.render import image_encoding
from generator.render.image_encoding import develop
from tests.read.painting import (
    PHONES,
    SECRET,
    SRGB,
    TURNS,
    XMP,
    chunk,
    exif,
    gif,
    painted,
    saved,
    scene,
    segment,
    show,
    with_chunks,
    with_segments,
)
from tests.space import PNG, SiteSpace

pillow_heif.register_heif_opener()


def published(space: SiteSpace, name: str = "") -> dict[str, bytes]:
    """The versions of a picture, by width and ending: ``480.webp``."""
    place = f"pictures/entries/{name}"
    return {path.removeprefix(f"{place}/"): body for path, body in space.tree().items() if path.startswith(place)}


def opened(body: bytes) -> Image.Image:
    image = Image.open(BytesIO(body))
    image.load()
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much two pictures of one size differ, in steps of 255 on average."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))).mean)


def test_nothing_that_a_camera_writes_is_published(space: SiteSpace) -> None:
    heic = saved(scene(size=(64, 64)), "HEIF", exif=exif(1).removeprefix(b"Exif\0\0"), xmp=XMP, quality=90)
    avif = saved(scene(), "AVIF", exif=exif(1), xmp=XMP, icc_profile=SRGB)
    assert SECRET in heic
    assert SECRET in avif
    phones = {f"{kind}_{'jpg' if kind == 'jpeg' else kind}": made(6) for kind, made in PHONES.items()}
    moving = gif(loop=0, comment=SECRET)
    show(space, **phones, a_gif=moving, a_heic=heic, a_avif=avif)
    space.build()
    tree = space.tree()
    assert not [path for path, body in tree.items() if SECRET in body]
    assert not [path for path in tree if path.startswith("files/")]
    found = published(space)
    assert len(found) >= 8
    for body in found.values():
        image = opened(body)
        assert not dict(image.getexif())
        assert not {"exif", "icc_profile", "xmp", "XML:com.adobe.xmp", "comment", "dpi", "Author"} & image.info.keys()
        assert b"http://ns.adobe.com" not in body


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_turn_comes_out_upright(space: SiteSpace, kind: str) -> None:
    tags = {turn: Image.Exif() for turn in TURNS}
    for turn, one in tags.items():
        one[0x0112] = turn
    show(space, **{f"t{turn}_{kind.lower()}": saved(scene(), kind, exif=one.tobytes()) for turn, one in tags.items()})
    space.build()
    for turn, one in tags.items():
        upright = ImageOps.exif_transpose(opened(saved(scene(), "PNG", exif=one.tobytes())))
        for body in published(space, f"t{turn}.{kind.lower()}").values():
            assert difference(opened(body), upright) < 6, (turn, kind)


def test_widths_are_made_where_they_spare_something(space: SiteSpace) -> None:
    sizes = {"large": (2000, 1000), "middle": (700, 100), "small": (500, 20), "tall": (1700, 17000), "dot": (3, 2)}
    pictures = {name: scene(size=size) for name, size in sizes.items() if name != "tall"}
    # What takes long to compress is not what is asked here.
    pictures["tall"] = Image.new("RGB", sizes["tall"], "#8a7f70")
    show(space, **{f"{name}_jpg": saved(pictures[name], "JPEG") for name in sizes})
    space.build()
    widths = {name: {opened(one).size for one in published(space, f"{name}.jpg").values()} for name in sizes}
    assert widths == {
        "large": {(480, 240), (1080, 540), (1600, 800)},
        "middle": {(480, 69), (700, 100)},
        "small": {(500, 20)},
        "tall": {(480, 4800), (1080, 10800), (1600, 16000)},
        "dot": {(3, 2)},
    }
    page = space.page("2020/03/05/a/")
    one = re.search(r'<a href="[^"]*large\.jpg/1600\.jpg">(<picture>.*?</picture>)</a>', page)
    assert one
    assert re.findall(r"large\.jpg/(\d+\.\w+) (\d+)w", one[1]) == [
        (f"{width}.{ending}", str(width)) for ending in ("webp", "jpg") for width in (480, 1080, 1600)
    ]
    assert 'type="image/webp"' in one[1]
    assert 'width="1600" height="800" data-tone="#' in one[1]
    shown = re.findall(r'<img (?!class="qr").*?>', page)
    assert [' loading="lazy"' in img for img in shown] == [False, *[True] * (len(sizes) - 1)]


def test_what_is_seen_through_stays_so(space: SiteSpace) -> None:
    image = scene("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    flat = Image.new("P", (80, 48))
    flat.putpalette([255, 0, 0, 0, 0, 255])
    flat.paste(1, (0, 0, 40, 48))
    show(space, soft_png=saved(image, "PNG"), hard_png=saved(flat, "PNG", transparency=0))
    space.build()
    for name, source in (("soft", image), ("hard", opened(saved(flat, "PNG", transparency=0)).convert("RGBA"))):
        found = published(space, f"{name}.png")
        assert set(found) == {"80.png", "80.webp"}
        for body in found.values():
            assert difference(opened(body).convert("RGBA").getchannel("A"), source.getchannel("A")) < 3
    assert "data-tone" not in space.page("2020/03/05/a/")


def test_drawings_keep_their_edges_and_photos_become_jpeg(space: SiteSpace) -> None:
    table = Image.new("RGB", (900, 600), "white")
    for at in range(0, 600, 30):
        table.paste((180, 20, 20), (0, at, 900, at + 2))
    show(space, table_png=saved(table, "PNG"), photo_png=saved(scene(size=(900, 600)), "PNG"))
    space.build()
    assert set(published(space, "photo.png")) == {"480.jpg", "480.webp", "900.jpg", "900.webp"}
    drawn = published(space, "table.png")
    assert set(drawn) == {"480.png", "480.webp", "900.png", "900.webp"}
    for ending in ("png", "webp"):
        assert difference(opened(drawn[f"900.{ending}"]), table) == 0
        assert len(drawn[f"900.{ending}"]) < 3000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_build(space: SiteSpace, mode: str) -> None:
    if mode == "I;16":
        ramp = Image.linear_gradient("L")
        image = Image.frombytes("I;16", ramp.size, b"".join(bytes((0, value)) for value in ramp.tobytes()))
        expected = ramp
    else:
        image = scene(mode)
        expected = image.convert("RGBA" if mode in ("LA", "RGBA") else "RGB")
    kind = "JPEG" if mode == "CMYK" else "PNG"
    show(space, **{f"a_{kind.lower()}": saved(image, kind)})
    space.build()
    for body in published(space, f"a.{kind.lower()}").values():
        assert difference(opened(body), expected) < 8


def test_colours_of_a_profile_are_turned_into_those_of_the_web(space: SiteSpace) -> None:
    # A profile that calls red what sRGB calls blue.
    swapped = SRGB.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)
    red = Image.new("RGB", (40, 40), (230, 10, 10))
    broken = SRGB[:200] + bytes(len(SRGB) - 200)
    show(space, a_jpg=saved(red, "JPEG", icc_profile=swapped), b_jpg=saved(red, "JPEG", icc_profile=broken))
    space.build()
    for name, channel in (("a.jpg", 2), ("b.jpg", 0)):
        for body in published(space, name).values():
            assert ImageStat.Stat(opened(body).convert("RGB")).mean[channel] > 200


def times(body: bytes) -> list[object]:
    """How long each picture of a moving one is shown."""
    found = []
    for frame in ImageSequence.Iterator(opened(body)):
        frame.load()
        found.append(frame.info["duration"])
    return found


def test_what_moves_goes_on_moving_and_stands_where_that_is_wished(space: SiteSpace) -> None:
    frames = [scene(size=(100, 60)).rotate(90 * turn).convert("P") for turn in range(3)]
    options = {"save_all": True, "append_images": frames[1:], "duration": [70, 80, 90], "loop": 0}
    raw = saved(frames[0], "GIF", **options)
    show(space, a_gif=raw)
    space.build()
    found = published(space, "a.gif")
    assert opened(found["100.webp"]).info["loop"] == 0
    assert times(found["100.webp"]) == [70, 80, 90]
    # What came out goes in again, for WebP keeps its times elsewhere.
    for other in (found["100.webp"], saved(frames[0], "PNG", **options)):
        _, bodies = develop(other)
        assert times(bodies[0]) == [70, 80, 90]
    (still,) = (body for name, body in found.items() if not name.endswith(".webp"))
    assert not getattr(opened(still), "is_animated", False)
    source = re.search(r"<source .*?>", space.page("2020/03/05/a/"))
    assert source
    assert 'media="(prefers-reduced-motion: no-preference)"' in source[0]


def test_originals_are_published_when_asked_for(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\nassets: {originals: true}\n")
    raw = saved(scene(size=(1200, 300)), "JPEG", exif=exif(1), comment=SECRET)
    show(space, a_jpg=raw, b_avif=saved(scene(), "AVIF"))
    space.build()
    tree = space.tree()
    assert [path for path in tree if path.startswith("files/")] == ["files/entries/a.jpg"]
    assert opened(tree["files/entries/a.jpg"]).tobytes() == opened(raw).tobytes()
    assert SECRET not in tree["files/entries/a.jpg"]
    assert '<a href="../../../../files/entries/a.jpg"><picture>' in space.page("2020/03/05/a/")
    space.write("content/site.yaml", "title: 日志\n")
    space.build()
    assert not [path for path in space.tree() if path.startswith("files/")]


def header_only(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says to be this large."""
    ihdr = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", ihdr) + chunk(b"IDAT", b"x\x9cc\0\0\0\1\0\1") + chunk(b"IEND", b"")


def test_a_name_may_be_as_long_as_a_file_system_allows(space: SiteSpace) -> None:
    name = "长" * 83 + "02.png"
    assert len(name.encode()) == 255
    space.write(f"content/entries/{name}", PNG)
    space.entry("a", body=f"![图]({name})\n")
    assert space.run("check").status == 0
    space.build()
    assert set(published(space, name)) == {"1.png", "1.webp"}


def test_what_is_too_large_is_told(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_encoding, "MOST_BYTES", 2 << 20)
    many = gif(loop=0)
    monkeypatch.setattr(image_encoding, "MOST_FRAMES", 2)
    show(space, a_png=header_only(10_001, 10_000), b_jpg=saved(painted(), "JPEG") + bytes(3 << 20), c_gif=many)
    ran = space.fails()
    assert ran.problems == [
        "content/entries/a.md:5:1: the picture has more than 100 million pixels",
        "content/entries/a.md:7:1: the picture has 3 MB; 2 is the most",
        "content/entries/a.md:9:1: the picture has more than 100 million pixels",
    ]
    assert ran.err.count("  hint: save it smaller") == 3
    assert not (space.folder / "output").exists()


LIAR = zlib.decompress(
    base64.b85decode(
        "c-muNU{FXasVqn=%S>Yc0uY^>nP!-qnV9D5Xy^zOdYzkElE?r7iWw<6MNl?FL1uCZ0~+8f$SlbPvlxL`E;A=T8N_h`@fjhajKT~IJTrl"
        "8jm*rvG`LzRASaax%1bOWFm%q($p_n&m03_!0HnP$3zGAJv`A)gK`PWf2PhUO$gIc&2{3bTZ~!Tu#4<zYMtiUt;pF_BqP*ms3ZTin3~U"
        "WRA@R(DT$rDL4r5_tYGwgyT9})XSR%y0#clt+uKwrWB`hXV4o2;g0!oR7lN_2j)F%L~N;-coaINO2```amymY+swW#sUI}?qN$@Xia40"
        "lB;ty<IgYuWK)<%Q8)T+Q>lTy;;s{J8q$g4W3U!Lfev+j^3(E_uF6Z}Ok2*NrnaPiOtodehwJdRg518yAG+#9O<U2bj-k4sA$2e=ee&="
        "}VwP{;eB36-7R$`$ir*`bF)BPyScMD$j%K7GL4kwz;(`h+*rwI~THU2K@iH@_^))be^XxF7`Davf#=1WX<{EnEU@v4-P4+h%$4Aa;5X6"
        "Fuv6nR@kyE{%6gkdFBfO;^|^Z5_y(1&GQvE)Oor-Xw8OOQ=3{judn~DB)Zop;rn#;IdfgUxO#Xgm9JUz(biq+2iKh86I!EDG8!eLQ8F4"
        "Oqfs&%C8JR?8YP1@N@8f~kq1NBbQ%V}0{~HEiVF"
    )
)
"""An AVIF that says that it is 64 pixels wide and high, and has 16,000 of one colour each way: a gigabyte."""


def test_a_picture_takes_no_more_memory_than_its_size_needs(space: SiteSpace) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    show(space, a_avif=LIAR)
    assert space.fails().problems == ["content/entries/a.md:5:1: the picture is cut short or damaged"]
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    show(space, a_avif=saved(scene(size=(900, 600)), "AVIF"), b_heic=saved(scene(size=(900, 600)), "HEIF"))
    space.build()


def test_swollen_chunks_are_not_even_opened(space: SiteSpace) -> None:
    bomb = zlib.compress(bytes(300 << 20), 9)
    plain = saved(scene(), "PNG")
    text = chunk(b"zTXt", b"Comment\0\0" + bomb)
    show(space, a_png=with_chunks(plain, text))
    space.build()
    for body in published(space, "a.png").values():
        assert difference(opened(body), scene()) < 6
    show(space, a_png=with_chunks(plain, chunk(b"iCCP", b"x\0\0" + bomb)))
    assert space.fails().problems == ["content/entries/a.md:5:1: the picture is cut short or damaged"]


def test_heic_needs_its_extra(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = saved(scene(size=(64, 64)), "HEIF")
    show(space, a_heic=raw, b_jpg=raw)
    assert space.fails().problems == [
        'content/entries/a.md:7:1: the picture is of another kind than ".jpg" says',
    ]
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    shutil.rmtree(space.folder / ".rizhi")
    ran = space.fails()
    assert ran.problems[0] == (
        "content/entries/a.md:5:1: the picture is HEIC, for which a part of the program is not installed"
    )
    assert f"  hint: save it again as JPEG, or install the part: {install_command('pillow-heif')}\n" in ran.err


def test_an_error_of_ours_is_none_of_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = saved(scene(), "JPEG")
    with monkeypatch.context() as patch:
        patch.delattr(image_encoding, "_tone")
        with pytest.raises(NameError):
            develop(raw)
    # A decoder may raise the same.
    monkeypatch.delattr("PIL.ImageFile._tilesort")
    with pytest.raises(Fault, match="cut short or damaged"):
        develop(raw)


SAMPLES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: with_segments(saved(scene(), "JPEG", exif=exif(6), icc_profile=SRGB), segment(0xFE, SECRET)),
    "progressive": lambda: saved(scene("CMYK"), "JPEG", progressive=True),
    "png": lambda: saved(scene("P"), "PNG", transparency=3, icc_profile=SRGB),
    "deep": lambda: saved(painted("I;16"), "PNG"),
    "gif": lambda: gif(loop=0),
    "webp": lambda: saved(scene("RGBA"), "WEBP", exif=exif(6)),
    "moving": lambda: saved(scene(), "WEBP", save_all=True, append_images=[scene().rotate(90)]),
    "apng": lambda: saved(scene(), "PNG", save_all=True, append_images=[scene().rotate(90)]),
    "avif": lambda: saved(scene(), "AVIF", exif=exif(6)),
    "heic": lambda: saved(scene(size=(64, 64)), "HEIF"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_damage_is_a_fault_or_a_picture(name: str) -> None:
    raw, chance = SAMPLES[name](), random.Random(name)
    develop(raw)
    outcomes = set()
    for number in range(150):
        damaged = bytearray(raw)
        if number % 2:
            del damaged[chance.randrange(len(raw)) :]
        else:
            for at in chance.choices(range(min(len(raw), 300)), k=2) + chance.choices(range(len(raw)), k=2):
                damaged[at] = chance.randrange(256)
        try:
            facts, bodies = develop(bytes(damaged))
        except Fault as fault:
            outcomes.add(str(fault.message))
            continue
        assert len(facts.variants) == len(bodies) > 0
        assert facts.width > 0 < facts.height
    assert outcomes <= {
        "the picture is cut short or damaged",
        "the file is no picture that can be read",
        "the picture has more than 100 million pixels",
    }
    assert "the picture is cut short or damaged" in outcomes
