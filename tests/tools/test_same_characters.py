"""Each format of one entry holds the same characters in the same order, and they are those that were written."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from io import BytesIO
from typing import Final

from PIL import Image

from tests.render.documents.characters import (
    Reading,
    of_html,
    of_markdown,
    of_pdf,
    of_wechat,
    of_word,
    packed,
)
from tests.render.documents.writings import PICTURES, Writing
from tests.space import SiteSpace

Site = Callable[[str], SiteSpace]

WRITINGS: Final = int(os.environ.get("RIZHI_WRITINGS", "2"))
FIRST: Final = int(os.environ.get("RIZHI_WRITINGS_FROM", "0"))
BLOCKS: Final = 60
FORMATS: Final = ("html", "md", "docx", "pdf", "wechat")
HEAD: Final = """\
---
title: 进企业：料与图纸
date: 2020-03-05/06
part: am
weather: 晴
place: 烟台
authors: [甲组, 乙组]
targets: [taihe]
tags: [样张, 材料]
counts: {走访: 3}
policies: [tax]
requests:
- {id: fabric, title: 缺熔喷布, status: raised, note: 缺料。, helped_by: [省里, 市里]}
corrections: [{date: 2020-03-22, note: 数字更正。}]
---
"""
BEFORE: Final = "进企业：料与图纸某工作组·2020年3月5日—6日上午·晴·烟台记录：甲组、乙组"
AFTER: Final = (
    "更正2020年3月22日数字更正。本篇记录服务对象泰和新材计数走访3次诉求缺熔喷布·泰和新材提出2020年3月5日缺料。"
    "协助办理省里、市里政策减税汇编标签样张、材料"
).replace("政策减税", "送达的政策减税")


def read(space: SiteSpace, form: str) -> Reading:
    """What the entry says in a format, as the command writes it."""
    place = space.folder / f"out.{form}"
    ran = space.run("export entry a.md", "--format", form, "--output", str(place), "--force")
    assert ran.status == 0, ran.err
    match form:
        case "html":
            return of_html(place.read_text(encoding="utf-8"))
        case "md":
            return of_markdown(place.read_text(encoding="utf-8"))
        case "docx":
            return of_word(place.read_bytes())
        case "pdf":
            return of_pdf(place.read_bytes())
    title, article = ((place / name).read_text(encoding="utf-8") for name in ("title.txt", "article.html"))
    return of_wechat(title, article)


def test_every_format_holds_what_was_written(site: Site) -> None:
    space = site(
        "-- content/site.yaml --\ntitle: 日志\norganization: 某工作组\ncounters: {走访: {unit: 次}}\n"
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n"
        "-- content/policies/tax.md --\n---\ntitle: 减税汇编\n---\n"
    )
    for name in PICTURES:
        stream = BytesIO()
        Image.new("RGB", (9, 9), "red").save(stream, "PNG")
        space.write(f"content/entries/{name}", stream.getvalue())
    for seed in range(FIRST, FIRST + WRITINGS):
        writing = Writing(random.Random(seed))
        text = writing.whole(BLOCKS)
        space.write("content/entries/a.md", HEAD + text)
        said, notes = writing.said.packed()
        expected = BEFORE + said + AFTER, notes
        readings = {form: read(space, form) for form in FORMATS}
        wrong = {form: difference(reading.packed(), expected) for form, reading in readings.items()}
        assert {form: places for form, places in wrong.items() if places} == {}, seed
        assert readings["wechat"].addresses == writing.said.addresses, seed


def difference(found: tuple[str, list[str]], expected: tuple[str, list[str]]) -> list[tuple[str, str]]:
    """Where two readings begin to differ."""
    pairs = [(found[0], expected[0]), *zip(found[1], expected[1], strict=False)]
    pairs += [(str(len(found[1])), str(len(expected[1])))]
    out = []
    for one, other in pairs:
        if one != other:
            shorter = min(len(one), len(other))
            at = next((at for at in range(shorter) if one[at] != other[at]), shorter)
            out.append((one[max(0, at - 20) : at + 20], other[max(0, at - 20) : at + 20]))
    return out


def test_the_normal_form() -> None:
    assert packed(" a\u00a0b\u3000c\u200b\u2060\n") == "abc"
    source = "<body><p>甲<sup class='footnote-ref'><a>[1]</a></sup><img alt='乙'></p><ol><li>丙</li></ol></body>"
    assert of_html(source).packed() == ("甲乙丙", [])
