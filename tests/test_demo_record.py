"""The demo's record, reckoned once more from its sources, with other means than the program's own."""

from __future__ import annotations

import datetime
import html
import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.site.shown import figures as figures_shown
from tests.space import SiteSpace

CONTENT = Path(__file__).parents[1] / "content"


def front_matter(folder: str) -> dict[str, Any]:
    """The front matter of the files in a folder, by file name, as plain YAML."""
    return {
        place.stem: yaml.safe_load(place.read_text(encoding="utf-8").split("---\n")[1])
        for place in sorted((CONTENT / folder).glob("*.md"))
    }


ENTRIES = front_matter("entries")
TARGETS = front_matter("targets")


def days(entry: Any) -> Iterator[datetime.date]:
    first, _, last = str(entry["date"]).partition("/")
    end = first[: len(first) - len(last)] + last
    day = datetime.date.fromisoformat(first)
    while day <= datetime.date.fromisoformat(end):
        yield day
        day += datetime.timedelta(1)


def histories() -> dict[str, list[tuple[str, datetime.date, str | None]]]:
    """By request: state, day and target of each step, in order."""
    found: dict[str, list[tuple[str, datetime.date, str | None]]] = {}
    for entry in sorted(ENTRIES.values(), key=lambda one: str(one["date"])):
        for note in entry.get("requests", ()):
            day = datetime.date.fromisoformat(str(note["date"])) if "date" in note else next(days(entry))
            found.setdefault(note["id"], []).append((note["status"], day, note.get("target")))
    return found


def about(entry: Any, target: str | None) -> bool:
    return target is None or target in entry.get("targets", ())


def reckoned(target: str | None = None) -> dict[str, int]:
    """Every figure, of all or of one target."""
    mine = [entry for entry in ENTRIES.values() if about(entry, target)]
    asked = [steps for steps in histories().values() if target in (None, steps[0][2])]
    totals = {
        "日志": len(mine),
        "在岗": len({day for entry in mine for day in days(entry)}),
        "服务对象": len({one for entry in mine for one in entry.get("targets", ()) if target in (None, one)}),
        "诉求": len(asked),
        "办结": sum(steps[-1][0] == "resolved" for steps in asked),
    }
    for key in ("座谈会", "走访"):
        for entry in mine:
            count = entry.get("counts", {}).get(key, 0)
            if isinstance(count, dict):
                count = sum(number for one, number in count.items() if target in (None, one))
            totals[key] = totals.get(key, 0) + count
    return {key: number for key, number in totals.items() if number}


def shown(page: str) -> dict[str, int]:
    """The figures of a page that lead to a counter."""
    found = re.findall(r'<dt>([^<]*)</dt><dd><a href="[./]*counters/[^"]*">(\d+)', page)
    return {label: int(number) for label, number in found}


def test_figures_at_home(demo: SiteSpace) -> None:
    assert shown(demo.page("")) == reckoned()
    assert shown(demo.page("counters/").partition("<section")[0]) == reckoned()


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_figures_by_target(demo: SiteSpace, target: str) -> None:
    figures = reckoned(target)
    figures.pop("服务对象", None)  # It would say that it is one.
    assert shown(demo.page(f"targets/{target}/")) == figures


def test_figures_of_the_month(demo: SiteSpace) -> None:
    assert shown(demo.page("2020/03/")) == reckoned()


def test_every_figure_is_the_sum_of_the_entries_that_it_names(demo: SiteSpace) -> None:
    checked = 0
    for path, body in demo.tree().items():
        # Days and targets that several entries share count once.
        if path.startswith("counters/") and not path.startswith(("counters/在岗", "counters/服务对象")):
            page = body.decode()
            total = re.search(r'class="figure-total"><strong>(\d+)', page)
            if total:
                assert int(total[1]) == sum(map(int, re.findall(r'class="sum quiet"[^>]*>(\d+)', page))), path
                checked += 1
    assert checked > 10


