"""Reads Markdown by our own parser, so that its blocks come back the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.prose import IdHole, ImageHole, LabelHole, LevelHole, LinkHole, Parsed, PartHole, Prose
from generator.read.markdown import parse as parse_markdown
from generator.render.documents.parse import parse
from generator.tools.importers.date_facts import DateLine, Kind, extension
from generator.tools.importers.date_lines import read
from generator.tools.importers.date_words import folded
from generator.tools.importers.front_matter import Front, front_of
from generator.tools.importers.lone_days import DAY_ALONE, lone_day, names_time
from generator.tools.importers.manuscript import LeftOut, Picture, Piece
from generator.tools.importers.pictures import FILE_NAME, is_file_name, picture_of, without_place
from generator.tools.importers.web import apart

_MARKS: Final = re.compile(r"[*_`]+")
_LINK_TITLE: Final = re.compile(r'<a [^<>]*?\btitle="([^"<>]+)"')
_COMMENT: Final = re.compile(r"<!--(.*?)-->", re.DOTALL)
_COMMENT_END: Final = "-->"
_INFO: Final = re.compile(r"^[ \t>]*(?>`{3,}|~{3,})[ \t]*[^\s`]+[ \t]+([^\s`][^`\n]*)$", re.MULTILINE)
"""The words behind the language of a piece of code."""
_NOT_SHOWN: Final = frozenset(
    (
        "the line defines a link that the text does not use, so it is not shown",
        'the link "{label}" is defined twice; this line is not shown',
    )
)
"""What our own parser of articles says of lines that it shows nowhere."""
_TITLE: Final = 'the title "{title}" is not shown: a picture in running text has no caption'
_EDGE: Final = re.compile(r"[ \t>]*")
_CLOSED: Final = re.compile(r"[。！？!?…][”’」』）)*_\s]*$")
"""The end of a sentence: the next line is none that was only wrapped."""
_OPEN: Final = re.compile(r"[，,、于在到至和与的]\s*$")
"""What a wrapped sentence goes on behind, with whatever day."""
_ITEM: Final = re.compile(r"[ \t>]*(?:(?:\d{1,9}[.)]|[-+*])[ \t]+)?")
_NUMBERED: Final = re.compile(r"^[ \t>*+-]*\d{1,9}[.)][ \t]", re.MULTILINE)


@frozen(kw_only=True)
class MarkdownFile:
    """What a Markdown file says."""

    front: Front
    pieces: tuple[Piece, ...]
    pictures: dict[str, Picture]
    left_out: tuple[LeftOut, ...]


def read_markdown(text: str, beside: Callable[[str], bytes | None]) -> MarkdownFile:
    """Reads a Markdown file."""
    front = front_of(text)
    left = LeftOut(kind=say("front matter"), text=front.rest, where=say("line {line}", line=1))
    body = _with_own_numbers(_with_own_days(text[front.end :]))
    parsed = parse_markdown(body, path="")
    pictures: dict[str, Picture] = {}
    names: list[str] = []
    html = "".join(_html(parsed.prose, pictures, names, beside))
    pieces = tuple(
        Piece(block=block, where=say("paragraph {number}", number=number), is_caption=is_caption)
        for number, (block, is_caption) in enumerate(apart(parse(html)), 1)
    )
    titles = [
        LeftOut(kind=say("what a link shows under the pointer"), text=unescape(title), where=say("the whole file"))
        for title in _LINK_TITLE.findall(html)
    ]
    titles += [LeftOut(kind=FILE_NAME, text=name, where=say("the whole file")) for name in names]
    left_out = (*([left] if front.rest.strip() else []), *titles, *map(not_shown, _unshown(body, html, parsed)))
    return MarkdownFile(front=front, pieces=pieces, pictures=pictures, left_out=left_out)


def not_shown(text: str) -> LeftOut:
    """Words of Markdown that a page does not show."""
    return LeftOut(kind=say("words that Markdown does not show"), text=text, where=say("the whole file"))


def _unshown(body: str, html: str, parsed: Parsed) -> Iterator[str]:
    """Comments, lines that define links for nothing, words behind the language of code, titles of pictures in text."""
    lines, shown = body.split("\n"), unescape(html)
    # Behind the last end, each beginning of a comment would be searched to the end of the text.
    last = body.rfind(_COMMENT_END) + len(_COMMENT_END)
    for found in (*_COMMENT.finditer(body, 0, last), *_INFO.finditer(body)):
        # In code, they are text.
        if found[1].strip() and found[0].strip() not in shown:
            yield found[1].strip()
    for one in parsed.problems:
        if one.message.template in _NOT_SHOWN:
            yield lines[one.line - 1].strip()
        elif one.message.template == _TITLE:
            yield str(dict(one.message.values)["title"])


def _tokens(text: str) -> list[Token]:
    """The blocks of a text."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable("inline")
    return parser.parse(text)


