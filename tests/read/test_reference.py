"""The reference of fields and settings is what the schema says, and leaves nothing out."""

from __future__ import annotations

from generator.read.descriptions import described, json_schema, texts
from generator.read.schema import EVERY_SCHEMA
from generator.tools.reference import FILES, reference


def test_the_reference_is_that_of_the_schema() -> None:
    """Where this fails: ``python -m generator.tools.reference``."""
    for language, place in FILES.items():
        assert place.read_text(encoding="utf-8") == reference(language), place


def test_every_field_is_described_and_nothing_else() -> None:
    for kind, known in texts().items():
        assert [one.path for one in described(kind)] == list(known), kind
    assert list(texts()) == list(EVERY_SCHEMA)


def test_the_reference_tells_values_and_defaults() -> None:
    english, chinese = reference("en"), reference("zh")
    for line in (
        "| `title` | required | the headline |",
        "| `part` | `am`, `pm`, `evening` | the part of the day |",
        "| `requests.overdue_days` | by default `30` | days after which an open request is overdue |",
    ):
        assert line in english
    for line in (
        "| `title` | 必填 | 标题 |",
        "| `part` | `am`（上午）、`pm`（下午）、`evening`（晚上） | 一天里的哪一段 |",
        "| `search` | 不写就是 `true` | 要不要搜索 |",
    ):
        assert line in chinese


def test_editors_are_told_in_both_languages() -> None:
    field = json_schema("site")["properties"]["per_page"]
    assert field["description"] == "列表每页的篇数 · entries on a page of a list"
