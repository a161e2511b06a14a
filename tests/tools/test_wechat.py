"""An entry for WeChat, by the command: a folder that can be published from."""

from __future__ import annotations

import builtins
import errno
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image

from generator.ground.shell import install_command
from tests.space import TARGETS, SiteSpace, tree

Site = Callable[[str], SiteSpace]

KEPT: Final = {
    "color", "font-size", "font-weight", "font-style", "font-family", "line-height", "text-align", "text-decoration",
    "text-indent", "word-break", "background-color", "border", "border-top", "border-left", "border-collapse", "margin",
    "margin-top", "margin-bottom", "margin-left", "padding", "padding-top", "padding-left", "width", "min-width",
    "max-width", "height", "display", "vertical-align", "overflow-x",
}  # fmt: skip
"""Properties that WeChat's editor is known to keep."""
GPS: Final = 0x8825


def photo(width: int, height: int, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture with many colours, and with the place where it was taken."""
    image = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (image, image.rotate(90).resize((width, height)), image.rotate(45)))
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010E] = "13800001234"
    stream = BytesIO()
    image.save(stream, kind, exif=exif, **options)
    return stream.getvalue()


@pytest.fixture
def space(site: Site) -> SiteSpace:
    """An entry with everything that a text can have."""
    space = site(
        "-- content/site.yaml --\ntitle: 日志\nbase_url: https://example.org/\norganization: 某工作组\n"
        "assets: {allow_svg: true}\n"
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n"
    )
    space.write("content/entries/wide.jpg", photo(1300, 900))
    space.write("content/entries/small.webp", photo(90, 80, "WEBP"))
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    moving = BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:], comment=b"13800001234")
    space.write("content/entries/moving.gif", moving.getvalue())
    space.write("content/entries/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><text>图</text></svg>')
    specimen = (Path(__file__).parents[1] / "browser/specimen.md").read_text(encoding="utf-8")
    _, fields, body = specimen.split("---\n", 2)
    pictures = '![甲](wide.jpg "图说")\n\n![乙](small.webp)\n\n![丙](moving.gif)\n\n![丁](a.svg)\n\n![甲](wide.jpg)\n'
    fields = fields.replace("counts: {走访: 3}\n", "")
    space.write("content/entries/a.md", f"---\n{fields}---\n到{{target}}`taihe`。\n\n{pictures}\n{body}")
    return space


def export(space: SiteSpace, *options: str) -> dict[str, bytes]:
    folder = space.folder / "out"
    ran = space.run("export entry a.md", "--format", "wechat", "--output", str(folder), *options)
    assert ran.status == 0, ran.err
    assert f"Wrote 1 entry to {folder}." in ran.out
    assert f"Open {folder / 'copy.html'} in a browser" in ran.out
    assert ran.problems == [
        "content/entries/a.svg: warning: WeChat takes no drawings in SVG; the picture's description stands in its place"
    ]
    return tree(folder)


def article(files: dict[str, bytes]) -> str:
    body = re.search(r"<body[^>]*>\n(.*)\n</body>", files["article.html"].decode(), re.DOTALL)
    assert body
    return body[1]


def test_a_folder_that_can_be_published_from(space: SiteSpace) -> None:
    files = export(space)
    assert sorted(files) == [
        "01.jpg", "02.jpg", "03.gif", "article.html", "author.txt", "copy.html", "cover.jpg", "digest.txt",
        "source.txt", "title.txt",
    ]  # fmt: skip
    texts = {name: body.decode() for name, body in files.items() if name.endswith(".txt")}
    assert texts == {
        "title.txt": "各种写法的样张",
        "author.txt": "甲组、乙组",
        "digest.txt": "到泰和新材。",
        "source.txt": "https://example.org/2020/03/05/a/",
    }
    text = article(files)
    # What the editor drops is not there, and what it keeps is styled in place.
    properties = {
        one.split(":")[0].strip() for style in re.findall(r'style="([^"]*)"', text) for one in style.split(";")
    }
    assert properties - KEPT == {""}
    assert set(re.findall(r' ([a-z-]+)="', re.sub(r'="[^"]*"', '="', text))) == {"style", "src", "alt"}
    assert set(re.findall(r"<([a-z0-9]+)", text)) <= {
        "section", "p", "h2", "h3", "span", "strong", "em", "sup", "br", "hr", "img", "table", "tbody", "tr", "th",
        "td",
    }  # fmt: skip
    assert re.findall(r'<img src="([^"]*)" alt="([^"]*)"', text) == [
        ("01.jpg", "甲"), ("02.jpg", "乙"), ("03.gif", "丙"), ("01.jpg", "甲"),
    ]  # fmt: skip
    assert "［丁］" in text
    # A link within the site is a number, behind which its whole address stands at the end.
    assert re.search(r"到泰和新材<sup[^>]*>\u2060\[1\]</sup>。", text)
    assert re.search(r">\[1\]</span>https://example.org/targets/taihe/</p>", text)


def test_links_and_boxes_that_are_too_small_are_told(site: Site) -> None:
    space = site(TARGETS)
    space.write("content/site.yaml", "title: 日志\norganization: 某某县驻点工作组办公室\n")
    space.entry("b", "到{target}`taihe`，又到{target}`taihe`，见[丙](c.md)。\n", title="走" * 65)
    space.entry("c", title="丙")
    place = str(space.folder / "out")
    # Nothing is wrong with the site, so --strict has nothing against it.
    ran = space.run("export entry b.md", "--format", "wechat", "--output", place, "--strict")
    assert (ran.status, ran.err) == (0, "")
    for told in (
        "author.txt has 11 characters, and WeChat takes 8:",
        "title.txt has 65 characters, and WeChat takes 64:",
    ):
        assert f"What is in {told} write a shorter one into its box.\n" in ran.out
    assert "Links within the site (2) are plain text, because base_url is not set in content/site.yaml.\n" in ran.out
    text = article(tree(space.folder / "out"))
    assert "到泰和新材，又到泰和新材，见丙。" in text
    assert "<sup" not in text
    space.write("content/site.yaml", "title: 日志\norganization: 某县驻点工作组\n")
    ran = space.run("export entry c.md", "--format", "wechat", "--output", f"{place}2", "--strict")
    assert (ran.status, ran.err, "Links within" in ran.out) == (0, "", False)


def test_pictures_are_as_the_platform_takes_them(space: SiteSpace) -> None:
    files = export(space)
    sizes = {}
    for name in ("01.jpg", "02.jpg", "03.gif", "cover.jpg"):
        with Image.open(BytesIO(files[name])) as image:
            sizes[name] = (image.format, image.size, getattr(image, "n_frames", 1))
            assert not image.getexif(), name
            assert "comment" not in image.info, name
        assert b"13800001234" not in files[name], name
    assert sizes == {
        "01.jpg": ("JPEG", (1080, 747), 1),
        "02.jpg": ("JPEG", (90, 80), 1),
        "03.gif": ("GIF", (30, 20), 3),
        "cover.jpg": ("JPEG", (900, 383), 1),
    }


def test_a_cover_that_is_drawn_larger_than_it_is_is_told(space: SiteSpace) -> None:
    space.write("content/entries/small.md", "---\ntitle: 小图\ndate: 2020-03-09\n---\n文\n\n![乙](small.webp)\n")
    ran = space.run("export entry small.md", "--format", "wechat", "--output", str(space.folder / "small"))
    assert ran.status == 0, ran.err
    assert "The cover has 90 × 38 pixels, and WeChat shows 900 × 383: choose a larger picture as cover." in ran.out
    ran = space.run("export entry a.md", "--format", "wechat", "--output", str(space.folder / "large"))
    assert "The cover has" not in ran.out


def test_what_moves_and_is_no_gif_stands_still_and_is_named(space: SiteSpace) -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    stream = BytesIO()
    frames[0].save(stream, "WEBP", save_all=True, append_images=frames[1:])
    space.write("content/entries/b.webp", stream.getvalue())
    space.entry("b", "![甲](b.webp)\n")
    ran = space.run("export entry b.md", "--format", "wechat", "--output", str(space.folder / "out"), language="zh")
    assert (ran.status, ran.problems) == (0, ["content/entries/b.webp: 提醒：这张动图微信放不了，原处只放第一帧"])
    with Image.open(space.folder / "out/01.png") as image:
        red, green, blue = image.convert("RGB").tobytes()[:3]
        assert (image.size, red > 250, green < 5, blue < 5) == ((30, 20), True, True, True)
    assert "--force" in space.run("export entry b.md", "--format", "wechat", "--output", str(space.folder)).err


def test_the_page_holds_the_article_and_asks_nobody(space: SiteSpace) -> None:
    files = export(space)
    page = files["copy.html"].decode()
    assert re.sub(r'<img data-file="([^"]*)" src="data:[^"]*"', r'<img src="\1"', page).count(article(files)) == 1
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "default-src 'none'" in page


def test_the_page_says_nothing_of_pictures_where_there_are_none(space: SiteSpace) -> None:
    with_pictures = export(space)["copy.html"].decode()
    space.entry("b", "文。\n", title="乙", targets="[taihe]")
    ran = space.run("export entry b.md", "--format", "wechat", "--output", str(space.folder / "b"))
    assert ran.status == 0, ran.err
    without = tree(space.folder / "b")["copy.html"].decode()
    for said in ("cover.jpg", "01", "只复制文字"):
        assert [said in re.sub(r"data:[^\"]*|<style>.*?</style>", "", page) for page in (with_pictures, without)] == [
            True,
            False,
        ], said
    assert "这篇日志没有图片" in without


def test_nothing_private_is_written(space: SiteSpace) -> None:
    place = space.folder / "content/entries/a.md"
    whole = place.read_text(encoding="utf-8")
    space.write("content/people.yaml", "people:\n- {id: wang, name: 王小二, role: private, pseudonym: 老王}\n")
    fault = 'the private person "wang" is named here, which must not be published'
    changes = {
        "caption": ('"图说"', '"图为王小二"'),
        "alternative text": ("![丙]", "![王小二]"),
        "author": ("甲组, 乙组", "王小二"),
        "digest": ("weather: 晴", "summary: 王小二来访"),
        "link": ("https://example.org/a/long/address", "https://example.org/王小二"),
    }
    told = {}
    for name, (old, new) in changes.items():
        assert old in whole
        place.write_text(whole.replace(old, new, 1), encoding="utf-8")
        ran = space.run("export entry a.md", "--format", "wechat", "--output", str(space.folder / "out"))
        told[name] = (ran.status, fault in ran.err, (space.folder / "out").exists())
    assert told == dict.fromkeys(changes, (1, True, False))


def test_all_of_it_or_none_and_over_nothing(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = space.folder / "out"
    before = export(space)
    assert export(space) == before
    # What somebody worked on stays.
    (folder / "title.txt").write_text("我的标题", encoding="utf-8")
    ran = space.run("export entry a.md", "--format", "wechat", "--output", str(folder))
    assert (
        ran.status,
        ran.err.endswith("title.txt is there already\nhint: choose another name, or add --force\n"),
    ) == (2, True)
    # A disk that is full at the last file leaves what there was; pictures that are no longer in the text go.
    place = space.folder / "content/entries/a.md"
    place.write_text(place.read_text(encoding="utf-8").replace("![乙](small.webp)\n\n", ""), encoding="utf-8")
    (folder / "notes.txt").write_text("我的", encoding="utf-8")
    kept = tree(folder)
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", failing_at(6))
        ran = space.run("export entry a.md", "--format", "wechat", "--output", str(folder), "--force")
        assert (ran.status, "there is no room left on the disk" in ran.err, tree(folder)) == (2, True, kept)
        ran = space.run("export entry a.md", "--format", "wechat", "--output", str(space.folder / "new/out"), "--force")
        assert (ran.status, (space.folder / "new").exists()) == (2, False)
    after = export(space, "--force")
    assert (after["title.txt"].decode(), after["notes.txt"].decode()) == ("各种写法的样张", "我的")
    assert sorted(name for name in after if name[0] == "0") == ["01.jpg", "02.gif"]


def test_only_what_the_last_export_put_there_is_taken_away(space: SiteSpace) -> None:
    folder = space.folder / "out"
    made = export(space)
    assert {"02.jpg", "03.gif", "source.txt"} < made.keys()
    # Not the files of others, whatever their names.
    for name in ("04.jpg", "2020.png", "more/05.jpg"):
        space.write(f"out/{name}", "我的")
    space.entry("a", "换了。\n")
    # A picture that has no place in the text any more, and that somebody has changed since, is told.
    (folder / "03.gif").write_bytes(b"mine")
    ran = space.run("export entry a.md", "--format", "wechat", "--output", str(folder))
    assert (ran.status, "03.gif is there already" in ran.err, (folder / "02.jpg").exists()) == (2, True, True)
    (folder / "03.gif").write_bytes(made["03.gif"])
    again = space.run("export entry a.md", "--format", "wechat", "--output", str(folder))
    assert again.status == 0, again.err
    left = tree(folder)
    assert sorted(made.keys() - left.keys()) == ["01.jpg", "02.jpg", "03.gif", "cover.jpg"]
    assert {left[name] for name in ("04.jpg", "2020.png", "more/05.jpg")} == {"我的".encode()}
    # What somebody has changed is told by its name, and nothing is written.
    for name in ("digest.txt", "copy.html"):
        (folder / name).write_bytes(left[name] + b" ")
        space.entry("a", f"又换了，{name}。\n")
        ran = space.run("export entry a.md", "--format", "wechat", "--output", str(folder))
        assert (ran.status, f"{name} is there already\nhint: choose another name, or add --force" in ran.err) == (
            2,
            True,
        )
        assert tree(folder) == left | {name: left[name] + b" "}
        (folder / name).write_bytes(left[name])


def failing_at(number: int) -> Callable[[int], None]:
    """A disk that is full from the ``number``-th file on."""
    files = iter(range(1000))

    def sync(_handle: int) -> None:
        if next(files) + 1 >= number:
            raise OSError(errno.ENOSPC, "No space left on device")

    return sync


def test_into_no_folder_of_somebody(space: SiteSpace) -> None:
    other = space.write("mine/letter.txt", "信").parent
    ran = space.run("export entry a.md", "--format", "wechat", "--output", str(other))
    assert (ran.status, "mine is there already\nhint: choose another name" in ran.err) == (2, True)
    assert list(tree(other)) == ["letter.txt"]


def test_without_the_library_a_command_installs_it(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *others: Any, **named: Any) -> Any:
        if name == "css_inline":
            raise ImportError(name)
        return real(name, *others, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    ran = space.run("export entry a.md", "--format", "wechat", "--output", str(space.folder / "out"))
    assert ran.status == 2
    assert f"a part of the program is not installed\nhint: install it: {install_command('css-inline')}" in ran.err
    assert not (space.folder / "out").exists()


def test_a_style_of_the_sites_own(space: SiteSpace) -> None:
    space.write(
        "themes/default/templates/wechat.html",
        "<style>.own p { color: green }</style><section class=own>{{ article }}</section>",
    )
    assert article(export(space)).startswith('<section><p style="color: green;">某工作组')
    space.write("themes/default/templates/wechat.html", "{{ nobody }}")
    ran = space.run("export entry a.md", "--format", "wechat", "--output", str(space.folder / "out"), "--force")
    assert (ran.status, "themes/default/templates/wechat.html:1: the template is at fault" in ran.err) == (1, True)
