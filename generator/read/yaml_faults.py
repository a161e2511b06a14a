"""Turns the errors of the YAML parser into problems that tell a writer what to type."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

import yaml

from generator.ground.errors import Edit, Problem, Repair
from generator.ground.messages import Message, say
from generator.read.yaml_writing import half_width


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
        (instead(number + 1, line, repaired),),
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
                (instead(number + 1, line, f"{match[1]}: {match[2]}"),),
            )
        if match := _COLLECTION.fullmatch(line.rstrip()):
            repaired = half_width(match[2])
            if repaired not in (None, match[2]):
                return Finding(
                    number,
                    match.start(2),
                    say("full-width signs stand among the brackets here"),
                    say("write {field}", field=f"{match[1].strip()} {repaired}"),
                    (instead(number + 1, line, f"{match[1]}{repaired}"),),
                )
        if line[:1] == "\t" or re.match(r" +\t", line):
            return Finding(
                number,
                line.index("\t"),
                say("the line begins with a tab"),
                say("indent with spaces"),
            )
    return None


def instead(number: int, line: str, repaired: str) -> Edit:
    """The edit that puts ``repaired`` in the place of a line, numbered from 1, without what both begin with."""
    alike = zip(line, repaired, strict=False)
    same = next((at for at, (old, new) in enumerate(alike) if old != new), min(len(line), len(repaired)))
    return Edit(line[same:], repaired[same:], number, same + 1)


def indentation(width: int) -> Message:
    """What to do with a line that should begin with so many spaces."""
    return say("begin the line with {n} spaces", n=width) if width else say("take the spaces at its beginning away")


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
        width = _indent(lines[number - 1])
        return Finding(
            number,
            0,
            say("the line is indented, so it reads as more of the value above"),
            indentation(width),
            (Edit(margin(lines[number]), " " * width, number + 1),),
        )
    if "mapping values are not allowed" in problem:
        message = say('": " inside the value reads as another key')
        return Finding(number, column, message, say("put the value in quotes"))
    if "cannot start any token" in problem or "expected alphabetic" in problem:
        line = lines[number]
        match = _FIELD.fullmatch(line.rstrip())
        if match:
            column = match.start(2)
        sign = line[column : column + 1]
        message = say("a value may not begin with {sign}", sign=sign)
        return Finding(number, column, message, say("put the value in quotes"))
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
    return bool(match and above) and len(margin(lines[number])) > _indent(lines[number - 1])


def _indent(line: str) -> int:
    """The column of a field's key, from 0."""
    match = re.match(r"\s*(?:- +)*", line)
    return match.end() if match else 0


def margin(line: str) -> str:
    """The white space that a line begins with."""
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
            (Edit(margin(lines[first]), "", first + 1),),
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
            return Finding(number, column, message, say("put the value in quotes"))
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
