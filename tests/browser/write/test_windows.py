"""As many windows as somebody likes, all told of each build: a browser has six connections to one address."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.browser.write.conftest import SITE, opened
from tests.space import SiteSpace

WINDOWS = 8


def test_all_windows_are_told_of_each_build(browser: Browser, space: SiteSpace, address: str) -> None:
    file, draft = space.entry("win", "开头。"), space.folder / "content/entries/win2.md"
    with browser.new_context() as context:
        write = context.new_page()
        write.goto(f"{address}#content%2Fentries%2Fwin.md")
        expect(write.frame_locator("iframe").get_by_text("开头。")).to_be_visible()
        windows = [context.new_page() for _ in range(WINDOWS)]
        for one in windows:
            one.goto(urljoin(address, "/2020/03/05/win/"))
        file.write_text(file.read_text(encoding="utf-8").replace("开头", "改过"), encoding="utf-8")
        expect(write.frame_locator("iframe").get_by_text("改过。")).to_be_visible()
        for one in windows:
            expect(one.get_by_text("改过。")).to_be_visible()
        # Whoever comes while something is wrong is told so, whichever of them listens; all are when it is mended.
        draft.write_text("---\ntitle: 二\n---\n", encoding="utf-8")
        expect(windows[0].get_by_role("alert")).to_contain_text("win2.md")
        windows.append(context.new_page())
        windows[-1].goto(urljoin(address, "/2020/03/05/win/"))
        for one in windows:
            expect(one.get_by_role("alert")).to_contain_text("win2.md")
        # The one that listens is closed.
        write.close()
        windows.pop(0).close()
        draft.unlink()
        for one in windows:
            expect(one.get_by_role("alert")).to_have_count(0)


def test_a_program_that_was_started_anew_is_followed(browser: Browser, tmp_path: Path) -> None:
    """No window believes what another one knows of the program that there was before."""
    space, path = SiteSpace.of(tmp_path, SITE), "content/entries/b.md"
    text = (space.folder / path).read_text(encoding="utf-8")
    with browser.new_context() as context, ExitStack() as ending:
        first, second, seen = context.new_page(), context.new_page(), list[str]()
        with opened(space) as address:
            shown = urljoin(address, "/2020/03/06/b/")
            first.goto(shown)
            space.write(path, f"{text}二。")
            expect(first.get_by_text("二。")).to_be_visible()
        # Until the one that listens has found the program again.
        with first.expect_event("framenavigated"):
            ending.enter_context(opened(space, urlsplit(address).port or 0))
            second.on("framenavigated", lambda frame: seen.append(frame.url))
            second.goto(shown)
        space.write(path, f"{text}三。")
        for one in (first, second):
            expect(one.get_by_text("三。")).to_be_visible()
    # It was opened, and shown anew after the edit.
    assert len(seen) in (2, 3), seen


def test_the_list_follows_what_is_written_elsewhere(page: Page, space: SiteSpace, address: str) -> None:
    page.goto(address)
    tab = page.get_by_role("button", name="日志", exact=False).and_(page.locator("[aria-pressed=true]"))
    expect(tab).to_have_text("日志 1")
    # Whoever has a button under their hands keeps it.
    page.get_by_role("button", name="写新日志").focus()
    space.entry("sooner", title="早些写的")
    expect(page.get_by_role("link", name="早些写的")).to_be_visible()
    expect(page.get_by_role("button", name="写新日志")).to_be_focused()
    page.get_by_label("查找").fill("刚写")
    expect(page.get_by_text("没有找到。")).to_be_visible()
    space.entry("fresh", title="刚写的")
    expect(page.get_by_role("link", name="刚写的")).to_be_visible()
    expect(tab).to_have_text("日志 3")
