"""Speeds up the check which lines interrupt a paragraph or a quotation.

markdown-it tries every block rule on every further line of a paragraph, and for a line of a quotation again in each
quotation around. But a block begins with ASCII punctuation or a digit (only a table may begin with anything, and is
recognised by its second line), so a line that begins with a Chinese character or a letter need not be checked.
"""

from __future__ import annotations

from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock

from generator.read.markdown.paragraphs import (
    APPOINTING,
    INDENT,
    LONGEST_LABEL,
    OFFICE_ENDS,
    PRINTED,
    begins_paragraph,
)
from generator.read.markdown.parse_state import Silent, parse_state_of

_NUMERALS = frozenset("一二三四五六七八九十")
_CHAINS = ("paragraph", "reference", "blockquote", "list")


def install(md: MarkdownIt) -> None:
    """Replace all rules that may interrupt by one. It has to be installed last, since it needs the others."""
    ruler = md.block.ruler
    table = dict(zip(ruler.get_active_rules(), ruler.getRules(), strict=True))["table"]
    chains = {name: ruler.getRules(name) for name in _CHAINS}
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(), strict=True):
        ruler.at(name, rule)
    for name, rules in chains.items():
        others = [rule for rule in rules if rule is not table]
        # The rule for paragraphs always matches, so a rule after it is only ever called to look ahead.
        ruler.push(f"interrupts_{name}", _interruption(others, table if table in rules else None), {"alt": [name]})
    names = [name for name in ruler.get_active_rules() if not name.startswith("interrupts_")]
    ruler.before(names[0], "begins", _beginning(dict(zip(names, ruler.getRules(""), strict=False))))


def _beginning(rules: Mapping[str, RuleFuncBlockType]) -> RuleFuncBlockType:
    """A rule for blocks that begin with a Chinese character or a letter: few kinds do, and most are paragraphs."""
    depth, deflist, paragraph = (rules[name] for name in ("depth", "deflist", "paragraph"))
    underlined = [rules[name] for name in ("table", "lheading")]

    def begins(state: StateBlock, line: int, end_line: int, silent: Silent) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        first = state.src[start : start + 1]
        if (first.isascii() and not first.isalpha()) or state.is_code_block(line):
            return False
        if depth(state, line, end_line, silent):
            return True
        following = parse_state_of(state.env).following
        end = following("\n\n", state.src, start)
        # Such a line is a table or a heading only if a line of these characters follows below it.
        if (
            state.eMarks[line] < end
            and min(following("-", state.src, start), following("=", state.src, start)) < end
            and any(rule(state, line, end_line, silent) for rule in underlined)
        ):
            return True
        return deflist(state, line, end_line, silent) or paragraph(state, line, end_line, silent)

    return begins


def _interruption(others: list[RuleFuncBlockType], table: RuleFuncBlockType | None) -> RuleFuncBlockType:
    """A rule that matches where one of ``others`` matches, or ``table``."""

    def interrupts(state: StateBlock, line: int, end_line: int, silent: Silent) -> bool:
        text, above = _text_of(state, line), _text_of(state, line - 1)
        first = text[:1]
        is_apart = not first.isalpha() or first in _NUMERALS or INDENT in above + text or _may_be_complete(above)
        if is_apart or _may_stand_alone(text):
            below = _text_of(state, line + 1) if line + 1 < end_line else ""
            higher = _text_of(state, line - 2) if line > 1 else ""
            if begins_paragraph(text, above, below, higher):
                return True
        if first.isascii() and not first.isalpha():
            for rule in others:
                if rule(state, line, end_line, silent):
                    return True
        return table is not None and table(state, line, end_line, silent)

    return interrupts


def _may_stand_alone(text: str) -> bool:
    """Whether it might be a name, an office, who printed a document, or a line with a label."""
    is_short = len(text) <= LONGEST_LABEL or "：" in text[:LONGEST_LABEL]
    return is_short or PRINTED in text or text.rstrip().endswith(OFFICE_ENDS)


def _may_be_complete(above: str) -> bool:
    """Whether whatever stands below a line might be apart from it."""
    is_item = not above[:1].isalpha() or above[:1] in _NUMERALS or above.startswith("第")
    is_short = len(above) <= LONGEST_LABEL
    return is_item or is_short or above.startswith(APPOINTING) or above.rstrip()[-1:] in ("：", "；")


def _text_of(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
