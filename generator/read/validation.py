"""Validates the YAML of a file by its schema: gives typed fields, or a problem for each fault."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Final, TypeGuard, TypeVar, get_origin

from pydantic import ValidationError

from generator.ground.errors import BuildError, Edit, Fault, Field, Problem, Repair, replacing
from generator.ground.messages import Message, say
from generator.ground.spelling import surely_meant
from generator.read.fields import Document, Fields
from generator.read.frontmatter import read_tree
from generator.read.sources import PEOPLE
from generator.read.vocabulary import CHINESE_KEYS, WORDS
from generator.read.yaml_tree import Tree
from generator.read.yaml_writing import half_width, in_quotes

F = TypeVar("F", bound=Fields)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PAIR = re.compile(r"(\S+?)：\s*(\S+)")
_SIGNS_BEFORE: Final = "“‘\"'「『《 \t\u3000"
_SIGNS_BEHIND: Final = "”’\"'」』》;；,，.。、 \t\u3000"
_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
_BARE_KEY = re.compile(r"^[\W_]*(?:\d+[.、)]\s*)?[\W_]*|[\W_]+$")
"""Of a key, what a list or Markdown puts around it."""
_NEXT_PAIR = re.compile(r"\s+(?=[^\s：，、；]+：)")
_SPEAKING: Final = frozenset(
    {
        *("status", "publish_at", "withdrawn", "closed", "reopened", "deadline"),
        *("cards", "government", "search", "allow_svg", "originals"),
    }
)
"""Optional fields whose key alone may be meant to do something: without a value they are no more than half written."""


def validated(kind: type[F], tree: dict[str, Tree], path: str) -> F:
    """The typed fields of a file. A text, a list or a number without a value counts as absent.

    Raises BuildError with a problem for each fault, at its field.
    """
    empty: list[Field] = []
    document = Document(_year(path), tree.get("date"))
    filled = _without_empty(tree, kind, (), empty)
    problems = [
        Problem(
            path=path,
            field=place,
            at_key=True,
            message=say("{key} is empty", key=place[-1]),
            hint=say("write its value, or delete the line"),
        )
        for place in empty
    ]
    try:
        found = kind.model_validate(filled, context=document)
    except ValidationError as error:
        faults = _faults(error, tree)
        meant = {_meant(kind, fault["loc"]) for fault in faults if fault["type"] == "extra_forbidden"}
        problems += (
            _mended(_problem(kind, fault, tree, path, document), kind, filled, document)
            for fault in faults
            # A key that is mistyped is not missing, too.
            if fault["type"] != "missing" or tuple(fault["loc"]) not in meant
        )
    if problems:
        raise BuildError(*problems)
    return found


def _year(path: str) -> int | None:
    """The year that the path of a file says, the file's name before its folders; None where none does."""
    years = _YEAR.findall(path)
    return int(years[-1]) if years else None


def _without_empty(tree: dict[str, Tree], kind: type[Fields], place: Field, empty: list[Field]) -> dict[str, Tree]:
    """The tree without known fields that have no value. Those of them that must have one are added to ``empty``."""
    filled: dict[str, Tree] = {}
    for key, value in tree.items():
        described = kind.model_fields.get(key)
        if described is None:
            filled[key] = value
        elif value is not None and not (isinstance(value, str) and not value.strip()):
            filled[key] = _filled(value, described.annotation, (*place, key), empty)
        elif key in _SPEAKING and not described.is_required():
            empty.append((*place, key))
    return filled


def _filled(value: Tree, annotation: Any, place: Field, empty: list[Field]) -> Tree:
    model = _model_in(annotation)
    if model is None:
        return value
    if isinstance(value, list):
        return [
            _without_empty(item, model, (*place, number), empty) if isinstance(item, dict) else item
            for number, item in enumerate(value)
        ]
    if isinstance(value, dict) and get_origin(annotation) is dict:
        return {
            key: _without_empty(item, model, (*place, key), empty) if isinstance(item, dict) else item
            for key, item in value.items()
        }
    return _without_empty(value, model, place, empty) if isinstance(value, dict) else value


