"""What pages need of Python's pickle, where it is CPython's alone or deprecated."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from generator.ground.dates import DateSpan, parse_span
from generator.model.components import Link
from generator.pipeline import build
from generator.pipeline.cache.store import Cache
from generator.pipeline.make.render_stage import RenderContext
from generator.pipeline.make.search_index import SearchIndex, make_search_index
from generator.pipeline.plan import page_serializer
from generator.pipeline.plan.page_serializer import PageLoader, _component_pickler, _Pickler, _Unpickler
from tests.space import SiteSpace


def day(number: int) -> DateSpan:
    return parse_span(f"2020-03-{number:02}")


def road() -> str:
    """Another object each time."""
    return "修路!"[:-1]


def test_equal_values_have_equal_bytes_whichever_parts_are_one_object() -> None:
    text = road()
    shared: Any = (text, text, day(5), (text,))
    apart: Any = (road(), road(), day(5), (road(),))
    one, other = _Pickler(lambda _: None), _Pickler(lambda _: None)
    assert one.bytes_of(shared) == other.bytes_of(apart)
    # What was written before leaves no trace.
    assert one.bytes_of(shared) == other.bytes_of(apart)


def test_what_was_written_is_read_again_with_todays_components() -> None:
    link, row = Link("修路", "/2020/03/05/a/"), day(5)
    written = _Pickler(lambda value: 7 if value == link else None).bytes_of((link, row, (link, None)))
    assert "修路".encode() not in written
    newer = Link("建桥", "/2020/03/05/a/")
    reader = _Unpickler({7: newer}.__getitem__)
    for _ in range(2):
        assert reader.value_of(written) == (newer, row, (newer, None))
    assert _Unpickler(dict[int, object]().__getitem__).value_of(_component_pickler().bytes_of(link)) == link


def test_the_makers_of_values_are_written_as_numbers() -> None:
    """By name, each page would be a third longer, and a function that is called otherwise another page."""
    written = _Pickler(lambda _: None).bytes_of((day(5), day(6)))
    assert b"generator" not in written
    assert b"datetime" not in written


def test_todays_components_are_looked_up_and_never_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large plan has a million of them, and loads as many pages."""

    class Newer(dict[int, Any]):
        def __iter__(self) -> Iterator[int]:
            raise AssertionError

        keys = items = values = __iter__  # type: ignore[assignment]

    monkeypatch.setattr(page_serializer, "_MOST", 1)
    links = [Link(str(number), f"/{number}/") for number in range(9)]
    written = _Pickler(lambda value: links.index(value) if value in links else None).bytes_of(links)
    with Cache.temporary() as cache:
        loader = PageLoader(cache, Newer(enumerate(links)))
        for _ in range(3):
            assert loader.loaded(range(9), written) == links


@pytest.mark.parametrize("edit", [None, "title: 改了的题目"])
def test_what_was_planned_from_is_released_before_pages_are_rendered(
    site: Callable[[str], SiteSpace], monkeypatch: pytest.MonkeyPatch, edit: str | None
) -> None:
    """No cycle of references keeps it: of a large site that would be as much as all pages."""
    space = site("")
    entry = space.entry("a", "文\n", title="题目")
    if edit:
        space.build()
        entry.write_text(entry.read_text(encoding="utf-8").replace("title: 题目", edit), encoding="utf-8")
    make, found = make_search_index, list[Counter[str]]()

    def of_the_program() -> Counter[str]:
        kinds = (type(one) for one in gc.get_objects())
        return Counter(kind.__name__ for kind in kinds if str(kind.__module__).startswith("generator."))

    def counting(context: RenderContext) -> SearchIndex:
        found.append(of_the_program())
        gc.collect()
        found.append(of_the_program())
        return make(context)

    gc.collect()
    monkeypatch.setattr(build, "make_search_index", counting)
    space.build()
    before, after = found
    assert before - after == Counter()
    assert before["Page"] if not edit else before["PageLoader"]
