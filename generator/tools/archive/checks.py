"""The report in the form of the four checks of DA/T 70-2018: what was checked by machine, what failed, what is left.

They are 真实性 (authenticity), 完整性 (integrity), 可用性 (usability) and 安全性 (security). A line says that something
passed only where this run looked at it; all else is left to a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property
from html import escape
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from generator.ground.errors import Problem
from generator.ground.text import nfc
from generator.model import urls
from generator.pipeline.make.render_stage import findings_of
from generator.read.pictures import ENDINGS, START, is_picture
from generator.render.privacy import Caveat
from generator.render.privacy.attachments.reader import ENCRYPTED, Reading
from generator.render.privacy.attachments.traces import trace
from generator.tools.archive.bag import CRATE, files_below
from generator.tools.archive.bilingual import KINDS, NO_OFD, NO_PACKAGE, NO_PDF, NO_SIGNATURE, Both
from generator.tools.archive.catalogue import COLUMNS, Item
from generator.tools.archive.contents import Contents
from generator.tools.archive.page import page
from generator.tools.archive.record import FOLDER, as_json
from generator.tools.discretion import mask_of
from generator.tools.media import media_type

PASSED: Final = Both("通过", "passed")
FAILED: Final = Both("未通过", "failed")
OPEN: Final = Both("待人工检查", "to be checked by a person")
AUTHENTICITY: Final = Both("真实性", "authenticity")
INTEGRITY: Final = Both("完整性", "integrity")
USABILITY: Final = Both("可用性", "usability")
SECURITY: Final = Both("安全性", "security")
_SOURCES: Final = "data/sources/"
_LATER: Final = (
    *(f"{FOLDER}/four-checks.json", f"{FOLDER}/four-checks.html", f"{FOLDER}/handover.csv"),
    *CRATE,
)
"""The files of the payload that are written with this report, and after it."""


class Check(NamedTuple):
    """A line of the report."""

    group: Both
    what: Both
    result: Both
    detail: str = ""


class Evidence:
    """What this run found out about a bag, whose payload is there except for ``_LATER``."""

    def __init__(self, contents: Contents, items: Sequence[Item], problems: Sequence[Problem]) -> None:
        """``problems`` are the warnings about the bundle."""
        self.contents, self.items, self.problems = contents, items, problems
        self.paths = dict.fromkeys((*files_below(contents.bag, "data"), *_LATER))
        self.hidden = mask_of(contents.session.options.folder).hidden
        self.left_aside = contents.session.options.without
        """The drafts in which something is wrong."""

    @cached_property
    def caveats(self) -> list[tuple[str, Caveat]]:
        """What of the files that are copied was not looked through, allowed or not, with their paths."""
        rows = self.contents.session.cache.published()
        found = findings_of((), rows.values())
        published = [(_source(path), one) for path, one in found if isinstance(one, Caveat)]
        return [*published, *self._source_caveats({path for path, _ in published})]

    def _source_caveats(self, known: Container[str]) -> Iterator[tuple[str, Caveat]]:
        """The same of the sources in a bag that is not public, which are more than the build published."""
        for path in self.sources if self.contents.order.is_internal else ():
            if path in known:
                continue
            with (self.contents.bag / _SOURCES / path).open("rb") as file:
                # What a camera wrote into pictures, ``traced`` tells.
                if PurePosixPath(path).suffix.lower() not in ENDINGS or not is_picture(file.read(START)):
                    yield from ((path, one) for one in Reading(file).texts() if isinstance(one, Caveat))

    @cached_property
    def traced(self) -> list[str]:
        """The pictures of the bag into which a camera wrote something."""
        pictures = (path for path in self.paths if PurePosixPath(path).suffix.lower() in ENDINGS)
        return [path for path in pictures if trace((self.contents.bag / path).read_bytes(), is_picture=True)]

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources in the bag, by path from the site's folder."""
        return tuple(path.removeprefix(_SOURCES) for path in self.paths if path.startswith(_SOURCES))

    @cached_property
    def known(self) -> frozenset[str]:
        """The same, to be found under whatever normal form."""
        return frozenset(map(nfc, self.sources))

    def named(self, paths: Iterable[str]) -> str:
        """The files that are in the bag by their names, without private ones, and how many others there are."""
        every = dict.fromkeys(paths)
        known = [path for path in every if path in self.known or path in self.paths]
        others = len(every) - len(known)
        more = [f"另有 {others} 个未入包的文件 · {others} files that are not in the bundle"] if others else []
        return "；".join([*map(self.hidden, known), *more])

    def parts(self, caveats: Iterable[tuple[str, Caveat]]) -> str:
        """Attachments, and which parts of them."""
        found: dict[str, list[str]] = {}
        for path, one in caveats:
            found.setdefault(path, []).append(one.name)
        return "；".join(
            self.hidden(f"{path}（{'、'.join(names)}）" if (names := list(filter(None, parts))) else path)
            for path, parts in found.items()
        )