def _problem(
    kind: type[Fields], fault: dict[str, Any], tree: dict[str, Tree], path: str, document: Document
) -> Problem:
    place: Field = tuple(fault["loc"])
    is_key = place[-1:] == ("[key]",)
    if is_key:
        place = place[:-1]
    name = str(place[-1]) if place else ""
    thrown = (fault.get("ctx") or {}).get("error")
    match fault["type"]:
        case "missing":
            is_there = _is_present(tree, place)
            fact = say("{key} is empty", key=name) if is_there else say("{key} is missing", key=name)
            return Problem(path=path, field=place, at_key=True, message=fact, hint=_example(name, is_there=is_there))
        case "extra_forbidden":
            return _unknown_field(kind, place, path)
        case "enum" if not isinstance(fault["input"], str):
            message = say("one word is wanted here")
            return Problem(path=path, field=place, message=message, hint=_choices(fault))
        case "enum":
            return _unknown_word(path, place, fault, _written(tree, place))
        case "value_error" if isinstance(thrown, Fault):
            return Problem(
                path=path,
                field=place,
                at_key=is_key,
                message=thrown.message,
                hint=thrown.hint,
                repair=thrown.repair_of(name if is_key else _written(tree, place)),
            )
        case _ if isinstance(fault["input"], str) and "：" in fault["input"]:
            among = say("full-width signs stand among the brackets here")
            return Problem(
                path=path,
                field=place,
                message=among if fault["input"][0] in "{｛" else say("the colon after the key is full-width (：)"),
                hint=_half_width_hint(name, fault["input"]),
                repair=_with_half_width(fault["input"]),
            )
        case _:
            return Problem(
                path=path,
                field=place,
                message=say("further fields are wanted here, not one value"),
                hint=_fields_wanted(kind, place, fault["input"], path, document),
            )


def _faults(error: ValidationError, tree: Tree) -> list[dict[str, Any]]:
    return [{**fault, "loc": _place(fault["loc"], tree)} for fault in error.errors(include_url=False)]


def _place(loc: Field, tree: Tree) -> Field:
    """Where a fault stands in the tree: a list of one mapping may be written as that mapping."""
    place: list[str | int] = []
    for step in loc:
        if isinstance(step, int) and isinstance(tree, dict):
            continue
        place.append(step)
        tree = _written(tree, (step,))
    return tuple(place)


def _mended(problem: Problem, kind: type[Fields], tree: dict[str, Tree], document: Document) -> Problem:
    """The problem with the value that was meant, if it is valid without the signs that stand around it."""
    place = problem.field
    if place is None or problem.at_key or problem.repair:
        return problem
    written = _written(tree, place)
    text = _text_meant(written)
    if text is None:
        return problem
    if not _fits(text, problem, kind, tree, document):
        return problem
    old = f"[{text}]" if isinstance(written, list) else str(written)
    if isinstance(written, list) and _fits(in_quotes(old), problem, kind, tree, document):
        # Of a text, the brackets may be a part.
        return replace(problem, hint=say("{first}, or {second}", first=_write(text), second=_write(in_quotes(old))))
    return replace(problem, hint=_write(text), repair=replacing(old, text))


def _write(text: str) -> Message:
    return say("write {field}", field=text)


def _fits(text: str, problem: Problem, kind: type[Fields], tree: dict[str, Tree], document: Document) -> bool:
    """Whether YAML in the place of a value makes it valid."""
    place = problem.field or ()
    value: Tree = text
    if text[0] in "[{\"'":
        try:
            value = read_tree(f"value: {text}", problem.path)["value"]
        except BuildError:
            return False
    try:
        kind.model_validate(_replaced(tree, place, value), context=document)
    except ValidationError as error:
        return all(tuple(fault["loc"])[: len(place)] != place for fault in _faults(error, tree))
    return True


def _text_meant(written: Tree) -> str | None:
    """What stands among quotation marks and brackets that a value does not need; None where there are none."""
    if isinstance(written, list):
        return (written[0] or None) if len(written) == 1 and isinstance(written[0], str) else None
    if not isinstance(written, str):
        return None
    text = written.lstrip(_SIGNS_BEFORE).rstrip(_SIGNS_BEHIND)
    if text[:1] in ("[", "{", "［", "｛", "【"):
        return half_width(text) or text
    if inner := _IN_BRACKETS.fullmatch(text):
        text = inner[1]
    return text if text and text != written else None


def _replaced(tree: Tree, place: Field, value: Tree) -> Tree:
    """The tree with another value at a place."""
    if not place:
        return value
    step, *rest = place
    if isinstance(tree, list) and isinstance(step, int):
        return [_replaced(item, tuple(rest), value) if at == step else item for at, item in enumerate(tree)]
    assert isinstance(tree, dict)
    return {key: _replaced(item, tuple(rest), value) if key == step else item for key, item in tree.items()}


def _unknown_field(kind: type[Fields], place: Field, path: str) -> Problem:
    name = str(place[-1])
    bare = _BARE_KEY.sub("", name)
    meant = surely_meant(CHINESE_KEYS.get(bare, bare), _known(kind, place))
    return Problem(
        path=path,
        field=place,
        at_key=True,
        message=say('"{key}" is not a field that is known here', key=name),
        hint=say('did you mean "{key}"?', key=meant) if meant else _key_hint(kind, place),
        repair=replacing(name, meant) if meant else None,
    )


def _unknown_word(path: str, place: Field, fault: dict[str, Any], written: Tree) -> Problem:
    meant = surely_meant(str(fault["input"]), _words(fault))
    return Problem(
        path=path,
        field=place,
        message=say('"{value}" is not one of the words that are known here', value=fault["input"]),
        hint=say('did you mean "{key}"?', key=meant) if meant else _choices(fault),
        repair=replacing(written, meant) if meant and isinstance(written, str) else None,
    )


