"""The data of a portal as tables: JSON for programs, CSV for spreadsheets, Parquet for those who have much of it.

Entries are not among them: each team publishes its own, at the address that the table of teams gives.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.ground.json_lines import Record, json_array, json_line
from generator.model import urls
from generator.model.outputs import Output
from generator.render.data_files import spreadsheet
from generator.tools.portal import ledger
from generator.tools.portal.extra import required
from generator.tools.portal.scene import Scene
from generator.tools.portal.team_rows import counted

TEAMS: Final = "teams"
COLUMNS: Final[Mapping[str, Mapping[str, type]]] = {
    TEAMS: {
        "id": str,
        "name": str,
        "region": str,
        "site": str,
        "url": str,
        "entries": int,
        "open": int,
        "newest": str,
        "stale": bool,
    },
    "regions": {
        "region": str,
        "teams": int,
        "entries": int,
        "targets": int,
        "requests": int,
        "open": int,
        "overdue": int,
        "resolved": int,
    },
    "figures": {"region": str, "month": str, "entries": int, "raised": int, "resolved": int},
    "counters": {"region": str, "label": str, "unit": str, "total": int},
    "requests": {
        "team": str,
        "team_name": str,
        "region": str,
        "title": str,
        "url": str,
        "target": str,
        "kind": str,
        "state": str,
        "raised": str,
        "reopened": str,
        "ended": str,
        "days": int,
        "days_open": int,
        "overdue": bool,
        "moved": str,
        "handler": str,
        "person": str,
        "deadline": str,
    },
}
"""The tables, each with its columns and what stands in them."""


def tables(scene: Scene) -> Iterator[Output]:
    """The files of all tables below ``data/``, in three formats. Raises Fault where Parquet cannot be written."""
    rows: dict[str, Sequence[Record]] = {
        TEAMS: tuple(_teams(scene)),
        "regions": tuple(_regions(scene)),
        "figures": tuple(_figures(scene)),
        "counters": tuple(_counters(scene)),
        "requests": ledger.request_records(scene),
    }
    for name, columns in COLUMNS.items():
        place = urls.output_path(f"/data/{name}")
        yield Output(f"{place}.json", json_array(map(json_line, rows[name])).encode(errors="replace"))
        cells = ([_cell(row.get(column)) for column in columns] for row in rows[name])
        yield Output(f"{place}.csv", spreadsheet(columns, cells).encode(errors="replace"))
        yield Output(f"{place}.parquet", parquet(columns, rows[name]))


def _cell(value: object) -> object:
    return "" if value is None else int(value) if isinstance(value, bool) else value


def parquet(columns: Mapping[str, type], rows: Sequence[Record]) -> bytes:
    """A table as Parquet. Raises Fault where its library is missing."""
    arrow, writing = required("pyarrow"), required("pyarrow.parquet")
    types = {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_()}
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
    out = io.BytesIO()
    writing.write_table(arrow.Table.from_pylist([dict(row) for row in rows], schema=schema), out, compression="zstd")
    return out.getvalue()


def _teams(scene: Scene) -> Iterator[Record]:
    for one in scene.gathered.teams:
        yield {
            "id": one.team.id,
            "name": one.name,
            "region": "/".join(one.team.region),
            "site": one.address,
            "url": urls.relative(f"/data/{TEAMS}", urls.team(one.team.id)),
            "entries": one.facts.entries,
            "open": one.facts.open,
            "newest": one.facts.newest and one.facts.newest.isoformat(),
            "stale": one.is_stale,
        }


def _regions(scene: Scene) -> Iterator[Record]:
    for path in scene.gathered.regions:
        digest = scene.region(path)
        yield {
            "region": "/".join(path),
            "teams": digest.teams,
            "entries": digest.entries,
            "targets": digest.targets,
            "requests": digest.requests,
            "open": digest.open,
            "overdue": digest.overdue,
            "resolved": digest.resolved,
        }


def _figures(scene: Scene) -> Iterator[Record]:
    for path in scene.gathered.regions:
        for month, (entries, raised, resolved) in scene.region(path).months.items():
            where = "/".join(path)
            yield {"region": where, "month": month, "entries": entries, "raised": raised, "resolved": resolved}


def _counters(scene: Scene) -> Iterator[Record]:
    for path in scene.gathered.regions:
        for label, unit, total in counted(scene.region(path), scene.counters):
            yield {"region": "/".join(path), "label": label, "unit": unit, "total": total}
