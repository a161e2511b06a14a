"""A title made of the beginning of a text that has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from generator.render.documents.blocks import Block, Figure, Footnotes, Table
from generator.tools.importers.date_facts import DateLine, is_fact
from generator.tools.importers.date_patterns import DATE
from generator.tools.importers.date_words import CONTENT, PART, folded
from generator.tools.importers.labels import without_label
from generator.tools.importers.persons import are_names
from generator.tools.importers.shapes import is_caption
from generator.tools.importers.texts_of import text_of

_LABEL: Final = re.compile(r"\s*[㐀-鿿]{2,8}\s*[：:]\s*")
"""A line that only names what stands below it: 工作内容：."""
_HOUR: Final = re.compile(
    rf"(?:{PART.pattern}|深夜|半夜|子夜|零时|一?整天|[全半]天|一?大?早|[晚夜])?\s*(?:(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})[点时:][^,]{{0,4}})?"
)
"""When something was: 凌晨两点."""
_BRACKETS: Final = ("()", "[]", "（）", "【】", "〔〕", "「」", "『』")
_TICKS: Final = "☑☐"
_REMNANT: Final = re.compile(
    r"[號号日目曰]?\s*(?:(?P<open>[(\[])?\s*(?:(?:星期|[周週]|[礼禮]拜)?[一二三四五六日天月火水木金土]|[补续])?(?(open)\s*[)\]]|))"
    r"|(?:一?大?早|[晚夜])[上间里]?"
)
"""What is left of a day, and no title: 3月7號, 3月5日(土), 3月7日[补], 3月7日早."""
_ROLE: Final = re.compile(r"\s?\{\w+\}\s?(?=`)")
"""What only a text can hold: {target}`taihe`."""
_LONGEST: Final = 24
"""Characters of a title that is made of the text."""


def prose_of(blocks: Sequence[Block]) -> str:
    """The text of which a title can be made: none of a table or a note, and captions only where nothing else is."""
    running = text_of(tuple(one for one in blocks if not isinstance(one, Table | Figure | Footnotes)))
    return running.strip() or text_of(tuple(one for one in blocks if isinstance(one, Figure)))


def tidied(title: str) -> str:
    """A title without ticks and brackets of which it has only one; empty for what is none."""
    title = _ROLE.sub(" ", title).strip(f"{_TICKS} ")
    for pair in _BRACKETS:
        if title.count(pair[0]) != title.count(pair[1]):
            title = title.strip(f"{pair} ")
    line = folded(title)
    return "" if _REMNANT.fullmatch(line) or (line and _HOUR.fullmatch(line)) else title


def beginning(text: str, line: DateLine) -> str:
    """A title made of the text's beginning, where nothing else is one."""
    lines = text.strip().split("\n")
    others = (one for one in lines if not (is_fact(one) or _LABEL.fullmatch(one) or is_caption(one) or are_names(one)))
    running = next(others, lines[0])
    content = CONTENT.search(folded(running))
    running = running[content.end() :] if content else running
    first = re.split(r"[。！？!?；;]", without_label(running.lstrip(f"{_TICKS} ")), maxsplit=1)[0].strip()
    if len(first) > _LONGEST:
        clause = re.split(r"[，,：:]", first, maxsplit=1)[0].strip()
        clause = "" if DATE.fullmatch(folded(clause)) or _HOUR.fullmatch(folded(clause)) else clause
        first = clause if 3 < len(clause) <= _LONGEST else f"{first[: _LONGEST - 1]}…"
    # A quotation of which only the beginning is the title.
    first = _ROLE.sub(" ", first).strip()
    first = first if first.count("“") == first.count("”") else first.replace("“", "").replace("”", "")
    return first or line.written.strip() or "…"
