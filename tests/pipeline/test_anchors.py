"""Links to places within other pages: found where they are broken, and not looked for again where nothing changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.model.outputs import Output
from generator.model.pages import Page
from generator.model.settings import Settings
from generator.pipeline.checks.links import anchors_of
from generator.pipeline.make import render_stage
from generator.render.render import render
from generator.render.templates import Templates
from tests.space import SiteSpace


@pytest.fixture
def space(site: Callable[[str], SiteSpace]) -> SiteSpace:
    """A diary over four years, whose lists lead from month to month; the menu leads to a heading of a page."""
    made = site("-- content/targets/t.md --\n---\nname: 某村\nkind: village\n---\n")
    menu = "menu:\n- {title: 首页, link: /}\n- {title: 名单, link: '/about/#名单'}\n"
    made.write("content/site.yaml", f"title: 日志\nper_page: 2\n{menu}")
    made.write("content/pages/about.md", "---\ntitle: 关于\n---\n## 名单\n\n甲。\n")
    for month in range(48):
        made.entry(f"e{month}", date=f"{2012 + month // 12}-{month % 12 + 1:02}-03", targets="[t]", tags="[走访]")
    return made


@pytest.fixture
def looked_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages in which anchors are looked for, as it goes on."""
    found: list[str] = []

    def looking(html: str) -> frozenset[str]:
        found.append(html)
        return anchors_of(html)

    monkeypatch.setattr(render_stage, "anchors_of", looking)
    return found


def test_an_edit_looks_only_into_pages_that_are_new_or_newly_linked(space: SiteSpace, looked_for: list[str]) -> None:
    space.build()
    whole = len(looked_for)
    assert whole > 20
    looked_for.clear()
    space.entry("e20", date="2013-09-03", targets="[t]", tags="[走访]", body="改了。\n")
    space.build()
    assert len(looked_for) < whole / 4


def test_a_heading_that_goes_is_missed_by_pages_that_are_kept(space: SiteSpace) -> None:
    space.build()
    space.write("content/pages/about.md", "---\ntitle: 关于\n---\n## 别的\n\n甲。\n")
    assert space.fails().problems == ["content/site.yaml:5:21: the link to /about/#名单 leads nowhere"]
    space.write("content/pages/about.md", "---\ntitle: 关于\n---\n## 名单\n\n乙。\n")
    space.build()


def test_bodies_are_read_and_not_made_again(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose anchors are looked for has just been staged, or is published."""
    made: list[str] = []
    original = render

    def rendered(page: Page, templates: Templates, settings: Settings) -> Output:
        made.append(page.url)
        return original(page, templates, settings)

    monkeypatch.setattr(render_stage, "render", rendered)
    space.build()
    assert len(made) == len(set(made))
