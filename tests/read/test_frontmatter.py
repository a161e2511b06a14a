"""Very simple front matter is read without the YAML parser, with the same result as the parser's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from generator.read import frontmatter
from generator.read.yaml_parser import TreeBuilder
from generator.read.yaml_tree import Tree

PLAIN = some.from_regex(r"\A[a-c走访0-9.-]{1,4}\Z")
KEYS = some.sampled_from(["a", "走访", "b c", "1", "-", "a:", "座谈会"])
FLOW = some.recursive(
    PLAIN | some.sampled_from(["", "a: b", "#", "x #y", "- a", "~", "null", "a:b"]),
    lambda inner: some.one_of(
        some.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        some.lists(some.tuples(KEYS, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=8,
)
LINE = some.one_of(
    some.tuples(some.sampled_from("abc"), FLOW).map(": ".join),
    some.text(
        alphabet="abc_019 :-[],.#'\"{}&*!|>%@`?/()+走访（）《》，。：·—“”…\t\u3000\u0085\u2028\ufeff~=<", max_size=24
    ),
    some.from_regex(r"\A[a-c_]{1,3}: [a-c0-9走访 ,:#\[\]-]{1,12}\Z"),
    some.from_regex(r"\A[a-c]: \[[a-c走访0-9.-]{1,4}(, ?[a-c走访0-9 -]{1,4}){0,3}\]\Z"),
)


@given(some.lists(LINE, max_size=4).map("\n".join))
def test_both_ways_agree(text: str) -> None:
    simple = frontmatter._simple_tree(text)  # noqa: SLF001 - the fast path has no public function
    if simple is not None:
        assert by_the_parser(text) == simple


def by_the_parser(text: str) -> dict[str, Tree]:
    builder = TreeBuilder("a.md", text, 1)
    tree = builder.run()
    assert not builder.problems
    return tree


def test_a_usual_entry_takes_the_short_way() -> None:
    text = (
        "title: 进企业、进村居、进项目\ndate: 2020-03-07/09\ntargets: [taihe, guoao]\nplace: 烟台开发区\n"
        "counts: {座谈会: 1, 走访: {taihe: 2, guoao: 1}}\n"
        "requests: [{id: road, status: raised, title: 修路}, {id: b}]\n"
    )
    assert frontmatter._simple_tree(text) == {  # noqa: SLF001 - likewise
        "title": "进企业、进村居、进项目",
        "date": "2020-03-07/09",
        "targets": ["taihe", "guoao"],
        "place": "烟台开发区",
        "counts": {"座谈会": "1", "走访": {"taihe": "2", "guoao": "1"}},
        "requests": [{"id": "road", "status": "raised", "title": "修路"}, {"id": "b"}],
    }
