"""The search in a real browser: all that holds what was typed is found and nothing else, the best first."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.ground.search_folding import closed_up, folded
from tests.browser.test_pages import violations
from tests.crawl import served
from tests.space import SiteSpace

ASSETS = Path(__file__).parents[2] / "themes/default/assets"
WORDS = (
    "企业", "复工", "复产", "口罩", "走访", "座谈", "村委会", "社区", "车间", "工作组", "的", "一", "在", "了",
    "和", "政策", "送政策", "上门", "熔喷布", "困难", "问题", "协调", "解决", "第1次", "3月", "2020年", "14家", "，",
    "。", "：", "“四进”", "Foxconn", "meltblown", "the factory", "PM2.5", "ＡＢＣ", "Straße", "ﬁx", "Ελλάς", "ｶﾞｽ",
    "é", "e\u0301", "𠮷野", "㎡", "①", "C++", "a", "to", "烟台", "开发区", "泰和", "新材", "供货", "渠道",
    "<b>", "&amp;", "…", "——",
)  # fmt: skip
TARGETS = {"taihe": ("泰和新材", "enterprise"), "guoao": ("国奥社区", "community"), "ximeng": ("西蒙西", "village")}
TAGS = ("调研", "慰问", "政策", "复工复产")
ENTRIES = 280


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, and what of it is to be found, field by field from the best on."""

    name: str
    day: str
    targets: tuple[str, ...]
    tags: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def href(self) -> str:
        return f"../{self.day.replace('-', '/')}/{self.name}/"

    def rank(self, terms: list[str]) -> int | None:
        """The worst of the best fields that the terms are in; None where one is missing."""
        places = [next((at for at, field in enumerate(self.fields) if term in field), None) for term in terms]
        return None if None in places else max(place for place in places if place is not None)


