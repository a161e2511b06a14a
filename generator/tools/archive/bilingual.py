"""Texts of a bundle, each in Chinese and in English. Whoever reads them has only the bundle."""

from __future__ import annotations

from typing import NamedTuple


class Both(NamedTuple):
    """A text in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} · {self.en}"


KINDS = {
    False: Both(
        "公开包：只收已经公开的内容。程序查出个人隐私就不归档；查不了、要由人看的，见 data/record/four-checks.html。",
        "The public bundle: only what was published. Private data that the program finds stops it; what it could not "
        "look through, and a person must look at, is listed in data/record/four-checks.html.",
    ),
    True: Both(
        "【内部包，不得公开】含有草稿、个人姓名等未公开的内容。未加密。",
        "INTERNAL, NOT FOR THE PUBLIC: with drafts, personal names and other unpublished matter. Not encrypted.",
    ),
}
"""By whether a bundle is internal."""

PREPARED = {
    False: Both(
        "公开包里的源文件为公开处理过：people.yaml 里不公开的人，姓名写作 Namewithheld，编号写作 person-1、person-2；"
        "已撤回的日志只留公开的部分；图片去掉了拍摄信息，附件（连同里面的图片）一字未动。原来的源文件不在包里。",
        " For the public, the sources were prepared: of private persons in people.yaml, the name is "
        "Namewithheld and the id person-1, person-2; of withdrawn entries only what is published is kept; pictures "
        "have no metadata, attachments are as they were, with what is in them. The sources as they were are not in "
        "the bundle.",
    ),
    True: Both("", ""),
}
"""What was done to the sources, by whether a bundle is internal."""

PARTS = {
    "data/site": Both("当时发布的网站", "the site as it was published"),
    "data/sources": Both("网站的源文件；用它能重新生成同样的网站", "the sources of the site, which build it again"),
    "data/record": Both("数据、目录、移交清单、检测报告", "data, catalogue, handover list, report of checks"),
    "data/documents": Both("工作纪实", "the chronicle as a document"),
    "data/items": Both("每篇日志一份 PDF（件）", "one PDF for each entry"),
    "data/web": Both("网页存档（WACZ），可用 ReplayWeb.page 打开", "a web archive (WACZ), for ReplayWeb.page"),
    "data/ro-crate-metadata.json": Both("全部文件的说明（RO-Crate 1.2）", "a description of all files (RO-Crate 1.2)"),
    "文件目录.XML": Both("文件目录", "the list of items"),
    "说明文件.TXT": Both("载体上有什么、用什么打开", "what is on the carrier, and what opens it"),
    "bag-info.txt": Both("档案包的日期、来源和大小", "the date, the origin and the size of the bundle"),
    "verify.html": Both("在浏览器里核对", "checks the bundle in a browser"),
}
"""What may be in a bundle, by path."""

NO_OFD = Both("归档时没有生成 OFD 版式文件。", "No OFD files were made when it was archived.")
NO_PACKAGE = Both(
    "没有按 DA/T 48 封装；封装由接收的档案馆决定。",
    "Nothing is packaged by DA/T 48; that is for the archive to decide.",
)
NO_PDF = Both(
    "归档时没有把日志和工作纪实生成为 PDF 文件。",
    "No PDF files of the entries and the chronicle were made when it was archived.",
)
NO_SIGNATURE = Both(
    "档案包没有电子签名；以盖章的归档凭证为准。",
    "The bundle has no electronic signature; the stamped receipt takes its place.",
)
