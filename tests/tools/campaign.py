"""A campaign of a year: entries, requests and counts at random, as plain values and as files."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.space import SiteSpace

KINDS = ("enterprise", "project", "village", "community")
TARGETS = {f"t{number}": KINDS[number % 4] for number in range(12)}
TAGS = ("走访", "座谈", "安全", "防汛")
COUNTERS = """\
counters:
  日志: {derived: entries, unit: 篇}
  在岗: {derived: days, unit: 天}
  对象: {derived: targets, unit: 个}
  诉求: {derived: raised, unit: 项}
  办结: {derived: resolved, unit: 项}
  座谈会: {unit: 场}
  走访: {unit: 次}
"""


@dataclass
class Told:
    """An entry as it is written."""

    number: int
    first: date
    last: date
    targets: list[str]
    tags: list[str]
    counts: dict[str, int | dict[str, int]]
    major: bool
    withdrawn: bool = False
    requests: list[dict[str, Any]] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(number) for number in range((self.last - self.first).days + 1)]


@dataclass
class Asked:
    """A request: whose it is, and what became of it when."""

    id: str
    target: str | None
    deadline: date | None
    steps: list[tuple[date, str]] = field(default_factory=list)

    def state(self, day: date) -> str | None:
        """Its state at the end of a day; None before it was raised."""
        known = [status for when, status in self.steps if when <= day]
        return known[-1] if known else None


@dataclass
class Campaign:
    """All of it."""

    entries: list[Told]
    requests: list[Asked]


def campaign(seed: int, entries: int, requests: int) -> Campaign:
    """A campaign in 2025 of so many entries and requests."""
    chance = random.Random(seed)
    told = []
    for number, day in enumerate(sorted(chance.randrange(365) for _ in range(entries))):
        first = date(2025, 1, 1) + timedelta(day)
        targets = chance.sample(list(TARGETS), chance.randrange(4))
        counts: dict[str, int | dict[str, int]] = {}
        if chance.random() < 0.5:
            counts["座谈会"] = chance.randrange(1, 4)
        if targets and chance.random() < 0.5:
            counts["走访"] = {one: chance.randrange(1, 6) for one in targets}
        last = min(first + timedelta(chance.choice((0, 0, 0, 1, 2))), date(2025, 12, 31))
        tags = chance.sample(TAGS, chance.randrange(3))
        told.append(Told(number, first, last, targets, tags, counts, chance.random() < 0.1))
    asked = [_asked(f"r{number}", told, chance) for number in range(requests)]
    for one in told:
        # What an entry tells of requests goes with it; those that tell of none are chosen.
        one.withdrawn = not one.requests and chance.random() < 0.1
    return Campaign(told, asked)


def _asked(name: str, told: list[Told], chance: random.Random) -> Asked:
    """A request that is raised, goes on for a while, and may end and be taken up again."""
    at = chance.randrange(len(told))
    target = chance.choice([*TARGETS, None])
    if target is None and len(told[at].targets) == 1:
        # What an entry about one target tells is that one's.
        target = told[at].targets[0]
    deadline = told[at].first + timedelta(chance.randrange(60)) if chance.random() < 0.5 else None
    found = Asked(name, target, deadline)
    course = ["raised", "reported", "coordinating", chance.choice(("resolved", "closed")), "again", "resolved"]
    for status in course[: chance.randrange(1, 7)]:
        day = told[at].first
        step: dict[str, Any] = {"id": name, "status": "coordinating" if status == "again" else status}
        if status == "again":
            step["reopened"] = True
        if status == "raised":
            step |= {"title": f"诉求{name}"} | ({"target": target} if target else {})
            step |= {"deadline": deadline.isoformat()} if deadline else {}
        told[at].requests.append(step)
        found.steps.append((day, step["status"]))
        later = [number for number in range(at + 1, len(told)) if told[number].first > day]
        if not later:
            break
        at = chance.choice(later[:60])
    return found


def write(found: Campaign, space: SiteSpace) -> None:
    """Puts the campaign's files into a site."""
    space.write("content/site.yaml", f"title: 日志\nrequests: {{overdue_days: 30}}\n{COUNTERS}")
    for name, kind in TARGETS.items():
        space.write(f"content/targets/{name}.md", f"---\nname: 对象{name}\nkind: {kind}\n---\n")
    for one in found.entries:
        fields = {
            "title": f"第{one.number}篇",
            "date": one.first.isoformat() if one.first == one.last else f"{one.first}/{one.last}",
            "targets": one.targets,
            "tags": one.tags,
            "counts": one.counts,
            "major": one.major,
            "requests": one.requests,
            "withdrawn": {"date": "2025-12-31", "reason": "写错了"} if one.withdrawn else None,
        }
        lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items() if value)
        space.write(f"content/entries/{one.number:04}.md", f"---\n{lines}---\n第{one.number}篇的正文。另一句。\n")
