"""Long lists on a phone: every name is two actions away, by its letter or by typing a part of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.big_sites import big_site, target_names
from tests.browser.test_breaks import LINES
from tests.browser.test_pages import SMALL, overflow, violations
from tests.space import SiteSpace

SCREEN: Final[ViewportSize] = {"width": 360, "height": 780}
FURTHEST = """() => [...document.querySelectorAll(".letter")].map((letter) => {
    const list = letter.nextElementSibling;
    return list.getBoundingClientRect().bottom - letter.getBoundingClientRect().top;
})"""
"""How far the last name of each letter is from where the letter leads."""


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> SiteSpace:
    """The site with 600 targets, for a memory stick."""
    space = big_site(tmp_path_factory.mktemp("villages"), "600 targets", "--portable")
    assert len(list((space.folder / "output/targets/page").iterdir())) > 1
    return space


@pytest.fixture
def phone(browser: Browser, villages: SiteSpace) -> Page:
    page = browser.new_page(viewport=SCREEN)
    page.goto(address(villages, "targets/"))
    return page


def address(space: SiteSpace, path: str) -> str:
    return Path(space.folder / "output" / path / "index.html").as_uri()


def names(page: Page) -> list[str]:
    return page.locator(".index:visible a").all_inner_texts()


def test_a_name_is_near_its_letter(phone: Page, villages: SiteSpace) -> None:
    letters = phone.locator(".letters a").all_inner_texts()
    assert letters == sorted(letters)
    assert len(letters) > 12
    found: list[str] = []
    for path in ("", *(f"page/{number}/" for number in range(2, 9))):
        if (villages.folder / f"output/targets/{path}index.html").exists():
            phone.goto(address(villages, f"targets/{path}"))
            found += names(phone)
            assert max(phone.evaluate(FURTHEST)) < 12 * SCREEN["height"]
    assert sorted(found) == sorted(short for _, short, _ in target_names(600))
    phone.locator(".letters").get_by_text("C", exact=True).click()
    expect(phone.locator("#_C")).to_be_in_viewport()


def test_a_name_is_found_by_any_part_of_it_and_by_its_letters(phone: Page) -> None:
    field = phone.locator(".finder input")
    shown = names(phone)
    (long,) = (full for _, short, full in target_names(600) if short == shown[0])
    for typed in (shown[0], shown[0][:2], long[-9:], "Cao Jia", "cao'jia", "ｃｊ"):
        field.fill(typed)
        expect(phone.locator(".index:visible a").first).to_be_visible()
        expect(phone.locator(".names-by-letter")).to_be_hidden()
        assert any(name.startswith("曹") for name in names(phone)), typed
    phone.evaluate("rizhiNames([['Ñandú', 'n/', [], ['nandu'], ['n'], []], ['Łódź', 'l/', [], ['lodz'], ['l'], []]])")
    for typed, name in (("ñandu", "Ñandú"), ("Nandu", "Ñandú"), ("łódź", "Łódź"), ("lodz", "Łódź")):
        field.fill(typed)
        assert names(phone) == [name], typed
    phone.reload()
    field.fill("没有这个名称")
    expect(phone.locator(".finder .found")).to_have_text("没有找到。")
    assert names(phone) == []
    field.fill("")
    assert names(phone) == shown
    field.fill(shown[-1])
    phone.locator(".index:visible a").first.click()
    expect(phone).to_have_title(f"{shown[-1]} · 驻村日记")


def test_what_was_found_looks_as_in_the_list(phone: Page) -> None:
    """The same facts with the same dots between them, as wide and as high."""
    row = """(name) => {
        const row = [...document.querySelectorAll(".index li")].find(
            (one) => one.offsetParent && one.querySelector("a").textContent === name);
        const size = (one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height].map(Math.round);
        return [row.innerText, ...[row, ...row.querySelectorAll(".quiet, .mid")].map(size)];
    }"""
    for name in names(phone)[:20]:
        listed = phone.evaluate(row, name)
        phone.locator(".finder input").fill(name)
        expect(phone.locator(".names-by-letter")).to_be_hidden()
        assert phone.evaluate(row, name) == listed
        phone.locator(".finder input").fill("")


def test_everybody_can_use_it(phone: Page) -> None:
    for typed in ("", "c"):
        phone.locator(".finder input").fill(typed)
        assert violations(phone) == []
        assert phone.evaluate(SMALL) == []
    for width in (320, 1280):
        phone.set_viewport_size({"width": width, "height": 780})
        assert overflow(phone) == []


def test_field_and_letters_stay_within_reach(phone: Page) -> None:
    phone.locator(".letter").last.scroll_into_view_if_needed()
    field = phone.locator(".finder input")
    expect(field).to_be_in_viewport()
    expect(phone.locator(".letters a").first).to_be_in_viewport()
    field.click()
    # As a person types, more than one letter, while the page may still be moving.
    field.press_sequentially("cao", delay=50)
    expect(phone.locator(".index:visible a").first).to_be_in_viewport()


def test_what_was_looked_for_is_there_again_when_one_comes_back(phone: Page) -> None:
    phone.locator(".finder input").fill("cao")
    expect(phone.locator(".names-by-letter")).to_be_hidden()
    phone.locator(".index:visible a").first.click()
    phone.go_back()
    expect(phone.locator(".finder input")).to_have_value("cao")
    expect(phone.locator(".names-by-letter")).to_be_hidden()


@pytest.mark.parametrize("is_large", [False, True])
def test_home_is_short(phone: Page, villages: SiteSpace, *, is_large: bool) -> None:
    if is_large:
        phone.add_init_script("localStorage.setItem('rizhi-large', 'on')")
    phone.goto(address(villages, ""))
    assert phone.evaluate("document.documentElement.scrollHeight") < 10 * SCREEN["height"]
    # The frame does not take a third of the screen.
    assert phone.evaluate("document.querySelector('.masthead').offsetHeight") < 0.3 * SCREEN["height"]
    assert [*overflow(phone), *violations(phone)] == []


def test_the_title_beside_the_buttons_breaks_between_words(browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/site.yaml", "title: 市派工作队驻村日志\n")
    space.entry("a")
    space.build("--portable")
    page = browser.new_page(viewport=SCREEN)
    page.add_init_script("localStorage.setItem('rizhi-large', 'on')")
    page.goto(address(space, ""))
    assert page.evaluate(LINES, "h1") == [["市派工作队", "驻村日志"]]
    page.close()
