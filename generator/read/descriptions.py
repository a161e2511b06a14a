"""The schema with what each field is for, in English and in Chinese: for editors, and for the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.ground.frozen import frozen
from generator.read.schema import EVERY_SCHEMA


@frozen
class FieldDescription:
    """A field of a kind of file."""

    path: str
    """Its key, after those of the fields that it is in: ``requests.status``."""
    is_required: bool
    words: tuple[str, ...]
    """The words that it may hold, in English; none where it may hold others."""
    default: object
    """What it is where the file does not have it; None for nothing."""
    english: str
    chinese: str


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file."""
    schema = EVERY_SCHEMA[kind].model_json_schema()
    for _ in _walk(schema, schema, "", _texts(kind)):
        pass
    for node in (schema, *schema.get("$defs", {}).values()):
        for field in node.get("properties", {}).values():
            for part in (field, *field.get("anyOf", ())):
                if "$ref" in part.get("items", {}):
                    # One of them needs no list.
                    part["anyOf"] = [{"type": part.pop("type"), "items": part["items"]}, part.pop("items")]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def described(kind: str) -> list[FieldDescription]:
    """The fields of a kind of file, each before those in it. Raises KeyError where one is not described."""
    schema = EVERY_SCHEMA[kind].model_json_schema()
    return list(_walk(schema, schema, "", _texts(kind)))


def texts() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """By kind of file and path of a field, what it is for, in English and in Chinese."""
    text = Path(__file__).with_name("descriptions.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[str]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return {kind: {path: (one[0], one[1]) for path, one in fields.items()} for kind, fields in found.items()}


def _texts(kind: str) -> Mapping[str, tuple[str, str]]:
    return texts()[kind]


def _walk(
    node: dict[str, Any], whole: dict[str, Any], above: str, known: Mapping[str, tuple[str, str]]
) -> Iterator[FieldDescription]:
    """The fields of an object of the schema, in which their descriptions are noted."""
    for name, field in node["properties"].items():
        path = f"{above}{name}"
        english, chinese = known[path]
        field["description"] = f"{chinese} · {english}"
        words = tuple(word for word in _words(field) if isinstance(word, str) and word.isascii())
        yield FieldDescription(path, name in node.get("required", ()), words, field.get("default"), english, chinese)
        for inner in _objects(field, whole):
            yield from _walk(inner, whole, f"{path}.", known)


def _parts(field: Any) -> Iterator[dict[str, Any]]:
    """A field's schema and all that are in it."""
    if isinstance(field, dict):
        yield field
        for key in ("anyOf", "allOf", "items", "additionalProperties"):
            inner = field.get(key, ())
            for one in inner if isinstance(inner, list) else (inner,):
                yield from _parts(one)


def _words(field: dict[str, Any]) -> list[object]:
    return next((part["enum"] for part in _parts(field) if "enum" in part), [])


def _objects(field: dict[str, Any], whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The objects that a field, or each of its items, is."""
    for part in _parts(field):
        if "$ref" in part:
            yield whole["$defs"][part["$ref"].rpartition("/")[2]]
