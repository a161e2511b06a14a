"""Finds typos in Markdown: Chinese punctuation where Markdown expects ASCII, and missing or surplus spaces.

CommonMark shows such a construct as plain text without an error, so a warning here shows how to write it. Ordinary
prose contains the same characters; where a typo is not certain, nothing is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from markdown_it.token import Token

from generator.ground.errors import Repair, replacing
from generator.ground.messages import Message, say
from generator.read.markdown.code_spans import code_spans
from generator.read.markdown.definitions import Definitions
from generator.read.markdown.directives import DIRECTIVES
from generator.read.markdown.parse_state import ParseState
from generator.read.markdown.repairs import together
from generator.read.markdown.typo_prefilter import HAN, OPENING, SUSPICIOUS

_GAP: Final = r"[ \t\u3000]"
_INDENT: Final = rf"^{_GAP}*+"
_PICTURE: Final = r"\.(?:jpe?g?|jfif|png|gif|webp|avif|hei[cf]|svg)"
_FILE: Final = (
    r"\.(?:md|html?|jpe?g?|jfif|png|gif|webp|avif|hei[cf]|svg|pdf|docx?|wps|xlsx?|et|pptx?|dps|ofd|od[tsp]|txt|csv|zip|rar|7z"
    r"|mp[34]|m4a|ogg|webm|epub)"
)
_CLOSING: Final = "\"'“”‘’」』＂"

_CONSTRUCT: Final = re.compile(
    r"(?<!\\)(?<!\\!)(?P<bang>[!！]?)(?P<open>[\[［](?P<label>[^\[\]［］\n]{0,200}+)[\]］]|【(?P<wide>[^【】\n]{0,200}+)】)"
    r"[(（](?:(?P<inside>(?>(?:[^()（）\n]|[(（][^()（）\n]{0,100}+[)）]){1,300}))"
    r"|(?P<open_inside>[^()（）\n]{0,200}[(（][^()（）\n]{1,200}))[)）]"
)
_INSIDE: Final = re.compile(
    rf"\s*(?P<angle><?)(?P<address>[^<>]+?)(?P<end>>?)"
    rf"(?:\s*(?P<title>(?P<first>[{OPENING}])(?P<words>[^\n]*)(?P<last>[{_CLOSING}])))?\s*"
)
_ADDRESS: Final = re.compile(
    rf"(?i:(?:https?://|www\.)[!-~]+|(?:(?!{_FILE}\s)[^，。；：！？《》])+?{_FILE}(?:[?#][^\s{HAN}]*)?)"
)
_PICTURE_ADDRESS: Final = re.compile(rf".*{_PICTURE}(?:[?#].*)?", re.IGNORECASE)
_REMARK: Final = re.compile(r"[详参另请并可]?见(?![证习闻面])|[请参]看|参阅|[附如](?=[A-Za-z\d])|来源|[^/]*、")
"""The beginning of a parenthesis in prose that only mentions a file: ``（见a.pdf）``, ``（甲.pdf、乙.pdf）``."""

_DIRECTIVE: Final = re.compile(
    rf"{_INDENT}(?P<marker>(?P<colons>[:：]{{3,}}+){_GAP}*+"
    rf"(?:[{{｛](?P<braced>[^\s{{}}｛｝]+)[}}｝]|(?P<bare>[A-Za-z]+)(?!\S))){_GAP}*+(?P<rest>.*)"
)
_CLOSING_LINE: Final = re.compile(rf"{_GAP}*+[:：]{{3,}}+{_GAP}*+")
_HEADING: Final = re.compile(rf"{_INDENT}(?P<marker>[#＃]{{1,6}}+)(?P<gap>{_GAP}*+)(?P<title>[^\s#＃].*)")
_HEADING_END: Final = re.compile(r"(?<![\s#＃])\s*[#＃]+\s*\Z")
_ITEM: Final = re.compile(rf"{_INDENT}(?P<marker>[-*])(?P<text>[{HAN}].*)")
_ROW: Final = re.compile(rf"{_INDENT}(?P<row>[|｜].*[|｜].*)")
_RULE: Final = re.compile(r"\|?(?>(?:\s*+:?-++:?\s*+\|)*)(?:\s*+:?-++:?)?\s*+")

_STRONG: Final = re.compile(
    r"(?<![*＊\\])(?P<opening>[*＊]{2})(?![*＊])(?P<inner>[^*＊\n]{1,80}+)(?P<closing>[*＊]{2})(?![*＊])"
)
_FOOTNOTE: Final = re.compile(r"(?<!\\)[\[［][\^＾](?P<label>[\w-]{1,40}+)[\]］](?P<colon>[:：]?)")

_PLACE: Final = "公司|集团|省|市|县|区|镇|乡|村|路|街|号|局|厂|先生|女士|同志|老师"
_SURNAMES: Final = "王李张刘陈杨赵吴徐孙胡朱郭罗宋郑谢韩唐冯董萧曹袁邓傅沈彭吕"
_BEHIND_NAME: Final = re.compile(rf"[\s、，。；：！？）》”和与及同跟等的某]|{_PLACE}")
_UP_TO_NAME: Final = re.compile(rf".*(?:[\s、，和与及同跟给向找某{_SURNAMES}]|{_PLACE})")
_BEFORE_STARS: Final = re.compile(rf"(?:[\d黄梁许{_SURNAMES}]|(?<![本上下每])周)\Z")
"""The text around names and figures that are masked by asterisks, as in ``王＊＊和李＊＊``."""


class Typo(NamedTuple):
    """A possible typo in a block's content."""

    at: int
    written: str
    """The text that is shown as it is if this is a typo; empty where that is already certain."""
    fact: Message
    remedy: Message
    stretches: tuple[tuple[int, int, str], ...] = ()
    """What takes the place of which stretches of the content."""
    opens: bool = False
    """Whether it begins a directive, which a line further down ends."""


