"""What somebody did to break it, and how it stands now."""

from __future__ import annotations

import errno
import json
import os
import re
import time
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from generator.pipeline.publish.manifest import STATE
from tests.pipeline.test_publish import Refused
from tests.space import PNG, Ran, SiteSpace, refusing

Site = Callable[[str], SiteSpace]
SOON = 5.0
"""Seconds of the processor: far more than any of these needs, far less than what they once took."""


@pytest.mark.parametrize(
    "body",
    [
        "[x](/about/javascript:void(1))", "[x](/javascript:alert(1)/)", "[x](/about///evil.example/x)",
        "[x](java\tscript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](<java script:alert(1)>)",
        "[x](\u00a0javascript:alert(1))", "[x](data:text/html,x)", "[x](vbscript:x)", "[x](file:///etc/passwd)",
        "[x](blob:x)", "[x](feed:javascript:x)", "[x](view-source:x)", "<javascript:alert(1)>", "[x](\\\\evil.example)",
        "[x](///evil.example)", "![x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))",
        "[x](javascript&colon;alert(1))",
    ],
)  # fmt: skip
def test_no_link_of_a_writer_runs_anything(site: Site, body: str) -> None:
    space = site("-- content/pages/about.md --\n---\ntitle: 关于\n---\n正文\n")
    space.entry("a", body=body + "\n", aliases="['/javascript:alert(1)/']" if "alert(1)/" in body else "[/old/]")
    ran = space.run("build")
    if ran.status == 0:
        links = "".join(re.findall('(?:href|src)="([^"]*)"', space.page("2020/03/05/a/"))).lower()
        assert "script:" not in links
    else:
        assert ran.problems


@pytest.mark.parametrize(
    "field",
    [
        "status: [draft]", "status: {a: b}", "part: {}", "requests: [{id: a, status: [raised]}]", "title: [a]",
        "date: {a: b}", "counts: []", "counts: x", "withdrawn: []", "corrections: x", "requests: x", "extra: []",
        "publish_at: []", "slug: {}", "tags: {a: [b]}", "aliases: [[a]]", "targets: [{a: b}]",
    ],
)  # fmt: skip
def test_a_value_of_a_wrong_shape_is_a_problem(site: Site, field: str) -> None:
    space = site("")
    space.write("content/entries/a.md", f"---\ntitle: 标题\ndate: 2020-03-05\n{field}\n---\n")
    assert space.fails().problems


def test_a_name_with_a_line_end_in_it_is_refused(site: Site) -> None:
    space = site("")
    space.write("content/entries/a\u2028CNAME.png", PNG)
    assert "the file's name holds a control character" in space.fails().err


def test_the_publishers_own_folder_may_not_be_a_link(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "staging").mkdir()
    (elsewhere / "staging/mine.txt").write_text("mine")
    space = site("")
    space.entry("a")
    (space.folder / "output").mkdir()
    (space.folder / "output" / STATE).symlink_to(elsewhere)
    assert "something that Rizhi did not write is in the way" in space.fails().err
    assert (elsewhere / "staging/mine.txt").exists()


