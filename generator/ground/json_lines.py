"""Records as JSON, one on a line, so that two versions of a data file can be compared by eye."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

Record = Mapping[str, object]
_NUMBERS: Final = (int, float)
_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=str).encode


def without_empty(record: Record) -> Record:
    """The fields of a record that have a value. A number that is 0 is one; a flag that is not set is none."""
    return {key: value for key, value in record.items() if value or type(value) in _NUMBERS}


def json_line(record: Record) -> str:
    """A record as JSON on one line, without its empty fields."""
    return _encode(without_empty(record))


def json_list(values: Sequence[object]) -> str:
    """Values as a JSON array on one line."""
    return _encode(values)


def json_array(lines: Iterable[str]) -> str:
    """A JSON array of records that are JSON already: the first stands on the second line, and so on."""
    return "[\n" + ",\n".join(lines) + "\n]\n"
