"""The report in the form of the four checks of DA/T 70-2018: what was checked by machine, what failed, what is left.

They are 真实性 (authenticity), 完整性 (integrity), 可用性 (usability) and 安全性 (security).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from html import escape
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from generator.ground.errors import Problem
from generator.tools.archive.bag import files_below
from generator.tools.archive.bilingual import KINDS, NO_OFD, NO_PACKAGE, NO_PDF, NO_SIGNATURE, Both
from generator.tools.archive.catalogue import Item
from generator.tools.archive.contents import Contents
from generator.tools.archive.page import page
from generator.tools.archive.record import FOLDER, as_json

PASSED: Final = Both("通过", "passed")
FAILED: Final = Both("未通过", "failed")
OPEN: Final = Both("待人工检查", "to be checked by a person")
AUTHENTICITY: Final = Both("真实性", "authenticity")
INTEGRITY: Final = Both("完整性", "integrity")
USABILITY: Final = Both("可用性", "usability")
SECURITY: Final = Both("安全性", "security")


class Check(NamedTuple):
    """A line of the report."""

    group: Both
    what: Both
    result: Both
    detail: str


def report(contents: Contents, items: Sequence[Item], problems: Sequence[Problem]) -> None:
    """Writes the report; ``problems`` are the warnings about the bundle."""
    lines = [*_authenticity(contents, items), *_integrity(contents, items), *_usability(contents, items)]
    lines += _security(contents, problems)
    records = [
        {"group": str(one.group), "check": str(one.what), "result": str(one.result), "detail": one.detail}
        for one in lines
    ]
    contents.put(f"{FOLDER}/four-checks.json", as_json(records))
    contents.put(f"{FOLDER}/four-checks.html", _html(contents, lines))


def _authenticity(contents: Contents, items: Sequence[Item]) -> Iterator[Check]:
    group = AUTHENTICITY
    yield Check(
        group,
        Both(
            "每个文件都有 SHA-256、SHA-512 校验值，总校验值印在凭证上", "each file has digests, and the receipt theirs"
        ),
        PASSED,
        "manifest-sha256.txt, manifest-sha512.txt",
    )
    archive = contents.site.settings.archive
    missing = [name for name in (one.name for one in fields(archive)) if getattr(archive, name) is None]
    yield Check(
        group,
        Both("档案馆决定的著录项都已填写", "what the archive decides is filled in"),
        FAILED if missing else PASSED,
        ", ".join(missing),
    )
    unsigned = sum(not one.entry.authors for one in items)
    yield Check(
        group,
        Both(
            "每件都有题名、日期；没有写作者的，责任者为立档单位",
            "each item has a title, a date and somebody responsible",
        ),
        PASSED,
        f"{len(items)} 件，其中 {unsigned} 件没有写作者 · {len(items)} items, {unsigned} without authors",
    )
    yield Check(
        group, Both("凭证已打印、盖章、另行保管", "the receipt is printed, stamped and kept elsewhere"), OPEN, ""
    )
    yield Check(group, NO_SIGNATURE, OPEN, "")


def _integrity(contents: Contents, items: Sequence[Item]) -> Iterator[Check]:
    group = INTEGRITY
    site, components = contents.site, contents.components
    yield Check(
        group, Both("目录与日志篇数相符", "the catalogue has each entry"), PASSED, f"{len(items)} = {len(site.entries)}"
    )
    yield Check(
        group,
        Both("正文提到的图片、附件都在", "each picture and attachment that a text names is there"),
        PASSED,
        str(len(components.files)),
    )
    left = len(site.content.entries) - len(site.entries)
    yield Check(
        group,
        Both(
            "没有发布的日志（草稿、待审、未到时间）是否应当归档", "whether entries that are not published belong here"
        ),
        OPEN if left else PASSED,
        f"{left} 篇没有发布 · {left} not published",
    )
    yield Check(
        group, Both("移交清单与载体上的文件相符", "the handover list matches the carrier"), OPEN, "handover.csv"
    )


def _usability(contents: Contents, items: Sequence[Item]) -> Iterator[Check]:
    group = USABILITY
    endings = Counter(PurePosixPath(path).suffix.lower() for path in files_below(contents.bag, "data"))
    formats = ", ".join(f"{name or '—'} {number}" for name, number in sorted(endings.items()))
    yield Check(group, Both("文件格式及数量", "formats and their numbers"), PASSED, formats)
    yield Check(group, Both("网页之间的链接都通", "each link between pages leads somewhere"), PASSED, "")
    has_pdf = any(one.path.endswith(".pdf") for one in items)
    if has_pdf:
        made = Both("每件都有 PDF，字体已嵌入", "each item has a PDF with its fonts")
        yield Check(group, made, PASSED, str(len(items)))
    else:
        yield Check(group, NO_PDF, FAILED, "")
    yield Check(group, NO_OFD, OPEN, "")
    yield Check(group, NO_PACKAGE, OPEN, "")
    yield Check(
        group, Both("抽查：打开网站首页、若干件", "samples: open the site and some items"), OPEN, "data/site/index.html"
    )


def _security(contents: Contents, problems: Sequence[Problem]) -> Iterator[Check]:
    group = SECURITY
    if contents.order.is_internal:
        yield Check(group, KINDS[True], OPEN, "data/sources")
    scanned = Both("个人姓名、证件号、电话、邮箱：页面中没有", "no private name or number is on a page")
    if not contents.order.is_internal:
        scanned = Both(
            "个人姓名、证件号、电话、邮箱：页面、数据、附件、源文件中都没有",
            "no private name or number is on a page, in data, attachments or sources",
        )
    yield Check(group, scanned, PASSED, "")
    yield Check(
        group,
        Both("程序提醒之处已由人看过", "a person has looked at what the program warns of"),
        OPEN if problems else PASSED,
        ", ".join(dict.fromkeys(one.path for one in problems)),
    )
    yield Check(group, Both("图片里没有相机写入的信息", "no picture has metadata of a camera"), PASSED, "data/site")
    yield Check(group, Both("没有加密", "nothing is encrypted"), PASSED, "")
    yield Check(group, Both("病毒检查", "viruses"), OPEN, "")


def _html(contents: Contents, lines: Sequence[Check]) -> bytes:
    title = contents.site.settings.title
    rows = "".join(
        f"<tr><td>{escape(str(one.group))}<td>{escape(str(one.what))}<td>{escape(str(one.result))}"
        f"<td>{escape(one.detail)}</tr>\n"
        for one in lines
    )
    return page(
        f"检测报告：{title}",
        f"<h1>检测报告（DA/T 70-2018 四性检测）</h1>\n<p>{escape(title)}，{contents.plan.day.isoformat()}</p>\n"
        "<table><thead><tr><th>性质 Kind<th>检查内容 Check<th>结果 Result<th>说明 Detail</tr></thead>\n"
        f"<tbody>{rows}</tbody></table>\n",
    )
