"""The repairs of Markdown that looks otherwise than its writer meant, where there is only one.

Each gives None where a person has to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markdown_it.token import Token

from generator.ground.errors import Edit, Repair
from generator.read.markdown.paragraphs import INDENT
from generator.read.markdown.parse_state import ParseState
from generator.read.markdown.typo_prefilter import HAN

_ATTRIBUTE: Final = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"<>\n]*)"|'([^'<>\n]*)')""", re.IGNORECASE)
_ATTRIBUTES: Final = frozenset({"src", "alt", "href", "target", "rel", "width", "height", "class", "style", "border"})
"""Those that have a place in Markdown, or whose loss loses no words."""
_PAIRED: Final = {"b": "**", "strong": "**", "i": "*", "em": "*"}


def without_indent(block: Token, parse_state: ParseState) -> Repair | None:
    """Of a paragraph that its indent makes code: its lines without the white space at their beginnings.

    A line without Chinese may be meant as code, and within a list or quotation other indents are right.
    """
    first, end = block.map or (0, 0)
    lines = [*enumerate(parse_state.lines[first:end], start=parse_state.first_line + first)]
    if block.level or not all(re.search(f"[{HAN}]", line) for _, line in lines if line.strip()):
        return None
    margins = ((number, re.match(r"[ \t]+(?=\S)", line)) for number, line in lines)
    return Repair(tuple(Edit(margin[0], "", number) for number, margin in margins if margin))


def with_gap_above(heading: Token, parse_state: ParseState) -> Repair | None:
    """Of a paragraph that the line below makes a heading: an empty line between the two."""
    first, end = heading.map or (0, 0)
    rule = parse_state.lines[end - 1] if 0 < end <= len(parse_state.lines) else ""
    if end - first < 2 or not re.fullmatch(r" {0,3}-{3,}[ \t]*", rule):
        return None
    return Repair((Edit("", "\n", parse_state.first_line + end - 1),))


def with_backslashes(inline: Token, parse_state: ParseState) -> Repair | None:
    """Of asterisks between figures: a backslash before each of them."""
    if re.search(r"[`<]|\]\(", inline.content):
        # Some may be within code or an address, where a backslash would be shown.
        return None
    stretches = (found.span() for found in re.finditer(r"(?<=\d)\*(?=\d)", inline.content))
    return together(parse_state.replacing(inline, *stretch, "\\*") for stretch in stretches)


def together(repairs: Iterator[Repair | None]) -> Repair | None:
    """One repair of several; None where one of them is None."""
    edits: list[Edit] = []
    for repair in repairs:
        if repair is None:
            return None
        edits += repair.edits
    return Repair(tuple(edits)) if edits else None


def html_repair(inline: Token, at: int, written: str, parse_state: ParseState, *, is_paragraph: bool) -> Repair | None:
    """Of HTML that is ``written`` at an offset of a block's content."""
    content = inline.content
    name = re.sub(r"[</>\s].*", "", written.lstrip("<"), flags=re.DOTALL).lower()
    line_end = content.find("\n", at)
    rest = content[at + len(written) : line_end if line_end >= 0 else None]
    if name == "br" and is_paragraph:
        blank = rest[: len(rest) - len(rest.lstrip(" \t"))]
        markdown = "" if not rest.strip() and line_end < 0 else "\\" if not rest.strip() else "\\\n"
        markdown = "\n" if rest.lstrip(" \t").startswith(INDENT) else markdown
        return parse_state.replacing(inline, at, at + len(written) + len(blank), markdown)
    inside = written[1 + len(name) :].rstrip("/> \t")
    attributes = {key.lower(): double or single for key, double, single in _ATTRIBUTE.findall(inside)}
    if _ATTRIBUTE.sub("", inside).strip() or not attributes.keys() <= _ATTRIBUTES:
        return None
    if name == "img" and re.fullmatch(r"[^\s:()<>]+", attributes.get("src", "")):
        markdown = f"![{attributes.get('alt', '')}]({attributes['src']})"
        return parse_state.replacing(inline, at, at + len(written), markdown)
    closing = (
        re.match(rf"([^<>*\n\[\]]*\S)</{name}\s?>", rest, re.IGNORECASE) if name and not rest[:1].isspace() else None
    )
    if closing is None:
        return None
    end = at + len(written) + closing.end()
    if name in _PAIRED and not attributes:
        return parse_state.replacing(inline, at, end, f"{_PAIRED[name]}{closing[1]}{_PAIRED[name]}")
    if name == "a" and re.fullmatch(r"[^\s()<>]+", attributes.get("href", "")):
        return parse_state.replacing(inline, at, end, f"[{closing[1]}]({attributes['href']})")
    return None


def table_repair(inline: Token, parse_state: ParseState, *, has_rule: bool) -> Repair | None:
    """Of rows that are no table: bars in the place of tabs, and a line of hyphens below the head."""
    first, end = inline.map or (0, 0)
    lines = parse_state.lines[first:end]
    rows = [_row(line) for line in lines]
    columns = len(rows[0]) if rows else 0
    if len(rows) != inline.content.count("\n") + 1 or any(len(row) != columns for row in rows) or columns < 2:
        return None
    margin = lines[0][: len(lines[0]) - len(lines[0].lstrip(" "))]
    rule = f"{margin}|{'-|' * columns}"
    edits = [
        Edit(line, _barred(line, row), parse_state.first_line + first + number)
        for number, (line, row) in enumerate(zip(lines, rows, strict=True))
    ]
    if has_rule:
        edits[1] = Edit(lines[1], rule, edits[1].line)
    else:
        edits[0] = Edit(edits[0].old, f"{edits[0].new}\n{rule}", edits[0].line)
    return Repair(tuple(edit for edit in edits if edit.old != edit.new))


def _row(line: str) -> list[str]:
    """The cells of a row with tabs, or with bars at both its ends; none of any other line."""
    if "\t" in line and "|" not in line and "｜" not in line:
        return line.split("\t")
    row = line.strip().replace("｜", "|")
    return row[1:-1].split("|") if re.fullmatch(r"\|[^\\]+\|", row) else []


def _barred(line: str, row: list[str]) -> str:
    if "\t" in line:
        return f"|{'|'.join(cell.strip() for cell in row)}|"
    return line.replace("｜", "|")