def report(contents: Contents, items: Sequence[Item], problems: Sequence[Problem]) -> None:
    """Writes the report; ``problems`` are the warnings about the bundle."""
    evidence = Evidence(contents, items, problems)
    lines = [line for group in (_authenticity, _integrity, _usability, _security) for line in group(evidence)]
    records = [
        {"group": str(one.group), "check": str(one.what), "result": str(one.result), "detail": one.detail}
        for one in lines
    ]
    contents.put(f"{FOLDER}/four-checks.json", as_json(records))
    contents.put(f"{FOLDER}/four-checks.html", _html(contents, lines))


def _source(path: str) -> str:
    """The attachment that is published at a path, from the site's folder; a theme's file, from the bag's."""
    return urls.original(path) if path.startswith("files/") else f"data/site/{path}"


def _held(holds: object) -> Both:
    """The result of something that was checked."""
    return PASSED if holds else FAILED


def _authenticity(evidence: Evidence) -> Iterator[Check]:
    group, items = AUTHENTICITY, evidence.items
    digests = Both(
        "每个文件的 SHA-256、SHA-512 校验值相符，总校验值与凭证相符",
        "each file has its digests, and the receipt theirs",
    )
    yield Check(group, digests, OPEN, "rizhi verify; verify.html; sha512sum -c manifest-sha512.txt")
    archive = evidence.contents.site.settings.archive
    missing = [name for name in (one.name for one in fields(archive)) if getattr(archive, name) is None]
    decided = Both("档案馆决定的著录项都已填写", "what the archive decides is filled in")
    yield Check(group, decided, _held(not missing), ", ".join(missing))
    unsigned = sum(not one.entry.authors for one in items)
    number = COLUMNS.index("责任者")
    unknown = [one.entry.path for one in items if not one.cells[number]]
    needed = [COLUMNS.index(name) for name in ("责任者", "题名", "日期")]
    yield Check(
        group,
        Both(
            "每件都有题名、日期；没有写作者的，责任者为立档单位",
            "each item has a title, a date and somebody responsible",
        ),
        _held(all(one.cells[number] for one in items for number in needed)),
        f"{len(items)} 件，其中 {unsigned} 件没有写作者，{len(unknown)} 件没有责任者 · "
        f"{len(items)} items, {unsigned} without authors, {len(unknown)} without anybody responsible",
    )
    yield Check(group, Both("凭证已打印、盖章、另行保管", "the receipt is printed, stamped and kept elsewhere"), OPEN)
    yield Check(group, NO_SIGNATURE, OPEN)


def _integrity(evidence: Evidence) -> Iterator[Check]:
    group, items, site = INTEGRITY, evidence.items, evidence.contents.site
    is_listed = [one.entry.path for one in items] == [one.path for one in site.entries]
    yield Check(
        group,
        Both("目录与日志篇数相符，每件的文件都在", "the catalogue has each entry, and each item its file"),
        _held(is_listed and all(one.path in evidence.paths for one in items)),
        f"{len(items)} = {len(site.entries)}",
    )
    used = evidence.contents.components.files
    missing = [path for path in used if nfc(path) not in evidence.known]
    yield Check(
        group,
        Both("正文提到的图片、附件都在", "each picture and attachment that a text names is there"),
        _held(not missing),
        f"{len(used) - len(missing)} / {len(used)}",
    )
    faulty = sum(path.startswith("content/entries/") for path in evidence.left_aside)
    left = len(site.content.entries) + faulty - len(site.entries)
    unpublished = Both(
        "没有发布的日志（草稿、待审、未到时间）是否应当归档", "whether entries that are not published belong here"
    )
    yield Check(group, unpublished, OPEN if left else PASSED, f"{left} 篇没有发布 · {left} not published")
    yield Check(
        group, Both("移交清单与载体上的文件相符", "the handover list matches the carrier"), OPEN, "handover.csv"
    )


def _usability(evidence: Evidence) -> Iterator[Check]:
    group, items = USABILITY, evidence.items
    endings = Counter(PurePosixPath(path).suffix.lower() for path in evidence.paths)
    formats = ", ".join(f"{name or '—'} {number}" for name, number in sorted(endings.items()))
    yield Check(group, Both("文件格式及数量", "formats and their numbers"), OPEN, formats)
    pages = sum(path.startswith("data/site/") and path.endswith(".html") for path in evidence.paths)
    # The build follows each link, and ends where one leads nowhere.
    links = Both("网页之间的链接都通", "each link between pages leads somewhere")
    yield Check(group, links, PASSED, f"{pages} 个网页 · {pages} pages")
    made = sum(one.path.endswith(".pdf") for one in items)
    if made:
        count = f"{made} / {len(items)}"
        yield Check(group, Both("每件都有 PDF", "each item has a PDF"), _held(made == len(items)), count)
        yield Check(
            group, Both("PDF 字体已嵌入，符合 PDF/A", "PDF files have their fonts and are PDF/A"), OPEN, "veraPDF"
        )
    else:
        yield Check(group, NO_PDF, FAILED)
    yield Check(group, NO_OFD, OPEN)
    yield Check(group, NO_PACKAGE, OPEN)
    yield Check(
        group, Both("抽查：打开网站首页、若干件", "samples: open the site and some items"), OPEN, "data/site/index.html"
    )


