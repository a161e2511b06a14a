"""The record as data: entries, service targets and requests as JSON and CSV, and what each column means.

They are what the site's own data files say (``data/*.json``), with paths from the folder data/ of the bundle.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from generator.ground.json_lines import json_array, json_line
from generator.model import urls
from generator.render.data_files import spreadsheet
from generator.tools.archive.bilingual import Both
from generator.tools.archive.contents import Contents

FOLDER: Final = "data/record"
SEPARATOR: Final = "；"
"""Between the values of one cell."""
Rows = Sequence[Mapping[str, Any]]


class Column(NamedTuple):
    """A field of a table."""

    name: str
    kind: str
    """``string``, ``date``, ``integer`` or ``boolean``; ``list`` of texts; ``numbers`` by name; ``records``."""
    title: Both
    is_required: bool = False


_PAGE: Final = Column("page", "string", Both("网页", "page, from data/"), is_required=True)
_SOURCE: Final = Column("source", "string", Both("源文件", "source, from data/"), is_required=True)
TABLES: Final[Mapping[str, tuple[Column, ...]]] = {
    "entries": (
        Column("title", "string", Both("标题", "title"), is_required=True),
        Column("start", "date", Both("开始日期", "first day"), is_required=True),
        Column("end", "date", Both("结束日期", "last day"), is_required=True),
        Column("part", "string", Both("上午、下午或晚上", "part of the day")),
        Column("targets", "list", Both("服务对象编号", "ids of service targets")),
        Column("tags", "list", Both("标签", "tags")),
        Column("place", "string", Both("地点", "place")),
        Column("weather", "string", Both("天气", "weather")),
        Column("summary", "string", Both("摘要", "summary")),
        Column("major", "boolean", Both("列入大事记", "among the major events")),
        Column("headline", "string", Both("大事记里的一句话", "sentence for the major events")),
        Column("language", "string", Both("语言", "language, where it is not the site's")),
        Column("authors", "list", Both("作者", "authors")),
        Column("reviewed_by", "string", Both("审核人", "reviewer")),
        Column("counts", "numbers", Both("计数", "figures by counter")),
        Column("counts_by_target", "records", Both("按服务对象分开的计数", "figures by counter and target")),
        Column("policies", "list", Both("送达的政策", "ids of policies handed over")),
        Column("requests", "records", Both("诉求进展", "steps of requests")),
        Column("corrections", "records", Both("更正", "corrections")),
        Column("withdrawn", "records", Both("撤回", "withdrawal")),
        _PAGE,
        _SOURCE,
    ),
    "targets": (
        Column("id", "string", Both("编号", "id"), is_required=True),
        Column("name", "string", Both("名称", "name"), is_required=True),
        Column("short_name", "string", Both("简称", "short name")),
        Column("aliases", "list", Both("别名", "other names")),
        Column("kind", "string", Both("类别", "kind"), is_required=True),
        Column("parent", "string", Both("上级", "id of what it belongs to")),
        Column("place", "string", Both("地点", "place")),
        Column("summary", "string", Both("简介", "summary")),
        Column("closed", "date", Both("服务结束日期", "day on which the service ended")),
        Column("entries", "list", Both("写到它的日志", "pages of its entries")),
        _PAGE,
        _SOURCE,
    ),
    "requests": (
        Column("id", "string", Both("编号", "id"), is_required=True),
        Column("title", "string", Both("诉求", "title"), is_required=True),
        Column("target", "string", Both("服务对象编号", "id of the service target")),
        Column("kind", "string", Both("类别", "kind of the target")),
        Column("state", "string", Both("进展", "stage"), is_required=True),
        Column("raised", "date", Both("提出日期", "day on which it was raised"), is_required=True),
        Column("reopened", "date", Both("重新办理日期", "day on which it was last reopened")),
        Column("ended", "date", Both("办结或终止日期", "day on which it ended")),
        Column(
            "days",
            "integer",
            Both("办理天数（自提出或重新办理起）", "days until it was resolved, since raised or reopened"),
        ),
        Column("overdue", "boolean", Both("超期", "overdue")),
        Column("moved", "date", Both("最近进展日期", "day of its last step"), is_required=True),
        Column("handler", "string", Both("承办单位", "office that deals with it")),
        Column("person", "string", Both("责任人", "who is responsible")),
        Column("deadline", "date", Both("办理期限", "deadline")),
        Column("steps", "records", Both("经过", "history")),
        _PAGE,
    ),
}
"""The columns of each table."""
_ADDRESSES: Final = frozenset(("url", "page", "entry", "entries"))
"""Fields that hold addresses of pages."""


def record(contents: Contents) -> dict[str, Rows]:
    """Writes the tables; returns them by name."""
    site = contents.payload / "site" / "data"
    tables: dict[str, Rows] = {}
    for name in TABLES:
        place = site / f"{name}.json"
        tables[name] = [_row(one) for one in json.loads(place.read_bytes())] if place.is_file() else []
    files: dict[str, bytes] = {}
    for name, rows in tables.items():
        files[f"{name}.json"] = json_array(map(json_line, rows)).encode()
        files[f"{name}.csv"] = spreadsheet(
            (str(one.title) for one in TABLES[name]), _cells(TABLES[name], rows)
        ).encode()
        files[f"schemas/{name}.json"] = as_json(_json_schema(name, TABLES[name]))
    files["datapackage.json"] = as_json(_package(contents, files))
    for path, body in files.items():
        contents.put(f"{FOLDER}/{path}", body)
    return tables


def as_json(value: object) -> bytes:
    """A value as JSON for people to read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _row(known: Mapping[str, Any]) -> dict[str, Any]:
    """A record of the site with paths from data/ in place of addresses, and its page under another name."""
    row = {key: _with_paths(key, value) for key, value in known.items()}
    page = row.pop("url")
    return {**row, "page": page, **({"source": f"sources/{row['source']}"} if "source" in row else {})}