class Line(NamedTuple):
    """A line of a paragraph."""

    at: int
    text: str


def report(tokens: Sequence[Token], definitions: Definitions, parse_state: ParseState) -> None:
    """Warn of each typo in the text: each is a construct that the parser did not recognise."""
    if not SUSPICIOUS.search(parse_state.text):
        return
    _report_definitions(definitions, parse_state)
    closings = _Closings(parse_state)
    for index, token in enumerate(tokens):
        if token.type == "inline" and SUSPICIOUS.search(token.content):
            _report_block(token, parse_state, closings, is_paragraph=tokens[index - 1].type == "paragraph_open")


class _Closings:
    """The lines of colons that end directives, some of them full-width."""

    def __init__(self, parse_state: ParseState) -> None:
        self._lines = parse_state.lines
        self._first = parse_state.first_line

    @cached_property
    def _numbers(self) -> list[int]:
        return [number for number, line in enumerate(self._lines) if _CLOSING_LINE.fullmatch(line)]

    def after(self, line: int) -> Repair | None:
        """The repair of the next of them below a line of the file; None where it is right or there is none."""
        at = bisect_left(self._numbers, line - self._first + 1)
        if at == len(self._numbers):
            return None
        number = self._numbers[at]
        old = self._lines[number]
        return replacing(old, old.strip().replace("：", ":"), line=number + self._first) if "：" in old else None


def _report_block(inline: Token, parse_state: ParseState, closings: _Closings, *, is_paragraph: bool) -> None:
    children, content = inline.children or [], inline.content
    code = code_spans(content, children)
    if code is None:
        return
    shown = "".join(_shown(children))
    links = frozenset(child.meta["at"] for child in children if child.type == "link_open" and "at" in child.meta)
    typos = [*_constructs(content, links), *_strong(content), *_footnotes(content, links)]
    if is_paragraph:
        lines = list(_lines(content))
        typos += [*_directives(lines), *_headings(lines), *_lists(lines), *_tables(lines)]
    starts = [start for start, _ in code]
    for typo in typos:
        around = bisect_left(starts, typo.at + 1) - 1
        if typo.written in shown and (around < 0 or typo.at >= code[around][1]):
            place = parse_state.within(inline, typo.at)
            repair = together(parse_state.replacing(inline, *stretch) for stretch in typo.stretches)
            if repair and typo.opens and (closing := closings.after(place.line)):
                repair = together(iter((repair, closing)))
            parse_state.report(place, typo.fact, typo.remedy, is_warning=True, repair=repair)


