"""What a writer may have meant by a line that YAML cannot read. Proposals are read before anybody is told of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from generator.ground.messages import Message, say
from generator.read.yaml_faults import indentation, margin
from generator.read.yaml_writing import half_width, in_quotes


class Proposal(NamedTuple):
    """Lines as they may have been meant."""

    lines: dict[int, str | None]
    """What takes the place of lines, from 0; None where a line goes."""
    message: Message | None
    """What is wrong; None where the parser says it better."""
    hint: Message
    is_sure: bool = True
    """Whether nothing else can be meant, if it reads at all."""


Rule = Callable[[Sequence[str], int], Iterator[Proposal]]

_KEY: Final = r"[A-Za-z_][\w-]*|[\u4e00-\u9fff]+"
_FIELD: Final = re.compile(rf"(\s*(?:- +)?(?:{_KEY})): +(\S.*)")
_ITEM: Final = re.compile(rf"(\s*(?:(?:- +)?(?:{_KEY}):|-)) +([\[{{(（\"'“‘「].*)")
"""A field or an item of a list whose value begins with a bracket or a quotation mark."""
_MARKED: Final = re.compile(
    rf"(\s*+)(- ++)?((?:[-*+•·>]\s++|\d++[.、)]\s*+)?[*_`~“\"]*+)\s*+({_KEY})\s*+([*_`~”\"]*+)\s*+[:：]\s*+(.*)"
)
_WITHOUT_COLON: Final = re.compile(
    rf"(\s*(?:- +)?)({_KEY})(?:\s*(?:[=＝:：]*[=＝]+>?|[-–—]+>|[:;；,，.。、])\s*|\s+)(\S.*)"
)
_KEY_ALONE: Final = re.compile(rf"\s*(?:- +)?(?:{_KEY}): *")
_SIGNS_BEHIND: Final = re.compile(r"(.*[\]}\"'”])\s*[;；,，.。、]+")
_QUOTE_BEHIND: Final = re.compile(r"([^\"'“”]*[\]}])\s*[;；,，.。、\"'”]+")
_RUN_ON: Final = re.compile(r"(?<!\s)\s++([a-z_]{3,}+:)(?=\s|$)")
"""In a value, what looks like the next field."""
_PAIRS: Final = re.compile(r"[^\[\]{}\"':]+:(?: .*)?")
_BEHIND: Final = re.compile(r"(\s*(?:- +)?\S+: +[\[{].*)([\]}])[,，;；、\s]*([^\]},，;；、\s].*)")
_COLLECTION: Final = re.compile(r"[\[{&*!].*[\]}]$|[\[{]{3}")
"""What is no text with brackets in it."""
_LONGEST: Final = 4000
"""Characters of a line."""
_PARTNERS: Final = {"[": "]", "{": "}"}
_QUOTES: Final = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」"}


def proposals(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """What may have been meant by a line, the likeliest first; nothing for one that nobody types."""
    for rule in _RULES if len(lines[number]) <= _LONGEST else ():
        yield from rule(lines, number)


def quoted(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """The field with its value in quotes: what is left where nothing else reads."""
    match = _FIELD.fullmatch(lines[number].rstrip())
    if match and not _COLLECTION.match(match[2]):
        yield _written(number, f"{match[1]}: {in_quotes(match[2])}", None)


def _written(number: int, line: str, message: Message | None, *, is_sure: bool = True) -> Proposal:
    return Proposal({number: line}, message, say("write {field}", field=line.strip()), is_sure)


def _marked_key(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """``**title**: …``, ``- title: …``, ``“title”：…``."""
    match = _MARKED.fullmatch(lines[number].rstrip())
    if match is None or not any(match.group(2, 3, 5)):
        return
    space, hyphen, before, key, behind, value = match.groups("")
    if number and not (before or behind) and _KEY_ALONE.fullmatch(lines[_above(lines, number)]):
        # The hyphen of the first item of a list, which may lack something.
        return
    if before.strip("-+> "):
        value = value.strip("*_` ")
    message = say("signs stand around the key, as in Markdown")
    field = f"{key}: {value}".rstrip()
    if hyphen and (before or behind):
        yield _written(number, f"{space}{hyphen}{field}", message)
    yield _written(number, f"{space}{field}", message)


def _without_colon(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """``title = …``, ``title …``, ``title；…``."""
    if match := _WITHOUT_COLON.fullmatch(lines[number].rstrip()):
        message = say("there is no colon behind the key")
        yield _written(number, f"{match[1]}{match[2]}: {match[3]}", message)


def _indented(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """A line that begins one space further right or left than those next to it."""
    line = lines[number]
    match = re.match(r"(\s*)((?:- *)?)(?=[^\s-])", line)
    if match is None:
        return
    message = say("the line is not indented like its neighbours")
    if match[2] not in ("", "- "):
        yield _written(number, f"{match[1]}- {line[match.end() :]}", message)
    for near in lines[max(0, number - 1) : number + 2 : 2]:
        key = re.match(r"\s*(?:- +)?", near)
        for width in dict.fromkeys((key.end() if key else 0, len(margin(near)))):
            if near.strip() and width != len(match[1]):
                yield Proposal({number: " " * width + line.lstrip()}, message, indentation(width))


def _above(lines: Sequence[str], number: int) -> int:
    """The line above that is not empty; 0 where there is none."""
    above = max(0, number - 1)
    while above > 0 and not lines[above].strip():
        above -= 1
    return above


def _on_next_line(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    above = _above(lines, number)
    if number > 0 and lines[number].strip() and _KEY_ALONE.fullmatch(lines[above]):
        line = f"{lines[above].rstrip()} {lines[number].strip()}"
        changed = {above: line, **dict.fromkeys(range(above + 1, number + 1))}
        hint = say("put it on the line above: {field}", field=line.strip())
        yield Proposal(changed, say("the value stands on a line of its own"), hint)


def _signs_behind(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    for pattern in (_SIGNS_BEHIND, _QUOTE_BEHIND):
        if match := pattern.fullmatch(lines[number].rstrip()):
            yield _written(number, match[1], None)


def _quotes(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """A quotation mark that is not closed, or stands around a list."""
    match = _ITEM.fullmatch(lines[number].rstrip())
    if match is None or match[2][0] not in _QUOTES:
        return
    field, value, sign = match[1], match[2], match[2][0]
    text = value[1:].rstrip(_QUOTES[sign] + ";；")
    if text[:1] in ("[", "{"):
        yield _written(number, f"{field} {text}", say("quotation marks stand around the brackets"))
    elif sign in "\"'" and value.find(sign, 1) < 0:
        message = say("the quotation mark that opens here is not closed")
        if text[-1:] in "”’" and text.count("“") < text.count("”"):
            text = text[:-1]
        closed = in_quotes(text) if sign == '"' else f"'{text}'"
        yield _written(number, f"{field} {closed}", message)
    elif sign == '"' and "\\" in value:
        message = say("a backslash between double quotation marks has a meaning of its own")
        yield _written(number, f"{field} {in_quotes(text)}", message)


def _brackets(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """Brackets that are not closed, or by another one, or round."""
    match = _ITEM.fullmatch(lines[number].rstrip())
    if match is None or match[2][0] not in "[{(（":
        return
    field, value = match[1], half_width(match[2]) or match[2]
    if match[2][0] in "(（" and match[2][-1] in ")）":
        yield _written(number, f"{field} [{match[2][1:-1]}]", say("a list stands in square brackets"))
        return
    if (closed := _closed(value)) in (None, value):
        return
    message = say("the bracket that opens here is not closed, or a comma is missing in it")
    yield _written(number, f"{field} {closed}", message)
    if len(re.findall(r"[\[\]{}]", value)) == 1:
        # In a text, it may be a slip of the finger or a part of it.
        yield _written(number, f"{field} {value[1:].strip()}", message)
        yield _written(number, f"{field} {in_quotes(value)}", message)


def _closed(value: str) -> str | None:
    """The value with each bracket closed by its own kind; None where one is closed that is not open."""
    missing: list[str] = []
    closed = ""
    for char in _without_wrong_end(value.rstrip(";；,，、。 \t")):
        if char not in "]}":
            missing += _PARTNERS.get(char, "")
            closed += char
            continue
        if not missing:
            return None
        # One that is none of those that are open was meant as the last of them.
        first = len(missing) - 1 - missing[::-1].index(char) if char in missing else -1
        closed += "".join(reversed(missing[first:]))
        del missing[first:]
    return closed + "".join(reversed(missing))


def _without_wrong_end(value: str) -> str:
    """The value without another bracket at its end, which was typed in the place of its own."""
    partner = {")": "(", "）": "（", "】": "【", "」": "「"}.get(value[-1:])
    return value[:-1] if partner and value.count(partner) < value.count(value[-1]) else value


def _without_brackets(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """``counts: 走访: 3, 座谈会: 1``."""
    match = _FIELD.fullmatch(lines[number].rstrip(" ;；"))
    if match is None:
        return
    is_whole = all(match[2].count(begin) == match[2].count(end) for begin, end in _PARTNERS.items())
    value = match[2] if is_whole else match[2].strip("{}[] ")
    value = value.strip("“”‘’\"' ")
    if _PAIRS.fullmatch(value):
        message = say("fields on one line stand in braces")
        pairs = half_width(f"{{{value}}}")
        yield _written(number, f"{match[1]}: {pairs}", message)
        yield _written(number, f"{match[1]}: [{pairs}]", message)


def _run_on(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """Several fields on one line. Where the value may be all of it, a person has to decide."""
    line = lines[number].rstrip()
    match = _FIELD.fullmatch(line)
    found = [one for one in _RUN_ON.finditer(line, match.start(2)) if _is_outside(line[: one.start()])] if match else []
    if match is None or not found:
        return
    space = "\n" + " " * (len(match[1]) - len(match[1].lstrip(" -")))
    apart = line[: found[0].start()]
    for one, after in zip(found, [*found[1:], None], strict=True):
        apart = apart.rstrip(" ,，;；") + space + line[one.start(1) : after.start() if after else None]
    message = say("several fields stand on one line")
    yield Proposal({number: apart}, message, say("begin a new line before {key}", key=found[0][1]))
    yield _written(number, f"{match[1]}: {in_quotes(match[2])}", message)


def _is_outside(text: str) -> bool:
    """Whether all brackets are closed where the text ends."""
    return all(text.count(begin) <= text.count(end) for begin, end in _PARTNERS.items())


def _behind_bracket(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """``tags: [调研] 慰问``."""
    if match := _BEHIND.fullmatch(lines[number].rstrip()):
        yield _written(number, f"{match[1]}, {match[3]}{match[2]}", None, is_sure=False)


def _tabs(lines: Sequence[str], number: int) -> Iterator[Proposal]:
    """All tabs at the beginnings of lines, as so many spaces each, or as none where nothing else reads."""
    if "\t" not in margin(lines[number]):
        return
    message = say("the line begins with a tab")
    for width in (2, 4, 8, 0):
        changed = {
            at: margin(line).replace("\t", " " * width) + line.lstrip()
            for at, line in enumerate(lines)
            if "\t" in margin(line)
        }
        hint = say("write {n} spaces in its place", n=width) if width else say("take it away")
        yield Proposal(dict(changed), message, hint)


_RULES: Final[tuple[Rule, ...]] = (
    _tabs,
    _indented,
    _marked_key,
    _without_colon,
    _on_next_line,
    _signs_behind,
    _quotes,
    _brackets,
    _without_brackets,
    _run_on,
    _behind_bracket,
)
