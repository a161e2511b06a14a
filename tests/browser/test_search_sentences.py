"""Questions over the ends of sentences, whose positions in the index of the search are independent of each other."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_search import ASK, asked
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
    space.build()
    with served(tmp_path / "output") as root:
        page = asked(browser, f"{root}search/")
        for query in (f"{end[-1]}{start}{other}" for end in ends for start in starts for other in others):
            links, said = page.evaluate(ASK, [query, {}])
            count = sum(query in text for text in texts)
            assert (len(links), said) == (count, f"找到{count}条"), query
        page.close()
