"""The forms of the writing page, made from the schema: a field for each that a file may have."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from generator.ground.errors import Field
from generator.read import fields
from generator.read.descriptions import FieldDescription, described
from generator.read.fields import Fields
from generator.read.schema import SCHEMAS
from generator.read.vocabulary import WORDS
from generator.tools.write.kinds import page_kind

_BY_NAME: Final = {
    "targets": "targets", "tags": "tags", "counts": "counts", "cover": "picture", "policies": "policies",
    "target": "target", "parent": "target", "kind": "kind", "person": "person",
}  # fmt: skip
"""Fields that stand for something in the site."""
_BY_TYPE: Final[tuple[tuple[Any, str], ...]] = (
    (fields.Text, "long"),
    (fields.SpanField, "dates"),
    (fields.DayField, "date"),
    (fields.Flag, "bool"),
    (fields.Number, "number"),
    (fields.Count, "number"),
    (fields.Tags, "list"),
    (fields.Names, "list"),
    (fields.Lines, "list"),
    (fields.Aliases, "list"),
    (fields.Persons, "list"),
)


def forms(language: str) -> dict[str, list[dict[str, Any]]]:
    """The form of each kind of file, as JSON."""
    return {
        page_kind(kind): list(_form(model, kind, "", _descriptions(kind), language)) for kind, model in SCHEMAS.items()
    }


@functools.cache
def _descriptions(kind: str) -> Mapping[str, FieldDescription]:
    return {one.path: one for one in described(kind)}


@functools.cache
def _labels() -> Mapping[str, list[str]]:
    text = Path(__file__).with_name("labels.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


def label_of(kind: str, field: Field, language: str) -> str | None:
    """What the form of a kind, as the schema calls it, calls a field; None for one that it does not know."""
    path = [part for part in field if isinstance(part, str)]
    labels = _labels().get(".".join((kind, *path))) or _labels().get(path[-1]) if path else None
    return labels[language == "zh"] if labels else None


def _form(
    model: type[Fields], kind: str, above: str, texts: Mapping[str, FieldDescription], language: str
) -> Iterator[dict[str, Any]]:
    for name, field in model.model_fields.items():
        path = f"{above}{name}"
        described_as = texts[path]
        labels = _labels().get(f"{kind}.{path}") or _labels()[name]
        inner = _model_in(field.annotation)
        made: dict[str, Any] = {
            "name": name,
            "label": labels[language == "zh"],
            "help": labels[3 + (language == "zh")] if len(labels) > 3 else "",
            "type": _type(name, field, inner, above),
            "required": field.is_required(),
            "example": labels[2],
        }
        if described_as.words:
            made["choices"] = [{"value": word, "label": _word(word, language)} for word in described_as.words]
        if made["type"] == "object":
            made["keyed"] = _is_keyed(field.annotation)
        if inner is not None:
            made["fields"] = list(_form(inner, kind, f"{path}.", texts, language))
            made["many"] = _is_list(field.annotation)
        yield made


def _type(name: str, field: FieldInfo, inner: type[Fields] | None, above: str) -> str:
    """The type of a field in a form."""
    if name == "requests" and inner is not None and _is_list(field.annotation):
        return "requests"
    if inner is not None:
        return "object"
    if name in _BY_NAME and not (name == "kind" and above):
        return _BY_NAME[name]
    parts = list(_parts(field.rebuild_annotation()))
    found = next((kind for known, kind in _BY_TYPE if known in parts), None)
    if found is None and any(isinstance(part, type) and issubclass(part, str) and part is not str for part in parts):
        return "choice"
    if found is None and any(get_origin(part) is dict for part in parts):
        return "object"
    return found or "text"


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and everything that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _model_in(annotation: Any) -> type[Fields] | None:
    models = (part for part in _parts(annotation) if isinstance(part, type) and issubclass(part, Fields))
    return next(models, None)


def _is_list(annotation: Any) -> bool:
    return any(get_origin(part) is tuple for part in _parts(annotation))


def _is_keyed(annotation: Any) -> bool:
    return any(get_origin(part) is dict for part in _parts(annotation))


def _word(word: str, language: str) -> str:
    return WORDS.get(word, word) if language == "zh" else word