def test_the_ledgers_figures(demo: SiteSpace) -> None:
    found = histories()
    resolved = [steps for steps in found.values() if steps[-1][0] == "resolved"]
    page = demo.page("requests/")
    figures = figures_shown(page)
    assert figures == {
        "诉求": str(len(found)),
        "未办结": str(sum(steps[-1][0] not in ("resolved", "closed") for steps in found.values())),
        "办结": str(len(resolved)),
        "办结率": f"{100 * len(resolved) / len(found):g}%",
        "办结用时中位数（天）": f"{statistics.median((steps[-1][1] - steps[0][1]).days for steps in resolved):g}",
    }
    for name, steps in found.items():
        told = re.findall(r'class="state">(.*?)</span> <time datetime="(.*?)"', demo.page(f"requests/{name}/"))
        assert [day for _, day in told] == [day.isoformat() for _, day, _ in steps]


def test_policies_and_who_received_them(demo: SiteSpace) -> None:
    for name in front_matter("policies"):
        receiving = [entry["title"] for entry in ENTRIES.values() if name in entry.get("policies", ())]
        page = demo.page(f"policies/{name}/")
        shown = re.findall(r'class="headline"><a href="[^"]*">(.*?)</a>', page)
        assert [re.sub("<[^>]*>", "", one) for one in shown] == receiving


def test_the_calendar_marks_the_days_that_have_entries(demo: SiteSpace) -> None:
    marked = {day.day for entry in ENTRIES.values() for day in days(entry)}
    page = demo.page("2020/03/")
    assert {int(day) for day in re.findall(r'title="\d+篇日志"[^>]*>(\d+)', page)} == marked


def test_the_correction_is_told(demo: SiteSpace) -> None:
    assert "补记西蒙西公司当天提出的诉求" in demo.page("corrections/")
    assert "补记西蒙西公司当天提出的诉求" in demo.page("2020/03/17/policies-to-the-door/")
    assert "补记西蒙西公司当天提出的诉求" in demo.page("feed.xml")


def test_a_private_person_goes_by_a_pseudonym(demo: SiteSpace) -> None:
    assert "工作组了解到一户困难家庭经济吃紧" in demo.page("2020/03/17/policies-to-the-door/")
    assert not [path for path, body in demo.tree().items() if "张三" in body.decode(errors="ignore")]


def test_nothing_of_any_entry_is_lost_in_the_chronicle(demo: SiteSpace) -> None:
    chronicle = demo.page("chronicle/")
    told = re.sub(r"\s+", "", html.unescape(re.sub("<[^>]*>", "", chronicle)))
    alternatives = re.findall('alt="(.*?)"', chronicle)
    at = 0
    for path, page in demo.tree().items():
        if not re.fullmatch(r"2020/\d\d/\d\d/[^/]+/index\.html", path):
            continue
        text = page.decode()
        start = text.index('<div class="prose"')
        prose = text[start : text.index("</div>\n", start) if "</div>\n" in text[start:] else None]
        for run in re.split("<[^>]*>", prose):
            assert re.sub(r"\s+", "", html.unescape(run)) in told, run
        assert set(re.findall('alt="(.*?)"', prose)) <= set(alternatives)
        at += 1
    assert at == len(ENTRIES)


def test_the_chronicle_has_the_parts_of_a_newspapers_feature_in_their_order(demo: SiteSpace) -> None:
    page = demo.page("chronicle/")
    headline, byline, standfirst = (page.index(mark) for mark in ("<h1>", 'class="byline"', 'class="standfirst"'))
    headings = [
        (match.start(), re.sub("<[^>]*>", "", match[1])) for match in re.finditer(r"<h2 id=\"\d.*?>(.*?)</h2>", page)
    ]
    assert headline < byline < standfirst < headings[0][0]
    assert [heading.split(" ")[0] for _, heading in headings] == [
        "3月5日—6日", "3月7日—9日", "3月13日上午", "3月13日上午", "3月16日上午", "3月17日",
    ]  # fmt: skip
    assert page.count("<figure") == sum(
        "![" in place.read_text(encoding="utf-8") for place in (CONTENT / "entries").glob("*.md")
    )