def _half_width_hint(key: str, value: str) -> Message:
    """The hint for fields that a full-width colon made one text."""
    repaired = _half_width(value)
    if repaired and value[:1] in "{｛":
        return say("write {field}", field=f"{key}: {repaired}")
    return say("write {field}", field=repaired or value)


def _half_width(value: str) -> str | None:
    """Such a text as fields; None where that is not certain."""
    if value[:1] in "{｛":
        return half_width(value)
    # Lines below each other were read as one, with spaces between them.
    return half_width(f"{{{_NEXT_PAIR.sub(', ', value)}}}")


def _with_half_width(value: str) -> Repair | None:
    """The repair: within brackets the whole, on lines of their own each pair."""
    if value[:1] in "{｛":
        return replacing(value, repaired) if (repaired := _half_width(value)) else None
    return Repair(tuple(Edit(pair[0], f"{pair[1]}: {pair[2]}") for pair in _PAIR.finditer(value)))


def _is_present(tree: Tree, place: Field) -> bool:
    """Whether a key exists, without a value."""
    above = _written(tree, place[:-1])
    return isinstance(above, dict) and place[-1] in above


def _written(tree: Tree, place: Field) -> Tree:
    """What stands at a place; None where nothing does."""
    for step in place:
        if isinstance(tree, dict) and isinstance(step, str):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int):
            tree = tree[step]
        else:
            return None
    return tree


def _words(fault: dict[str, Any]) -> list[str]:
    return str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")


def _choices(fault: dict[str, Any]) -> Message:
    return say("write one of {choices}", choices=", ".join(f"{word} ({WORDS[word]})" for word in _words(fault)))


def _model_at(kind: type[Fields], place: Field) -> type[Fields]:
    """The schema of the mapping at ``place``."""
    model: Any = kind
    for step in place:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    found: type[Fields] = model
    return found


def _model_in(annotation: Any) -> type[Fields] | None:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)


def _known(kind: type[Fields], place: Field) -> list[str]:
    """The fields that there are where the one at ``place`` stands."""
    return list(_model_at(kind, place[:-1]).model_fields)


def _meant(kind: type[Fields], place: Field) -> Field | None:
    """The place of the field that an unknown key probably means; None where it is like none."""
    name, known = str(place[-1]), _known(kind, place)
    translated = CHINESE_KEYS.get(name, name)
    close = [translated] if translated in known else get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return (*place[:-1], close[0]) if close else None


def _key_hint(kind: type[Fields], place: Field) -> Message:
    if meant := _meant(kind, place):
        return say('did you mean "{key}"?', key=meant[-1])
    known = _known(kind, place)
    if "extra" in known:
        return say("known are {names}; fields of your own go under extra:", names=", ".join(known))
    return say("known are {names}", names=", ".join(known))


def _fields_wanted(kind: type[Fields], place: Field, value: object, path: str, document: Document) -> Message:
    """The hint for one value in the place of fields."""
    model = _model_at(kind, place)
    if model is _model_at(kind, place[:-1]) and isinstance(place[-1], str):
        # Here the keys are the writer's own.
        pairs = [pair for item in value for pair in item.items()] if _is_listed(value) else []
        written = ", ".join(f"{key}: {item}" for key, item in pairs)
        return say("write it as in {field}", field=f"{{{written or _PAIRS.get(str(place[-1]), '…: …')}}}")
    if model.example and isinstance(value, str) and path != PEOPLE:
        return say("write {field}", field=model.written(value, document))
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    if not needed:
        return say("write each on its own line below, indented, with a colon and a space")
    return say("write on lines of their own below, indented: {names}", names=" ".join(f"{name}: …" for name in needed))


def _is_listed(value: object) -> TypeGuard[list[dict[str, str]]]:
    """Whether a value is a list of pairs, ``[走访: 3, 座谈会: 1]``."""
    return isinstance(value, list) and all(
        isinstance(item, dict) and all(isinstance(one, str) for one in item.values()) for item in value
    )


_PAIRS: Final = {
    "counts": "走访: 3",
    "counters": "走访: {unit: 次}",
    "kinds": "school: 学校",
    "extra": "编号: 甲",
}
"""What fields with keys of the writer's own may hold."""
_EXAMPLES: Final = {
    "title": "title: 进企业、进村居、进项目",
    "date": "date: 2020-03-07",
    "name": "name: 国奥社区",
    "kind": "kind: village",
    "status": "status: raised",
}


def _example(name: str, *, is_there: bool) -> Message:
    if name == "id_code":
        return say("write the code that the register of government sites gave this one; never an invented one")
    if name not in _EXAMPLES:
        return say("write its value") if is_there else say("add a line {key}: with its value", key=name)
    example = _EXAMPLES[name]
    return (
        say("write it as in {example}", example=example)
        if is_there
        else say("add a line such as {example}", example=example)
    )
