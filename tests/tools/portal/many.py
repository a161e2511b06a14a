"""Many made-up teams as what their sites published: in three provinces, and of every sort that a portal has to show."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

PLACES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "山东省": {
        "烟台市": ("莱山区", "蓬莱区", "海阳市"),
        "青岛市": ("即墨区", "黄岛区"),
        "临沂市": ("蒙阴县", "沂水县", "费县"),
    },
    "河南省": {"开封市": ("兰考县", "尉氏县"), "洛阳市": ("嵩县", "汝阳县", "栾川县"), "信阳市": ("新县",)},
    "新疆维吾尔自治区": {
        "喀什地区": ("疏附县", "塔什库尔干塔吉克自治县"),
        "伊犁哈萨克自治州": ("霍城县", "察布查尔锡伯自治县"),
        "和田地区": ("墨玉县", "皮山县"),
    },
}
COUNTIES: Final = tuple(
    (province, city, county)
    for province, cities in PLACES.items()
    for city, found in cities.items()
    for county in found
)
KINDS: Final = {"enterprise": "企业", "project": "项目", "village": "乡村", "community": "社区"}
NAMED: Final = {
    "village": ("东湾村", "西蒙西村", "王家庄子村", "胜利村", "高家屯"),
    "enterprise": ("泰和新材料股份有限公司", "富士康精密电子（烟台）有限公司", "惠民农业合作社", "PM2.5监测设备厂"),
    "project": ("县道改造工程", "年产10万吨熔喷布生产线及配套仓储物流项目（一期）", "饮水安全工程"),
    "community": ("国奥社区", "花园小区"),
}
DONE: Final = (
    "走访困难群众", "召开座谈会", "宣讲政策", "协调道路硬化", "查看水渠", "帮助企业复工复产", "慰问老党员",
    "送技术上门",
)  # fmt: skip
WANTED: Final = (
    "村里道路硬化缺资金", "口罩核心原料熔喷布无供货渠道",
    "招工难，一线工人缺口大，返岗人员隔离期间的住宿和生活费用由谁承担没有明确规定", "饮水管网老化", "贷款到期",
    "快递进不了村", "学校冬季取暖",
)  # fmt: skip
SAID: Final = (
    "了解到当前最大的困难", "与村两委逐户核对名单", "请县有关部门到现场", "商定每周通报一次进展", "群众反映比较集中",
    "已列入下月计划",
)  # fmt: skip
HELPERS: Final = ("县交通运输局", "市工业和信息化局", "省发展改革委", None)
STATES: Final = ("raised", "reported", "coordinating", "resolved", "resolved", "closed")
LAST: Final = datetime.date(2020, 12, 20)


@dataclass
class Made:
    """A team, as its data files have it."""

    id: str
    name: str
    region: tuple[str, ...]
    files: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of its site."""
        return f"https://{self.id}.example/"

    def write(self, folder: Path) -> None:
        """Writes the data files of a published output."""
        for name, value in self.files.items():
            place = folder / self.id / "data" / f"{name}.json"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        (folder / self.id / "index.html").write_text("<!doctype html>", encoding="utf-8")


def made(number: int) -> Made:
    """A team; the same for the same number. Each seventh has no requests, each eleventh writes in English."""
    dice = random.Random(number)
    region = COUNTIES[number % len(COUNTIES)]
    is_english = number % 11 == 10
    name = f"Work team {number} in {region[-1]}" if is_english else f"{region[-1]}第{number}工作队"
    if number % 13 == 5:
        name = f"省直机关选派驻{region[-1]}乡村振兴与复工复产综合服务第{number}工作队（第二批）"
    team = Made(f"team-{number}", name, region)
    targets = [_target(place, dice) for place in range(dice.randint(3, 7))]
    entries = [_entry(place, targets, dice, is_english=is_english) for place in range(dice.randint(5, 30))]
    entries.sort(key=lambda one: (one["start"], one["url"]))
    requests = [] if number % 7 == 3 else [_request(place, targets, dice) for place in range(dice.randint(2, 9))]
    for one, target in zip(targets, range(len(targets)), strict=True):
        one["entries"] = [entry["url"] for entry in entries if targets[target]["id"] in entry["targets"]]
    days = [day for one in entries for day in (one["start"], one["end"])]
    counter = {"id": "走访", "label": "走访", "unit": "次", "derived": None, "total": 3 * len(entries)}
    team.files = {
        "site": {
            "schema": 1,
            "title": name,
            "description": "" if number % 3 else f"{name}的驻村日志：每件事都写下来。",
            "language": "en" if is_english else "zh-CN",
            "base_url": team.url,
            "kinds": KINDS,
            "search": "../search/",
            "first": min(days),
            "newest": max(days),
            "listed": {"entries": len(entries), "targets": len(targets), "requests": len(requests)},
            "entries": len(entries),
            "counters": [{**counter, "months": {}}],
        },
        "entries": entries,
        "targets": targets,
        "requests": requests,
    }
    if not requests:
        del team.files["requests"]
    return team


