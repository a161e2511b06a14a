"""Finds Markdown that is correct and yet looks otherwise than its writer meant: what was pasted, or typed out of habit.

Each is a warning that says what to write. Only a text that the full parser read is looked through: the fast one
declines every text that may have one of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from generator.ground.errors import Repair
from generator.ground.messages import Message, say
from generator.read.markdown.parse_state import ParseState
from generator.read.markdown.repairs import (
    table_repair,
    with_backslashes,
    with_gap_above,
    without_indent,
)
from generator.read.markdown.role_target import ROLES
from generator.read.markdown.typo_prefilter import HAN

_SENTENCE: Final = re.compile(r"[。；！？…]\Z")
_ROLE_NAMES: Final = {
    **{name: name for name in ROLES},
    "目标": "target",
    "服务对象": "target",
    "诉求": "request",
    "计数": "count",
    "人员": "person",
}
_ROLE: Final = re.compile(
    rf"[{{｛](?P<name>{'|'.join(_ROLE_NAMES)})[}}｝][ \t]*"
    r"(?:[·`｀](?P<key>[^·`｀\n]{1,60})[·`｀]|[‘’'“”\"](?P<quoted>[^‘’“”\"\n]{1,60}?)[‘’'”\"](?![A-Za-z]))"
)
_WRITTEN_RIGHT: Final = re.compile(rf"\{{(?:{'|'.join(ROLES)})\}}`")
"""A role, or what the rule for roles has reported."""
_EMPHASIS: Final = frozenset(("em_open", "em_close", "strong_open", "strong_close"))
_RULE: Final = re.compile(r"\|?[ \t]*(?:[:—－–-]+[ \t]*(?:\||\Z)[ \t]*)+")


def report(tokens: Sequence[Token], parse_state: ParseState) -> None:
    """Warns of each pitfall in a parsed text."""
    for index, token in enumerate(tokens):
        if token.type == "code_block" and re.match(rf"\s*[{HAN}]", token.content):
            _warn(
                parse_state,
                token,
                say("the spaces at the beginning make this a block of code"),
                say("take them away; an indent at the beginning of a paragraph is typed as 　　"),
                without_indent(token, parse_state),
            )
        elif token.type == "heading_open" and token.markup == "-" and _SENTENCE.search(tokens[index + 1].content):
            _warn(
                parse_state,
                token,
                say("the line --- below makes this a heading"),
                say("leave an empty line above ---"),
                with_gap_above(token, parse_state),
            )
        elif token.type == "inline":
            _report_roles(token, parse_state)
            _report_figures(token, parse_state)
            if tokens[index - 1].type == "paragraph_open":
                _report_table(token, parse_state)


def _warn(parse_state: ParseState, token: Token, fact: Message, hint: Message, repair: Repair | None) -> None:
    parse_state.report(parse_state.line(token.map[0] if token.map else 0), fact, hint, is_warning=True, repair=repair)


def _report_roles(inline: Token, parse_state: ParseState) -> None:
    """Roles with the signs of an input method, or with a Chinese name."""
    if "}" not in inline.content and "｝" not in inline.content:
        return
    for found in _ROLE.finditer(inline.content):
        if _WRITTEN_RIGHT.match(found[0]):
            continue
        markdown = f"{{{_ROLE_NAMES[found['name']]}}}`{(found['key'] or found['quoted']).strip()}`"
        parse_state.report(
            parse_state.within(inline, found.start()),
            say("{construct} is shown as text: its marks are not those of Markdown", construct=say("the role")),
            say("write {markdown}", markdown=markdown),
            is_warning=True,
            repair=parse_state.replacing(inline, *found.span(), markdown),
        )


def _report_figures(inline: Token, parse_state: ParseState) -> None:
    """Asterisks next to figures, ``2*3=6，3*4=12`` or ``长3*宽4，共5*6块``, that are taken for emphasis and vanish."""
    children = inline.children or []
    texts = [*(child.content if child.type == "text" else "" for child in children), ""]
    openings: list[str] = []
    for index, child in enumerate(children):
        if child.type not in _EMPHASIS or child.markup[0] != "*":
            continue
        before, after = texts[index - 1][-1:], texts[index + 1][:1]
        is_one = child.markup == "*"
        if child.nesting > 0:
            openings.append(before)
            is_sign = before.isdecimal() and (is_one or after.isdecimal())
        else:
            is_sign = after.isdecimal() and (before.isdecimal() or (is_one and openings[-1].isalnum()))
            openings.pop()
        if is_sign:
            at = inline.content.find(f"{before}{child.markup}{after}")
            parse_state.report(
                parse_state.within(inline, at + 1) if at >= 0 else parse_state.line((inline.map or [0])[0]),
                say("the asterisks between figures are taken for emphasis, and are not shown"),
                say("write × for each, or \\*"),
                is_warning=True,
                repair=with_backslashes(inline, parse_state),
            )
            return


def _report_table(inline: Token, parse_state: ParseState) -> None:
    """Rows that are no table: without the line below the head, with dashes in it, or with tabs from a spreadsheet."""
    lines = inline.content.split("\n")
    if len(lines) < 2:
        return
    if all("\t" in line for line in lines[:2]) and lines[0].count("\t") == lines[1].count("\t"):
        fact = say("these rows from a spreadsheet are shown as one paragraph")
        cells = lines[0].split("\t")
    elif all(re.fullmatch(r"\|.+\|[ \t]*", line) for line in lines[:2]):
        fact = say("the table is shown as text: the line |-|-| below its head is missing")
        cells = lines[0].strip().strip("|").split("|")
        if _RULE.fullmatch(lines[1].strip()):
            fact = say("the table is shown as text: the line below its head is not made of hyphens")
    else:
        return
    head, rule = f"|{'|'.join(cell.strip() for cell in cells)}|", "|" + "-|" * len(cells)
    parse_state.report(
        parse_state.within(inline, 0),
        fact,
        say("write {markdown}, and below it {rule}", markdown=head[:200], rule=rule[:200]),
        is_warning=True,
        repair=table_repair(inline, parse_state, has_rule=_RULE.fullmatch(lines[1].strip()) is not None),
    )
