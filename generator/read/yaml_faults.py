"""Turns the errors of the YAML parser into problems that tell a writer what to type."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import yaml

from generator.ground.errors import Edit, Problem, Repair
from generator.ground.messages import Message, say
from generator.read.yaml_writing import half_width, in_quotes


class Finding(NamedTuple):
    """What is wrong where."""

    number: int
    """The line, from 0."""
    column: int
    """From 0."""
    message: Message
    hint: Message
    edits: tuple[Edit, ...] = ()
    """The only way to mend it, with lines of the YAML from 1."""


_KEY = r"[A-Za-z_][\w-]*|[\u4e00-\u9fff]+"
_WIDE_COLON = re.compile(rf"(\s*(?:-\s+)?(?:{_KEY}))\s*：\s*(.*)")
_TIGHT_COLON = re.compile(rf"(\s*(?:-\s+)?(?:{_KEY})):([^\s:/].*)")
_COLLECTION = re.compile(rf"(\s*(?:-\s+)?(?:{_KEY}): +|\s*-\s+)([\[{{［【｛].*)")
_RUN_ON = re.compile(r"\s([a-z_]{3,}:)(?:\s|$)")
"""In a value, what looks like the next field."""
_FIELD = re.compile(rf"(\s*(?:-\s+)?(?:{_KEY})): +(\S.*)")


def explained(error: yaml.MarkedYAMLError | None, text: str, path: str, first_line: int) -> list[Problem]:
    """The problems behind a parser's ``error``, which is None where the YAML is valid but not a list of fields.

    There are several where several lines have a full-width colon: the parser stops at the first.
    """
    lines = text.split("\n")
    slips = [slip for number, line in enumerate(lines) if line[:1].strip() and (slip := _wide_colon(number, line))]
    findings = slips or [_finding(error, lines)]
    return [
        Problem(
            path=path,
            line=one.number + first_line,
            column=one.column + 1,
            message=one.message,
            hint=one.hint,
            repair=_moved(one.edits, first_line - 1),
        )
        for one in findings
    ]


def _moved(edits: tuple[Edit, ...], lines: int) -> Repair | None:
    """The repair in the coordinates of the file, in which the YAML stands below so many lines."""
    return Repair(tuple(replace(edit, line=edit.line + lines) for edit in edits)) if edits else None


def _finding(error: yaml.MarkedYAMLError | None, lines: list[str]) -> Finding:
    complaint = error.problem_mark.line if error and error.problem_mark else len(lines) - 1
    # The parser reports the line of the typo or the one after it.
    suspects = range(max(0, complaint - 1) if error else 0, min(complaint + 1, len(lines)))
    return _typing_slip(lines, suspects) or _parsed(error, lines)


def _wide_colon(number: int, line: str) -> Finding | None:
    match = _WIDE_COLON.fullmatch(line)
    if match is None:
        return None
    repaired = f"{match[1]}: {match[2]}".rstrip()
    return Finding(
        number,
        line.index("："),
        say("the colon after the key is full-width (：)"),
        say("write {field}", field=repaired.strip()),
        _instead(number, line, repaired),
    )


def _typing_slip(lines: list[str], suspects: range) -> Finding | None:
    """A typo that the parser only reports later, or reads as something else; None where there is none."""
    for number in suspects:
        line = lines[number]
        if slip := _wide_colon(number, line):
            return slip
        if match := _TIGHT_COLON.fullmatch(line):
            return Finding(
                number,
                len(match[1]) + 1,
                say("there is no space after the colon"),
                say("write {field}", field=f"{match[1].strip()}: {match[2]}"),
                _instead(number, line, f"{match[1]}: {match[2]}"),
            )
        if match := _COLLECTION.fullmatch(line.rstrip()):
            repaired = half_width(match[2])
            if repaired not in (None, match[2]):
                return Finding(
                    number,
                    match.start(2),
                    say("full-width signs stand among the brackets here"),
                    say("write {field}", field=f"{match[1].strip()} {repaired}"),
                    _instead(number, line, f"{match[1]}{repaired}"),
                )
        if line[:1] == "\t" or re.match(r" +\t", line):
            return Finding(
                number,
                line.index("\t"),
                say("the line begins with a tab"),
                say("indent with spaces"),
                _without_tabs(lines),
            )
    return None


def _instead(number: int, line: str, repaired: str) -> tuple[Edit, ...]:
    """The edit that puts ``repaired`` in the place of a line, without what both begin with."""
    same = next((at for at, (old, new) in enumerate(zip(line, repaired, strict=False)) if old != new), len(line))
    return (Edit(line[same:], repaired[same:], number + 1, same + 1),)


def _without_tabs(lines: list[str]) -> tuple[Edit, ...]:
    """The edits that make spaces of all tabs at the beginnings of lines.

    None where it depends on the number of spaces how the YAML is read.
    """
    edits: dict[str, tuple[Edit, ...]] = {}
    for width in (2, 4, 8):
        spaces = [_margin(line).replace("\t", " " * width) + line.lstrip() for line in lines]
        if (events := _events("\n".join(spaces))) is not None:
            pairs = enumerate(zip(lines, spaces, strict=True), start=1)
            changed = ((number, old, new) for number, (old, new) in pairs if old != new)
            edits.setdefault(events, tuple(Edit(_margin(old), _margin(new), number) for number, old, new in changed))
    return next(iter(edits.values())) if len(edits) == 1 else ()


def _events(text: str) -> str | None:
    """What the YAML says, wherever it stands; None where it cannot be read."""
    try:
        return repr([(type(one), getattr(one, "value", None)) for one in yaml.parse(text, Loader=yaml.CSafeLoader)])
    except yaml.YAMLError:
        return None


def _parsed(error: yaml.MarkedYAMLError | None, lines: list[str]) -> Finding:
    if error is None or error.problem_mark is None:
        first = next((number for number, line in enumerate(lines) if line.strip()), 0)
        return Finding(
            first,
            0,
            say("this is not a list of fields"),
            say("write each field as a key, a colon, a space, a value"),
        )
    number = min(error.problem_mark.line, len(lines) - 1)
    column = error.problem_mark.column
    problem = f"{error.context or ''} {error.problem or ''}"
    if _continues(lines, number) and ("mapping values are not allowed" in problem or "expected key" in problem):
        return Finding(
            number,
            0,
            say("the line is indented, so it reads as more of the value above"),
            say("take the spaces at its beginning away"),
            (Edit(_margin(lines[number]), _margin(lines[number - 1]), number + 1),),
        )
    if "mapping values are not allowed" in problem:
        return _unquoted(lines, number, column, say('": " inside the value reads as another key'))
    if "cannot start any token" in problem or "expected alphabetic" in problem:
        line = lines[number]
        match = _FIELD.fullmatch(line.rstrip())
        if match:
            column = match.start(2)
        sign = line[column : column + 1]
        return _unquoted(lines, number, column, say("a value may not begin with {sign}", sign=sign))
    if "unexpected end of stream" in problem or "document indicator" in problem:
        opened = error.context_mark or error.problem_mark
        return Finding(
            opened.line, opened.column, say("the quotation mark that opens here is not closed"), say("close it")
        )
    if "',' or ']'" in problem or "',' or '}'" in problem:
        opened = error.context_mark or error.problem_mark
        return Finding(
            opened.line,
            opened.column,
            say("the bracket that opens here is not closed, or a comma is missing in it"),
            say("write a list as [one, two], with half-width commas"),
        )
    return _other(error, lines, number, column)


def _continues(lines: list[str], number: int) -> bool:
    """Whether a line that looks like a field is indented below a field that has a value already."""
    match = _FIELD.fullmatch(lines[number].rstrip())
    above = _FIELD.fullmatch(lines[number - 1].rstrip()) if number else None
    return bool(match and above) and len(_margin(lines[number])) > len(_margin(lines[number - 1]))


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _other(error: yaml.MarkedYAMLError, lines: list[str], number: int, column: int) -> Finding:
    problem = error.problem or ""
    if "maximum nesting depth" in problem:
        return Finding(number, column, say("fields are nested more than 20 deep"), say("flatten this part"))
    if "document start" in problem:
        first = next((at for at, line in enumerate(lines) if line[:1].isspace() and line.strip()), number)
        return Finding(
            first,
            0,
            say("the line begins with a space"),
            say("take the spaces at its beginning away"),
            (Edit(_margin(lines[first]), "", first + 1),),
        )
    if "could not find expected ':'" in problem and error.context_mark:
        number, column = error.context_mark.line, error.context_mark.column
        return Finding(
            number,
            column,
            say("this line is no field"),
            say("write each field as a key, a colon, a space, a value"),
        )
    if "did not find expected key" in problem or "did not find expected '-'" in problem:
        line = lines[number]
        if match := re.match(r'\s*(?:- )?[\w-]+: *(["\']|[\[{])', line):
            message = (
                say("there is text after the closing bracket")
                if match[1] in "[{"
                else say("there is text after the closing quotation mark")
            )
            return _unquoted(lines, number, column, message)
        return Finding(
            number,
            column,
            say("the line is not indented like its neighbours"),
            say("indent fields that belong together with the same number of spaces"),
        )
    return Finding(
        number,
        column,
        say("YAML cannot be read here: {fact}", fact=problem),
        say("put the value in quotes"),
    )


def _unquoted(lines: list[str], number: int, column: int, message: Message) -> Finding:
    """The finding that the value of the field on a line has to be in quotes."""
    return Finding(number, column, message, _quoted(lines[number]), quoting(lines[number], number + 1))


def _quoted(line: str) -> Message:
    """The hint to write the same field with its value in quotes."""
    match = _FIELD.fullmatch(line.rstrip())
    if match is None:
        return say("put the value in quotes")
    if run_on := _RUN_ON.search(match[2]):
        return say("begin a new line before {key}, or put the value in quotes", key=run_on[1])
    return say("write {field}", field=f"{match[1].strip()}: {in_quotes(match[2])}")


def quoting(line: str, number: int) -> tuple[Edit, ...]:
    """The edit that puts the value of the field on a line, whose number is from 1, in quotes; none for a list.

    ``[2020] …`` is text that begins like a list. What may be two fields on one line, a person has to decide.
    """
    match = _FIELD.fullmatch(line.rstrip())
    if match is None or _RUN_ON.search(match[2]) or (match[2][0] in "[{" and match[2][-1] in "]}"):
        return ()
    return (Edit(match[2], in_quotes(match[2]), number, match.start(2) + 1),)
