"""Footnotes: ``[^1]`` in the text and ``[^1]: …`` anywhere, numbered in the order of their first references.

The plug-in's rule finds the definitions. The other rules are our own, because the plug-in's drop a footnote without
references, one that is defined twice, and the text around one that is defined within another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from generator.ground.messages import say
from generator.read.markdown.figures import pictures
from generator.read.markdown.parse_state import ParseState, Silent, parse_state_of

_REFERENCE: Final = re.compile(r"\[\^([^\s\[\]]+)\]")


@dataclass(slots=True)
class Note:
    """A footnote that is moved to the end of the text."""

    label: str
    line: int
    tokens: list[Token] = field(default_factory=list)
    number: int = 0
    """From 1; 0 until a reference to it is found."""
    references: int = 0


def install(md: MarkdownIt) -> None:
    """Add the plug-in, with our rules for references and for the order at the end of the text."""
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.inline.ruler.at("footnote_ref", reference)
    md.core.ruler.after("inline", "footnotes", gather)


def reference(state: StateInline, silent: Silent) -> bool:
    """Match ``[^label]`` where the text defines the label; elsewhere it stays text, with a warning."""
    if not state.src.startswith("[^", state.pos):
        return False
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    labels = state.env.get("footnotes", {}).get("refs", {})
    if f":{match[1]}" not in labels:
        if not silent:
            _report_undefined(state, match[1])
        return False
    if not silent:
        state.push("footnote_ref", "", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True


def gather(state: StateCore) -> None:
    """Move the footnotes to the end of the text, in the order of their numbers."""
    if "footnotes" not in state.env:
        return
    state.tokens, notes = _taken_apart(state.tokens)
    parse_state = parse_state_of(state.env)
    by_label: dict[str, Note] = {}
    for note in notes:
        if by_label.setdefault(note.label, note) is not note:
            _report_twice(parse_state, note)
    ordered: list[Note] = []
    _number(state.tokens, by_label, ordered)
    _follow(ordered, 0, by_label)
    for note in [note for note in notes if not note.number]:
        if by_label[note.label] is note:
            _report_unused(parse_state, note)
        if not note.number:
            ordered.append(note)
            note.number = len(ordered)
            _follow(ordered, note.number - 1, by_label)
    if ordered:
        state.tokens.extend(_section(ordered))


def _taken_apart(tokens: Iterable[Token]) -> tuple[list[Token], list[Note]]:
    """The text without its footnotes, and the footnotes, including those that are defined within others."""
    text: list[Token] = []
    notes: list[Note] = []
    around: list[list[Token]] = []
    current = text
    for token in tokens:
        if token.type == "footnote_reference_open":
            note = Note(token.meta["label"], token.map[0] if token.map else 0)
            notes.append(note)
            around.append(current)
            current = note.tokens
        elif token.type == "footnote_reference_close":
            current = around.pop()
        else:
            current.append(token)
    return text, notes


def _number(tokens: Iterable[Token], by_label: dict[str, Note], ordered: list[Note]) -> None:
    """Number the footnotes that ``tokens`` refer to for the first time, and count every reference."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref" and (note := by_label.get(child.meta["label"])):
                if not note.number:
                    ordered.append(note)
                    note.number = len(ordered)
                note.references += 1
                child.meta = {"number": note.number, "count": note.references}


def _follow(ordered: list[Note], first: int, by_label: dict[str, Note]) -> None:
    """Number the footnotes that those from ``first`` on refer to, and so on. They are appended to the list."""
    while first < len(ordered):
        _number(ordered[first].tokens, by_label, ordered)
        first += 1


def _section(notes: Iterable[Note]) -> Iterator[Token]:
    yield Token("footnotes_open", "section", 1, block=True)
    for note in notes:
        yield Token("footnote_open", "li", 1, block=True, meta={"number": note.number})
        end = len(note.tokens) - _ends_in_text(note.tokens)
        yield from note.tokens[:end]
        yield Token("footnote_back", "a", 0, meta={"number": note.number, "count": note.references})
        yield from note.tokens[end:]
        yield Token("footnote_close", "li", -1, block=True)
    yield Token("footnotes_close", "section", -1, block=True)


def _ends_in_text(tokens: list[Token]) -> bool:
    """Whether the last token closes a paragraph of text, in which the link back can be placed."""
    return bool(tokens) and tokens[-1].type == "paragraph_close" and not pictures(tokens[-2].children)


def _report_undefined(state: StateInline, label: str) -> None:
    parse_state = parse_state_of(state.env)
    parse_state.report(
        parse_state.at(state, state.pos),
        say('there is no footnote "{label}"', label=label),
        say("write it on a line of its own: [^{label}]: its text", label=label),
        is_warning=True,
    )


def _report_unused(parse_state: ParseState, note: Note) -> None:
    parse_state.report(
        parse_state.line(note.line, f"[^{note.label}]:"),
        say('the text does not refer to the footnote "{label}"', label=note.label),
        say("write [^{label}] where the footnote belongs", label=note.label),
    )


def _report_twice(parse_state: ParseState, note: Note) -> None:
    parse_state.report(
        parse_state.line(note.line, f"[^{note.label}]:"),
        say('the footnote "{label}" is written twice', label=note.label),
        say("give one of them another label"),
    )
