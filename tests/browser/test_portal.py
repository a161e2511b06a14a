"""The pages of a portal over many teams in a real browser, and its search against plain text."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from generator.ground.search_folding import closed_up
from tests.browser.test_pages import faults_of, overflow, violations
from tests.browser.test_search import ASK, truth
from tests.crawl import crawl, served
from tests.nu import errors
from tests.space import SiteSpace
from tests.tools.portal.many import Made, write_many
from tests.tools.portal.teams import build
from tests.tools.portal.teams import portal as portal_in

TEAMS = 34
"""More than a list shows as it is."""
PAGES = (
    "", "regions/山东省/烟台市/", "teams/", "teams/team-4/", "teams/team-18/", "requests/", "kinds/企业/", "figures/",
)  # fmt: skip
"""One of each kind that has a look of its own; the teams have older data, and a long name."""
ONLY_DEFAULT = ("regions/", "teams/team-3/", "kinds/")
"""These are of the same parts; the team has no requests."""
SETTINGS = "base_url: https://portal.example/\n"


@dataclass(frozen=True, slots=True)
class Portal:
    """A published portal."""

    theme: str
    space: SiteSpace
    teams: list[Made]
    root: str


@contextmanager
def published(folder: Path, theme: str) -> Iterator[Portal]:
    """A portal; one of its teams could not be read this time."""
    teams = write_many(folder, TEAMS, f"{SETTINGS}theme: {theme}\n")
    space = SiteSpace(folder)
    # Its texts are so few that they would be scanned without an index.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.model.search.FULL_SCAN_LIMIT", 0)
        build(space)
        (folder / "team-4/data/entries.json").write_text("[", encoding="utf-8")
        build(space, "--keep-going")
    with served(space.folder / "output") as root:
        yield Portal(theme, space, teams, root)


@pytest.fixture(scope="module")
def default(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with published(tmp_path_factory.mktemp("default"), "default") as found:
        yield found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with published(tmp_path_factory.mktemp("plain"), "plain") as found:
        yield found


@pytest.fixture(params=["default", "plain"])
def portal(request: pytest.FixtureRequest) -> Portal:
    found: Portal = request.getfixturevalue(request.param)
    return found


def test_everybody_can_use_each_page(browser: Browser, portal: Portal) -> None:
    for path in (*PAGES, *(ONLY_DEFAULT if portal.theme == "default" else ())):
        told = faults_of(browser, portal.root + path, portal.theme)
        assert not told, "\n".join((path, *told))


def test_every_page_is_valid_and_every_link_whole(portal: Portal) -> None:
    assert errors(portal.space.folder / "output") == []
    found = crawl(portal.root)
    assert found.broken == []
    assert found.foreign_loads == []
    assert len(found.pages) == sum(path.endswith(".html") for path in portal.space.tree()) - len(["404.html"])


def test_what_it_has_not_is_valid_too(tmp_path: Path) -> None:
    """An English portal over two teams in one town: no requests, no targets, one without an entry."""
    for number in (0, 1):
        name = f"small-{number}"
        kept: list[Any] = [{"title": "A walk", "url": "../2020/03/05/a/", "start": "2020-03-05", "end": "2020-03-05"}]
        files = {"site": {"schema": 1, "title": name}, "entries": kept[number:], "targets": []}
        Made(name, name, (), files).write(tmp_path)
    team = "  - {{id: small-{0}, source: small-{0}, region: Shandong/Yantai, url: 'https://{0}.example/'}}\n"
    space = portal_in(tmp_path, f"title: Diaries\nlanguage: en\nteams:\n{team.format(0)}{team.format(1)}")
    build(space)
    assert errors(tmp_path / "output") == []
    with served(tmp_path / "output") as root:
        found = crawl(root)
    assert found.broken == []
    assert found.foreign_loads == []
    assert "There are no entries yet." in space.page("teams/small-1/")


def test_feeds_can_be_read(default: Portal) -> None:
    for path, region in (("", None), ("regions/河南省/", "河南省")):
        feed = feedparser.parse(default.space.page(f"{path}feed.xml"))
        assert not feed.bozo
        teams = {team.name: team for team in default.teams}
        assert len(feed.entries) == 20
        for entry in feed.entries:
            assert entry.link.startswith(teams[entry.author].url)
            assert region in (None, teams[entry.author].region[0])
    items = json.loads(default.space.page("feed.json"))["items"]
    assert [item["url"] for item in items] == [
        one.link for one in feedparser.parse(default.space.page("feed.xml")).entries
    ]


def test_what_is_said_in_another_language_is_marked(default: Portal) -> None:
    page = default.space.page("teams/team-10/")
    assert '<article lang="en">' in page
    assert 'lang="en"' not in default.space.page("teams/team-4/")


def test_paper_holds_what_is_read_and_nothing_that_leads(browser: Browser, default: Portal) -> None:
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.emulate_media(media="print")
    for path, shown in (("", "_regions"), ("regions/山东省/", "_months"), ("teams/team-4/", "_requests")):
        page.goto(default.root + path)
        expect(page.locator(f"#{shown}")).to_be_visible()
        assert overflow(page) == []
    page.goto(f"{default.root}requests/")
    expect(page.locator("nav.choices").first).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()
    page.close()


# ---- The search


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found, and what of it is to be found."""

    href: str
    team: Made
    fields: tuple[str, ...]