def _shown(children: Iterable[Token]) -> Iterator[str]:
    """The text that is shown as written, with U+0000, which no text contains, for every parsed construct."""
    is_address = False
    for child in children:
        yield child.content if child.type == "text" and not is_address else "\0"
        is_address = child.type == "link_open" and child.markup == "autolink"


def _report_definitions(definitions: Definitions, parse_state: ParseState) -> None:
    """Warn of ``[＾1]: …``, which CommonMark parses as the definition of a link."""
    for label, definition in definitions.items():
        number = definition["map"][0]
        if not label.startswith("＾") or number >= len(parse_state.lines):
            continue
        if found := _FOOTNOTE.search(parse_state.lines[number]):
            # It is reported here, so it must not be reported again as an unused definition.
            definitions.used.add(label)
            fact = say("the footnote is taken for a link: its marks are full-width")
            place, markdown = parse_state.line(number, found[0]), f"[^{found['label']}]:"
            repair = replacing(found[0], markdown, line=place.line, column=place.column)
            parse_state.report(place, fact, _write(markdown), is_warning=True, repair=repair)


def _constructs(content: str, links: frozenset[int]) -> Iterator[Typo]:
    """Pictures and links: full-width punctuation, quotation marks that are not straight, spaces in addresses."""
    for found in _CONSTRUCT.finditer(content):
        inside = _INSIDE.fullmatch(found["inside"] or found["open_inside"])
        if inside is None or bool(inside["angle"]) != bool(inside["end"]):
            continue
        bang, at, written = found["bang"], found.start(), found[0]
        starts_line = not content[content.rfind("\n", 0, at) + 1 : at].strip()
        if bang == "！" and not starts_line:
            # The exclamation mark belongs to the sentence before it.
            bang, at, written = "", at + 1, written[1:]
        address = inside["address"].strip()
        if not _ADDRESS.fullmatch(address) or (not bang and _REMARK.match(address)):
            continue
        markdown = _rewritten("!" if bang else "", found["wide"] or found["label"] or "", address, inside)
        if found.start("open") in links:
            if bang == "！" and _PICTURE_ADDRESS.fullmatch(address):
                fact = say("the picture is shown as a link: its exclamation mark is full-width")
                yield Typo(at, "", fact, _write(markdown), ((at, found.end(), markdown),))
        elif wrong := _wrong(written, address, inside, is_picture=bool(bang)):
            yield Typo(at, written, wrong, _write(markdown), ((at, found.end(), markdown),))


def _wrong(written: str, address: str, inside: re.Match[str], *, is_picture: bool) -> Message | None:
    """What is wrong with a picture or link; None where no typo is found."""
    construct = say("the picture") if is_picture else say("the link")
    outside = written[: -1 - len(inside.string)]
    if outside.startswith("！") or outside[-1] == "（" or outside[-2] in "】］" or written[-1] == "）":
        return _full_width(construct)
    if outside.lstrip("!")[:1] in "【［":
        return _full_width(construct)
    if inside["title"] and (inside["first"] != inside["last"] or inside["first"] not in "\"'"):
        return say(
            "{construct} is shown as text: the quotation marks of its title are not straight", construct=construct
        )
    if not inside["angle"] and address.count("(") != address.count(")"):
        return say("{construct} is shown as text: a bracket in its address is not closed", construct=construct)
    if not inside["angle"] and re.search(r"\s", address):
        return say("{construct} is shown as text: there is a space in its address", construct=construct)
    return None


