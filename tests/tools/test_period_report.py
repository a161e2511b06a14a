"""Reports by period: every figure counted again in another way, from what the entries say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from generator.cli.console import reading_request
from generator.ground.periods import Period, days, parse_month, parse_week, parse_year
from generator.model.period_report import ReportView
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.run import run_export
from generator.pipeline.session import Session
from generator.tools.period_report import Asked, planned
from generator.tools.whole_site import whole_site
from tests.space import PNG, TARGETS, SiteSpace
from tests.tools import campaign
from tests.tools.campaign import Campaign, Told

Site = Callable[[str], SiteSpace]
ENDS = ("resolved", "closed")
YEAR = parse_year("2025")
MONTHS = [parse_month(f"2025-{number:02}") for number in range(1, 13)]


def asked(period: Period | None, **limits: Any) -> Asked:
    """A report on a period."""
    usual: dict[str, Any] = {
        "first": None, "last": None, "target": None, "kind": None, "tag": None, "title": None,
        "has_texts": False, "pictures": 0, "format": "md", "name": "report",
    }  # fmt: skip
    return Asked(period=period, **usual | limits)


def views(space: SiteSpace, orders: Iterable[Asked]) -> list[ReportView]:
    """What these reports show."""

    def shown(session: Session) -> list[ReportView]:
        with opened_images(session) as images:
            whole = whole_site(session, images)
            pages = [planned(order, whole) for order in orders]
        return [page.view for page in pages if isinstance(page.view, ReportView)]

    return run_export(reading_request(space.folder), shown)


class Truth:
    """The figures of a campaign in a period, counted entry by entry and day by day."""

    def __init__(self, found: Campaign, covers: Callable[[Iterable[str], Told | None], bool]) -> None:
        self.found, self.covers = found, covers
        raising = {step["id"]: one for one in found.entries for step in one.requests if step["status"] == "raised"}
        self.requests = [one for one in found.requests if covers([one.target] if one.target else [], raising[one.id])]

    def figures(self, first: date, last: date, *, within: Callable[[str], bool] | None = None) -> Counter[str]:
        """By counter; ``within`` chooses targets, for the figures of a kind or of a target."""
        number: Counter[str] = Counter()
        served: set[str] = set()
        worked: set[date] = set()
        for one in self.found.entries:
            if one.withdrawn or not self.covers(one.targets, one):
                continue
            concerned = [target for target in one.targets if within is None or within(target)]
            if within is not None and not concerned:
                continue
            worked.update(day for day in one.days if first <= day <= last)
            if not first <= one.first <= last:
                continue
            number["日志"] += 1
            served.update(target for target in concerned if self.covers([target], one))
            for name, count in one.counts.items():
                if isinstance(count, int):
                    number[name] += count
                else:
                    shares = (count[target] for target in concerned if self.covers([target], one))
                    number[name] += sum(shares)
        number |= {"在岗": len(worked), "对象": len(served)}
        for request in self.requests:
            if within is not None and (request.target is None or not within(request.target)):
                continue
            number["诉求"] += first <= request.steps[0][0] <= last
            was = request.state(first - timedelta(1)) == "resolved"
            number["办结"] += (request.state(last) == "resolved") - was
        return number


def of(name: str) -> Callable[[str], bool]:
    """Whether a target is this one, or of this kind."""
    return lambda target: name in (target, campaign.TARGETS[target])


def is_all(_targets: Iterable[str], _entry: Told | None) -> bool:
    return True


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, SiteSpace]:
    """A thousand entries and three hundred requests."""
    found = campaign.campaign(7, entries=1000, requests=300)
    space = SiteSpace(tmp_path_factory.mktemp("year"))
    campaign.write(found, space)
    return found, space


def compare(view: ReportView, truth: Truth, period: Period) -> None:
    """Holds every figure of a report against the truth."""
    first, last = period.span.start, period.span.end
    before = period.before().span
    now, earlier = truth.figures(first, last), truth.figures(before.start, before.end)
    so_far = truth.figures(date.min + timedelta(1), last)
    shown = {row.counter.label: (row.number, row.before, row.so_far) for row in view.figures}
    assert shown == {name: (now[name], earlier[name], so_far[name]) for name in shown}
    assert {name for name in so_far if so_far[name]} <= set(shown)
    assert view.number == now["日志"]
    for table in view.parts:
        labels = [column.label for column in table.columns]
        assert list(table.sums) == [now[label] for label in labels]
        # A target of another kind has no line, though entries of a report on a kind are about it, too.
        covered = {name for name in campaign.TARGETS if truth.covers([name], None)}
        left = set(KIND_NAMES.values()) if table.by == "kind" else covered
        for row in table.rows:
            name = KIND_NAMES.get(row.title, row.title.removeprefix("对象"))
            left.remove(name)
            part = truth.figures(first, last, within=of(name))
            assert list(row.numbers) == [part[label] for label in labels], (table.by, row.title)
        for name in left:
            part = truth.figures(first, last, within=of(name))
            assert not any(part[label] for label in labels), (table.by, name)
    _compare_requests(view, truth, first, last)


KIND_NAMES = {"企业": "enterprise", "项目": "project", "乡村": "village", "社区": "community"}


def _compare_requests(view: ReportView, truth: Truth, first: date, last: date) -> None:
    moves = view.requests
    states = {one.id: one.state(last) for one in truth.requests}
    still = {name for name, state in states.items() if state and state not in ENDS}
    assert {row.id for row in moves.open} == still
    assert view.day == last
    stepped = {one.id for one in truth.requests if any(first <= day <= last for day, _ in one.steps)}
    raised = {one.id for one in truth.requests if first <= one.steps[0][0] <= last}
    assert moves.raised == len(raised)
    done = {one.row.id for one in moves.done}
    assert done == stepped - still
    are_closed = [states[one.row.id] == "closed" for one in moves.done]
    assert are_closed == sorted(are_closed)
    before = {one.id for one in truth.requests if one.state(first - timedelta(1)) == "resolved"}
    assert moves.resolved - moves.undone == sum(
        (states[one.id] == "resolved") - (one.id in before) for one in truth.requests
    )
    was_open = {
        one.id for one in truth.requests if (was := one.state(first - timedelta(1))) is not None and was not in ENDS
    }
    # As somebody reckons who reads the first paragraph.
    assert len(was_open) + moves.raised + moves.reopened - moves.ended == len(moves.open)
    assert (moves.ended, moves.resolved) == (len(done), sum(states[name] == "resolved" for name in done))
    assert {one.row.id for one in moves.new} == raised & still
    assert {one.row.id for one in moves.moved} == (stepped - raised) & still
    told = {one.row.id: [step.status.value for step in one.steps] for one in (*moves.done, *moves.new, *moves.moved)}
    steps = {one.id: [status for day, status in one.steps if first <= day <= last] for one in truth.requests}
    assert told == {name: found for name, found in steps.items() if found}
    for row in moves.open:
        (request,) = (one for one in truth.requests if one.id == row.id)
        assert row.is_overdue == _is_overdue(request.steps, request.deadline, view.day), row.id
        assert row.moved == [day for day, _ in request.steps if day <= last][-1]


def _is_overdue(steps: list[tuple[date, str]], deadline: date | None, day: date) -> bool:
    known = [step for step in steps if step[0] <= day]
    opened = known[0][0]
    for (_, was), (when, status) in pairwise(known):
        if was in ENDS and status not in ENDS:
            opened, deadline = when, None
    return day > deadline if deadline else (day - opened).days > 30


def test_every_figure_of_weeks_months_free_days_and_the_year(year: tuple[Campaign, SiteSpace]) -> None:
    found, space = year
    periods = [
        YEAR, *MONTHS, parse_week("2025-W01"), parse_week("2025年第12周"), parse_week("2025w52"),
        days(date(2025, 3, 10), date(2025, 4, 20)), days(date(2025, 12, 1), date(2026, 2, 1)),
    ]  # fmt: skip
    truth = Truth(found, is_all)
    for period, view in zip(periods, views(space, map(asked, periods)), strict=True):
        compare(view, truth, period)


def test_twelve_months_add_up_to_the_year(year: tuple[Campaign, SiteSpace]) -> None:
    _, space = year
    whole, *months = views(space, map(asked, [YEAR, *MONTHS]))
    for row in whole.figures:
        if row.counter.label != "对象":
            parts = [part.number for view in months for part in view.figures if part.counter == row.counter]
            assert sum(parts) == row.number == row.so_far, row.counter.label
    assert sum(view.number for view in months) == whole.number
    assert sum(view.requests.raised for view in months) == whole.requests.raised
    assert {row.id for row in months[-1].requests.open} == {row.id for row in whole.requests.open}


def test_a_report_on_a_target_a_kind_or_a_tag(year: tuple[Campaign, SiteSpace]) -> None:
    found, space = year

    def target(targets: Iterable[str], _entry: Told | None) -> bool:
        return "t3" in targets

    def kind(targets: Iterable[str], _entry: Told | None) -> bool:
        return any(campaign.TARGETS[one] == "village" for one in targets)

    def tag(_targets: Iterable[str], entry: Told | None) -> bool:
        return entry is None or "防汛" in entry.tags

    limits = [({"target": "对象t3"}, target), ({"kind": "乡村"}, kind), ({"tag": "防汛"}, tag)]
    period = parse_month("2025-06")
    for view, (_, covers) in zip(views(space, [asked(period, **limit) for limit, _ in limits]), limits, strict=True):
        compare(view, Truth(found, covers), period)
        assert view.covers in (("对象t3",), ("乡村",), ("防汛",))


@pytest.fixture
def space(site: Site) -> SiteSpace:
    """Two entries of one week, one of the week before, with a count, a request, a policy and a picture."""
    made = site(TARGETS)
    counters = "counters:\n  走访: {unit: 次, shared: true}\n"
    made.write("content/site.yaml", f"title: 日志\nbase_url: https://example.org/\n{counters}")
    made.write(
        "content/people.yaml",
        "people:\n- {id: hidden, name: 钱多福, role: private, pseudonym: 一户村民}\n"
        "- {id: li, name: 李明, role: official, title: 队长}\n",
    )
    made.write("content/policies/loan.md", "---\ntitle: 贴息贷款办法\n---\n")
    made.write("content/entries/图.png", PNG)
    made.entry("a", title="摸底", date="2020-03-05", counts="{走访: 2}")
    made.entry(
        "b", title="送政策", date="2020-03-10", targets="[taihe, guoao]", counts="{走访: 3}", policies="[loan]",
        place="会议室",
        requests="[{id: road, title: 修路, target: taihe, status: raised, note: 雨天难走, handler: 交通局, "
        "person: li, deadline: 2020-03-11}]",
        body="上门送去政策。又谈了别的。\n\n![车间](图.png)\n",
    )  # fmt: skip
    made.entry(
        "c", title="开工", date="2020-03-12", major="true", headline="项目开工", targets="[taihe]",
        requests="[{id: road, status: reported, helped_by: [县财政局]}]",
    )  # fmt: skip
    return made


def test_a_weekly_report_as_it_is_sent(space: SiteSpace) -> None:
    place = space.folder / "周报.md"
    ran = space.run("export report", "--week", "2020-W11", "--pictures", "1", "--output", str(place), language="zh")
    assert (ran.status, ran.err) == (0, ""), ran.err
    text = place.read_text(encoding="utf-8")
    assert text.startswith("# 工作周报（2020年第11周）\n\n2020年3月9日—15日\n")
    assert "共记录工作日志2篇，涉及服务对象2个。本期新收诉求1项，办结或终止0项；期末未办结1项，其中超期1项。" in text
    assert "| 走访（次） | 3 | 2 | 5 |" in text
    assert text.count("一件事同时涉及几个服务对象的") == 1
    assert "- 3月10日 提出：雨天难走" in text
    assert "- 3月12日 已上报（协助办理：县财政局）" in text
    assert re.search(
        r"\| \[修路\]\(.*/requests/road/\) · 泰和新材 \| 5 \| .* \| 交通局、队长李明 \| .*\*\*超期\*\* \|",
        text,
    )
    assert "贴息贷款办法](https://example.org/policies/loan/)：泰和新材、国奥社区（送达1次）" in text
    assert text.index("项目开工") < text.index("上门送去政策。 |") < text.index("![送政策](周报-files/entries/图.png")
    assert "又谈了别的" not in text
    assert "摸底" not in text


def test_what_was_withdrawn_is_listed_and_not_counted(space: SiteSpace) -> None:
    space.entry("d", title="重复的", date="2020-03-13", withdrawn="{date: 2020-03-14, reason: 与另一篇重复}")
    place = space.folder / "周报.md"
    ran = space.run("export report", "--week", "2020-W11", "--output", str(place), language="zh")
    assert (ran.status, ran.err) == (0, ""), ran.err
    text = place.read_text(encoding="utf-8")
    assert "共记录工作日志2篇（另列已撤回的1篇，不计数），涉及" in text
    assert re.search(r"\| \[重复的\]\([^)]*\)（已撤回：与另一篇重复） \|", text)


def test_every_format_holds_the_full_texts(space: SiteSpace) -> None:
    for form in ("docx", "pdf", "html", "md"):
        place = space.folder / f"report.{form}"
        ran = space.run("export report", "--year", "2020", "--full", "--title", "总结", "--output", str(place))
        assert ran.status == 0, ran.err
        assert "Wrote 3 entries to" in ran.out
    assert "又谈了别的" in (space.folder / "report.html").read_text(encoding="utf-8")
    assert (space.folder / "report.md").read_text(encoding="utf-8").startswith("# 总结\n")


def test_a_private_person_stops_it(space: SiteSpace) -> None:
    place = space.folder / "report.md"
    space.entry("d", date="2020-03-13", requests="[{id: road, status: coordinating, person: hidden}]")
    ran = space.run("export report", "--output", str(place))
    assert ran.status == 1
    assert '"hidden" is a private person, who is never named as responsible' in ran.err
    for option in (("--title", "钱多福家的诉求"), ("--full",)):
        space.entry("d", date="2020-03-13", body="到钱多福家。\n" if option == ("--full",) else "正文。\n")
        ran = space.run("export report", "--output", str(place), *option)
        assert ran.status in (1, 2), option
        told = "content/entries/d.md:5:2" if option == ("--full",) else "the title holds a private person's name"
        assert told in ran.err
    assert not place.exists()
    space.write("content/targets/钱多福.md", "---\nname: 某户\nkind: community\n---\n")
    space.entry("d", date="2020-03-13", targets="[钱多福]")
    for form in ("docx", "pdf", "md", "html"):
        ran = space.run("export report", "--target", "钱多福", "--format", form)
        assert (ran.status, "the name of the file holds a private person's name" in ran.err) == (2, True), ran.err


def test_what_cannot_be_reported_is_told(space: SiteSpace) -> None:
    told = {
        ("--week", "2020-W60"): 'there is no week "2020-W60"',
        ("--week", "第三周"): '"第三周" is not written as a period',
        ("--month", "2020-13"): 'there is no month "2020-13"',
        ("--week", "2025-12"): '"2025-12" is not written as a period',
        ("--output", ""): "no file is named",
        ("--year", "0020"): '"0020" is too long ago',
        ("--week", "2020-W11", "--month", "2020-03"): "more than one period is named",
        ("--month", "2020-03", "--from", "2020-03-01"): "more than one period is named",
        ("--from", "2020-03-20"): "the diary covers 2020-03-05 to 2020-03-12",
        ("--from", "2020-03-10", "--to", "2020-03-01"): "the period ends on 2020-03-01, before it begins on 2020-03-10",
        ("--target", "泰和"): 'there is no target "泰和"',
        ("--kind", "工厂"): 'there is no kind of target "工厂"',
        ("--tag", "防汛"): 'no published entry has the tag "防汛"',
        ("--title", "总结\udcff"): "the title holds a line end, or a character that no document can show",
        ("--title", "总结\x01"): "the title holds a line end, or a character that no document can show",
        ("--title", "总\n结"): "the title holds a line end, or a character that no document can show",
        ("--title", "总" * 201): "the title has 201 characters\nhint: write at most 200",
        ("--output", "a.doc"): "no file ending in .doc can be written",
    }
    for options, fact in told.items():
        ran = space.run("export report", *options)
        assert (ran.status, fact in ran.err) == (2, True), (options, ran.err)


def test_a_site_without_entries_has_nothing_to_report(site: Site) -> None:
    ran = site(TARGETS).run("export report")
    assert "the site has no published entry to report on" in ran.err


def test_private_data_stops_a_report_on_days_without_entries(space: SiteSpace) -> None:
    space.write("content/targets/ward.md", "---\nname: 一户（13800001234）\nkind: enterprise\n---\n")
    place = space.folder / "report.md"
    ran = space.run("export report", "--year", "2019", "--target", "ward", "--output", str(place))
    assert (ran.status, place.exists()) == (1, False)
    assert ran.problems == ["content/targets/ward.md:2:10: a mobile phone number stands here: 138****1234"]


def test_no_counter_has_a_table_of_its_own(space: SiteSpace) -> None:
    names = "甲乙丙丁戊己庚辛"
    counters = "".join(f"  {name}: {{unit: 次, shared: true}}\n" for name in names)
    space.write("content/site.yaml", f"title: 日志\ncounters:\n{counters}")
    for entry in ("a", "b"):
        counts = ", ".join(f"{name}: 1" for name in names)
        space.entry(entry, title=entry, date="2020-03-10", targets="[taihe, guoao]", counts=f"{{{counts}}}")
    (space.folder / "content/entries/c.md").unlink()
    (view,) = views(space, [asked(parse_month("2020-03"))])
    assert [(table.by, len(table.columns)) for table in view.parts] == [
        ("kind", 4), ("kind", 4), ("target", 4), ("target", 4),
    ]  # fmt: skip
    assert "".join(column.label for table in view.parts[:2] for column in table.columns) == names