def _target(number: int, dice: random.Random) -> dict[str, Any]:
    kind = dice.choice(tuple(KINDS))
    name = dice.choice(NAMED[kind]) + ("" if number < 2 else "甲乙丙丁戊己庚"[number])
    return {
        "id": f"t{number}",
        "name": name,
        **({"aliases": [f"又名{name[:2]}"]} if number % 2 else {}),
        "kind": kind,
        "url": f"../targets/t{number}/",
        **({"summary": dice.choice(SAID)} if number % 3 else {}),
    }


def _entry(number: int, targets: list[dict[str, Any]], dice: random.Random, *, is_english: bool) -> dict[str, Any]:
    start = LAST - datetime.timedelta(days=int(290 * dice.random()))
    end = start + datetime.timedelta(days=dice.choice((0, 0, 0, 2)))
    chosen = dice.sample(targets, dice.randint(0, min(3, len(targets))))
    title = f"{dice.choice(DONE)}{'，' + dice.choice(DONE) if dice.random() < 0.3 else ''}"
    words = "，".join(dice.choices(SAID, k=dice.randint(1, 4))) + "。"
    if is_english:
        title, words = f"A visit to village {number}", "We asked what is missing, and wrote down who will see to it."
    return {
        "title": title,
        "url": f"../2020/{start:%m/%d}/e{number}/",
        "start": start.isoformat(),
        "end": min(LAST, end).isoformat() if end > start else start.isoformat(),
        "targets": [one["id"] for one in chosen],
        "tags": dice.sample(("走访", "调研", "政策"), dice.randint(0, 2)),
        "counts": {"走访": 3},
        "summary": words,
        **({"place": chosen[0]["name"]} if chosen and dice.random() < 0.5 else {}),
        **({"major": True} if dice.random() < 0.05 else {}),
    }


def _request(number: int, targets: list[dict[str, Any]], dice: random.Random) -> dict[str, Any]:
    state, target = dice.choice(STATES), dice.choice(targets)
    raised = datetime.date(2020, 3, 1) + datetime.timedelta(days=dice.randint(0, 280))
    moved = min(LAST, raised + datetime.timedelta(days=dice.randint(0, 60)))
    helper = dice.choice(HELPERS)
    found: dict[str, Any] = {
        "id": f"r{number}",
        "title": dice.choice(WANTED),
        "url": f"../requests/r{number}/",
        "target": target["id"],
        "kind": target["kind"],
        "state": state,
        "raised": raised.isoformat(),
        "moved": moved.isoformat(),
        "steps": [{"status": state, "date": moved.isoformat(), "note": dice.choice(SAID), "entry": "../2020/"}],
    }
    if state in ("resolved", "closed"):
        found["ended"] = moved.isoformat()
        if state == "resolved":
            found["days"] = (moved - raised).days
    elif dice.random() < 0.4:
        found["overdue"] = True
    if helper:
        found["handler"] = helper
    if helper and dice.random() < 0.5:
        found["deadline"] = (raised + datetime.timedelta(days=90)).isoformat()
    return found


def write_many(folder: Path, number: int, settings: str = "") -> list[Made]:
    """The folder of a portal over so many teams; ``settings`` are more lines of portal.yaml."""
    teams = [made(one) for one in range(number)]
    lines = []
    for one in teams:
        one.write(folder)
        lines.append(f"  - {{id: {one.id}, name: '{one.name}', region: {'/'.join(one.region)}, source: {one.id}}}\n")
    text = f"title: 驻村工作日志汇总\ndescription: 各工作队的日志、服务对象和诉求，汇在一处。\n{settings}teams:\n"
    (folder / "portal.yaml").write_text(text + "".join(lines), encoding="utf-8")
    return teams
