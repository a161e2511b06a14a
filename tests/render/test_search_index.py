"""The search index: keys, positions, slots, and shards that are edited."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from generator.ground.dates import parse_span
from generator.ground.gaps import encoded, numbers, numbers_placed, placed
from generator.model.search import SearchBlock, SearchDocument, SearchLayout, layout_of, shards_for
from generator.render.search_edits import IndexEdit
from generator.render.search_index import SLOTS, SPARSE, Shard, Unit, lists_of, shards, slots_for, unit
from generator.render.search_keys import PLACE, STEP, ZONES, Slots, few, places
from generator.render.search_texts import LEAST, MOST, OVERLAP, Piece, pieces_in, text_files

SLOT = Slots(10)
WORDS = (
    "企业", "复工", "的", "了", "工作组", "走访", "abc", "3月", "14家", "PM2.5", "，", "。", "口罩 ", "\n", "第1次",
    "meltblown", *map(chr, range(0x5000, 0x5080)),
)  # fmt: skip


SETTINGS: Any = SimpleNamespace(language="zh-CN", portable=False)
NONE: Any = None


def bodies(title: str, text: str, **fields: Any) -> list[bytes]:
    """The files with the texts of one document."""
    document = SearchDocument(url="/a/", kind="entry", title=title, lines=(text,), **fields)
    return [one.body for one in text_files(SearchBlock("b", (document,)), NONE, NONE, SETTINGS)]


def rows_of(title: str, text: str) -> list[Any]:
    return [row for body in bodies(title, text) for row in json.loads(body[body.index(b"[") : body.rindex(b"]") + 1])]


def at(text: str) -> list[int]:
    return [ord(char) - PLACE for char in text]


def test_numbers_are_read_as_they_were_written() -> None:
    dice = random.Random(1)
    for _ in range(200):
        some = sorted(dice.sample(range(10 ** dice.randint(1, 7)), dice.randint(0, 9)))
        assert numbers(encoded(some)) == some
        assert numbers_placed(placed((one, "\u0085\u07ff") for one in some)) == [(one, "\u0085\u07ff") for one in some]


def test_every_pair_is_a_key_but_for_letters_and_spaces() -> None:
    found = places(("第1次，melt企业 ab", "", "", ""), SLOT)
    assert found.keys() == {"第1", "1次", "次，", "，m", "t企", "企业", "mel", "elt", "^me", "lt$"}
    assert few("第ab b") == {"第", "a", "b", "ab"}


def test_keys_of_a_sentence_have_consecutive_positions_in_the_zone_of_their_field() -> None:
    fields = ("企业复工", "", "", "企业到村里去看了看。\n企业复工了，大家都来了。")
    found = places(fields, SLOT)
    starts = at(found["企业"])
    # The last one stands at the end of the sentence before it, too.
    assert len(starts) == 4
    assert [next(zone for zone, (first, end) in enumerate(ZONES) if first <= one < end) for one in starts] == [
        0,
        3,
        3,
        3,
    ]
    assert sum(one + 1 in at(found["业到"] + found["业复"]) for one in starts) == 3
    assert [one % STEP for one in starts].count(0) == 3


def test_an_edit_moves_what_stands_behind_it_in_its_sentence() -> None:
    texts = [f"第{number}件事是这样的，大家都已经知道了。" for number in range(20)]
    before = places(("", "", "", "".join(texts)), SLOT)
    texts[9] = texts[9].replace("大家都", "大家也都")
    after = places(("", "", "", "".join(texts)), SLOT)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed == {"家都", "家也", "也都", "都已", "已经", "经知", "知道", "道了", "了。", "。第", "第1"}


def test_what_finds_no_place_in_its_zone_has_one_above_all() -> None:
    text = "".join(f"{chr(0x4E00 + number)}一二三四五六七八。" for number in range(300))
    found = places(("", "", "", text), SLOT)
    every = sorted(one for key in found for one in at(found[key]))
    assert every == sorted(set(every))
    assert every[0] >= ZONES[-1][1]


def test_a_long_text_is_cut_so_that_an_edit_leaves_other_pieces() -> None:
    lines = [f"第{number}段" + "话" * 90 for number in range(60)]
    before = rows_of("题目", "\n".join(lines))
    assert all(len(row[8]) <= MOST + 1 for row in before)
    assert len(before) <= 60 * 94 // LEAST
    assert [row[5] for row in before] == ["题目", *[""] * (len(before) - 1)]
    assert {row[9] for row in before[1:]} == {"题目"}
    lines[2] = lines[2].replace("话话", "新话", 1)
    after = rows_of("题目", "\n".join(lines))
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    long = rows_of("题目", "".join(map(chr, range(0x4E00, 0x4E00 + 2000))))
    assert all(one[8][-OVERLAP:] == other[8][:OVERLAP] for one, other in pairwise(long))


def test_what_chooses_a_document_is_in_its_first_piece() -> None:
    span = parse_span("2020-03-30/05-02")
    files = bodies("题", "话" * 2000, span=span, targets=("taihe",), kinds=("village",), tags=("调研 一",))
    first, *others = [piece for body in files for piece in pieces_in(body)]
    assert others
    assert first.filters == ("t:taihe", "k:village", "m:2020-04", "m:2020-05")
    assert all(not one.filters for one in others)
    assert "g:调研\0一" in unit(first, "b", SearchLayout({"b": 0}, 64)).filters


def test_slots_with_few_pieces_list_them_and_others_their_keys() -> None:
    layout = SearchLayout({"b": 0}, 64)
    units = [
        unit(Piece(number, 0, ("复工", "", "", f"企业{chr(0x4E00 + number)}")), "b", layout)
        for number in range(SPARSE + 1)
    ]
    ((_, body),) = shards(units, lists_of([units], layout), 1, range(1))
    shard = Shard.read(body)
    assert body == shard.written(0)
    slots = slots_for(1)
    assert shard.rows[slots.of("业一")] == encoded([0])
    assert shard.rows[slots.of("企业")] == shard.rows[slots.of("复工")] == "!"
    assert [number for number, _ in numbers_placed(shard.lists["企业"])] == list(range(SPARSE + 1))
    assert shard.lists["一"] == ",,,#"
    assert len(shard.rows) == SLOTS


def test_positions_behind_a_very_long_title_are_written_all_the_same() -> None:
    layout = SearchLayout({"b": 0}, 64)
    title = "企" * 60_000
    units = [unit(Piece(number, 0, (title, "", "", "复工")), "b", layout) for number in range(SPARSE + 1)]
    ((_, body),) = shards(units, lists_of([units], layout), 1, range(1))
    assert [number for number, _ in numbers_placed(Shard.read(body).lists["复工"])] == list(range(SPARSE + 1))


def test_edited_shards_are_those_of_a_clean_build() -> None:
    dice = random.Random(3)
    room, count = 128, 8
    layout = SearchLayout({"b": 0}, room)

    def words(most: int) -> str:
        return "".join(dice.choices(WORDS, k=dice.randint(0, most))).strip()

    def made(document: int, part: int) -> Unit:
        fields = words(6), words(9), words(4), words(120)
        return unit(Piece(document, part, fields, ("t:x",) if not part else ()), "b", layout)

    def clean() -> dict[int, bytes]:
        found = sorted(units.values())
        return {
            number: body
            for part in (range(3), range(3, count))
            for number, body in shards(found, lists_of([found], layout), count, part)
        }

    units = {
        one.number: one
        for document in range(90)
        for one in [made(document, part) for part in range(dice.randint(1, 3))]
    }
    whole = clean()
    for _ in range(12):
        documents = dice.sample(range(90), dice.randint(1, 3))
        before = {number: one for number, one in units.items() if number % room in documents}
        after: dict[int, Unit] = {}
        for number in [part * room + document for document in documents for part in range(dice.randint(0, 3))]:
            old = before.get(number)
            text = old.fields[3].replace("企业", "企的业", 1) + "新" if old and dice.random() < 0.6 else None
            one = (
                made(number % room, number // room)
                if old is None or text is None
                else old._replace(fields=(*old.fields[:3], text))
            )
            after[number] = one
        units = {number: one for number, one in units.items() if number not in before} | after
        edit = IndexEdit(before, after, slots_for(count), layout, units.__getitem__)
        for number in edit.shards:
            whole[number] = edit.edited(number, whole[number])
        assert whole == clean()


def test_numbers_of_documents_stay_while_the_newest_month_grows() -> None:
    before = layout_of({"targets-000": 3, "0-pages-000": 1, "2020-03-000": 64, "2020-04-000": 20})
    after = layout_of({"targets-000": 4, "0-pages-000": 1, "2020-03-000": 64, "2020-04-000": 40})
    assert before.keeps(after)
    assert list(before.firsts) == ["0-pages-000", "targets-000", "2020-03-000", "2020-04-000"]
    for number in (0, 17, 32, 95, 96, 128 + 97):
        block, document, part = before.place(number)
        assert before.number(block, document, part) == number
    assert not before.keeps(layout_of({"targets-000": 16, "2020-03-000": 64}))


def test_a_late_document_of_a_long_list_seldom_moves_those_of_others() -> None:
    def layout(documents: int) -> SearchLayout:
        day = {f"2020-02-01-{at:03}": min(64, documents - at * 64) for at in range(-(-documents // 64))}
        return layout_of({**day, "2020-03-000": 5})

    for least, most in ((12, 16), (120, 6), (600, 2)):
        moved = sum(not layout(number).keeps(layout(number + 1)) for number in range(least, least + 64))
        assert moved <= most, least


def test_the_number_of_shards_grows_with_the_texts() -> None:
    assert [shards_for(size << 10) for size in (0, 128, 129, 1000, 15_000, 150_000)] == [0, 0, 16, 128, 2048, 16384]


def test_a_file_of_texts_says_which_pieces_it_holds() -> None:
    body = b'rizhiSearch("x-b-0",[\n[0,1,"../a/","entry","","","","","\xe8\xaf\x9d","\xe9\xa2\x98"]\n]);\n'
    assert pieces_in(body) == [Piece(0, 1, ("", "", "", "话"))]
