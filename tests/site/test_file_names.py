"""Names of files are taken as they are written, whatever signs addresses give a meaning to."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from PIL import Image

from tests.space import PNG, SiteSpace

NAMES = (
    *("1#车间.png", "#3楼.png", "100%.png", "50%20增长.png", "a+b&c;d.png", "a[1].png", "车 间 (1).png", "a'b=c,d.png"),
    *("照片（1）.png", "〔2020〕3号.png", "é~@$!.png", f"{'长' * 80}.png"),
)


def test_pictures_and_attachments_of_any_name(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    for name in NAMES:
        space.write(f"content/entries/{name}", PNG)
        space.write(f"content/entries/{name[:-3]}txt", "表")
    written = [f"<{name}>" if re.search(r"[ \[]", name) else name for name in NAMES]
    lines = [f"![图]({name})和[表]({name.replace('.png', '.txt')})。" for name in written]
    space.entry("a", "\n\n".join(lines), cover="'1#车间.png'")
    files = ", ".join(f'"../entries/{name[:-3]}txt"' for name in NAMES)
    space.write("content/policies/p.md", f"---\ntitle: 办法\nfiles: [{files}]\n---\n")
    space.entry("1#车间", "见[甲](a.md)。\n", title="一号车间")
    space.entry("c", "见[车间](1#车间.md)和[表](1%23车间.txt)。\n", cover="50%20增长.png")
    space.build("--strict")
    # As a browser finds them in a folder: encoded exactly once.
    for page, prefix in (("2020/03/05/a/", "src"), ("2020/03/05/a/", "href"), ("policies/p/", "href")):
        found = {unquote(one) for one in re.findall(rf' {prefix}="([^"?#]*)"', space.page(page))}
        places = [
            f"pictures/entries/{name}/1.png" if prefix == "src" else f"files/entries/{name[:-3]}txt" for name in NAMES
        ]
        assert [one for one in places if not any(link.replace("&amp;", "&").endswith(one) for link in found)] == []
        assert set(places) <= space.tree().keys()
    assert 'href="../../../../2020/03/05/1-车间/"' in space.page("2020/03/05/c/")
    assert "pictures/entries/1%23%E8%BD%A6%E9%97%B4.png/1.png" in space.page("2020/03/05/a/")


def test_a_missing_file_is_told_by_its_whole_name(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/entries/1#车间.png", PNG)
    space.entry("a", "![图](2#车间.png)\n", cover="'a?b.png'")
    assert space.run("check", language="zh").err == (
        "content/entries/a.md:4:8: 没有文件 content/entries/a?b.png\n"
        "  cover: 'a?b.png'\n"
        "         ^\n"
        "  建议：请把文件放到那里，或改正名字\n"
        "content/entries/a.md:6:1: 没有文件 content/entries/2#车间.png\n"
        "  ![图](2#车间.png)\n"
        "  ^\n"
        "  建议：是不是“1#车间.png”？\n"
        "2个问题，0个提醒。\n"
    )


def test_a_file_that_cannot_be_published_is_told_and_not_those_who_name_it(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/entries/a?b.png", PNG)
    space.entry("a", "![图](a?b.png)\n", cover="'a?b.png'")
    assert space.fails().problems == ['content/entries/a?b.png: Windows cannot store a file called "a?b.png"']


def test_every_ending_of_a_jpeg(tmp_path: Path) -> None:
    raw = BytesIO()
    Image.new("RGB", (30, 20), (9, 99, 9)).save(raw, "JPEG")
    names = ("a.jfif", "b.JFIF", "c.jpe", "d.JPEG")
    space = SiteSpace.of(tmp_path, "")
    for name in names:
        space.write(f"content/entries/{name}", raw.getvalue())
    space.entry("a", "\n\n".join(f"![图]({name})" for name in names))
    space.build("--strict")
    assert {f"pictures/entries/{name}/30.jpg" for name in names} <= space.tree().keys()
