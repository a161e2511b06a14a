"""The search index: keys, positions and shards."""

from __future__ import annotations

import json
import re

from generator.ground.dates import parse_span
from generator.model.search import SearchBlock, SearchDocument, shards_for
from generator.render.search_index import (
    SLOT,
    STEP,
    Text,
    positions,
    postings,
    postings_by_block,
    shard,
    shard_of,
)

ZERO = 35


def text(title: str, body: str) -> Text:
    return Text(SearchDocument(url="/a/", kind="entry", title=title), (title, "", "", body))


def places(encoded: str) -> list[int]:
    found: list[int] = []
    for char in json.loads(f'"{encoded}"'):
        found.append((found[-1] if found else 0) + ord(char) - ZERO)
    return found


def test_lines_begin_at_steps_and_documents_at_slots() -> None:
    (keys,) = positions([text("企业", "企业复工\n复工"), text("复工", "第1次，企业")])
    assert places(keys["企"]) == [0, STEP, SLOT + STEP + 4]
    assert places(keys["工"]) == [STEP + 3, 2 * STEP + 1, SLOT + 1]
    assert places(keys["^1"]) == places(keys["1$"]) == [SLOT + STEP + 1]
    assert "\n" not in keys
    assert [ord(char) - ZERO for char in keys[""]] == [1, 0, 0, 1, 0, 0]


def test_letters_are_indexed_as_trigrams_and_one_or_two_by_document() -> None:
    (keys,) = positions([text("Melt", "blown melt")])
    assert places(keys["mel"]) == [0, STEP + 6]
    assert places(keys["elt"]) == [1, STEP + 7]
    assert places(keys["m"]) == places(keys["me"]) == [0]
    assert "blo" in keys
    assert not {"^b", "n$", " "} & keys.keys()


def test_an_edit_shifts_few_positions_and_none_of_other_documents() -> None:
    others = [text("其他", "别的事情")] * 2
    (before,) = positions([text("题", "第一段文字\n第二段话语"), *others])
    (after,) = positions([text("题", "第一段新文字\n第二段话语"), *others])
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {"新", "文", "字"}


def test_a_document_too_long_for_a_slot_continues_in_another_segment() -> None:
    one, *others = positions(
        [text("题", "\n".join(f"{number:04}行" for number in range(60)) + "\n" + "长" * 2000 + "尾")]
    )
    assert len(others) == 6
    assert "尾" not in one
    assert "尾" in others[-1]
    assert "题" not in others[-1]
    assert all(place < SLOT for part in (one, *others) for key in part if key for place in places(part[key]))


def test_filters_are_keys() -> None:
    span = parse_span("2020-03-30/05-02")
    document = SearchDocument(
        url="/a/", kind="entry", title="题", targets=("taihe",), kinds=("village",), tags=("调研",), span=span
    )
    (keys,) = positions([Text(document, ("题", "", "调研", "话"))])
    assert {key for key in keys if ":" in key} == {"t:taihe", "k:village", "g:调研", "m:2020-04", "m:2020-05"}


def test_a_shard_consists_of_the_lines_of_its_blocks() -> None:
    blocks = [SearchBlock(f"2020-03-00{number}", ()) for number in range(2)]
    found = [postings(block, [text("企业", f'"\\复工{number}')], 8) for number, block in enumerate(blocks)]
    for number in range(9):
        body = shard(number, [lines[number] for lines in found])
        expected = {block.name: lines[number] for block, lines in zip(blocks, found, strict=True)}
        assert postings_by_block(body) == {name: lines for name, lines in expected.items() if lines}
        value = re.fullmatch(r'rizhiSearch\("s-00\d",(\{.*)\}\);\n', body.decode(), re.DOTALL)
        assert value is not None
        parsed = json.loads(value[1].rstrip(",\n") + "}")
        assert all(shard_of(key, 8) == number for keys in parsed.values() for key in keys)


def test_the_number_of_shards_grows_with_the_documents() -> None:
    assert [shards_for(number) for number in (0, 192, 193, 1000, 10_000, 100_000)] == [0, 0, 8, 32, 512, 4096]
