"""What may be handed in to hang a build or to fill its memory: the kinds of bombs, with a size for each."""

from __future__ import annotations

import os
import socket
import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Final

from PIL import Image

from tests.office_files import flate, package, pdf
from tests.pipeline.test_attachment_limits import BOMBS
from tests.pipeline.test_pictures import LIAR
from tests.read.painting import chunk
from tests.space import PNG, SITE, SiteSpace
from tests.test_hostile_input import BODIES

Write = Callable[[SiteSpace, int], None]
"""Puts a bomb of a size into a site."""


def _body(make: Callable[[int], str], space: SiteSpace, n: int) -> None:
    space.entry("bomb", body=make(n))


def _attachment(make: Callable[[int], bytes], space: SiteSpace, n: int) -> None:
    space.write("content/people.yaml", "people:\n- {id: z, name: 张三丰, role: private}\n")
    space.write("content/entries/bomb.docx", make(n))
    space.entry("bomb", body="[附件](bomb.docx)\n")


def _picture(ending: str, make: Callable[[int], bytes], space: SiteSpace, n: int) -> None:
    space.write("content/site.yaml", SITE + "assets: {allow_svg: true}\n")
    space.write(f"content/entries/bomb.{ending}", make(n))
    space.entry("bomb", body=f"![图](bomb.{ending})\n")


def _file(path: str, make: Callable[[int], str], space: SiteSpace, n: int) -> None:
    space.write(path, make(n))


def _front_matter(make: Callable[[int], str], space: SiteSpace, n: int) -> None:
    space.write("content/entries/bomb.md", f"---\ntitle: 标题\ndate: 2020-03-05\n{make(n)}---\n正文。\n")


def _table(n: int) -> str:
    return "| a | b |\n|---|---|\n" + "| c | d |\n" * n


def _wide(n: int) -> str:
    return "|" + " a |" * n + "\n|" + "-|" * n + "\n" + "| b\n" * n