def test_a_folder_of_ours_that_became_a_link_is_not_written_through(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> None:
    space = site("")
    space.entry("a", title="甲")
    space.build()
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "e"
    (space.folder / "output/2020").rename(elsewhere)
    (space.folder / "output/2020").symlink_to(elsewhere)
    (elsewhere / "index.html").write_text("precious")
    space.entry("a", title="乙")
    assert "output/2020: something that Rizhi did not write is in the way" in space.fails().err
    assert (elsewhere / "index.html").read_text() == "precious"


def test_a_page_of_ours_that_became_a_folder_stops_the_build_before_it_begins(site: Site) -> None:
    space = site("")
    space.entry("a", title="甲")
    space.build()
    (space.folder / "output/index.html").unlink()
    space.write("output/index.html/keep", "mine")
    before = space.tree()
    space.entry("a", title="乙")
    assert "output/index.html: something that Rizhi did not write is in the way" in space.fails().err
    assert space.tree() == before


def stopped_later_and_later(space: SiteSpace, refused: Refused) -> Ran:
    """The first build that is stopped after its first rename."""
    for after in range(100):
        refused.after = after
        ran = space.run("build")
        refused.after = -1
        if "Nothing was published" not in ran.err:
            return ran
    raise AssertionError


def test_what_stops_half_way_is_said_to_be_half_way(site: Site) -> None:
    space = site("")
    space.entry("a", title="甲")
    space.build()
    space.entry("a", title="乙")
    refused = Refused(space.folder / "output" / STATE / "staging", errno.EPERM)
    ran = stopped_later_and_later(space, refused)
    assert ran.err.endswith(
        "1 problem, 0 warnings.\nPart of the site is new and part of it old. Build again once that is mended.\n"
    )
    space.build()
    assert all("甲" not in body.decode(errors="ignore") for body in space.tree().values())


def test_an_empty_folder_in_the_place_of_a_page_goes(site: Site) -> None:
    space = site("")
    (space.folder / "output/tags/index.html/x/y").mkdir(parents=True)
    space.entry("a")
    space.build()
    assert (space.folder / "output/tags/index.html").is_file()


def test_a_manifest_that_is_a_pipe_owns_nothing_and_holds_nobody_up(site: Site) -> None:
    space = site("")
    space.entry("a")
    space.build()
    manifest = space.folder / "output" / STATE / "manifest"
    manifest.unlink()
    os.mkfifo(manifest)
    space.entry("b")
    space.run("build")


@pytest.mark.parametrize(
    "template",
    [
        '{% include "tag.html" %}', '{% extends "tag.html" %}', '{% import "tag.html" as x %}',
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{% if 1 %}" * 200 + "{% endif %}" * 200, "{{ 1 / 0 }}", "{{ view.nothing }}", "{{ [] | nothing }}",
        "{{ {}['a'] }}", "{% for x in 3 %}{% endfor %}",
    ],
)  # fmt: skip
def test_a_template_at_fault_is_a_problem(site: Site, template: str) -> None:
    space = site("")
    space.entry("a", tags="[x]")
    space.write("themes/default/templates/tag.html", template)
    assert "themes/default/templates/tag.html" in space.fails().problems[0]


@pytest.mark.parametrize("strings", ["weekdays: abc", "weekdays:", "targets: {a: b}", "- a", "targets: a: b"])
def test_strings_at_fault_are_a_problem(site: Site, strings: str) -> None:
    space = site("")
    space.entry("a")
    space.write("themes/default/strings/zh-CN.yaml", strings + "\n")
    assert "themes/default/" in space.fails().problems[0]


@pytest.mark.parametrize("name", ["x" * 300, "..", "a/b", "default/../x"])
def test_a_theme_that_cannot_be(site: Site, name: str) -> None:
    space = site("")
    space.write("content/site.yaml", f"title: x\ntheme: {name}\n")
    space.entry("a")
    assert space.fails().problems


@pytest.mark.parametrize(
    "address",
    [
        "https://.",
        "https://h:",
        "https://user:pw@h/",
        "https://h/?",
        "https://h/#",
        "ftp://h/",
        "https://h:99999/",
        "//h",
    ],
)
def test_an_address_that_is_none(site: Site, address: str) -> None:
    space = site("")
    space.entry("a")
    assert space.run("build", "--base-url", address).status == 2


def test_control_characters_that_an_entity_writes_do_not_break_feeds(site: Site) -> None:
    space = site("")
    space.entry("a", title="'&'", body="甲&#12;乙&#x1b;\n", summary="a < b & c")
    space.build()
    ElementTree.fromstring(space.page("feed.xml"))
    json.loads(space.page("feed.json"))
    assert "\f" not in space.page("2020/03/05/a/")


def test_two_thousand_problems_are_told_soon(site: Site) -> None:
    space = site("")
    targets = ", ".join(f"zz{number}" for number in range(2000))
    space.entry("a", targets=f"[{targets}]")
    for number in range(30):
        space.write(f"content/entries/long-file-name-that-is-similar-{number}.png", PNG)
    links = "".join(f"[x](long-file-name-that-is-simila-{number}.png)\n" for number in range(1000))
    space.entry("b", body=links)
    start = time.process_time()
    assert len(space.fails().problems) == 3000
    assert time.process_time() - start < 4 * SOON


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitel: "' + "\u200b" * 20_000 + '"\n---\n',
        '---\ntitel: "' + "e\u0301" * 10_000 + '"\n---\n',
        "---\ntitle: a: " + " " * 50_000 + "b: c\n---\n",
        "---\ntitle: 标题\ndate: 2020-03-05\n---\n" + "\u200b" * 20_000 + "[x](nothing.md)\n",
    ],
)  # fmt: skip
def test_a_long_line_is_told_soon(site: Site, text: str) -> None:
    space = site("")
    space.write("content/entries/a.md", text)
    start = time.process_time()
    assert space.fails().problems
    assert time.process_time() - start < SOON


def test_folders_without_end_are_a_problem(site: Site) -> None:
    space = site("")
    space.write("content/entries/" + "d/" * 100 + "a.md", "x")
    assert "folders are nested more than 30 deep" in space.fails().err


def test_an_unreadable_picture_is_told_where_it_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    space = site("")
    space.write("content/entries/p.png", PNG)
    space.entry("a", body="![x](p.png)\n")
    monkeypatch.setattr("builtins.open", refusing("p.png"))
    assert space.fails().problems == ["content/entries/a.md:5:1: it cannot be read: Permission denied"]


def test_names_of_files_are_told_without_what_moves_a_terminal(site: Site) -> None:
    space = site("")
    space.entry("a")
    space.write("content/entries/\x1b[31m.md", "x")
    assert "\x1b" not in space.fails().err


def test_a_report_holds_nothing_that_turns_its_order_around(site: Site) -> None:
    space = site("")
    space.write("content/entries/a\u202eb.md", "\u2066x\u0646\n")
    # Beside letters that are written from right to left, such characters stay.
    space.entry("b", targets='["\\u202e\\u2028\\u0646"]')
    told = space.fails().err
    assert "a\ufffdb.md:1:1: there is no front matter\n  \ufffdx\u0646\n" in told
    assert 'there is no target "\ufffd' in told


def test_a_place_in_a_long_yaml_file_is_told(site: Site) -> None:
    space = site("")
    space.entry("a")
    people = "".join(f"- {{id: p{number}, name: 张三, role: official}}\n" for number in range(3000))
    space.write("content/people.yaml", f"people:\n{people}- {{id: last, name: 张三, role: boss}}\n")
    assert any(one.startswith("content/people.yaml:3002:") for one in space.fails().problems)