def _security(evidence: Evidence) -> Iterator[Check]:
    group, is_internal = SECURITY, evidence.contents.order.is_internal
    if is_internal:
        yield Check(group, KINDS[True], OPEN, "data/sources")
    yield _private(evidence, is_internal=is_internal)
    yield _unseen(evidence)
    yield Check(
        group,
        Both("程序提醒之处已由人看过", "a person has looked at what the program warns of"),
        OPEN if evidence.problems or evidence.left_aside else PASSED,
        evidence.named([*(one.path for one in evidence.problems), *sorted(evidence.left_aside)]),
    )
    yield _traces(evidence)
    yield _locked(evidence)
    yield Check(group, Both("病毒检查", "viruses"), OPEN)


def _locked(evidence: Evidence) -> Check:
    """Whether something is encrypted: what cannot be read may be, too."""
    locked = [one for one in evidence.caveats if one[1].reason == ENCRYPTED]
    closed = evidence.parts(one for one in evidence.caveats if not one[1].is_trace and one[1].reason != ENCRYPTED)
    result = FAILED if locked else OPEN if closed else PASSED
    perhaps = f"可能加密 · perhaps encrypted: {closed}" if locked and closed else closed
    detail = "；".join(filter(None, [evidence.parts(locked), perhaps]))
    return Check(SECURITY, Both("没有加密", "nothing is encrypted"), result, detail)


def _private(evidence: Evidence, *, is_internal: bool) -> Check:
    """Whether there is private data. What surely is, has ended this run."""
    what = Both(
        "登记为群众的姓名、证件号、电话、邮箱：页面、数据、附件、源文件的文字里都没有",
        "no name that is registered as private and no person's number is in the text of the bundle",
    )
    if is_internal:
        what = Both(
            "登记为群众的姓名、证件号、电话、邮箱：页面、附件的文字里没有",
            "no name that is registered as private and no person's number is in the text of pages or attachments",
        )
    unread = [one for one in evidence.caveats if not one[1].is_trace]
    likely = [one.path for one in evidence.problems if one.is_private]
    allowed = [f"{one.value}（{one.reason}）" for one in evidence.contents.site.settings.allowed]
    told = [f"允许的 · allowed: {'、'.join(map(evidence.hidden, allowed))}"] if allowed else []
    detail = "；".join(filter(None, [*told, evidence.parts(unread), evidence.named(likely)]))
    return Check(SECURITY, what, OPEN if unread or likely or allowed else PASSED, detail)


def _unseen(evidence: Evidence) -> Check:
    """What no program looks at."""
    what = Both(
        "没有登记的人名，以及图片、录音、录像里的人和字：程序没有检查",
        "names that nobody registered, and persons and words in pictures, sounds and films: no program looked at them",
    )
    own = [path for path in evidence.paths if path.startswith("data/sources/content/")]
    kinds = {"image": "图片 · pictures", "audio": "录音 · sounds", "video": "录像 · films"}
    found = Counter(
        media_type(path).partition("/")[0] if PurePosixPath(path).suffix.lower() not in ENDINGS else "image"
        for path in own
    )
    return Check(
        SECURITY, what, OPEN, "；".join(f"{words} {found[kind]}" for kind, words in kinds.items() if found[kind])
    )


def _traces(evidence: Evidence) -> Check:
    """Whether cameras wrote something into pictures. Films, and what cannot be read, are for a person."""
    what = Both("图片、附件里没有相机写入的信息", "no picture or attachment has metadata of a camera")
    told = [one for one in evidence.caveats if one[1].is_trace]
    if told or evidence.traced:
        return Check(
            SECURITY, what, FAILED, "；".join(filter(None, [evidence.named(evidence.traced), evidence.parts(told)]))
        )
    shown = ("data/site/", _SOURCES) if evidence.contents.order.is_internal else ("data/site/",)
    films = [path for path in evidence.paths if path.startswith(shown) and media_type(path).startswith("video/")]
    detail = "；".join(filter(None, [evidence.parts(evidence.caveats), evidence.named(films)]))
    return Check(SECURITY, what, OPEN if detail else PASSED, detail)


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
