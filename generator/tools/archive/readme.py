"""The pages that a stranger reads first, in Chinese and in English: README.html, README.txt and 说明文件.TXT."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from generator.tools.archive.bilingual import KINDS, NO_OFD, NO_PACKAGE, NO_PDF, NO_SIGNATURE, PARTS, PREPARED
from generator.tools.archive.catalogue import Item
from generator.tools.archive.contents import Contents
from generator.tools.archive.page import page
from generator.tools.archive.tags import made_with

_TEXTS: Final = Path(__file__).parent / "texts"
_PAGES: Final = re.compile(r"(?<![\w/])(?:verify|data/record/four-checks|data/ro-crate-preview)\.html")


def readme(contents: Contents, items: tuple[Item, ...]) -> None:
    """Writes them. All other parts are there."""
    texts = {language: _text(contents, items, language) for language in ("zh", "en")}
    contents.put("README.txt", for_windows("\n\n".join(texts.values())))
    contents.put("README.html", _html(contents, texts))
    contents.put("说明文件.TXT", for_windows(_about(contents, items)))
    contents.put("verify.html", (_TEXTS / "verify.html").read_bytes())


def for_windows(text: str) -> bytes:
    """A text as every program of Windows reads it: with a byte order mark and CRLF."""
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


def _text(contents: Contents, items: tuple[Item, ...], language: str) -> str:
    has_pdf = any(one.path.endswith(".pdf") for one in items)
    absent = [NO_OFD, NO_PACKAGE, NO_SIGNATURE, *([] if has_pdf else [NO_PDF])]
    number = 0 if language == "zh" else 1
    return (
        (_TEXTS / f"readme.{language}.txt")
        .read_text(encoding="utf-8")
        .format(
            title=contents.site.settings.title,
            kind=KINDS[contents.order.is_internal][number],
            day=contents.plan.day.isoformat(),
            entries=len(items),
            name=contents.plan.name,
            parts="\n".join(f"- {path}: {words[number]}" for path, words in _parts(contents)),
            absent="\n".join(f"- {one[number]}" for one in absent),
            made_with=", ".join(made_with(contents)),
            prepared=PREPARED[contents.order.is_internal][number],
        )
    )


def _parts(contents: Contents) -> list[tuple[str, tuple[str, str]]]:
    later = {"verify.html", "说明文件.TXT", "bag-info.txt"}
    return [(path, words) for path, words in PARTS.items() if path in later or (contents.bag / path).exists()]


def _html(contents: Contents, texts: dict[str, str]) -> bytes:
    bodies = "<hr>\n".join(
        f'<section lang="{"zh-CN" if language == "zh" else "en"}">\n{"".join(_blocks(text))}</section>\n'
        for language, text in texts.items()
    )
    link = '<p><a href="data/site/index.html">打开网站 · Open the site</a></p>\n'
    return page(contents.site.settings.title, link + bodies)


def _blocks(text: str) -> Iterator[str]:
    """The few forms that these texts have, as HTML."""
    for block in text.strip().split("\n\n"):
        if block.startswith("#"):
            level = len(block) - len(block.lstrip("#"))
            yield f"<h{level}>{escape(block[level:].strip())}</h{level}>\n"
        elif block.startswith("    "):
            yield f"<pre>{escape(re.sub('^    ', '', block, flags=re.MULTILINE))}</pre>\n"
        elif block.startswith("- "):
            yield "<ul>\n" + "".join(f"<li>{_linked(line[2:])}</li>\n" for line in block.split("\n")) + "</ul>\n"
        elif block in (KINDS[True].zh, KINDS[True].en):
            yield f"<p><strong>{escape(block)}</strong></p>\n"
        else:
            yield f"<p>{_linked(block)}</p>\n"


def _linked(text: str) -> str:
    """A line as HTML, with links to the pages of the bundle that it names."""
    return _PAGES.sub(r'<a href="\g<0>">\g<0></a>', escape(text))


def _about(contents: Contents, items: tuple[Item, ...]) -> str:
    """说明文件.TXT, as 档发〔2012〕7号, annex 2, asks for it: what is on the carrier, and what reads it."""
    settings = contents.site.settings
    archive = settings.archive
    lines = {
        "题名": settings.title,
        "类别": KINDS[contents.order.is_internal].zh,
        "全宗号": archive.fonds or "",
        "立档单位": settings.organization or "",
        "联系人": archive.contact or "",
        "保管期限": archive.retention or "",
        "密级": archive.security or "",
        "件数": str(len(items)),
        "标注日期": contents.plan.day.isoformat(),
        "归档日期": contents.stated_day,
        "目录文件": "文件目录.XML",
        "内容": "；".join(f"{path}（{words[0]}）" for path, words in _parts(contents)),
        "读取环境": "浏览器、文本编辑器、PDF 阅读器、文字处理和表格软件、解压软件；不需要本程序",
        "校验": "manifest-sha256.txt、manifest-sha512.txt（BagIt 1.0，RFC 8493）",
        "制作软件": "，".join(made_with(contents)),
        "载体编号": "",
        "移交人": "",
        "接收人": "",
    }
    return "".join(f"{name}：{value}\n" for name, value in lines.items())