def _rewritten(bang: str, label: str, address: str, inside: re.Match[str]) -> str:
    """The picture or link in correct Markdown."""
    if inside["angle"] or re.search(r"\s", address) or address.count("(") != address.count(")"):
        address = f"<{address}>"
    title = ""
    if inside["title"]:
        quote = "'" if '"' in inside["words"] and "'" not in inside["words"] else '"'
        words = inside["words"] if quote == "'" else inside["words"].replace('"', '\\"')
        title = f" {quote}{words}{quote}"
    return f"{bang}[{label}]({address}{title})"


def _strong(content: str) -> Iterator[Typo]:
    """Bold text with full-width asterisks, or with a space inside of them."""
    for found in _STRONG.finditer(content):
        inner = found["inner"].strip()
        before, after = content[max(0, found.start() - 40) : found.start()], content[found.end() : found.end() + 40]
        if not inner:
            continue
        if "＊" in found["opening"] + found["closing"]:
            if not _is_masked(found["inner"], before, after):
                fact = say("the asterisks are shown: they are full-width")
                yield Typo(found.start(), found[0], fact, _bold(inner), ((*found.span(), f"**{inner}**"),))
        elif inner != found["inner"] and not _is_formula(inner, before, after):
            fact = say("the asterisks are shown: there is a space inside of them")
            yield Typo(found.start(), found[0], fact, _bold(inner), ((*found.span(), f"**{inner}**"),))


def _is_masked(inner: str, before: str, after: str) -> bool:
    """Whether the asterisks may mask names or figures, as in ``王＊＊和李＊＊`` or ``＊＊县＊＊镇``."""
    if _BEHIND_NAME.match(inner) or _UP_TO_NAME.fullmatch(inner):
        return True
    return bool(_BEFORE_STARS.search(before) or re.match(r"[\d某]", after))


def _is_formula(inner: str, before: str, after: str) -> bool:
    """Whether the asterisks may be powers in a formula, as in ``2 ** n ** 3``."""
    if re.search(rf"[{HAN}]", inner):
        return False
    return any(char.isascii() for char in (before.rstrip()[-1:], after.lstrip()[:1]) if char)


def _footnotes(content: str, links: frozenset[int]) -> Iterator[Typo]:
    """Footnotes with full-width punctuation: references, and the beginnings of definitions."""
    for found in _FOOTNOTE.finditer(content):
        begins = not found.start() or content[found.start() - 1] == "\n"
        colon = found["colon"] if begins else ""
        written = found[0].removesuffix(found["colon"]) + colon
        if not re.search("[［］＾：]", written):
            continue
        fact = _full_width(say("the footnote"))
        markdown = f"[^{found['label']}]{':' if colon else ''}"
        stretches = ((found.start(), found.start() + len(written), markdown),)
        if found.start() not in links:
            yield Typo(found.start(), written, fact, _write(markdown), stretches)
        elif not content.startswith("(", found.end()):
            fact = say("the footnote is taken for a link: its marks are full-width")
            yield Typo(found.start(), "", fact, _write(f"[^{found['label']}]"), stretches)


def _directives(lines: Iterable[Line]) -> Iterator[Typo]:
    """Directives with full-width colons or braces, or without braces."""
    for line in lines:
        found = _DIRECTIVE.fullmatch(line.text)
        if found is None:
            continue
        name = found["braced"] or found["bare"].lower()
        if found["bare"] and name not in DIRECTIVES:
            continue
        markdown = f"{':' * len(found['colons'])}{{{name}}} {found['rest']}"
        construct = say('the directive "{name}"', name=name)
        at = line.at + found.start("marker")
        stretches = ((at, line.at + len(line.text), markdown.rstrip()),)
        if re.search("[：｛｝]", found["marker"]):
            yield Typo(at, found["marker"], _full_width(construct), _write(markdown), stretches, opens=True)
        elif found["bare"]:
            fact = say("{construct} is shown as text: its name is not in braces", construct=construct)
            yield Typo(at, found["marker"], fact, _write(markdown), stretches, opens=True)


