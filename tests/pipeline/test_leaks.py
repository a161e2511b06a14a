"""Nothing private is published, wherever it was written and however it was disguised."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.render.privacy.planted import card, identity
from tests.space import PNG, Ran, SiteSpace

NAME, ALIAS = "张三丰", "武当老道"
PEOPLE = f"people:\n  - {{id: hidden, name: {NAME}, role: private, pseudonym: 一位道长, aliases: [{ALIAS}]}}\n"
PEOPLE += "  - {id: leader, name: 欧阳明德, role: official, title: 主任}\n"


IDENTITY = identity("37060219491231002")
SECRETS: dict[str, Callable[[int], str]] = {
    "name": lambda number: f"张{chr(0x4E00 + number)}丰",
    "alias": lambda number: f"武当{chr(0x4E00 + number)}道",
    "identity": lambda number: identity(f"370602194912{1 + number % 31:02}{number // 31:03}"),
    "old identity": lambda number: f"身份证3706024912{1 + number % 31:02}{number // 31:03}",
    "mobile": lambda number: f"1380000{number:04}",
    "card": lambda number: card(f"622202{number:09}"),
    "e-mail": lambda number: f"someone{number}@example.net",
}
"""The kinds of secrets, each with as many as there are places to plant them in: what is found is found where it is."""

DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda secret: secret,
    "zero width": "\u200b".join,
    "soft hyphen": lambda secret: f"{secret[:2]}\u00ad{secret[2:]}",
    "word joiner": lambda secret: f"{secret[0]}\u2060{secret[1:]}",
    "full width": lambda secret: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in secret),
    "decimal entity": lambda secret: "".join(f"&#{ord(c)};" for c in secret),
    "hexadecimal entity": lambda secret: f"{secret[0]}&#x{ord(secret[1]):X};{secret[2:]}",
    "JSON escape": lambda secret: "".join(f"\\u{ord(c):04x}" for c in secret),
    "bold": lambda secret: f"{secret[:1]}**{secret[1:2]}**{secret[2:]}",
    "code": lambda secret: f"`{secret}`",
    "line break": lambda secret: f"{secret[:2]}\n{secret[2:]}",
    "hard break": lambda secret: f"{secret[:2]}\\\n{secret[2:]}",
    "percent": lambda secret: "".join(f"%{byte:02X}" for byte in secret.encode()),
}
IN_FIELDS = ("plain", "zero width", "word joiner", "full width", "decimal entity", "JSON escape")

ENTRY = {
    "title": "title: '{}'",
    "summary": "summary: '{}'",
    "headline": "major: true\nheadline: '{}'",
    "place": "place: '{}'",
    "weather": "weather: '{}'",
    "tag": "tags: ['x{}']",
    "author": "authors: ['{}']",
    "reviewer": "reviewed_by: '{}'",
    "request title": "requests: [{{id: r{number}, title: '{}', status: raised}}]",
    "request note": "requests: [{{id: r{number}, title: r, status: raised, note: '{}'}}]",
    "helper": "requests: [{{id: r{number}, title: r, status: raised, helped_by: ['{}']}}]",
    "correction": "corrections: [{{date: 2020-03-09, note: '{}'}}]",
    "withdrawal": "withdrawn: {{date: 2020-03-09, reason: '{}'}}",
}
RECORDS = {
    "target name": ("targets", "name: '{}'\nkind: village"),
    "target alias": ("targets", "name: t\nkind: village\naliases: ['{}']"),
    "target summary": ("targets", "name: t\nkind: village\nsummary: '{}'"),
    "target place": ("targets", "name: t\nkind: village\nplace: '{}'"),
    "policy title": ("policies", "title: '{}'"),
    "policy issuer": ("policies", "title: p\nissuer: '{}'"),
    "policy topic": ("policies", "title: p\ntopic: '{}'"),
    "policy number": ("policies", "title: p\nnumber: '{}'"),
    "page title": ("pages", "title: '{}'"),
    "page summary": ("pages", "title: p\nsummary: '{}'"),
}
SETTINGS = {
    "site title": "title: '{}'",
    "description": "description: '{}'",
    "organization": "organization: '{}'",
    "licence": "license: '{}'",
    "contact": "contact: '{}'",
    "kind": "kinds: {{village: '{}'}}",
    "menu": "menu: [{{title: '{}', link: /}}]",
}
BODIES = {
    "paragraph": "去{}那里。\n",
    "heading": "正文。\n\n## 见{}\n",
    "list": "- 见{}\n",
    "table": "|甲|乙|\n|-|-|\n|见{}|乙|\n",
    "quotation": "> 见{}\n",
    "footnote": "正文[^1]。\n\n[^1]: 见{}\n",
    "definition": "词\n: 见{}\n",
    "admonition": ":::{{note}}\n见{}\n:::\n",
    "alternative text": "![见{}](p.png)\n",
    "caption": '![图](p.png "见{}")\n',
    "link": "[x](https://example.org/{})\n",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """A file with a secret in it."""

    name: str
    """What is planted where: the field, the kind of secret and its disguise."""
    path: str
    secret: str
    text: str


TOGETHER = 15
"""Files with secrets in a site: one of hundreds is slow, for each finding is looked for in many files."""


EVERY = os.environ.get("RIZHI_PLANTED") == "all"


def planted() -> list[Planted]:
    """Each field holds each kind of secret, in a disguise that changes from field to field; a text holds more of them.

    With RIZHI_PLANTED=all fields hold them in every disguise.
    """
    places = []
    fields = {**{field: ("entries", line) for field, line in ENTRY.items()}, **RECORDS}
    for turn, (field, (folder, lines)) in enumerate(fields.items()):
        for other, kind in enumerate(SECRETS):
            ways = IN_FIELDS if EVERY else (IN_FIELDS[(turn + other) % len(IN_FIELDS)],)
            places += [(f"{field}, {kind}, {way}", kind, way, folder, f"{lines}\n", "正文。\n") for way in ways]
    for place, body in BODIES.items():
        for way in DISGUISES if place == "paragraph" else ("plain",) if place == "link" else IN_FIELDS[:3]:
            # In the address of a link, a number is only a warning.
            kinds = [kind for kind in SECRETS if place != "link" or not SECRETS[kind](1)[-1].isdecimal()]
            places += [(f"{place}, {kind}, {way}", kind, way, "entries", "", body) for kind in kinds]
    found = []
    for number, (name, kind, way, folder, lines, body) in enumerate(places):
        secret = SECRETS[kind](number)
        needed = "date: 2020-03-06\n" if folder == "entries" else ""
        needed += "title: 标题\n" if folder == "entries" and not lines.startswith("title:") else ""
        text = f"---\n{lines}{needed}---\n{body}".format(DISGUISES[way](secret), number=number)
        found.append(Planted(name, f"content/{folder}/f{number}.md", secret, text))
    return found


def people(secrets: Iterable[str]) -> str:
    """Private persons with those of the secrets that are names or other names."""
    names = {
        secret: f"name: 尉迟{secret[2]}, aliases: [{secret}]" if secret.startswith("武当") else f"name: {secret}"
        for secret in secrets
        if not (secret.isascii() or secret.startswith("身份证"))
    }
    lines = (f"  - {{id: h{number}, role: private, {name}}}\n" for number, name in enumerate(names.values()))
    return "people:\n" + "".join(lines)


def told(ran: Ran, place: str) -> bool:
    """Whether something private is said to stand there."""
    return any(one.startswith(f"{place}:") and ("must not" in one or "stands here" in one) for one in ran.problems)


@pytest.mark.parametrize("part", range(4))
def test_what_is_private_is_not_published(tmp_path: Path, part: int) -> None:
    cases = planted()[part::4]
    for start in range(0, len(cases), TOGETHER):
        some = cases[start : start + TOGETHER]
        space = SiteSpace.of(tmp_path / str(start), "")
        space.write("content/entries/p.png", PNG)
        space.write("content/people.yaml", people(one.secret for one in some))
        for one in some:
            space.write(one.path, one.text)
        ran = space.fails()
        assert [one.name for one in some if not told(ran, one.path)] == []
        assert [one.name for one in some if any(one.secret in line for line in ran.problems)] == []
        assert space.tree() == {}


def test_what_is_private_is_not_published_by_settings(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "-- content/targets/v.md --\n---\nname: 村\nkind: village\n---\n")
    space.entry()
    for turn in range(len(IN_FIELDS) if EVERY else 1):
        for kind, made in SECRETS.items():
            secrets = [made(number) for number in range(len(SETTINGS))]
            lines = [
                line.format(DISGUISES[IN_FIELDS[(number + turn) % len(IN_FIELDS)]](secret))
                for number, (secret, line) in enumerate(zip(secrets, SETTINGS.values(), strict=True))
            ]
            space.write("content/site.yaml", "\n".join([*lines, "base_url: https://example.org/"]) + "\n")
            space.write("content/people.yaml", people(secrets))
            ran = space.fails()
            # Each setting stands on a line of its own.
            missing = [field for line, field in enumerate(SETTINGS, 1) if not told(ran, f"content/site.yaml:{line}")]
            assert missing == [], (kind, turn)
            assert [one for one in secrets if any(one in line for line in ran.problems)] == []
            assert space.tree() == {}


def test_there_are_enough_of_them() -> None:
    cases = planted()
    assert len({one.name for one in cases}) == len({one.secret for one in cases}) == len(cases) >= 430


def test_what_stands_stays_when_something_private_is_written(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a")
    space.build()
    before = space.tree()
    space.entry("b", body=f"见{NAME}\n")
    space.fails()
    assert space.tree() == before
    (space.folder / "content/entries/b.md").unlink()
    assert space.build().out.count("0 files written") == 1


def test_a_person_who_becomes_private_is_looked_for_in_what_stands(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", body=f"见{NAME}\n")
    space.build()
    space.write("content/people.yaml", PEOPLE)
    assert space.fails().problems == [
        'content/entries/a.md:5:2: the private person "hidden" is named here, which must not be published'
    ]
    (space.folder / "content/people.yaml").unlink()
    space.build()


def test_officials_pass_and_are_called_by_their_title(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a", body="慰问困难户，{person}`leader`到场。欧阳明德讲话。{person}`hidden`说好。\n")
    assert space.build().err == ""
    assert "慰问困难户，主任欧阳明德到场。欧阳明德讲话。一位道长说好。" in space.page("2020/03/05/a/")


def test_what_a_title_says_is_known_however_often_titles_change(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a")
    space.entry("b", body="一段。\n")
    assert space.build().err == ""
    space.entry("a", title="走访困难户王小明家")
    first = space.build().problems
    assert len(first) == 1
    space.entry("b", title="另一题", body="一段。\n")
    assert space.build().problems == first
    space.entry("a", title="走访困难户")
    assert space.build().err == ""
    space.entry("b", title="电话13800001234", body="一段。\n")
    assert len(space.fails().problems) == 1


@pytest.mark.parametrize(
    "body",
    [
        f"身份证ID{IDENTITY}",
        f"ICBC{card('622202000000000')}",
        f"A{IDENTITY}b",
        "1 3 8 0 0 0 0 1 2 3 4",
        f"{NAME[0]}[^1]{NAME[1:]}\n\n[^1]: 注",
        f"{NAME[0]}\u2800{NAME[1:]}",
        "(138)00001234",
        "013800001234",
    ],
)
def test_more_disguises(tmp_path: Path, body: str) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a", body=f"见{body}\n", summary="摘要")
    assert space.fails().problems[0].startswith("content/entries/a.md:6:")


@pytest.mark.parametrize(
    "body",
    [
        "总投资13812345678元。", "补贴13500000000.00元", "规格1500-2000-300mm", "1 2 3 4 5 6 7 8 9 10 11",
        "0535-6396000", "鲁政发〔2020〕5号", "d41d8cd98f00b204e9800998ecf8427e", "1 3 8 0 0 0 0 1 2 3 4 5",
    ],
)  # fmt: skip
def test_ordinary_figures_pass(tmp_path: Path, body: str) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", body=f"这里写着{body}\n")
    assert space.build().err == ""


@pytest.mark.parametrize(
    "value",
    [
        "13800001234",
        "138 0000 1234",
        "１３８００００１２３４",
        f"sha256:{hashlib.sha256(b'13800001234').hexdigest()}",
        "值班电话13800001234",
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, value: str) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", body="值班电话13800001234。\n")
    space.fails()
    space.write("content/site.yaml", f"title: 日志\nprivacy: {{allow: [{{value: '{value}', reason: 值班}}]}}\n")
    space.build()
    assert "13800001234" in space.page("2020/03/05/a/")


def test_hardship_is_a_warning_that_strict_makes_a_problem(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", body="慰问困难户李小花。\n")
    warning = 'content/entries/a.md:5:6: warning: "李**" looks like a personal name beside a word of hardship'
    for options in ((), (), ("--no-cache",)):
        assert space.build(*options).err.splitlines()[0] == warning
    assert space.fails("--strict").err.splitlines()[0] == warning
    # It is told as long as it stands, at the line where it stands now.
    space.entry("a", body="慰问困难户李小花。\n", place="村里")
    assert space.build().err.splitlines()[0] == warning.replace(":5:", ":6:")
    space.entry("a", body="慰问困难户。\n", place="村里")
    assert space.build().err == ""


def test_hardship_words_are_the_sites_own(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.entry("a", body=f"慰问困难户李小花。\n\n{'村里的路通了，' * 5}救助五保户王小草。\n")
    space.write("content/site.yaml", "title: 日志\nprivacy: {hardship: [五保户]}\n")
    assert space.build().err.startswith("content/entries/a.md:7:")
    space.write("content/site.yaml", "title: 日志\nprivacy: {hardship: []}\n")
    assert space.build().err == ""


def test_every_place_is_told_in_one_run(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a", body=f"见{NAME}，又见{NAME}。\n\n再见{ALIAS}。\n")
    space.entry("b", body=f"也见{NAME}。\n")
    assert [one.split(": ")[0] for one in space.fails().problems] == [
        "content/entries/a.md:5:2",
        "content/entries/a.md:5:8",
        "content/entries/a.md:7:3",
        "content/entries/b.md:5:3",
    ]


def test_words_that_only_look_like_a_name_may_be_allowed(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", "people:\n  - {id: f, name: 高峰, role: private}\n")
    space.write("content/site.yaml", "title: 日志\nprivacy: {allow: [{value: 用电高峰期, reason: 不是人名}]}\n")
    space.entry("a", body="到了用电高峰期。\n")
    assert space.build().err == ""
    space.entry("a", body="到了用电高峰期，见高峰。\n")
    assert [one.split(": ")[0] for one in space.fails().problems] == ["content/entries/a.md:5:10"]


def test_what_is_private_is_not_told_in_messages(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a", body=f"见{NAME}，电话13800001234，住在某处。\n")
    err = space.fails().err
    assert NAME not in err
    assert "13800001234" not in err
    assert "住在某处" not in err


def test_a_new_target_has_nothing_looked_through_again(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/people.yaml", PEOPLE)
    space.entry("a", body="慰问困难户李小花。\n")
    assert "李**" in space.build().err
    space.write("content/people.yaml", PEOPLE + "  - {id: li, name: 李小花, role: representative}\n")
    ran = space.build("--explain")
    assert ran.err == ""
    assert ran.out.count(" changed\n") == 0