def _with_paths(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_paths(name, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_paths(key, one) for one in value]
    return _path(value) if key in _ADDRESSES and isinstance(value, str) else value


def _path(address: str) -> str:
    """The file at an address that is relative to the site's folder data/."""
    url = posixpath.normpath(posixpath.join("/data", address))
    return "site/" + urls.output_path(url + "/" if address.endswith("/") and url != "/" else url)


def _cells(columns: Sequence[Column], rows: Rows) -> Iterable[list[object]]:
    return ([_cell(one, row.get(one.name)) for one in columns] for row in rows)


def _cell(column: Column, value: Any) -> object:
    if value is None:
        return ""
    match column.kind:
        case "list":
            return SEPARATOR.join(value)
        case "numbers":
            return SEPARATOR.join(f"{name} {number}" for name, number in value.items())
        case "records":
            return json.dumps(value, ensure_ascii=False)
        case "boolean":
            return "true" if value else "false"
        case _:
            return value


def _json_schema(name: str, columns: Sequence[Column]) -> dict[str, object]:
    kinds: Mapping[str, dict[str, object]] = {
        "date": {"type": "string", "format": "date"},
        "list": {"type": "array", "items": {"type": "string"}},
        "numbers": {"type": "object", "additionalProperties": {"type": "integer"}},
        "records": {"type": ["array", "object"]},
    }
    fields = {one.name: {**kinds.get(one.kind, {"type": one.kind}), "title": str(one.title)} for one in columns}
    item = {"type": "object", "properties": fields, "required": [one.name for one in columns if one.is_required]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "array",
        "items": {**item, "additionalProperties": False},
    }


def _package(contents: Contents, files: Mapping[str, bytes]) -> dict[str, object]:
    settings = contents.site.settings
    return {
        "profile": "data-package",
        "name": "record",
        "title": settings.title,
        "description": settings.description or settings.title,
        "created": contents.moment,
        "resources": [_resource(path, body) for path, body in files.items() if path.endswith(".csv")],
    }


def _resource(path: str, body: bytes) -> dict[str, object]:
    name = path.removesuffix(".csv")
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "schema": {"fields": [_table_field(one) for one in TABLES[name]], "missingValues": [""]},
    }


def _table_field(column: Column) -> dict[str, object]:
    kind = column.kind if column.kind in ("date", "integer", "boolean") else "string"
    constraints = {"constraints": {"required": True}} if column.is_required else {}
    return {"name": str(column.title), "type": kind, "title": column.name, **constraints}
