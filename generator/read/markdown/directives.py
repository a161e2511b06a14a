"""Parses directives, in MyST's syntax with colons: figures and admonitions.

:::{note} A title
:class: wide

Markdown, also with directives in it, whose fences have fewer colons.
:::
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from generator.ground.errors import Repair, replacing
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.spelling import surely_meant
from generator.read.markdown.attributes import attach
from generator.read.markdown.parse_state import ParseState, Place, Silent, parse_state_of
from generator.read.markdown.suggestions import did_you_mean

ADMONITIONS: Final = (
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "attention",
    "danger",
    "error",
    "hint",
    "seealso",
    "admonition",
)
"""Boxes with a title, which is their argument. Only the plain ``admonition`` requires it."""

DIRECTIVES: Final = ("figure", *ADMONITIONS)
"""All known directives. Any other name in braces after colons is a problem."""

_OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {"figure": ("alt", "class")}
_COMMON_OPTIONS: Final = ("class",)

_OPENING: Final = re.compile(r"(:{3,})[ \t]*\{([^{}\s]+)\}[ \t]*(.*)")
_CLOSING: Final = re.compile(r"(:{3,})[ \t]*")
_OPTION: Final = re.compile(r":([A-Za-z][\w-]*):(?:[ \t]+(.*))?")
_BLOCKS: Final = ["paragraph", "reference", "blockquote", "list"]


@frozen
class Directive:
    """A directive's opening lines."""

    name: str
    argument: str
    options: dict[str, str]
    rest: tuple[str, ...]
    """Option lines that this directive does not know. They are shown as text, so that nothing is lost."""


def install(md: MarkdownIt) -> None:
    """Add the rule before the one for code fences."""
    md.block.ruler.before("fence", "directive", directive, {"alt": _BLOCKS})


def directive(state: StateBlock, start_line: int, end_line: int, silent: Silent) -> bool:
    """Match a block between fences of colons. Its content is parsed in place, so that line numbers stay right."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 3] != ":::" or state.is_code_block(start_line):
        return False
    opening = _OPENING.fullmatch(_line(state, start_line))
    if opening is None:
        return False
    if silent:
        return True
    parse_state = parse_state_of(state.env)
    place = parse_state.line(start_line, opening[1])
    end, is_closed = _end(state, start_line, end_line, len(opening[1]))
    if not is_closed:
        _report_open(parse_state, place, opening[1], opening[2])
    first, options, rest = _options(state, start_line + 1, end, opening[2], parse_state)
    read = Directive(opening[2], opening[3].strip(), options, rest)
    _check(read, parse_state, place)
    _push(state, read, (start_line, first, end), place)
    state.line = end + is_closed
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _end(state: StateBlock, start_line: int, end_line: int, colons: int) -> tuple[int, bool]:
    """The line of the closing fence, and True; without a fence, the line where the block around ends, and False."""
    for number in range(start_line + 1, end_line):
        if state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return number, False
        start = state.bMarks[number] + state.tShift[number]
        if state.src[start : start + 3] == ":::" and not state.is_code_block(number):
            closing = _CLOSING.fullmatch(_line(state, number))
            if closing and len(closing[1]) >= colons:
                return number, True
    return end_line, False


def _options(
    state: StateBlock, first: int, end: int, name: str, parse_state: ParseState
) -> tuple[int, dict[str, str], tuple[str, ...]]:
    """The line after the options, the options, and the lines of options that this directive does not know."""
    known = _OPTIONS.get(name, _COMMON_OPTIONS)
    options: dict[str, str] = {}
    rest: list[str] = []
    while first < end and (match := _OPTION.fullmatch(_line(state, first))):
        key, value = match[1], (match[2] or "").strip()
        if key in known and key not in options:
            options[key] = value
        else:
            rest.append(match[0].strip())
            _report_option(parse_state, parse_state.line(first, f":{key}:"), name, key)
        first += 1
    return first, options, tuple(rest)


def _push(state: StateBlock, read: Directive, lines: tuple[int, int, int], place: Place) -> None:
    """Push the directive's tokens. ``lines`` are its first line, the first of its content and its closing fence."""
    start, first, end = lines
    old_parent, old_max = state.parentType, state.lineMax
    state.parentType, state.lineMax = "directive", end
    token = state.push("directive_open", _tag(read.name), 1)
    token.meta = {"directive": read}
    token.map = [start, end]
    if read.options.get("class"):
        attach(token, (("class", read.options["class"]),), parse_state_of(state.env), place)
    if read.name != "figure" and read.argument:
        _push_text(state, "title" if read.name in ADMONITIONS else "paragraph", read.argument, start)
    inside = len(state.tokens)
    if read.rest:
        _push_text(state, "paragraph", "\n".join(read.rest), start)
    state.md.block.tokenize(state, first, end)
    closing = state.push("directive_close", token.tag, -1)
    closing.meta = {"directive": read, "is_empty": len(state.tokens) - 1 == inside}
    token.meta["is_empty"] = closing.meta["is_empty"]
    if read.name == "figure":
        _unwrap(state.tokens[inside:-1])
    state.parentType, state.lineMax = old_parent, old_max


