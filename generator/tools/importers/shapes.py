"""What the shape of a line says: that it is a title, a caption, a divider between days, or running text."""

from __future__ import annotations

import re
from typing import Final

from generator.render.documents.blocks import Heading, Paragraph, Rule, Text
from generator.tools.importers import date_words
from generator.tools.importers.date_facts import LONGEST_TITLE, is_fact
from generator.tools.importers.date_words import folded
from generator.tools.importers.labels import has_label
from generator.tools.importers.lines import words
from generator.tools.importers.manuscript import Piece

_ENDS_SENTENCE: Final = re.compile(r"[。！？!?；;…：:]\s*$|[a-z]\.\s*$|[，,。].*[。，]")
_CLOSED: Final = re.compile(r"[。.！？!?；;…”」』）)]\s*$")
_CAPTION: Final = re.compile(
    r"\s*(?:图为|图片为|图中|▲|△|▼|[上下左右]图|图\s?[(\[]?[\d一二三四五六七八九十]|[(\[]图"
    r"|(?:附图|图片|照片)\s?(?:\d{1,2}|[一二三四五六七八九十])(?=[\s:、.)]))|.{0,180}(?:摄|摄影)\s*[)。.]*\s*$"
)
_BY: Final = r"[^()]{0,10}(?:供图|摄影?|图|图源|来源)\s*[:/]\s*[^()]{1,12}|[^()]{1,8}/[图摄]"
_CREDITED: Final = re.compile(
    rf".*(?:摄|摄影(?:报道)?|[\s(。][^\s()。]{{0,12}}(?:供图|摄于[^()]{{1,12}}|截图|截屏|资料[图片]|航拍)|\s(?:{_BY})"
    rf"|\((?:{_BY}|[^()]{{0,12}}(?:供图|资料图片|照片|配图|示意图)|(?:图片|照片|视频)[^()]{{2,12}}))\s*[)。.]*\s*"
    r"|\s*[(\[]?[↑↓⬆⬇].*"
)
"""How lines end, or begin, that say whose picture they tell of, and where it comes from: （江南雁 供图）, ↑3月6日."""
MOST_CAPTION: Final = 200
"""Characters."""
_DIARY: Final = "[㐀-鿿]{0,6}(?:日志|日记|手记|周记|周志|月志|札记|记事|纪事|台账)"
_DIARY_NAME: Final = re.compile(
    rf"[\s\[(《]*(?:[㐀-鿿]{{2,12}}的)?{_DIARY}(?:[一二两三四五六七八九十\d]+[则篇])?[\s\])》]*"
)
_COUNT: Final = "(?:[一二三四五六七八九十百]{1,4}|[0-9]{1,3})"
_ISSUE: Final = re.compile(rf"第{_COUNT}(?=[期周号篇辑页](?:[,/]?共{_COUNT}页)?[)\]》」]*$)")
_PAGE: Final = re.compile(rf"第\s?{_COUNT}\s?页[\s,/]{{0,3}}(?:共\s?{_COUNT}\s?页)?\W{{0,3}}$")
_DIVIDER: Final = re.compile(
    rf"[\s\[(《=~-]*(?:第\s*{_COUNT}\s*(?:篇|章|节|部分|卷|辑|编|周|期|阶段|季度|页)(?:[\s:、\[()\]]+(?P<words>[^,。;]{{1,20}}))?|[上中下]篇|篇\s*{_COUNT}"
    rf"|之{_COUNT}|{_COUNT}[、.]?|[*=_~·…—–\-\s]{{2,}}"
    rf"|(?:{date_words.YEAR}\s*年?\s*(?:{date_words.NUMBER}\s*月(?:份)?)?|{date_words.NUMBER}\s*月(?:份)?)\s*(?:{_DIARY})?)[\s\])》=~-]*"
)


def is_caption(text: str) -> bool:
    """Whether a line is marked as a picture's caption."""
    return len(text) <= MOST_CAPTION and _CAPTION.match(folded(text)) is not None


def is_credited(text: str) -> bool:
    """Whether a line says whose picture it tells of: surely a caption next to one, and hardly a title elsewhere."""
    return len(text) <= MOST_CAPTION and _CREDITED.fullmatch(folded(text)) is not None


def is_title(piece: Piece) -> bool:
    """Whether a piece can be the title of what follows it."""
    text = words(piece.block)
    if piece.is_within or is_fact(text):
        return False
    if isinstance(piece.block, Heading):
        return len(text) <= 2 * LONGEST_TITLE
    if has_label(text):
        # The first of several points.
        return False
    return len(text) <= LONGEST_TITLE and not _ENDS_SENTENCE.search(text) and not is_caption(text)


def is_running(piece: Piece) -> bool:
    """Whether a piece is the end of a text rather than a line that stands alone: a sentence, a picture, a table."""
    text = words(piece.block)
    return not text or (
        not isinstance(piece.block, Heading) and (len(text) > LONGEST_TITLE or bool(_CLOSED.search(text)))
    )


def is_bold(piece: Piece) -> bool:
    """Whether a line is set apart from running text: a heading, or in bold type as a whole."""
    if not isinstance(piece.block, Paragraph):
        return isinstance(piece.block, Heading)
    said = [one for one in piece.block.inlines if isinstance(one, Text) and one.text.strip()]
    return bool(said) and all(one.style.bold for one in said)


def is_diary_name(piece: Piece) -> bool:
    """Whether a piece names the whole: 驻村日记, 扶贫手记三则."""
    return _DIARY_NAME.fullmatch(folded(words(piece.block))) is not None


def issue_of(piece: Piece) -> str:
    """The name of what comes in issues, without its number: 简报第二期; empty where a line is none."""
    text = "".join(folded(words(piece.block)).split())
    return _ISSUE.sub("第N", text) if len(text) <= LONGEST_TITLE and _ISSUE.search(text) else ""


def is_page(piece: Piece) -> bool:
    """Whether a piece is the head or the foot of a page: 驻村日记 第1页."""
    return _PAGE.search(folded(words(piece.block))) is not None


def is_divider(piece: Piece) -> bool:
    """Whether a piece only parts what is above it from what is below it: 第二篇, 四月, a row of stars."""
    return isinstance(piece.block, Rule) or _divider(piece) is not None


def names_part(piece: Piece) -> bool:
    """Whether a piece is a heading, or a part with more than a number: 第2期 帮永丰跑证."""
    found = _divider(piece)
    return isinstance(piece.block, Heading) or (found is not None and found["words"] is not None)


def _divider(piece: Piece) -> re.Match[str] | None:
    return _DIVIDER.fullmatch(folded(words(piece.block)).strip() or "x")