def document(href: str, team: Made, title: str, names: list[str], tags: list[str], *lines: str | None) -> Document:
    text = "\n".join(line for line in lines if line)
    fields = (title, "\n".join(names), "\n".join(tags), text)
    return Document(href, team, tuple(closed_up(truth(field)) for field in fields))


def documents(team: Made) -> Iterator[Document]:
    """Everything of a team, from its data files."""
    files = team.files
    named = {one["id"]: one["name"] for one in files["targets"]}
    yield document(f"../teams/{team.id}/", team, team.name, [], [], files["site"]["description"], " ".join(team.region))

    def own(one: Any) -> str:
        return f"{team.url}{one['url'].removeprefix('../')}"

    for one in files["entries"]:
        names = [team.name, *(named[target] for target in one["targets"])]
        yield document(own(one), team, one["title"], names, one["tags"], one["summary"], one.get("place"))
    for one in files["targets"]:
        yield document(own(one), team, one["name"], [team.name, *one.get("aliases", ())], [], one.get("summary"))
    for one in files.get("requests", ()):
        notes = [step["note"] for step in one["steps"]]
        yield document(own(one), team, one["title"], [team.name, named[one["target"]]], [], *notes, one.get("handler"))


def queries(every: list[Document], number: int) -> list[str]:
    """What is in the texts, from one letter on; several words of it; and what is nowhere."""
    dice, found = random.Random(31), list[str]()
    while len(found) < number:
        terms = []
        for _ in range(dice.choice((1, 1, 1, 2, 3))):
            text: str = dice.choice(dice.choice(every).fields)
            length = dice.choice((1, 2, 2, 3, 4, 6, 9, 20))
            start = dice.randrange(max(1, len(text) - length + 1))
            terms.append(text[start : start + length])
        query = " ".join(terms).replace("\n", " ")
        if query.strip():
            found.append(query[::-1] if dice.random() < 0.1 else query.upper() if dice.random() < 0.1 else query)
    return found


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page()
    page.goto(url)
    page.wait_for_function("document.querySelector('[name=kind]').options.length > 1")
    return page


def test_all_that_holds_the_words_is_found_and_nothing_else(browser: Browser, default: Portal) -> None:
    assert any("/s-" in path for path in default.space.tree())
    every = [one for team in default.teams for one in documents(team)]
    page = opened(browser, f"{default.root}search/")
    # Findings that are not drawn take less of a second.
    page.evaluate("document.querySelector('main').hidden = true")
    sizes = set()
    for number, query in enumerate(queries(every, 100)):
        region = ("", "山东省", "河南省")[number % 3 if number % 2 else 0]
        terms = truth(query).split()
        wanted = [
            one.href
            for one in every
            if region in ("", one.team.region[0]) and all(any(term in field for field in one.fields) for term in terms)
        ]
        links, _ = page.evaluate(ASK, [query, {"kind": region}])
        assert sorted(links) == sorted(wanted), (query, region)
        sizes.add(len(links))
    assert 0 in sizes
    assert len(sizes) > 20
    page.close()


def test_each_finding_names_its_team_and_leads_on_into_its_search(browser: Browser, default: Portal) -> None:
    teams = {f"../teams/{team.id}/": team for team in default.teams}
    page = opened(browser, f"{default.root}search/?q=道路 莱山")
    rows = page.locator(".results li")
    expect(rows.first).to_be_visible()
    for row in rows.all():
        link, onward = row.locator(".origin a").all()
        team = teams[str(link.get_attribute("href"))]
        assert link.inner_text() == team.name
        assert row.locator("h2 a").get_attribute("href").startswith(team.url)  # type: ignore[union-attr]
        address = urlsplit(str(onward.get_attribute("href")))
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{team.url}search/"
        assert parse_qs(address.query) == {"q": ["道路 莱山"]}
    # What was asked for is marked there, and not told twice.
    expect(rows.first.locator(".origin mark")).to_have_text("莱山")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert overflow(page) == []
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(0).locator("h2 a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(rows.nth(0).locator(".origin a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator("h2 a")).to_be_focused()
    page.close()


KINDS = {"/teams/": "工作队", "/targets/": "服务对象", "/requests/": "诉求", "/2020/": "日志"}


def test_a_team_is_found_first_and_each_kind_is_counted(browser: Browser, default: Portal) -> None:
    page = opened(browser, f"{default.root}search/?q=莱山区第20工作队")
    expect(page.locator(".results h2").first).to_have_text("莱山区第20工作队")
    # Of the team itself, only its own search is another page.
    expect(page.locator(".results li").first.locator(".origin a")).to_have_count(1)
    of_team = documents(next(team for team in default.teams if team.name == "莱山区第20工作队"))
    wanted = Counter(next(kind for part, kind in KINDS.items() if part in one.href) for one in of_team)
    told = page.locator(".counts").inner_text().split("\u00a0· ")
    assert dict(one.split("\u00a0") for one in told) == {kind: str(number) for kind, number in wanted.items()}
    assert len(wanted) == len(KINDS)
    page.close()


def test_without_scripts_it_says_where_else_to_look(browser: Browser, portal: Portal) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal.root}search/")
    page.get_by_role("main").get_by_role("link", name="工作队").click()
    expect(page.locator("h1")).to_have_text("工作队")
    context.close()
