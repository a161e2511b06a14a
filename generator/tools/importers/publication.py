"""Reads lines that say when all was published: above a post, below a feature, of a newspaper."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from generator.tools.importers.date_facts import DateLine, Kind
from generator.tools.importers.date_numbers import said_by
from generator.tools.importers.date_patterns import DATE, ENGLISH

CLOCK: Final = re.compile(
    r"T?\d{1,2}:\d{2}(?::\d{2})?(?:Z\b|\+\d\d:?\d\d)?|\d{1,2}[时点](?:\d{1,2}分?|半|整)?(?=[\s~至到-]|$)"
)
_PUBLISHED: Final = re.compile(
    r"(?:来源|作者|(?:责任)?编辑|责编|转载自?|原创|字号)(?:[:\s]|$)|发布(?:时间|日期|人|单位)?(?:[:\s\d]|$)"
    r"|(?:浏览|阅读|点击)(?:[量数次]|\s*[:\d])|^[电讯]\s*(?:$|[()\[\]]|(?:本报|通讯员|记者))"
)
OUTLET: Final = re.compile(r"[^\s,。]{1,12}(?:网|报|社|电视台|电台|客户端|公众号|在线|新闻|融媒体?|中心)$")
"""Who publishes: 烟台日报. Where somebody was, and what was done, may end so, too: 供销社, 汇报."""
_SAID_BEHIND: Final = re.compile(r"(?:本报)?(?:记者|通讯员)\s[㐀-鿿\s、]{2,20}|(?:IP属地\s*:\s*)?[㐀-鿿]{2,3}")
"""What may follow the day of publication, behind its clock: who wrote it, and from where it came."""
_IN_EDITION: Final = re.compile(
    r"[\s,(]*(?:第\s*)?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十头]{1,2})\s*版(?:\s*:?\s*[㐀-鿿]{1,6})?[)\s]*"
)
"""The page of a newspaper, and nothing else: （第5版）, 03版：要闻."""
_EDITION: Final = re.compile(
    r"^[\s,(]*(?:第\s*)?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十头]{1,2})\s*版|^[\s,(]*第\s*\d{1,4}\s*期"
)
"""What follows the day of a newspaper."""
_PUBLISHED_AT: Final = re.compile(
    r"[\W_]*(?:(?:发布|发表|刊发|刊登|推送)(?:时间|日期|于)?|本报讯|(?:来源|转自|转载自?|供稿|记者|通讯员)\s*:[^\d。]{1,20}[\s,|:]"
    r"|[㐀-鿿]{1,6}[社网报台][㐀-鿿]{0,10}\s*(?=(?:19|20)\d\d\s*年[^年。]{3,8}[日号]\s*[电讯])"
    r"|(?:(?:原?载|刊|见|[选摘]自)于?)?\s*《[^《》]{1,16}(?:[报刊]|杂志)》[\s,(]*"
    r"|(?:阅读|浏览|点击)[量数]?\s*:?\s*\d+(?:\s*次)?\s|(?:(?:原创|[㐀-鿿]{2,4})\s+){0,2}[㐀-鿿]{2,10}"
    r"(?:发布|[晚晨早]报|(?<!工作|施工|监理|安全|疫情|生产|项目|巡查|值班|每日)日报|融媒体?|电视台|客户端)\s+(?=\d)"
    r"|(?:published|posted)(?:\s+on)?|(?P<changed>(?:最后|最近)?(?:更新|修改|编辑)(?:时间|日期|于)?"
    r"|(?:last\s+)?(?:updated|modified|edited)(?:\s+on)?))\s*:?\s*",
    re.IGNORECASE,
)
"""What stands before the day on which all was published, or changed."""
_IN_PAPER: Final = re.compile(
    r"\s*(?:[刊载见]?于?)《[^《》]{1,16}(?:[报刊]|杂志)》[\s,]*(?:第?\s*[^\s,。()]{1,6}[版期][^\s,。()]{0,6})?[)\]。\s]*"
)
"""What follows the day of a newspaper in which all was printed: 2021年3月20日《东塘日报》第3版."""
EDGES: Final = " ,.;:()[]|/。~-"
_LONGEST_PUBLICATION: Final = 100


def published(text: str, line: str) -> DateLine | None:
    """A line that says by a label of its own when all was published, or changed."""
    label = _PUBLISHED_AT.match(line)
    date = DATE.match(line, label.end()) or ENGLISH.match(line, label.end()) if label else None
    if label is None or date is None:
        return None
    behind = line[date.end() :].strip()
    behind = _EDITION.sub("", behind, count=1)
    rest = CLOCK.sub("", behind, count=1).strip(EDGES)
    if rest and not (is_publication(behind) or OUTLET.search(behind) or _SAID_BEHIND.fullmatch(rest)):
        return None
    said = DateLine(kind=Kind.PUBLISHED, written=text)
    found = said_by(said, date)
    if found is None or found.kind is not Kind.PUBLISHED or not found.year:
        return None
    return replace(found, is_changed=label["changed"] is not None)


def is_publication(behind: str) -> bool:
    """Whether what stands behind a day and its year says that something was published then."""
    if len(behind) > _LONGEST_PUBLICATION:
        return False
    after = CLOCK.sub("", behind, count=1).strip()
    is_printed = _IN_PAPER.fullmatch(after) or _IN_EDITION.fullmatch(after)
    return bool(_PUBLISHED.search(after) or is_printed or (not after and CLOCK.match(behind)))