def _headings(lines: Iterable[Line]) -> Iterator[Typo]:
    """Headings with full-width ``＃``, or without the space after it; but not ``#话题#`` and not ``#1 车间``."""
    for line in lines:
        found = _HEADING.fullmatch(line.text)
        if found is None or (found["gap"][:1] in (" ", "\t") and "＃" not in found["marker"]):
            continue
        title, depth = found["title"].rstrip(), len(found["marker"])
        if depth > 1:
            title = _HEADING_END.sub("", title)
        if re.search("[#＃]", title) or not _is_title(title, depth):
            continue
        if "＃" in found["marker"]:
            fact = _full_width(say("the heading"))
        else:
            fact = say("the heading is shown as text: there is no space behind {mark}", mark=found["marker"])
        written = found["marker"] + found["gap"] + title[0]
        at, markdown = line.at + found.start("marker"), f"{'#' * depth} {title}"
        yield Typo(at, written, fact, _write(markdown), ((at, line.at + len(line.text), markdown),))


def _is_title(text: str, depth: int) -> bool:
    """Whether the text after the ``#`` can be a heading's. A single ``#`` may also be a number's or a topic's."""
    if depth == 1:
        return bool(re.match(rf"[{HAN}]", text)) and text[-1] not in "。！？；，、…"
    return bool(re.match(r"[\w（《“【「]", text))


def _lists(lines: Iterable[Line]) -> Iterator[Typo]:
    """Two or more successive items without the space after their bullets; the first one is reported."""
    for run in _runs(_ITEM, lines):
        (line, first), (_, second) = run[:2]
        if first["marker"] == second["marker"]:
            fact = say("the list is shown as text: there is no space behind {mark}", mark=first["marker"])
            written = first["marker"] + first["text"][0]
            remedy = _write(f"{first['marker']} {first['text']}")
            gaps = ((one.at + item.start("text"), item["marker"]) for one, item in run)
            stretches = tuple((at - 1, at, f"{marker} ") for at, marker in gaps)
            yield Typo(line.at + first.start("marker"), written, fact, remedy, stretches)


def _tables(lines: Iterable[Line]) -> Iterator[Typo]:
    """Two or more successive rows with full-width bars; the first one is reported."""
    for run in _runs(_ROW, lines):
        (line, first), (_, second) = run[:2]
        if "｜" not in first["row"]:
            continue
        row = first["row"].rstrip().replace("｜", "|")
        if _RULE.fullmatch(second["row"].replace("｜", "|")):
            remedy = _write(row)
        else:
            rule = "|" + "-|" * (row.strip("|").count("|") + 1)
            remedy = say("write {markdown}, and below it {rule}", markdown=_clipped(row), rule=_clipped(rule))
        bars = ((at, at + 1, "|") for one, _ in run for at in _bars(one))
        yield Typo(line.at + first.start("row"), first["row"][0], _full_width(say("the table")), remedy, tuple(bars))


def _bars(line: Line) -> Iterator[int]:
    return (line.at + found.start() for found in re.finditer("｜", line.text))


def _runs(pattern: re.Pattern[str], lines: Iterable[Line]) -> Iterator[list[tuple[Line, re.Match[str]]]]:
    """The runs of two or more successive lines that the pattern matches."""
    run: list[tuple[Line, re.Match[str]]] = []
    for line in (*lines, Line(0, "")):
        if found := pattern.fullmatch(line.text):
            run.append((line, found))
            continue
        if len(run) > 1:
            yield run
        run = []


def _lines(content: str) -> Iterator[Line]:
    at = 0
    for text in content.split("\n"):
        yield Line(at, text)
        at += len(text) + 1


def _full_width(construct: Message) -> Message:
    return say("{construct} is shown as text: its marks are full-width", construct=construct)


def _bold(text: str) -> Message:
    return _write(f"**{text}**")


def _write(markdown: str) -> Message:
    return say("write {markdown}", markdown=_clipped(markdown.rstrip()))


def _clipped(markdown: str) -> str:
    """The Markdown, cut after 200 characters."""
    return markdown if len(markdown) <= 200 else f"{markdown[:200]}…"
