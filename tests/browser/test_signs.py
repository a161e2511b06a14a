"""What stands between names and facts never begins a line, and what stands in brackets is not torn."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.space import SiteSpace

NAMES: Final = ("胡家坡社区", "东康湾有限公司", "高家坝纺织厂", "长白湖科技股份有限公司", "李村", "大石桥西社区")
TORN: Final = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const top = (node, at) => {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        return box.width ? box.top : null;
    };
    let before = null, block = null;
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const own = node.parentElement.closest("p, li, td, dd, h1, h2, h3");
        if (node.parentElement.closest("script, style") || !own) continue;
        if (own !== block) before = null;
        block = own;
        for (const one of node.data.matchAll(/\\S/g)) {
            const here = top(node, one.index);
            const isTorn = before && here !== null && before.top !== null && here - before.top > 8
                && (/[·、]/.test(one[0]) || /^(?:第\\d|\\d号|、区)$/.test(before.sign + one[0]));
            if (isTorn) found.push(own.innerText);
            before = {top: here, sign: one[0]};
        }
    }
    return found;
}"""
"""The texts of which a line begins with a sign, or within an amount or brackets."""


@pytest.fixture(scope="module", params=["default", "plain"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """Names, facts and amounts in brackets on all kinds of pages, for a memory stick."""
    space = SiteSpace.of(tmp_path_factory.mktemp("signs"), "")
    title = "二十四县（市、区）驻村驻企工作队日志汇编"
    space.write("content/site.yaml", f"title: {title}\nbase_url: https://example.org/\ntheme: {request.param}\n")
    for number, name in enumerate(NAMES):
        space.write(f"content/targets/t{number}.md", f"---\nname: {name}\nkind: village\nplace: 某县某镇\n---\n")
        policy = f"关于进一步做好{name}招工需求工作的通知（第{number}号）"
        space.write(f"content/policies/p{number}.md", f"---\ntitle: {policy}\nissuer: 省农业农村厅\ntopic: 乡村\n---\n")
        space.entry(
            f"e{number}",
            title=name,
            date=f"2023-10-2{number}/2{number + 3}",
            targets=f"[{', '.join(f't{(number + more) % 6}' for more in range(6))}]",
            policies=f"[p{number}]",
            authors=f"[{', '.join(NAMES[number:])}]",
            place="某县某镇",
            weather="大风转多云",
            major="true",
            requests=f"[{{id: r{number}, title: {name}没有着落，希望省里协调解决, status: raised, target: t{number}}}]",
        )
    space.build("--portable")
    return space


@pytest.mark.parametrize("width", [*range(330, 430, 12), 1280])
def test_signs_stand_at_the_ends_of_lines(browser: Browser, site: SiteSpace, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for path in (
        "", "2023/10/", "2023/10/23/", "2023/10/22/e2/", "targets/", "targets/t0/", "requests/", "requests/r1/",
        "policies/", "policies/p3/", "chronicle/", "major/", "tags/", "changes/",
    ):  # fmt: skip
        page.goto(Path(site.folder / "output" / path / "index.html").as_uri())
        assert page.evaluate(TORN) == [], path
    page.close()


def test_short_intervals_stand_on_one_line(browser: Browser, site: SiteSpace) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(Path(site.folder / "output/major/index.html").as_uri())
    lines = page.locator(".events .quiet").evaluate_all(
        """all => all.map((one) => {
            const [first, last] = [...one.querySelectorAll("time")].map((time) => time.getBoundingClientRect().top);
            return Math.abs(last - first) < 8;
        })"""
    )
    assert lines == [True] * len(NAMES)
    page.close()