TEXTS: Final[dict[str, tuple[int, Callable[[int], str]]]] = {
    **{f"text: {name}": (20_000 if name == "ones" else 10_000, make) for name, make in BODIES.items()},
    "text: one footnote referred to": (10_000, lambda n: "x[^a] " * n + "\n\n[^a]: y\n"),
    "text: footnotes in footnotes": (
        10_000,
        lambda n: "[^0]\n\n" + "".join(f"[^{at}]: y [^{at + 1}]\n\n" for at in range(n)),
    ),
    "text: footnotes without a definition": (10_000, lambda n: "".join(f"[^{at}] " for at in range(n))),
    "text: headings": (10_000, lambda n: "## a\n\n" * n),
    "text: lists in lists": (200, lambda n: "".join("  " * at + "* a\n" for at in range(n))),
    "text: quotations in quotations": (2_000, lambda n: ">" * n + " a\n"),
    "text: rows of a table": (10_000, _table),
    "text: a wide table": (300, _wide),
    "text: pictures": (10_000, lambda n: "![a](p.png)\n\n" * n),
    "text: pictures in a line": (10_000, lambda n: "![a](p.png) " * n),
    "text: links": (10_000, lambda n: "[a](plain.md) " * n),
    "text: bare addresses": (10_000, lambda n: "<https://example.org/> " * n),
    "text: roles": (10_000, lambda n: "{target}`a` " * n),
    "text: directives": (5_000, lambda n: ":::{note}\na\n:::\n\n" * n),
    "text: directives in directives": (500, lambda n: "".join(":" * (n + 3 - at) + "{note}\n" for at in range(n))),
    "text: attributes": (10_000, lambda n: "a{#i .b c=d} " * n),
    "text: paragraphs": (20_000, lambda n: "一句话。\n\n" * n),
    "text: a long line": (150_000, lambda n: "一句话。" * n),
    "text: a long word": (900_000, lambda n: "a" * n),
    "text: a long number": (900_000, lambda n: "1" * n),
    "text: digits of many kinds": (100_000, lambda n: "1一①１" * n),
    "text: telephone numbers": (10_000, lambda n: "13800001234\n\n" * n),
    "text: names of nobody in hardship": (10_000, lambda n: "慰问困难户张三丰。" * n),
    "text: stars": (100_000, lambda n: "*a_" * n),
    "text: stars that open": (100_000, lambda n: "*a **b " * n),
    "text: brackets that open": (300_000, lambda n: "[" * n),
    "text: brackets": (300_000, lambda n: "[]" * n),
    "text: pictures that open": (100_000, lambda n: "![[]()" * n),
    "text: backticks": (1_200, lambda n: "".join("a" + "`" * at for at in range(n))),
    "text: angles": (300_000, lambda n: "<a" * n),
    "text: comments": (100_000, lambda n: "<!-- a" * n),
    "text: escapes": (300_000, lambda n: "\\*" * n),
    "text: references to characters": (100_000, lambda n: "&#x5F20;" * n),
    "text: tildes": (200_000, lambda n: "~~a " * n),
    "text: combining signs": (300_000, lambda n: "a" + "\u0301" * n),
    "text: signs without width": (150_000, lambda n: "张\u200b三\u200d丰" * (n // 3)),
    "text: rules": (100_000, lambda n: "---\n\n" * n),
    "text: spaces": (900_000, lambda n: "a" + " " * n + "b"),
    "text: carriage returns": (900_000, lambda n: "a\r" * n),
    "text: mail addresses": (10_000, lambda n: "a@b.cn, " * n),
    "text: at signs": (300_000, lambda n: "a@" * n),
    "text: dots": (300_000, lambda n: "a." * n),
}


def _people(n: int) -> str:
    return "people:\n" + "".join(
        f"- {{id: p{at}, name: 张{chr(0x4E00 + at % 20000)}丰, role: private}}\n" for at in range(n)
    )


def _like_people(n: int) -> str:
    return "people:\n" + "".join(f"- {{id: p{at}, name: {'张' * 20}{at}, role: private}}\n" for at in range(n))


FILES: Final[dict[str, tuple[int, Write]]] = {
    "yaml: lists in lists": (30_000, partial(_front_matter, lambda n: "extra: " + "[" * n + "]" * n + "\n")),
    "yaml: lists in lists of site.yaml": (
        100_000,
        partial(_file, "content/site.yaml", lambda n: "title: a\nextra: {a: " + "[" * n + "]" * n + "}\n"),
    ),
    "yaml: aliases": (
        20,
        partial(
            _file,
            "content/site.yaml",
            lambda n: (
                "title: a\nextra:\n  a0: &a0 [x, x]\n"
                + "".join(f"  a{at}: &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, n))
            ),
        ),
    ),
    "yaml: keys": (3_000, partial(_front_matter, lambda n: "".join(f"k{at}: v\n" for at in range(n)))),
    "yaml: keys of extra": (
        3_000,
        partial(_front_matter, lambda n: "extra:\n" + "".join(f"  k{at}: v\n" for at in range(n))),
    ),
    "yaml: tags": (5_000, partial(_front_matter, lambda n: f"tags: [{', '.join(f't{at}' for at in range(n))}]\n")),
    "yaml: targets": (
        5_000,
        partial(_front_matter, lambda n: f"targets: [{', '.join(f't{at}' for at in range(n))}]\n"),
    ),
    "yaml: a long text": (30_000, partial(_front_matter, lambda n: f"summary: {'a' * n}\n")),
    "yaml: a folded text": (10_000, partial(_front_matter, lambda n: "summary: >\n" + "  a\n\n" * n)),
    "yaml: quotation marks": (10_000, partial(_front_matter, lambda n: "summary: " + "'\"" * n + "\n")),
    "yaml: requests": (
        500,
        partial(
            _front_matter,
            lambda n: "requests:\n" + "".join(f"  - {{id: r{at}, title: 诉求, status: 提出}}\n" for at in range(n)),
        ),
    ),
    "people.yaml": (5_000, partial(_file, "content/people.yaml", _people)),
    "people.yaml: names that are alike": (5_000, partial(_file, "content/people.yaml", _like_people)),
    "site.yaml: values": (
        150_000,
        partial(_file, "content/site.yaml", lambda n: "title: a\nextra: {a: [" + "1," * n + "]}\n"),
    ),
    "site.yaml: menu": (
        10_000,
        partial(_file, "content/site.yaml", lambda n: "title: a\nmenu:\n" + "- {title: a, url: /about/}\n" * n),
    ),
}


def _many(ending: str, space: SiteSpace, n: int) -> None:
    """Files that no entry shows."""
    for at in range(n):
        folder = space.folder / f"content/entries/{at // 1000}"
        if at % 1000 == 0:
            folder.mkdir()
        (folder / f"{at}.{ending}").write_bytes(b"x")


def _deep(space: SiteSpace, n: int) -> None:
    """Folders within folders, as deep as a path may be."""
    space.folder.joinpath("content/entries", *("d" * n)).mkdir(parents=True)


def _aliases(space: SiteSpace, n: int) -> None:
    """A target with many names, in a text that is made of them."""
    names = ", ".join(f"村{at}号" for at in range(n))
    space.write("content/targets/a.md", f"---\nname: 某村\nkind: village\naliases: [{names}]\n---\n")
    space.entry("bomb", body="".join(f"村{at}号，" for at in range(n)) + "\n")


def _strange(space: SiteSpace, n: int) -> None:
    """Pipes, sockets, links in circles and links to devices."""
    folder = space.folder / "content/entries"
    here = os.open(folder, os.O_RDONLY)
    for at in range(n):
        os.mkfifo(folder / f"pipe{at}.md")
        (folder / f"zero{at}.jpg").symlink_to("/dev/zero")
        (folder / f"round{at}.md").symlink_to(f"round{at}.md")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(f"/proc/self/fd/{here}/s{at}.png")
    os.close(here)


def _targets(space: SiteSpace, n: int) -> None:
    for at in range(n):
        space.write(f"content/targets/t{at}.md", f"---\nname: 第{at}村\nkind: village\n---\n")
    space.entry("bomb", body="".join(f"{{target}}`t{at}` " for at in range(n)) + "\n")


FOLDERS: Final[dict[str, tuple[int, Write]]] = {
    "files: of no kind": (50_000, partial(_many, "bin")),
    "files: pictures that are none": (5_000, partial(_many, "jpg")),
    "files: pipes, sockets, devices": (500, _strange),
    "folders in folders": (400, _deep),
    "targets": (1_000, _targets),
    "names of a target": (40, _aliases),
}


def _png(size: tuple[int, int], data: bytes, *, kind: int = 2) -> bytes:
    head = struct.pack(">IIBBBBB", *size, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _zeros(count: int) -> bytes:
    packer, block = zlib.compressobj(9), bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(count >> 20)]
    return b"".join((*parts, packer.compress(bytes(count & 0xFFFFF)), packer.flush()))


def _flat(kind: str, side: int) -> bytes:
    """A picture of one colour, which is small as a file."""
    image, file = Image.new("RGB", (side, side), "red"), BytesIO()
    image.save(file, kind)
    return file.getvalue()


def _claims(kind: str, side: int) -> bytes:
    """A small picture whose header says that it has ``side`` pixels on each side."""
    image, file = Image.new("RGB", (64, 64), "red"), BytesIO()
    image.save(file, kind)
    body = file.getvalue()
    at = body.index(b"ispe") + 8
    return body[:at] + struct.pack(">II", side, side) + body[at + 8 :]


def _frames(kind: str, count: int) -> bytes:
    stills = [Image.new("RGB", (300, 300), (at % 256, at // 256, 0)) for at in range(count)]
    file = BytesIO()
    stills[0].save(file, kind, save_all=True, append_images=stills[1:], duration=20)
    return file.getvalue()


def _svg(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>'.encode()


def _entities(n: int) -> bytes:
    names = "".join(f'<!ENTITY a{at} "&a{at - 1};&a{at - 1};">' for at in range(1, n))
    return f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a0 "x">{names}]>'.encode() + _svg(f"<text>&a{n - 1};</text>")


PICTURES: Final[dict[str, tuple[int, str, Callable[[int], bytes]]]] = {
    "png: pixels of one colour": (4_200, "png", lambda n: _flat("PNG", int(n / 2**0.5))),
    "png: more pixels than are allowed": (10_000, "png", lambda n: _flat("PNG", int(n / 2**0.5))),
    "png: a header that lies": (30_000, "png", lambda n: _png((n, n), zlib.compress(b"x"))),
    "png: data beyond the picture": (256, "png", lambda n: _png((8, 8), _zeros(n << 20))),
    "png: packed texts": (
        128,
        "png",
        lambda n: PNG[:33] + chunk(b"zTXt", b"a\0\0" + _zeros(n << 20)) + PNG[33:],
    ),
    "png: a packed profile": (128, "png", lambda n: PNG[:33] + chunk(b"iCCP", b"a\0\0" + _zeros(n << 20)) + PNG[33:]),
    "png: chunks": (200_000, "png", lambda n: PNG[:33] + chunk(b"tIME", b"1234567") * n + PNG[33:]),
    "jpeg: pixels of one colour": (6_500, "jpg", lambda n: _flat("JPEG", int(n / 2**0.5))),
    "jpeg: more pixels than are allowed": (12_000, "jpg", lambda n: _flat("JPEG", int(n / 2**0.5))),
    "gif: pixels of one colour": (4_200, "gif", lambda n: _flat("GIF", int(n / 2**0.5))),
    "gif: frames": (450, "gif", partial(_frames, "GIF")),
    "webp: pixels of one colour": (4_200, "webp", lambda n: _flat("WEBP", int(n / 2**0.5))),
    "webp: frames": (450, "webp", partial(_frames, "WEBP")),
    "avif: pixels of one colour": (4_200, "avif", lambda n: _flat("AVIF", int(n / 2**0.5))),
    "avif: more pixels than are allowed": (8_000, "avif", lambda n: _flat("AVIF", int(n / 2**0.5))),
    "avif: frames": (200, "avif", partial(_frames, "AVIF")),
    "avif: a header that says too little": (1, "avif", lambda _n: LIAR),
    "avif: a header that lies": (30_000, "avif", lambda n: _claims("AVIF", n)),
    "tiff": (4_200, "jpg", lambda n: _flat("TIFF", n)),
    "bmp": (4_200, "png", lambda n: _flat("BMP", n)),
    "svg: groups in groups": (50_000, "svg", lambda n: _svg("<g>" * n + "</g>" * n)),
    "svg: entities": (20, "svg", _entities),
    "svg: shapes": (50_000, "svg", lambda n: _svg('<path d="M1 1L9 9"/>' * n)),
    "svg: attributes": (50_000, "svg", lambda n: _svg("<g " + " ".join(f'a{at}="1"' for at in range(n)) + "/>")),
    "svg: styles": (50_000, "svg", lambda n: _svg("<style>" + "a{b:url(#c)}" * n + "</style>")),
}


def _zips(n: int) -> bytes:
    """Zips in zips, of zeros: each holds the one within it many times."""
    body = package({"a.txt": bytes(n << 20)})
    for _ in range(3):
        body = package({f"{at}.zip": body for at in range(16)})
    return body


def _sheet(n: int) -> bytes:
    strings = f"<sst><si><t>{'张' * 1000}</t></si></sst>"
    return package({"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": '<c t="s"><v>0</v></c>' * n})


def _calls(n: int) -> bytes:
    """A PDF whose forms call the next one twice."""
    forms = {
        at: flate(b"/F Do /F Do", b"/Subtype /Form /Resources << /XObject << /F %d 0 R >> >>" % (at + 1))
        for at in range(10, 10 + n)
    }
    return pdf(b"/F Do", objects=forms)


ATTACHMENTS: Final[dict[str, tuple[int, Callable[[int], bytes]]]] = {
    **{f"attachment: {name}": (8 if name in ("angles", "noise", "tags") else 4, make) for name, make in BOMBS.items()},
    "attachment: zips in zips": (2, _zips),
    "attachment: zeros in a docx": (128, lambda n: package({"word/document.xml": bytes(n << 20)})),
    "attachment: a text in many cells": (100_000, _sheet),
    "attachment: tags of odt": (64, lambda n: package({"content.xml": "<text:p>张</text:p>" * (n << 10)})),
    "attachment: spaces of odt": (
        1_000_000,
        lambda n: package({"content.xml": f'<text:p>张<text:s text:c="{n}"/>三</text:p>' * 100}),
    ),
    "attachment: columns of ods": (
        1_000_000,
        lambda n: package(
            {"content.xml": f'<table:table-cell table:number-columns-repeated="{n}"><text:p>张</text:p>'}
        ),
    ),
    "attachment: entities of docx": (
        20,
        lambda n: package({"word/document.xml": _entities(n)}),
    ),
    "attachment: forms of a pdf": (20, _calls),
    "attachment: a packed stream of a pdf": (128, lambda n: pdf(bytes(n << 20))),
    "attachment: twice packed in a pdf": (
        512,
        lambda n: pdf(
            b"",
            objects={
                4: b"<< /Filter [/FlateDecode /FlateDecode] >>\nstream\n"
                + zlib.compress(_zeros(n << 20))
                + b"\nendstream"
            },
        ),
    ),
    "attachment: pages of a pdf in a circle": (
        10_000,
        lambda n: pdf(b"", objects={2: b"<< /Type /Pages /Kids [" + b"2 0 R " * n + b"] >>"}),
    ),
    "attachment: lines of mail": (100_000, lambda n: b"Content-Transfer-Encoding: base64\n\n" + b"YQ==\n" * n),
    "attachment: parts of mail": (
        10_000,
        lambda n: (
            b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n"
            + b"--a\nContent-Type: text/plain\n\nx\n" * n
        ),
    ),
    "attachment: mail in mail": (
        500,
        lambda n: b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * n + b"x\n",
    ),
    "attachment: telephone numbers": (1, lambda n: b"13800001234 " * (n << 17)),
    "attachment: names": (1, lambda n: "张三 丰，".encode() * (n << 17)),
}

CASES: Final[dict[str, tuple[int, Write]]] = {
    **{name: (n, partial(_body, make)) for name, (n, make) in TEXTS.items()},
    **FILES,
    **FOLDERS,
    **{name: (n, partial(_picture, ending, make)) for name, (n, ending, make) in PICTURES.items()},
    **{name: (n, partial(_attachment, make)) for name, (n, make) in ATTACHMENTS.items()},
}
