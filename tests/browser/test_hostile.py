"""Hostile strings in every field, construct and name: nothing of them runs, loads, or leads anywhere else."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import re
import zipfile
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from filelock import FileLock
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from generator.ground.text import nfc, visible
from tests.browser import hostile
from tests.browser.hostile import BETWEEN, HostileSite, strings
from tests.crawl import served
from tests.nu import errors
from tests.space import SiteSpace
from tests.tools.test_serve import Server

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
LOADER = "_loader.html"
"""A page of the test's own beside the site, which opens the site's pages in frames: it has no policy."""
AT_ONCE = 12
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "\ufe66", "\ufe62", "\ufe63", "\ufe6b", "\u2212")
"""What a spreadsheet may take for the beginning of a formula, also behind blanks and in other widths."""

OPEN_ALL = f"""async (urls) => {{
    const audit = {AUDIT};
    const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const told = [];
    const visit = async (url, number) => {{
        const frame = document.createElement("iframe");
        // What nobody sees runs and loads all the same, for half the time; each fourth is drawn, too.
        frame.hidden = number % 4 > 0;
        const opened = new Promise((resolve) => (frame.onload = resolve));
        frame.src = url;
        document.body.append(frame);
        await opened;
        const page = frame.contentDocument;
        if (!page) told.push([url, "it went elsewhere"]);
        else for (const one of audit(page, page.baseURI)) told.push([url, one]);
        return frame;
    }};
    for (let start = 0; start < urls.length; start += {AT_ONCE}) {{
        const frames = await Promise.all(urls.slice(start, start + {AT_ONCE}).map(visit));
        // What fails to load tells its handlers a little later.
        await wait(30);
        for (const frame of frames) frame.remove();
    }}
    return told;
}}"""


PARSE_ALL = f"""async (urls) => {{
    const audit = {AUDIT};
    const told = [];
    for (const url of urls) {{
        const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
        for (const one of audit(page, new URL(url, location.href).href)) told.push([url, one]);
    }}
    return told;
}}"""

PARSE_TEXTS = f"""(texts) => {{
    const audit = {AUDIT};
    const told = [];
    for (const text of texts) {{
        const page = new DOMParser().parseFromString(text, "text/html");
        for (const one of audit(page, "https://example.org/")) told.push(one);
    }}
    return told;
}}"""


def settled(name: str, factory: pytest.TempPathFactory) -> HostileSite:
    """The site of this name, made by the first process that needs it."""
    own = factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    kept = folder / f"hostile-{name}"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            made: HostileSite = getattr(hostile, name)(factory.mktemp(name))
            made.settle()
            (made.space.folder / "output" / LOADER).write_text(
                "<!doctype html><meta charset=utf-8><title>x</title><link rel=icon href=data:,><body>", encoding="utf-8"
            )
            kept.write_bytes(pickle.dumps(made))
        found: HostileSite = pickle.loads(kept.read_bytes())
    return found


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> HostileSite:
    return settled("record", tmp_path_factory)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> HostileSite:
    return settled("settings", tmp_path_factory)


@pytest.fixture(scope="module")
def counters(tmp_path_factory: pytest.TempPathFactory) -> HostileSite:
    return settled("counters", tmp_path_factory)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> HostileSite:
    return settled("names", tmp_path_factory)


def watched(context: BrowserContext, root: str) -> tuple[Page, list[str]]:
    """A page, and everything that it or a frame in it did that it should not."""
    page = context.new_page()
    told: list[str] = []

    def answer(dialog: Dialog) -> None:
        told.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", answer)
    page.on("pageerror", lambda error: told.append(f"error: {error}"))
    page.on("popup", lambda other: told.append(f"popup: {other.url}"))
    page.on("console", lambda said: told.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(root) else told.append(f"request: {asked.url}"))
    return page, told


def pages(site: HostileSite, *, below: str = "") -> list[str]:
    """The addresses of all pages of a site, or of those in one of its folders."""
    folder = site.space.folder / "output"
    found = (folder / below).rglob("*.html")
    return [
        quote(place.relative_to(folder).as_posix()) for place in sorted(found) if place.name not in (LOADER, "404.html")
    ]


def looked_at(browser: Browser, site: HostileSite, script: str, given: list[str], *, bypasses: bool) -> list[object]:
    """What ``script`` finds in the pages, and all that they did while they were open."""
    context = browser.new_context(bypass_csp=bypasses)
    with served(site.space.folder / "output") as root:
        page, told = watched(context, root)
        page.goto(root + LOADER)
        found: list[object] = page.evaluate(script, given)
        page.wait_for_load_state("networkidle")
    context.close()
    return found + told


BOTH = pytest.mark.parametrize("bypasses", [False, True], ids=["with its policy", "without any policy"])


@BOTH
def test_nothing_runs_in_pages_of_the_record(browser: Browser, record: HostileSite, bypasses: bool) -> None:
    given = [path for path in pages(record) if not path.startswith("tags/")]
    # What a policy has to refuse is told, and nothing needs to be; without one, everything is opened.
    given = given if bypasses else given[::8]
    assert looked_at(browser, record, OPEN_ALL, given, bypasses=bypasses) == []


@BOTH
@pytest.mark.parametrize("name", ["settings", "counters"])
def test_nothing_runs_in_pages_of_settings(
    browser: Browser, name: str, bypasses: bool, request: pytest.FixtureRequest
) -> None:
    site: HostileSite = request.getfixturevalue(name)
    given = pages(site)[:: 1 if bypasses else 4]
    assert looked_at(browser, site, OPEN_ALL, given, bypasses=bypasses) == []


def test_nothing_could_run_where_names_are_hostile(browser: Browser, names: HostileSite) -> None:
    assert looked_at(browser, names, PARSE_ALL, pages(names), bypasses=True) == []


def test_nothing_could_run_in_the_page_that_is_not_there(browser: Browser, settings: HostileSite) -> None:
    assert looked_at(browser, settings, PARSE_TEXTS, [settings.space.page("404.html")], bypasses=True) == []


@pytest.mark.parametrize(("name", "below"), [("record", ""), ("settings", "2020"), ("counters", "2020")])
def test_all_of_it_is_valid(name: str, below: str, request: pytest.FixtureRequest) -> None:
    site: HostileSite = request.getfixturevalue(name)
    # Which levels the headings of a text have is its writer's choice; what is no name of a host, nobody can register.
    mine = ("heading level", "Invalid host", LOADER)
    assert [one for one in errors(site.space.folder / "output" / below) if not any(part in one for part in mine)] == []


def test_nothing_could_run_in_tags(browser: Browser, record: HostileSite) -> None:
    assert looked_at(browser, record, PARSE_ALL, pages(record, below="tags"), bypasses=True) == []


def test_feeds_say_what_was_written_and_nothing_runs_in_them(browser: Browser, record: HostileSite) -> None:
    folder = record.space.folder / "output"
    contents = []
    for place in sorted(folder.rglob("feed.*")):
        if place.suffix == ".xml":
            entries = ElementTree.parse(place).iter("{http://www.w3.org/2005/Atom}content")
            contents += [one.text or "" for one in entries]
        else:
            contents += [one["content_html"] for one in json.loads(place.read_text(encoding="utf-8"))["items"]]
    assert len(contents) > 4 * len(hostile.groups(hostile.TOGETHER))
    assert looked_at(browser, record, PARSE_TEXTS, contents, bypasses=True) == []
    titles = {one["title"] for one in json.loads((folder / "feed.json").read_text(encoding="utf-8"))["items"]}
    assert titles >= {visible(nfc(BETWEEN.join(group))).strip() for group in hostile.groups(hostile.TOGETHER)}


def test_data_can_be_read_and_say_what_was_written(
    record: HostileSite, settings: HostileSite, counters: HostileSite, names: HostileSite
) -> None:
    for site in (record, settings, counters, names):
        for place in (site.space.folder / "output").rglob("*.json"):
            json.loads(place.read_text(encoding="utf-8"))
        for place in (site.space.folder / "output").rglob("*.xml"):
            ElementTree.parse(place)
    entries = json.loads((record.space.folder / "output/data/entries.json").read_text(encoding="utf-8"))
    assert {one["title"] for one in entries} >= {
        visible(nfc(BETWEEN.join(group))).strip() for group in hostile.groups(hostile.TOGETHER)
    }


def test_a_spreadsheet_takes_nothing_for_a_formula(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/site.yaml", f"title: 日志\nprivacy:\n  allow:\n{hostile.ALLOWED}")
    fit = [one for one in strings() if hostile.is_line(one)]
    raised = []
    for number, one in enumerate(fit):
        given = hostile.quoted(one)
        space.write(f"content/targets/t{number}.md", f"---\nname: {given}\nkind: village\n---\n")
        raised.append(f"{{id: r{number}, title: {given}, status: raised, target: t{number}}}")
    for start in range(0, len(raised), 100):
        space.entry(f"e{start}", requests=f"[{', '.join(raised[start : start + 100])}]")
    space.build()
    table = list(csv.reader(io.StringIO(space.page("data/requests.csv").removeprefix("\ufeff"), newline="")))
    assert {len(row) for row in table} == {len(table[0])}
    assert len(table) == len(fit) + 1
    for cell in (cell for row in table for cell in row):
        assert not cell.lstrip().startswith(FORMULA), cell
    written = {visible(nfc(one)).strip() for one in fit}
    assert {row[1] for row in table[1:]} <= written | {f"'{one}" for one in written}


WRONG = (
    "<a href=javascript:alert(1)>x</a>", "<a href=&#106;avascript:alert(1)>x</a>",
    "<a href='java\tscript:x'>x</a>", "<a href=//evil.example>x</a>", "<a href='\\\\evil.example'>x</a>",
    "<a href=https:evil.example>x</a>",
    "<img src=//evil.example/x>", "<img srcset='x 1x, //evil.example/x 2x'>", "<img src=x onerror=alert(1)>",
    "<p style=x>", "<script>alert(1)</script>", "<script src=//evil.example/assets/x.js></script>", "<!-- x -->",
    "<iframe></iframe>", "<script type=application/ld+json>{</script>", "<form action=javascript:alert(1)></form>",
    "<meta http-equiv=refresh content='0; url=//evil.example'>",
    "<svg><a xlink:href=javascript:alert(1)>x</a></svg>",
    "<style>x</style>", "<a href=data:text/html,x>x</a>", "<base href=x>", "<a onclick=alert(1)>x</a>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
)  # fmt: skip


def test_the_audit_sees_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    assert [text for text in WRONG if page.evaluate(PARSE_TEXTS, [f"<body>{text}"]) == []] == []
    assert page.evaluate(PARSE_TEXTS, ["<!doctype html><title>x</title><body><p>x"]) == []
    page.close()


def test_what_runs_or_loads_is_told(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / LOADER).write_text("<body>", encoding="utf-8")
    # The second is not drawn.
    for name in ("a", "b"):
        text = f"<script>alert('{name}')</script><img src=//evil.example/{name}><a href=javascript:x>"
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    with served(tmp_path) as root:
        page, told = watched(browser.new_context(), root)
        page.goto(root + LOADER)
        found = page.evaluate(OPEN_ALL, ["a.html", "b.html"])
        page.wait_for_load_state("networkidle")
    assert len(found) == 8
    assert set(told) >= {
        *("dialog: a", "dialog: b"),
        *(f"request: http://evil.example/{name}" for name in ("a", "b")),
    }
    page.context.close()


def test_files_to_send_hold_nothing_that_runs(browser: Browser, record: HostileSite, tmp_path: Path) -> None:
    for form in ("html", "md", "docx"):
        # The privacy scan is given the same texts for each; the first time it looks at all.
        with hostile.scans_of_few(1 if form == "html" else hostile.SCANNED):
            ran = record.space.run("export chronicle", "--output", str(tmp_path / f"x.{form}"), "--format", form)
        assert ran.status == 0, ran.err
    # Another program may take the Markdown's HTML for HTML.
    read = MarkdownIt("commonmark", {"html": True, "maxNesting": 200}).enable("table").use(footnote_plugin)
    markdown = read.render((tmp_path / "x.md").read_text(encoding="utf-8"))
    texts = [re.sub("(?s)<style>.*?</style>", "", (tmp_path / "x.html").read_text(encoding="utf-8")), markdown]
    assert looked_at(browser, record, PARSE_TEXTS, texts, bypasses=True) == []
    with zipfile.ZipFile(tmp_path / "x.docx") as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                tree = ElementTree.fromstring(packed.read(name))
                for one in tree.iter("{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"):
                    if one.get("TargetMode") == "External":
                        assert re.match("https?://[^/]|mailto:|tel:", one.get("Target", "")), one.get("Target")


def test_problems_that_quote_hostile_strings_run_nothing(browser: Browser, tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a")
    fit = [one for one in strings() if hostile.is_line(one) and len(one) < hostile.LONG]
    space.entry(
        "b",
        status=hostile.quoted(fit[0]),
        body="".join(f"[x](<{one}>) {{{one}}}`{one}`\n\n:::{{{one}}}\n:::\n\n" for one in fit),
    )
    groups = [group for group in hostile.groups(hostile.TOGETHER) if len(group) > 1]
    for number, group in enumerate(groups):
        space.entry(f"0{number}", targets=f"[{hostile.quoted(BETWEEN.join(group))}]")
    server = Server(space)
    try:
        context = browser.new_context(bypass_csp=True)
        root = f"http://127.0.0.1:{server.port}/"
        page, told = watched(context, root)
        page.goto(root)
        page.locator("#rizhi-problems").wait_for()
        shown = page.locator("#rizhi-problems").text_content() or ""
        assert shown.count(": ") >= len(groups)
        # Long messages are cut.
        assert shown.count(BETWEEN.strip()) > len(fit) * 3 // 4
        assert page.locator("#rizhi-problems *").count() == 0
        page.wait_for_load_state("networkidle")
        assert [one for one in told if "404" not in one] == []
        context.close()
    finally:
        server.close()


def test_no_link_of_a_writer_has_another_scheme(record: HostileSite) -> None:
    """Each string of the corpus that names a scheme is refused as a link's address wherever a browser would see it."""
    refused = {(one.text, one.path) for one in record.refused}
    let_through = [
        (section, one)
        for section, items in hostile.corpus().items()
        if section == "schemes"
        for one in items
        if not any(text == f"[x](<{one}>)\n\n" for text, _ in refused) and not re.search("[<>]", one)
    ]
    assert let_through == []
