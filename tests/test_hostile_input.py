"""What can be handed in to hang a build, to fill its memory, or to be published unread: a page or a problem, soon."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

import pytest
from PIL import ImageCms

from generator.read.pictures.profiles import without_texts
from generator.render.privacy.masking import Mask
from tests.pipeline.test_attachments import office
from tests.pipeline.test_pictures import SAMPLES, opened
from tests.read.painting import SECRET, SRGB, chunk, riff, riff_chunks, saved, scene, show
from tests.space import PNG, SiteSpace, refusing

Site = Callable[[str], SiteSpace]
STRANGE: Final = "it is a pipe, a socket or a device, and no file with something in it"
SOON: Final = 10.0
"""Seconds of the processor: what once took longer took minutes."""
FACTOR: Final = 3.2
"""How much longer twice as much may take: twice, a logarithm, and what else the machine does."""


@contextmanager
def soon() -> Iterator[None]:
    begin = time.process_time()
    yield
    assert time.process_time() - begin < SOON


def test_what_is_no_file_is_told_and_never_opened(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.entry("a")
    os.mkfifo(space.folder / "content/entries/pipe.md")
    os.mkfifo(space.folder / "content/plain.txt")
    # The address of a socket may have 107 bytes, which a temporary folder's path alone may exceed.
    monkeypatch.chdir(space.folder / "content/entries")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.png")
    (space.folder / "content/entries/link.jpg").symlink_to(space.folder / "content/plain.txt")
    assert space.fails().err == (
        f"content/entries/link.jpg: {STRANGE}\n  hint: delete it, and put the file itself here\n"
        f"content/entries/pipe.md: {STRANGE}\n  hint: delete it, and put the file itself here\n"
        f"content/entries/s.png: {STRANGE}\n  hint: delete it, and put the file itself here\n"
        f"content/plain.txt: {STRANGE}\n  hint: delete it, and put the file itself here\n"
        "4 problems, 0 warnings. Nothing was published.\n"
    )


@pytest.mark.parametrize("name", ["people.yaml", "site.yaml", "People.yml"])
def test_a_register_that_cannot_be_read_is_never_a_gate_that_is_off(space: SiteSpace, name: str) -> None:
    space.entry("a", body="张三来了。\n")
    place = space.folder / "content" / name
    place.unlink(missing_ok=True)
    right = "content/site.yaml" if name.startswith("site") else "content/people.yaml"
    for command in ("build", "check", "export chronicle"):
        place.mkdir()
        (place / "a.yaml").write_text("people: []\n", encoding="utf-8")
        told = f"content/{name}: it is a folder, and no file that can be read\n  hint: put a file at {right}\n"
        ran = space.run(command)
        assert (ran.status, told in ran.err) == (1, True), ran.err
        (place / "a.yaml").unlink()
        place.rmdir()
        os.mkfifo(place)
        ran = space.run(command)
        assert (ran.status, f"content/{name}: {STRANGE}\n" in ran.err) == (1, True), ran.err
        place.unlink()
    assert not (space.folder / "output").exists()


def test_what_may_not_be_read_is_told_with_its_path(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.write("content/people.yaml", "people: []\n")
    space.write("content/entries/a.pdf", b"%PDF-")
    space.entry("a", body="[附件](a.pdf)\n")
    for name, path in (
        ("people.yaml", "content/people.yaml"),
        ("site.yaml", "content/site.yaml"),
        ("a.pdf", "content/entries/a.pdf"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr("builtins.open", refusing(name))
            for command in ("build", "check"):
                shutil.rmtree(space.folder / ".rizhi", ignore_errors=True)
                ran = space.run(command)
                errors = [one for one in ran.problems if "warning: " not in one]
                assert (ran.status, errors) == (1, [f"{path}: it cannot be read: Permission denied"]), name


def test_sizes_are_looked_at_before_anything_is_read(space: SiteSpace) -> None:
    space.entry("a", body="![图](p.png)\n")
    for name, size in (("p.png", 5 << 30), ("b.md", 3 << 30)):
        with space.write(f"content/entries/{name}", "---\n").open("r+b") as file:
            file.truncate(size)
    with soon():
        ran = space.fails()
    assert ran.err == (
        "content/entries/a.md:5:1: the picture has 5120 MB; 60 is the most\n"
        "  ![图](p.png)\n"
        "  ^\n"
        "  hint: save it smaller\n"
        "content/entries/b.md: the file has 3072 MB; 2 is the most\n"
        "  hint: make it smaller, or split it\n"
        "2 problems, 0 warnings. Nothing was published.\n"
    )


def test_a_font_that_is_a_pipe_holds_nobody_up(space: SiteSpace) -> None:
    space.entry("a")
    os.mkfifo(space.folder / "font.ttf")
    space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\ncards: {font: font.ttf}\n")
    assert "content/site.yaml:3:8: font.ttf is no font that can be read\n" in space.fails().err


def test_drawings_in_the_encodings_of_china_and_in_unknown_ones(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\nassets: {allow_svg: true}\n")
    text = (
        '<?xml version="1.0" encoding="{}"?>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>甲</text></svg>'
    )
    for encoding in ("GBK", "gb2312", "GB18030"):
        space.write("content/entries/p.svg", text.format(encoding).encode("gb18030"))
        space.entry("a", body="![图](p.svg)\n")
        space.build()
        assert ">甲<" in space.page("files/entries/p.svg")
    for encoding in ("x-unknown", "utf-7", "big5", "rot13", "GBK"):
        space.write("content/entries/p.svg", text.format(encoding).encode("utf-8") + b"\xff")
        assert space.fails().problems == ["content/entries/a.md:5:1: the file is no SVG that can be read"], encoding


def test_pictures_made_of_too_many_parts(space: SiteSpace) -> None:
    steps = saved(scene(), "JPEG", progressive=True)
    count = 3000 + steps.count(b"\xff\xda")
    last = steps[steps.rindex(b"\xff\xda") : -2]
    many: dict[str, bytes] = {
        "a_jpg": steps[:-2] + last * 3000 + steps[-2:],
        "b_jpg": b"\xff\xd8\xff" + b"\x01\xff" * 3_000_000,
        "c_jpg": b"\xff\xd8" + b"\xff\xfe\0\2" * 500_000,
        "d_png": PNG[:33] + chunk(b"teSt", b"") * 500_000 + PNG[33:],
        "e_gif": b"GIF89a\1\0\1\0\0\0\0," + bytes(9) + b"\2" + b"\1\1" * 3_000_000 + b"\0;",
        "f_webp": b"RIFF" + (4 + 8 * 500_000).to_bytes(4, "little") + b"WEBP" + b"abcd\0\0\0\0" * 500_000,
    }
    show(space, **many)
    with soon():
        ran = space.fails()
    assert ran.problems == [
        f"content/entries/a.md:5:1: the picture is built up in {count} steps; 100 is the most",
        *(f"content/entries/a.md:{line}:1: the picture is cut short or damaged" for line in (7, 9, 11, 13, 15)),
    ]


def test_two_hundred_mutated_pictures(space: SiteSpace) -> None:
    dice = random.Random(14)
    space.write("content/site.yaml", "title: 日志\nassets: {originals: true, allow_svg: true}\n")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g><path d="M1 1L9 9"/></g></svg>'
    wholes = {name: make() for name, make in SAMPLES.items()} | {"svg": svg}
    endings = {"jpeg": "jpg", "progressive": "jpg", "deep": "png", "moving": "webp", "apng": "png"}
    names = []
    for number in range(200):
        kind = dice.choice(sorted(wholes))
        raw = bytearray(wholes[kind])
        match dice.randrange(3):
            case 0:
                raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
            case 1:
                del raw[dice.randrange(len(raw)) :]
            case _:
                other = wholes[dice.choice(sorted(wholes))]
                size = dice.randrange(4, 64)
                raw[:size] = other[:size]
        names.append(f"p{number}.{endings.get(kind, kind)}")
        space.write(f"content/entries/{names[-1]}", bytes(raw))
    space.entry("a", body="\n\n".join(f"![图]({name})" for name in names) + "\n")
    with soon():
        ran = space.run("build", "--all", "--jobs", "1")
    assert ran.status == 1
    # What only an original's own cleaning finds is told with the picture's path.
    own = {line for line in ran.problems if line.startswith("content/entries/p")}
    faulty = {int(line.split(":")[1]) for line in ran.problems if line not in own}
    space.entry(
        "a", body="\n\n".join(f"![图]({name})" for at, name in enumerate(names) if 5 + 2 * at not in faulty) + "\n"
    )
    ran = space.run("build", "--all", "--jobs", "1")
    assert {line for line in ran.problems if not line.endswith("warning: no text shows this picture")} == own


HIDDEN: Final = b"zhang-san-13800001234"


def with_texts() -> bytes:
    """A colour profile with a text behind its numbers."""
    return SRGB + HIDDEN


def originals() -> dict[str, bytes]:
    """Pictures with something in every place that makes no pixel."""
    profile, picture = with_texts(), scene(size=(60, 40))
    jpeg = saved(picture, "JPEG", icc_profile=profile, comment=HIDDEN)
    png = saved(picture, "PNG", icc_profile=profile)
    at = png.index(b"IDAT") - 4
    size = int.from_bytes(png[at : at + 4], "big")
    packed = png[at + 8 : at + 8 + size]
    odd = b"".join(chunk(name, bytes(1) + HIDDEN) for name in (b"gAMA", b"sBIT", b"pHYs", b"teXt", b"bKGD"))
    gif = saved(scene("P", (60, 40)), "GIF")
    webp = saved(picture, "WEBP", icc_profile=profile, lossless=True)
    return {
        "a_jpg": jpeg[:-2] + HIDDEN + jpeg[-2:] + HIDDEN,
        "b_png": png[:at] + odd + chunk(b"IDAT", packed + HIDDEN) + png[at + 12 + size :] + HIDDEN,
        "c_gif": gif[:-2] + bytes((len(HIDDEN),)) + HIDDEN + gif[-2:] + HIDDEN,
        "d_webp": riff(
            *((name, body + HIDDEN if name.startswith(b"VP8L") else body) for name, body in riff_chunks(webp))
        ),
    }


def test_originals_hold_nothing_but_pixels(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\nassets: {originals: true}\n")
    given = originals()
    show(space, **given)
    space.build()
    for name, raw in given.items():
        assert HIDDEN in raw
        body = space.tree()[f"files/entries/{name.replace('_', '.')}"]
        assert HIDDEN not in body, name
        assert opened(body).convert("RGBA").tobytes() == opened(raw).convert("RGBA").tobytes(), name
        profile = opened(body).info.get("icc_profile")
        assert profile is None or b"c\0o\0p\0y" not in profile.lower()


def test_a_profile_keeps_its_colours_and_loses_its_texts() -> None:
    plain = without_texts(SRGB + HIDDEN)
    assert plain is not None
    assert without_texts(plain) == plain
    assert HIDDEN not in plain
    assert len(plain) < len(SRGB)
    ours, theirs = (
        ImageCms.profileToProfile(
            scene(),
            ImageCms.ImageCmsProfile(BytesIO(one)),
            ImageCms.createProfile("LAB"),
            outputMode="LAB",
        )
        for one in (plain, SRGB)
    )
    assert ours is not None
    assert theirs is not None
    assert max(abs(a - b) for a, b in zip(ours.tobytes(), theirs.tobytes(), strict=True)) <= 1
    assert without_texts(b"") is None
    assert without_texts(SRGB[:16] + b"CMYK" + SRGB[20:]) is None


def test_a_theme_publishes_nothing_unread(space: SiteSpace) -> None:
    space.entry("a")
    space.write("content/people.yaml", "people:\n- {id: z, name: 张三丰, role: private}\n")
    for name in ("a.yaml", "b.mjs", "c.map", "d.rss", "e.vcf", "f"):
        space.write(f"themes/default/assets/{name}", "x: 张三丰\n")
        assert "the private person" in space.fails().err, name
        (space.folder / "themes/default/assets" / name).unlink()
    here, film = "themes/default/assets", b"\0\0\0\x18ftypmp42\0\0"
    unread = {
        "a.bin": (random.Random(5).randbytes(3000), "files of this kind cannot be read"),
        "b.hif": (
            b"\0\0\0\x18ftypavif" + bytes(99),
            "what a camera wrote into it cannot be removed",
        ),
        "c.rar": (b"Rar!\x1a\x07\x01\0" + bytes(99), "files of this kind cannot be read"),
    }
    told = "".join(
        f"{here}/{name}: warning: not looked through, because {reason}\n"
        "  hint: look through it yourself, and take out what must not be published; when nothing is left to take out, "
        "write this under privacy: allow: in content/site.yaml: "
        f"- {{value: sha256:{hashlib.sha256(body).hexdigest()}, reason: who looked through it}}\n"
        for name, (body, reason) in unread.items()
    )
    for name, (body, _) in {**unread, "film.mp4": (film, "")}.items():
        space.write(f"{here}/{name}", body)
    assert space.build().err == told
    space.entry("a", body="又。\n")
    assert space.build().err == told
    assert space.fails("--strict").err.startswith(told)
    for name in unread:
        (space.folder / here / name).unlink()
    assert space.build().err == ""
    space.write(f"{here}/a.docx", office("见张三丰"))
    assert space.fails().problems == [
        f'{here}/a.docx: the private person "z" is named here, which must not be published'
    ]
    (space.folder / here / "a.docx").unlink()
    space.write("themes/default/assets/logo.jpg", saved(scene(), "JPEG", comment=SECRET))
    space.write("themes/default/assets/font.woff2", b"wOF2\0\1\0\0")
    assert space.build().err == ""
    assert SECRET not in space.tree()["assets/logo.jpg"]


def test_links_stay_inside_the_theme(space: SiteSpace) -> None:
    space.entry("a")
    space.write("secret.txt", "PASSWORD=1\n")
    space.write("themes/default/assets/real.txt", "甲\n")
    assets = space.folder / "themes/default/assets"
    (assets / "inside.txt").symlink_to(assets / "real.txt")
    space.build()
    assert space.page("assets/inside.txt") == "甲\n"
    (assets / "env").symlink_to(space.folder / "secret.txt")
    (assets / "folder").symlink_to(space.folder / "content")
    (assets / "nowhere").symlink_to(assets / "nothing")
    os.mkfifo(assets / "pipe")
    here = "themes/default/assets"
    assert space.fails().err == (
        f"{here}/env: the link leads out of the theme\n  hint: put the file itself here\n"
        f"{here}/folder: the link leads out of the theme\n  hint: put the file itself here\n"
        f"{here}/nowhere: the link leads nowhere, or round in a circle\n  hint: put the file itself here\n"
        f"{here}/pipe: {STRANGE}\n  hint: delete it, and put the file itself here\n"
        "4 problems, 0 warnings. Nothing was published.\n"
    )


BODIES: Final[dict[str, Callable[[int], str]]] = {
    "footnotes": lambda n: "".join(f"x[^{at}]\n\n" for at in range(n)) + "".join(f"[^{at}]: y\n\n" for at in range(n)),
    "definitions": lambda n: "".join(f"[a{at}]: b\n" for at in range(n)),
    "definitions in use": lambda n: (
        "".join(f"[a{at}]: /\n" for at in range(n)) + "\n" + "".join(f"[a{at}] " for at in range(n))
    ),
    "ones": lambda n: "1 " * 8 * n + "\n",
    "list items": lambda n: "* [ ] a\n" * 2 * n,
    "problems": lambda n: "[x](nothing.md)\n" * n,
    "problems on one line": lambda n: "[x](nothing.md) " * n,
    "terms": lambda n: "".join(f"a{at}\n: b\n\n" for at in range(n)),
}


@pytest.mark.parametrize("name", BODIES)
def test_twice_as_much_takes_twice_as_long(space: SiteSpace, name: str) -> None:
    space.entry("a")
    space.run("build")
    took = []
    for size in (1500, 3000):
        space.entry("a", body=BODIES[name](size))
        begin = time.process_time()
        space.run("build", "--no-cache", "--jobs", "1")
        took.append(time.process_time() - begin)
    assert took[1] < FACTOR * took[0] + 0.5, took


def test_a_text_that_holds_too_much_is_told_at_the_line_where_it_does(space: SiteSpace) -> None:
    for number, name in enumerate(("footnotes", "list items", "problems on one line")):
        space.entry(f"e{number}", body=BODIES[name](40_000))
    with soon():
        problems = space.fails().problems
    told = "up to here, the text has more than 30000 lines and marks such as * and ["
    assert problems == [f"content/entries/e{number}.md:{line}: {told}" for number, line in enumerate((30005, 15005, 5))]


def test_lists_that_every_page_would_show_are_limited(space: SiteSpace) -> None:
    tags = ", ".join(f"t{number}" for number in range(2000))
    space.entry("a", tags=f"[{tags}]")
    with soon():
        problems = space.fails().problems
    assert problems == ["content/entries/a.md:4:7: the list has 2000 items; 100 are the most"]


def test_thousands_of_persons_are_no_work_for_messages() -> None:
    took = []
    for size in (5_000, 10_000):
        ids = {f"张{number}": f"p{number}" for number in range(size)}
        begin = time.process_time()
        Mask(ids)
        took.append(time.process_time() - begin)
    assert took[1] < FACTOR * took[0] + 0.5, took


def test_values_without_end(space: SiteSpace) -> None:
    space.entry("a")
    space.write("content/site.yaml", "title: 日志 # 1\nextra: {a: [" + "1," * 300_000 + "]}\n")
    with soon():
        assert space.fails().problems == ["content/site.yaml:2:399997: the file has more than 200000 values"]
