"""A site full of figures is published, and what only words show to be private is told as a warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest

from generator.render.privacy.places import Places
from tests.render.privacy import figures
from tests.space import SITE, SiteSpace


def test_a_diary_full_of_figures_is_published(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    texts = [*figures.harmless(), *figures.diary()]
    assert len(texts) >= 1000
    for start in range(0, len(texts), 100):
        space.entry(f"e{start}", body="\n\n".join(texts[start : start + 100]) + "\n")
    ran = space.build()
    assert [one for one in ran.problems if "warning" not in one] == []
    assert len(ran.problems) <= 5


def test_what_words_show_to_be_private_is_a_warning_with_its_place(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    texts = [text for texts in figures.LABELLED.values() for text in texts[:2]]
    for number, text in enumerate(texts):
        space.entry(f"e{number}", body=f"{text}。\n", summary="摘要")
    ran = space.build()
    assert {one.split(": ")[0].rpartition(":")[0] for one in ran.err.splitlines() if "warning" in one} == {
        f"content/entries/e{number}.md:6" for number in range(len(texts))
    }
    assert not any(secret in ran.err for secret in ("6000000", "zhao_2020x", "1000001", "F12345", "E12345678"))
    assert space.fails("--strict").status == 1


def test_a_line_that_begins_with_an_at_sign_is_no_address(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/site.yaml", SITE)
    space.entry("a", body="请看\n\n@example.com\n\nsee you\n@example.com 的消息\\\n@example.com\n")
    assert space.build().err == ""


def counted(places: Places, real: Callable[..., Any], searches: Counter[str], *given: Any) -> Any:
    searches[real.__name__] += 1
    return real(places, *given)


def test_places_are_looked_for_once_for_all_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searches: Counter[str] = Counter()
    for name in ("plain", "careful"):
        monkeypatch.setattr(Places, name, partialmethod(counted, getattr(Places, name), searches))
    places = []
    for number in (10, 20):
        searches.clear()
        space = SiteSpace.of(tmp_path / str(number), "")
        for one in range(number):
            wide = "".join(chr(ord(digit) + 0xFEE0) for digit in f"138000{one:02}234")
            space.entry(f"e{one}", body=f"电话{wide}。\n", summary="摘要")
        places.append([one.split(": ")[0] for one in space.fails("--jobs", "1").problems])
        # Besides the entries, there are the settings.
        assert searches == {"plain": number, "careful": number}
    assert [len(some) for some in places] == [10, 20]
    assert sorted(places[1]) == sorted(f"content/entries/e{one}.md:6:3" for one in range(20))


def test_what_a_theme_says_is_told_at_its_place_in_the_theme(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/site.yaml", SITE + "theme: ours\n")
    space.write("themes/ours/templates/404.html", "<!doctype html><title>404</title>\n<p>请打13800001234</p>\n")
    space.entry("a")
    assert space.fails().problems == [
        "themes/ours/templates/404.html:2:6: a mobile phone number stands here: 138****1234"
    ]
