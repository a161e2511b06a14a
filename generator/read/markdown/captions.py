"""Captions as newspapers write them: a line below a picture that begins with ``图为`` or ``▲``, or says who took it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from itertools import accumulate
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_CAPTION: Final = re.compile(
    r"[\s（(【▲△◆]*(?:图为|[上左右]图|图片?[一二三四五六七八九十\d]{0,2}\s?[：:/]|(?:图片|照片)(?:说明|来源)[：:])"
    r"|\s*[▲△]"
    r"|[^\n]{1,80}摄[）)]?[。．]?\s*\Z"
)
_BREAKS: Final = ("softbreak", "hardbreak")


def install(md: MarkdownIt) -> None:
    """Add the rule as soon as the inlines are parsed, before lines are joined."""
    md.core.ruler.after("inline", "captions", captions)


def captions(state: StateCore) -> None:
    """Split each paragraph in which a caption stands below a picture into texts, pictures and captions."""
    if "![" not in state.src:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "paragraph_close":
            tokens[-3:] = _split(tokens[-3:], tokens[-6:-3])
    state.tokens = tokens


def _split(block: list[Token], above: list[Token]) -> list[Token]:
    """The tokens of a paragraph, split where it has a caption. ``above`` are those of the block above it, if any."""
    inline = block[1]
    texts, lines = inline.content.split("\n"), _lines(inline.children or ())
    if len(texts) != len(lines):
        return block
    is_captioned = [
        _CAPTION.match(text) is not None and (_is_picture(lines[at - 1]) if at else _ends_in_picture(above, block))
        for at, text in enumerate(texts)
    ]
    if not any(is_captioned):
        return block
    if is_captioned[0]:
        above[0].meta["captioned"] = True
    offsets = [0, *accumulate(len(text) + 1 for text in texts)]
    found: list[Token] = []
    for start, end in _parts(lines, is_captioned):
        part = _part(block, lines[start:end], start, (offsets[start], offsets[end] - 1))
        if is_captioned[start]:
            part[0].type, part[2].type = "caption_open", "caption_close"
        elif end < len(lines) and is_captioned[end]:
            part[0].meta["captioned"] = True
        found += part
    return found


def _parts(lines: Sequence[Sequence[Token]], is_captioned: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first line of each part of a paragraph, and the line behind its last: captions, pictures, texts."""
    start = 0
    for at, is_caption in enumerate(is_captioned):
        if not is_caption:
            continue
        first = at
        while first > start and _is_picture(lines[first - 1]):
            first -= 1
        yield from ((one, other) for one, other in ((start, first), (first, at), (at, at + 1)) if one < other)
        start = at + 1
    if start < len(lines):
        yield start, len(lines)


def _part(block: Sequence[Token], lines: list[list[Token]], start: int, span: tuple[int, int]) -> list[Token]:
    """The tokens of a paragraph with these lines of another, from its line ``start``; ``span`` is theirs in it."""
    opening, inline, closing = map(copy, block)
    inline.content = inline.content[slice(*span)]
    inline.children = [token for line in lines for token in line]
    if inline.children[-1].type in _BREAKS:
        inline.children.pop()
    for token in inline.children:
        if "at" in token.meta:
            token.meta["at"] -= span[0]
    first = start + (inline.map[0] if inline.map else 0)
    opening.map = inline.map = [first, first + len(lines)]
    opening.meta, closing.meta = dict(opening.meta), dict(closing.meta)
    opening.attrs = {} if start else opening.attrs
    return [opening, inline, closing]


def _lines(children: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each line, with the break at its end. A break within emphasis or a link ends no line."""
    lines: list[list[Token]] = [[]]
    for child in children:
        lines[-1].append(child)
        if child.type in _BREAKS and child.level == 0:
            lines.append([])
    return lines


def _is_picture(line: Sequence[Token]) -> bool:
    """Whether a line is one picture without a caption of its own."""
    shown = [token for token in line if token.type not in _BREAKS and (token.type != "text" or token.content)]
    is_one = [token.type for token in shown] in (["image"], ["link_open", "image", "link_close"])
    return is_one and "title" not in shown[len(shown) // 2].attrs


def _ends_in_picture(above: Sequence[Token], block: Sequence[Token]) -> bool:
    """Whether the lines above a paragraph are a paragraph of pictures, without an empty line between."""
    if [token.type for token in above] != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    are_adjacent = above[0].map is not None and block[0].map is not None and above[0].map[1] == block[0].map[0]
    return are_adjacent and all(map(_is_picture, _lines(above[1].children or ())))