def _with_own_days(text: str) -> str:
    """The text, with a paragraph for each line that says a day: Markdown would join it with those above and below."""
    lines = text.split("\n")
    for token in _tokens(text):
        begin, end = token.map or (0, 0)
        if token.type == "code_block" and token.level == 0 and _begins(read(lines[begin].strip())):
            # Some programs indent what they know of an entry.
            lines[begin:end] = (f"{line.strip()}\n" for line in lines[begin:end])
        if token.type in ("paragraph_open", "heading_open"):
            # A row of dashes makes a heading of all lines above it.
            end -= token.type == "heading_open"
            width = len(_ITEM.match(lines[begin])[0].expandtabs(4))  # type: ignore[index]
            for at in _breaks(lines[begin:end]):
                line = lines[begin + at]
                edge = _EDGE.match(line)[0]  # type: ignore[index]
                # The signs of a quotation stand before an empty line of it, too, and a list holds what is indented;
                # further in, a line that was one of a paragraph would be code.
                signs = edge.rstrip()
                inner = signs and f"{signs} "
                lines[begin + at] = f"{signs}\n{inner}{' ' * (width - len(inner))}{line[len(edge) :]}"
    return "\n".join(lines)


def _begins(line: DateLine | None) -> bool:
    """Whether an entry begins with a line, which may have a clock."""
    return line is not None and (line.kind is Kind.ENTRY or (line.kind is Kind.PUBLISHED and line.is_bare))


def _breaks(lines: Sequence[str]) -> Iterator[int]:
    """The lines of a paragraph before which it is parted, if it has several.

    Where text was wrapped, a sentence may begin in any line, so one with a day counts only below another such sentence,
    or where the line above is closed. Lines with days in other forms, 次日, count among those of days, too.
    """
    plain = [_MARKS.sub("", _ITEM.sub("", line, count=1)) for line in lines] if len(lines) > 1 else []
    found = [read(line) for line in plain]
    are_sentences = bool(found and found[0] and found[0].kind is Kind.OFFER)
    are_days = any(map(_begins, found)) or any(map(_says_day, plain[:1]))
    is_head = False
    for at, line in enumerate(found):
        above = plain[at - 1] if at else ""
        is_closed = _CLOSED.search(above) is not None
        is_sentence = line is not None and line.kind is Kind.OFFER and not line.is_whole
        is_day = line is not None and line.day is not None and (are_sentences or not is_sentence)
        is_other = (is_closed or (are_days and not _OPEN.search(above))) and _says_day(plain[at])
        # A colon in front is the sign of a definition.
        if at and (is_head or is_day or is_other or (line and is_closed)) and not plain[at].startswith(":"):
            yield at
        is_whole = line is not None and (line.is_whole or line.kind is Kind.ASK)
        is_head = _begins(line) or is_whole or is_other or (is_head and extension(plain[at]) is not None)


def _says_day(line: str) -> bool:
    """Whether a line says its day in a form that other texts have, too: 次日, 《3月6日》, and 6日 below 3月5日."""
    alone = DAY_ALONE.match(folded(line))
    known = read(f"1月{alone[1]}日{line[alone.end() :]}") if alone else None
    is_told = lone_day(line, None) or names_time(line)
    return is_told is not None or (known is not None and known.kind in (Kind.ENTRY, Kind.RUN_IN))


def _with_own_numbers(text: str) -> str:
    """The text, with each number that does not count on from the one above it as text: Markdown would count on."""
    if not _NUMBERED.search(text):
        return text
    lines = text.split("\n")
    lists: list[list[Token]] = []
    for token in _tokens(text):
        if token.type == "ordered_list_open":
            lists.append([])
        elif token.type == "list_item_open" and token.info:
            lists[-1].append(token)
        elif token.type == "ordered_list_close":
            for item in _out_of_turn(lists.pop()):
                at, end = item.map or (0, 0)
                lines[at] = lines[at].replace(f"{item.info}{item.markup}", f"{item.info}\\{item.markup}", 1)
                for edge in (at, end) if item.level == 1 else ():
                    if edge < len(lines) and lines[edge - 1].strip():
                        lines[edge] = f"\n{lines[edge]}"
    return "\n".join(lines)


def _out_of_turn(items: Sequence[Token]) -> Iterator[Token]:
    """The items whose number is not the next one; none where all have the same, as some people write."""
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) > 1:
        turns = zip(itertools.pairwise(numbers), items[1:], strict=True)
        yield from (item for (before, number), item in turns if number != before + 1)


def _html(
    prose: Prose, pictures: dict[str, Picture], names: list[str], beside: Callable[[str], bytes | None]
) -> Iterator[str]:
    for piece in prose.pieces:
        match piece:
            case str():
                yield piece
            case LevelHole():
                yield str(piece.level)
            case PartHole():
                yield f"#{escape(piece.id)}"
            case IdHole():
                yield escape(piece.id)
            case LabelHole():
                yield escape(piece.key)
            case LinkHole():
                yield escape(piece.href)
            case ImageHole():
                key = f"picture{len(pictures) + 1}"
                pictures[key] = picture_of(without_place(piece.src), beside(piece.src))
                is_name = is_file_name(piece.alt)
                names += [piece.alt] if is_name else []
                yield f'<img src="{key}" alt="{"" if is_name else escape(piece.alt)}">'
            case _:
                yield escape(piece.text or "")