def _push_text(state: StateBlock, kind: str, text: str, line: int) -> None:
    """Push a paragraph with text from a directive's opening lines, which begin on ``line``."""
    state.push(f"{kind}_open", "p", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = text, [], [line, line + 1]
    state.push(f"{kind}_close", "p", -1)


def _tag(name: str) -> str:
    if name == "figure":
        return "figure"
    return "aside" if name in ADMONITIONS else "div"


def _unwrap(caption: list[Token]) -> None:
    """Show a caption of one paragraph without ``<p>``, like a caption from a picture's title."""
    if [token.type for token in caption] == ["paragraph_open", "inline", "paragraph_close"]:
        caption[0].hidden = caption[2].hidden = True


def _check(read: Directive, parse_state: ParseState, place: Place) -> None:
    if read.name not in DIRECTIVES:
        parse_state.report(
            place,
            say('there is no directive "{name}"', name=read.name),
            did_you_mean(read.name, DIRECTIVES) or say("known are {names}", names=", ".join(DIRECTIVES)),
            repair=_renamed(read.name, parse_state, place),
        )
    elif read.name == "figure" and not read.argument:
        parse_state.report(place, say("the figure names no picture"), say("write :::{{figure}} picture.jpg"))
    elif read.name == "admonition" and not read.argument:
        parse_state.report(
            place, say("the admonition has no title"), say("write :::{{admonition}} Title, or :::{{note}}")
        )


def _renamed(name: str, parse_state: ParseState, place: Place) -> Repair | None:
    meant = surely_meant(name, DIRECTIVES)
    at = parse_state.lines[place.line - parse_state.first_line].find(f"{{{name}}}", max(place.column - 1, 0))
    if meant is None or at < 0:
        return None
    return replacing(f"{{{name}}}", f"{{{meant}}}", line=place.line, column=at + 1)


def _report_open(parse_state: ParseState, place: Place, colons: str, name: str) -> None:
    parse_state.report(
        place,
        say('the directive "{name}" is not closed', name=name),
        say("write {colons} below its last line; a directive around others has more colons than they", colons=colons),
    )


def _report_option(parse_state: ParseState, place: Place, name: str, key: str) -> None:
    known = _OPTIONS.get(name, _COMMON_OPTIONS)
    if name not in DIRECTIVES:
        return
    if key in known:
        message, hint = say('the option "{key}" is given twice', key=key), say("keep one of the two")
    else:
        message = say('the directive "{name}" has no option "{key}"', name=name, key=key)
        hint = did_you_mean(key, known) or say("known are {names}", names=", ".join(known))
    parse_state.report(place, message, hint)