def truth(text: str) -> str:
    """NFKC and case folded, as Unicode has it (The Unicode Standard, 3.13, D146)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def words(dice: random.Random, most: int) -> str:
    return "".join(dice.choices(WORDS, k=dice.randint(1, most)))


HAN = frozenset(word for word in WORDS if all("\u4e00" <= char <= "\u9fff" for char in word))


def paragraph(dice: random.Random, most: int) -> tuple[str, str]:
    """A paragraph as it is written, some of it bold and on several lines, and as it is read."""
    written = read = last = "起"
    for word in dice.choices(WORDS, k=dice.randint(1, most)):
        shown = "".join(f"\\{char}" if char in "<&*_`[]{}+#;>" else char for char in word)
        if word in HAN and dice.random() < 0.2:
            shown = f"**{word}**"
        is_broken = word in HAN and (last in HAN or last == "起") and dice.random() < 0.1
        written += f"\n{shown}" if is_broken else shown
        read, last = read + word, word
    return written, read


def entry(number: int, dice: random.Random, space: SiteSpace) -> Written:
    """An entry, written into the site; every fortieth is long."""
    day = f"2020-{3 + number // 100:02}-{1 + number % 28:02}"
    targets = tuple(dice.sample(sorted(TARGETS), dice.randint(0, 2)))
    tags = tuple(dice.sample(TAGS, dice.randint(0, 2)))
    title = f"{words(dice, 4)}{number}"
    found = [paragraph(dice, 16) for _ in range(60 if number % 40 == 0 else dice.randint(1, 3))]
    space.entry(
        f"e{number}",
        body="\n\n".join(written for written, _ in found) + "\n",
        title="'" + title.replace("'", "''") + "'",
        date=day,
        targets=f"[{', '.join(targets)}]",
        tags=f"[{', '.join(tags)}]",
        place=f"地方{number}",
    )
    names = "\n".join(name for target in targets for name in (TARGETS[target][0], f"又名{target}"))
    text = "\n".join([f"地方{number}", *(read for _, read in found)])
    fields = tuple(closed_up(truth(field)) for field in (title, names, "\n".join(tags), text))
    return Written(f"e{number}", day, targets, tags, fields)


@dataclass(frozen=True, slots=True)
class Searched:
    """A site that is searched."""

    root: str
    stick: str
    entries: tuple[Written, ...]
    folder: Path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searched]:
    dice = random.Random(11)
    space = SiteSpace.of(tmp_path_factory.mktemp("searched"), "")
    for target, (name, kind) in TARGETS.items():
        text = f"---\nname: {name}\nkind: {kind}\naliases: [又名{target}]\n---\n"
        space.write(f"content/targets/{target}.md", text)
    entries = tuple(entry(number, dice, space) for number in range(ENTRIES))
    with pytest.MonkeyPatch.context() as patch:
        # Its texts are so few that they would be scanned without an index.
        patch.setattr("generator.model.search.FULL_SCAN_LIMIT", 0)
        space.build("--output", str(space.folder / "web/sub/path"))
        space.build("--portable", "--output", str(space.folder / "stick"))
    with served(space.folder / "web") as root:
        stick = (space.folder / "stick/search/index.html").as_uri()
        yield Searched(f"{root}sub/path/search/", stick, entries, space.folder)


ASK = """async ([text, filters]) => {
  const form = document.querySelector("form.search");
  const list = document.querySelector(".results");
  const button = document.querySelector(".more");
  const idle = async () => {
    while (list.hasAttribute("aria-busy")) await new Promise((go) => setTimeout(go, 0));
  };
  form.elements.q.value = text;
  for (const name of ["kind", "target", "tag", "from", "to"]) form.elements[name].value = filters[name] ?? "";
  form.requestSubmit();
  await idle();
  const said = document.querySelector(".found").textContent;
  while (!button.hidden) {
    button.click();
    await idle();
  }
  return [[...list.querySelectorAll("h2 a")].map((one) => one.getAttribute("href")), said];
}"""
"""Asks by the form, and then for more until there is no more."""


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page()
    page.goto(url)
    expect(page.get_by_label("想找什么")).to_be_visible()
    page.wait_for_function("document.querySelector('[name=tag]').options.length > 1")
    return page


def asked(browser: Browser, url: str) -> Page:
    """A search whose findings are not drawn, which takes most of the time of hundreds of questions."""
    page = opened(browser, url)
    page.evaluate("document.querySelector('main').hidden = true")
    return page


def entries_of(links: list[str]) -> list[str]:
    return [link.removesuffix("index.html") for link in links if link.startswith("../2020/")]


def queries(site: Searched, number: int) -> list[str]:
    """What is in the texts, from one letter on; several words of it; and what is nowhere."""
    dice = random.Random(23)
    found = []
    for _ in range(number):
        terms = []
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            text = dice.choice(dice.choice(site.entries).fields) or "企业"
            length = dice.choice((1, 1, 2, 2, 2, 3, 4, 5, 8, 13, 40))
            start = dice.randrange(max(1, len(text) - length + 1))
            terms.append(text[start : start + length])
        # A field of one line has no line ends.
        query = " ".join(terms).replace("\n", " ")
        match dice.randint(0, 9):
            case 0:
                query = query.upper()
            case 1:
                query = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in query)
            case 2:
                query = query[::-1]
            case _:
                pass
        found.append(query)
    return found


def expected(site: Searched, query: str) -> dict[str, int]:
    """By link, in which field an entry holds all that is asked for."""
    terms = truth(query).split()
    ranks = {one.href: one.rank(terms) for one in site.entries} if terms else {}
    return {href: rank for href, rank in ranks.items() if rank is not None}


def test_all_that_holds_the_words_is_found_and_nothing_else(browser: Browser, site: Searched) -> None:
    page = asked(browser, site.root)
    days = {one.href: one.day for one in site.entries}
    sizes = set()
    for query in queries(site, 200):
        links, said = page.evaluate(ASK, [query, {}])
        found, wanted = entries_of(links), expected(site, query)
        assert sorted(found) == sorted(wanted), query
        order = [(wanted[link], days[link]) for link in found]
        assert [rank for rank, _ in order] == sorted(rank for rank, _ in order), query
        assert all(day >= later for (rank, day), (other, later) in pairwise(order) if rank == other)
        if links and "大约" not in said:
            assert said == f"找到{len(links)}条", query
        sizes.add(len(found))
    # Neither the question nor the answer is always the same.
    assert 0 in sizes
    assert len(sizes) > 20
    page.close()


def test_a_memory_stick_finds_the_same(browser: Browser, site: Searched) -> None:
    page = asked(browser, site.stick)
    for query in queries(site, 30):
        links, _ = page.evaluate(ASK, [query, {}])
        assert sorted(entries_of(links)) == sorted(expected(site, query)), query
    page.close()


def test_a_small_site_is_searched_without_an_index(browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    dice = random.Random(3)
    entries = tuple(entry(number, dice, space) for number in range(30))
    for target, (name, kind) in TARGETS.items():
        space.write(f"content/targets/{target}.md", f"---\nname: {name}\nkind: {kind}\naliases: [又名{target}]\n---\n")
    space.build()
    assert not any("/s-" in path for path in space.tree())
    with served(tmp_path / "output") as root:
        small = Searched(f"{root}search/", "", entries, tmp_path)
        page = asked(browser, small.root)
        for query in queries(small, 60):
            links, said = page.evaluate(ASK, [query, {}])
            assert sorted(entries_of(links)) == sorted(expected(small, query)), query
            assert said in (f"找到{len(links)}条", "") or not links
        page.close()


def test_filters_leave_what_fits_them(browser: Browser, site: Searched) -> None:
    page = asked(browser, site.root)
    for filters in (
        {"target": "taihe"}, {"kind": "village"}, {"tag": "调研"}, {"from": "2020-04"}, {"to": "2020-03"},
        {"from": "2020-04", "to": "2020-04", "tag": "慰问", "target": "guoao"}, {"from": "2020-05", "to": "2020-03"},
    ):  # fmt: skip
        links, _ = page.evaluate(ASK, ["企业", filters])
        fitting = {one.href for one in site.entries if fits(one, filters)}
        assert sorted(entries_of(links)) == sorted(fitting & expected(site, "企业").keys()), filters
    page.close()


def fits(one: Written, filters: dict[str, str]) -> bool:
    kinds = {TARGETS[target][1] for target in one.targets}
    month = one.day[:7]
    return (
        filters.get("target", "") in ("", *one.targets)
        and filters.get("kind", "") in ("", *kinds)
        and filters.get("tag", "") in ("", *one.tags)
        and filters.get("from", "") <= month <= filters.get("to", "9999")
    )


def test_letters_fold_alike_here_and_there(browser: Browser) -> None:
    """Every code point that both know, by itself and behind a letter."""
    script = (ASSETS / "search-index.js").read_text(encoding="utf-8")
    start, end = script.index("  const known = new Map"), script.index("  const folded = (text) =>")
    chars = "".join(chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co"))
    page = browser.new_page()
    # One long text goes between the programs in no time, and half a million short ones do not.
    each = "[...chars].flatMap((one) => [one, `a${one}`]).map(fold).join('\ue000')"
    found: str = page.evaluate(f"(chars) => {{ {script[start:end]}; return {each}; }}", chars)
    texts = [one for char in chars for one in (char, f"a{char}")]
    assert [text for text, there in zip(texts, found.split("\ue000"), strict=True) if folded(text) != there] == []
    page.close()


def test_what_is_typed_is_found_at_once_and_stays_in_the_address(browser: Browser, site: Searched) -> None:
    page = opened(browser, site.root)
    page.get_by_label("想找什么").press_sequentially("熔喷布")
    expect(page.get_by_role("status")).to_have_text(f"找到{len(expected(site, '熔喷布'))}条")
    expect(page.locator(".results mark").first).to_have_text("熔喷布")
    expect(page).to_have_url(site.root + "?q=%E7%86%94%E5%96%B7%E5%B8%83")
    page.get_by_text("按条件筛选").click()
    page.get_by_label("标签").select_option("调研")
    wanted = [one for one in site.entries if "调研" in one.tags and one.href in expected(site, "熔喷布")]
    expect(page.get_by_role("status")).to_have_text(f"找到{len(wanted)}条")
    address = page.url
    page.close()
    page = opened(browser, address)
    expect(page.get_by_label("想找什么")).to_have_value("熔喷布")
    expect(page.get_by_label("标签")).to_have_value("调研")
    expect(page.get_by_role("status")).to_have_text(f"找到{len(wanted)}条")
    page.close()


def test_it_goes_by_keyboard(browser: Browser, site: Searched) -> None:
    page = opened(browser, site.root)
    page.keyboard.press("/")
    field = page.get_by_label("想找什么")
    expect(field).to_be_focused()
    page.keyboard.type("村委会")
    expect(page.locator(".results li")).to_have_count(10)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(page.locator(".results li")).to_have_count(0)
    page.keyboard.type("村委会")
    expect(page.locator(".results li")).to_have_count(10)
    page.get_by_role("button", name="再看十条").press("Enter")
    expect(page.locator(".results li")).to_have_count(20)
    expect(page.locator(".results a").nth(10)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("article.entry")).to_be_visible()
    page.close()


ODD = (
    "</script><script>window.ran=1</script>", "<img src=x onerror=window.ran=1>", "javascript:window.ran=1",
    "\u202e企业", "\u200f\u200b", "👨‍👩‍👧‍👦", "𠮷", ".*", "[", "(?:", "\\", "'\"`", "${window.ran=1}", "{{7*7}}",
    "\u2028", "\0", "__proto__", "constructor", "toString", "hasOwnProperty", "%", "%E4%", "&q=1#", "?", "企" * 5000,
    "企业 复工 走访 " * 50, "\ufeff", "ﷺ" * 40, "e\u0301" * 90, "İı", "ΑΣ", "t:taihe", "^a", "a$", "\n\t\r", "NaN",
    "-1", "٣", "\U000e0001",
)  # fmt: skip


def test_nothing_that_is_typed_breaks_it_or_runs(browser: Browser, site: Searched) -> None:
    page = opened(browser, site.root)
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    dice = random.Random(5)
    noise = ["".join(chr(dice.choice((dice.randrange(0x80), dice.randrange(0x3000), dice.randrange(0x110000))))
             for _ in range(dice.randint(1, 12))) for _ in range(60)]  # fmt: skip
    for query in (*ODD, *noise):
        page.evaluate(ASK, ["".join(char for char in query if not "\ud800" <= char <= "\udfff"), {}])
        assert page.get_by_role("status").inner_text() != "没能读取搜索数据，请检查网络后再试。", query
    page.evaluate(ASK, ["企业", {}])
    # Half a character, which only a script can write.
    for half in (r"'\ud800'", r"'\udfff企业'", r"'企业\ud83d'"):
        assert page.evaluate(f"async () => (await ({ASK})([{half}, {{}}]))[0].length") == 0
    assert told == []
    assert page.evaluate("window.ran") is None
    page.goto(f"{site.root}?q=%3Cimg+src%3Dx+onerror%3Dwindow.ran%3D1%3E&kind=nothing&from=x&q=2&__proto__=1")
    expect(page.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize(("width", "light"), [(320, "light"), (1440, "dark")])
def test_everybody_can_use_it(browser: Browser, site: Searched, width: int, light: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=light)
    page = context.new_page()
    page.goto(f"{site.root}?q=企业&tag=调研")
    expect(page.locator(".results mark").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, input, select, summary, button)")]
            .map((one) => [one.outerHTML, one.getBoundingClientRect().height])
            .filter(([, height]) => height && height < 44)"""
    )
    assert small == []
    context.close()


def test_without_scripts_it_says_where_else_to_look(browser: Browser, site: Searched) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.root)
    expect(page.get_by_label("想找什么")).to_be_hidden()
    page.get_by_role("main").get_by_role("link", name="按日期查阅").click()
    expect(page.locator("h1")).to_have_text("按日期查阅")
    context.close()


def test_what_cannot_be_loaded_is_told(browser: Browser, site: Searched) -> None:
    page = opened(browser, site.root)
    page.route("**/search/s-*", lambda route: route.abort())
    page.get_by_label("想找什么").fill("企业")
    expect(page.get_by_role("status")).to_have_text("没能读取搜索数据，请检查网络后再试。")
    page.unroute("**/search/s-*")
    page.get_by_label("想找什么").fill("企业 ")
    expect(page.locator(".results li")).to_have_count(10)
    page.close()
