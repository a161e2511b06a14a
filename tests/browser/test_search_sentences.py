"""Questions over the ends of sentences, whose positions in the index are independent of each other, and over spaces."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_search import ASK, asked, opened
from tests.crawl import served
from tests.space import SiteSpace


def test_a_question_over_the_end_of_a_sentence_says_the_number_that_is_there(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each entry has most pieces of most questions, and few have them one behind the other."""
    monkeypatch.setattr("generator.model.search.FULL_SCAN_LIMIT", 0)
    space, dice = SiteSpace.of(tmp_path, ""), random.Random(7)
    ends, starts, others = ("会开完了。", "雨总算停了！"), ("先，", "再，"), ("老支书", "网格员", "果农")
    texts = []
    for number in range(260):
        said = ["".join(map(dice.choice, (ends, starts, others))) + "在路上走了很远" for _ in range(4)]
        texts.append("".join(said) + "。")
        space.entry(f"e{number}", texts[-1] + "\n", tags="[走访]")
    titled = "走远了。先，老支书"
    texts.append(titled)
    space.entry("titled", "别的。\n", title=titled, tags="[走访]", date="2020-01-01")
    space.build()
    with served(tmp_path / "output") as root:
        page = asked(browser, f"{root}search/")
        for query in (f"{end[-1]}{start}{other}" for end in ends for start in starts for other in others):
            links, said = page.evaluate(ASK, [query, {}])
            count = sum(query in text for text in texts)
            assert (len(links), said) == (count, f"找到{count}条"), query
            assert query not in titled or links[0].endswith("/titled/"), query
        page.close()


@pytest.mark.parametrize("limit", [0, 1 << 20])
def test_a_space_between_chinese_and_others_makes_no_difference(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr("generator.model.search.FULL_SCAN_LIMIT", limit)
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", "用 OA 系统报了 300 户，the OA 好用。\n", title="第 3 次 OA 会", tags="[OA 培训]")
    space.entry("b", "用OA系统报了300户，the OA好用。\n", title="第3次OA会", tags="[OA 培训]", date="2020-03-06")
    space.entry("c", "系统里有 OA，共 30 户。\n", title="别的", tags="[培训]", date="2020-03-07")
    space.build()
    both = {"../2020/03/05/a/", "../2020/03/06/b/"}
    with served(tmp_path / "output") as root:
        page = opened(browser, f"{root}search/")
        for query in ("OA系统", "用oa系统报了300户", "300户", "第3次", "3次OA会", "the OA好用"):
            links, said = page.evaluate(ASK, [query, {}])
            assert (set(links), said) == (both, "找到2条"), query
        assert page.locator("mark").all_inner_texts()[:2] == ["the", "OA好用"]
        assert set(page.evaluate(ASK, ["OA 系统", {}])[0]) == {*both, "../2020/03/07/c/"}
        assert set(page.evaluate(ASK, ["用", {"tag": "OA 培训"}])[0]) == both
        page.evaluate(ASK, ["报了300户", {}])
        assert page.locator("mark").all_inner_texts() == ["报了300户", "报了 300 户"]
        page.close()
