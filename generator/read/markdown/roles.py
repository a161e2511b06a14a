"""Parses roles, in MyST's syntax: `` {target}`taihe` `` and `` {target}`the factory <taihe>` ``."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick

from generator.ground.errors import replacing
from generator.ground.messages import say
from generator.ground.spelling import surely_meant
from generator.read.markdown.parse_state import Silent, parse_state_of
from generator.read.markdown.role_target import ROLES, parse_target
from generator.read.markdown.suggestions import did_you_mean

_ROLE: Final = re.compile(r"\{([A-Za-z0-9_+:-]+)\}(`+)")


def install(md: MarkdownIt) -> None:
    """Add the rule after all of CommonMark's own inlines, none of which begins with a brace."""
    md.inline.ruler.push("role", role)


def role(state: StateInline, silent: Silent) -> bool:
    """Match a name in braces directly before a code span. An unknown role stays a name and a code span."""
    if state.src[state.pos] != "{":
        return False
    match = _ROLE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    end = _span_end(state, match.start(2))
    content = state.src[match.end() : end - len(match[2])]
    if end == match.end() or match[1] not in ROLES or not parse_target(content).key:
        if not silent:
            _report(state, match, is_closed=end > match.end())
        return False
    if not silent:
        token = state.push("role", "", 0)
        token.content = content
        token.meta = {"name": match[1], "at": state.pos}
    state.pos = end
    return True


def _span_end(state: StateInline, ticks: int) -> int:
    """The end of the code span that begins at ``ticks``; the end of its opening run where it is not closed."""
    start = state.pos
    state.pos = ticks
    backtick(state, True)  # noqa: FBT003
    end, state.pos = state.pos, start
    return end


def _report(state: StateInline, match: re.Match[str], *, is_closed: bool) -> None:
    name, ticks = match[1], match[2]
    parse_state = parse_state_of(state.env)
    place = parse_state.at(state, match.start())
    if name not in ROLES:
        if is_closed:
            hint = did_you_mean(name, ROLES) or say("write \\{{ for a brace that is only text")
            meant = surely_meant(name, ROLES)
            parse_state.report(
                place,
                say('there is no role "{name}"', name=name),
                hint,
                repair=replacing(f"{{{name}}}", f"{{{meant}}}", line=place.line, column=place.column)
                if meant and place.column
                else None,
            )
    elif is_closed or len(ticks) == len("``"):
        parse_state.report(
            place, say('the role "{name}" names nothing', name=name), say("write an id: {{{name}}}`id`", name=name)
        )
    else:
        parse_state.report(
            place,
            say('the role "{name}" has no end', name=name),
            say("write the backtick ` behind it as many times as before it"),
        )
