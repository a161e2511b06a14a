"""Hostile strings in every field: the corpus, and the sites that are made of it.

A site is made of pieces, each with one string in one place. Where a build refuses a piece, its substitute takes its
place, and the site is built again: what the build lets through goes to the browser.
"""

from __future__ import annotations

import functools
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.cli.arguments import options_of
from generator.ground.errors import BuildError, Problem
from generator.ground.text import FORBIDDEN, folded, nfc, slug, visible
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.checks.privacy_scan import Guard
from generator.pipeline.plan.from_sources import plan_site
from generator.pipeline.plan.sources import read_sources
from generator.pipeline.run import run_export
from generator.pipeline.session import BuildRequest, Session
from generator.render.privacy import Caveat, Finding
from generator.tools.bulk import EVERYTHING
from generator.tools.report import format_problems
from tests.space import PNG, SiteSpace

CORPUS = Path(__file__).parents[1] / "fixtures" / "hostile.txt"
BETWEEN = " ⁂ "
ALLOWED = "".join(
    f"  - {{value: '{address}', reason: 例子}}\n"
    for address in (
        "a@example.org", "u003ca@example.org", "1@evil.example", "2@evil.example", "x@evil.example",
        "127.0.0.1@evil.example", "%3ca@example.org", "%3Ca@example.org",
    )
)  # fmt: skip
LONG = 400
TOGETHER = 16
"""Strings that share a field; one that hides those behind it would itself be seen."""
TOLD = re.compile(r"^(content/.*?\.\w+):(?:(\d+):)?(?:\d+:)? (?!warning)(.*)$", re.MULTILINE)
SCANNED = 8
"""Of so many files of a site, the privacy scan looks at one."""
SURROGATE = re.compile("[\ud800-\udfff]")
ROLE = re.compile(r"\{\w+\}\s?`")
"""Refused where it would be printed as it stands."""
MOVING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ROUNDS = 40
"""A string that opens a block hides what is wrong below it, until it is refused itself."""


@functools.cache
def corpus() -> dict[str, tuple[str, ...]]:
    """All strings, by what they have in common."""
    found: dict[str, list[str]] = {}
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            found[line[2:]] = []
        else:
            found[next(reversed(found))].append(json.loads(line))
    return {name: tuple(items) for name, items in found.items() if items}


@functools.cache
def strings() -> tuple[str, ...]:
    """All strings but lone surrogates, which no file can hold: YAML that writes one is read no further."""
    return tuple(dict.fromkeys(one for items in corpus().values() for one in items if not SURROGATE.search(one)))


def is_line(text: str) -> bool:
    """Whether a field of one line takes it."""
    return bool(visible(text).strip()) and not FORBIDDEN.search(text) and "\n" not in text and not ROLE.search(text)


def is_text(text: str) -> bool:
    """Whether it can stand in a file at all."""
    return not FORBIDDEN.search(text)


@functools.cache
def groups(size: int) -> tuple[tuple[str, ...], ...]:
    """The strings that a field of one line takes, ``size`` at a time; a long one alone."""
    fit = [one for one in strings() if is_line(one)]
    short = [one for one in fit if len(one) < LONG]
    together = [tuple(short[start : start + size]) for start in range(0, len(short), size)]
    return (*together, *((one,) for one in fit if len(one) >= LONG))


@contextmanager
def scans_of_few(share: int) -> Iterator[None]:
    """The privacy scan looks at one in ``share`` of the files that are made.

    Each string stands in hundreds of them, the scan takes most of the time, and what it finds is tested elsewhere.
    """
    examined = Guard.examined

    def rarely(guard: Guard, path: str, body: bytes) -> tuple[Finding | Caveat, ...]:
        return () if zlib.crc32(path.encode()) % share else examined(guard, path, body)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Guard, "examined", rarely)
        yield


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a file, and those that stand in for them once they were refused."""

    text: str
    substitute: str | None = None
    """None where the build has to take it."""
    told: str = ""
    """The string in it, for what the build has to say of it."""


class Refused(NamedTuple):
    """A piece that a build does not take, or with an empty text a whole file, and what it says of it."""

    path: str
    text: str
    told: str


@dataclass(slots=True)
class HostileSite:
    """A site of pieces. A file of no pieces is not there."""

    space: SiteSpace
    files: dict[str, list[Piece]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def settle(self) -> None:
        """Builds the site of what is not refused."""
        for _ in range(ROUNDS):
            for path, pieces in self.files.items():
                place = self.space.folder / path
                text = "".join(piece.text for piece in pieces)
                if pieces:
                    self.space.write(path, text)
                elif place.exists():
                    place.unlink()
            # A plan finds most of it in a fraction of a build's time.
            told = self._planned()
            if not told:
                with scans_of_few(SCANNED):
                    ran = self.space.run("build", "--all")
                if ran.status == 0:
                    return
                told = ran.err
            before = len(self.refused)
            self._replace(told)
            assert len(self.refused) > before, told
        raise AssertionError(told)

    def _planned(self) -> str:
        """What is wrong with the site before any page is rendered."""
        options = options_of(self.space.folder, drafts=False, future=False, strict=False)
        request = BuildRequest(options=options, output=self.space.folder / "output", publishes=False)
        try:
            problems = run_export(request, _problems_of_plan)
        except BuildError as error:
            problems = error.problems
        if all(one.is_warning for one in problems):
            return ""
        return format_problems(problems, self.space.folder, "en", extent=EVERYTHING, colour=False)

    def _replace(self, told: str) -> None:
        marks: dict[str, list[str]] = {}
        for path in self.files:
            marks.setdefault(MOVING.sub("\ufffd", path), []).append(path)
        before = {path: list(pieces) for path, pieces in self.files.items()}
        for shown, line, message in TOLD.findall(told):
            for path in marks.get(shown, ()):
                self._refuse(path, before[path], int(line or 0), message)

    def _refuse(self, path: str, before: list[Piece], line: int, message: str) -> None:
        if not line or len(before) == 1:
            self.refused.append(Refused(path, "", message))
            self.files[path] = []
            return
        number = _at(before, line)
        piece = before[number]
        assert piece.substitute is not None, (message, path, line, piece)
        self.refused.append(Refused(path, piece.text, message))
        if self.files[path]:
            self.files[path][number] = Piece(piece.substitute, piece.substitute)


def _problems_of_plan(session: Session) -> tuple[Problem, ...]:
    with opened_images(session) as images:
        source_set = read_sources(session.snapshot, session.cache, session.options.jobs)
        return plan_site(session, source_set, images).report.warnings


def _at(pieces: list[Piece], line: int) -> int:
    """Which piece holds a line, from 1."""
    at = 1
    for number, piece in enumerate(pieces):
        at += piece.text.count("\n")
        if line < at:
            return number
    return len(pieces) - 1


def quoted(text: str) -> str:
    """The string as YAML, with an escape for all that a line of it cannot hold."""
    return re.sub(r"[^\x20-\x7e]", _escaped, json.dumps(text, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return char if char.isprintable() else f"\\U{ord(char):08x}"


CONSTRUCTS = (
    "x {s} y\n{s}", "1. {s}", "> {s}", "- [ ] **{s}** ~~{s}~~ `` {s} ``", "    {s}", "[{s}](https://example.org/)",
    "[x]({s})", "[x](/{s})", "[x](?{s})", "[x](#{s})", "[x](https://example.org/{s})", "[x](https://{s}/)",
    "[x](mailto:{s})", "[x](tel:{s})", '[x](https://example.org/ "{s}")', "<{s}>", "<https://example.org/{s}>",
    "[r{n}]\n\n[r{n}]: <{s}>", '[t{n}]\n\n[t{n}]: https://example.org/ "{s}"', "![x](<{s}>)", "![x]({s})",
    ":::{{figure}} ../entries/p.png\n:alt: {s}\n\n{s}\n:::", ":::{{figure}} {s}\n:alt: x\n:::",
    ":::{{note}}\n:class: {s}\nx\n:::",
    ":::{s}\nx\n:::", "## x {{#{s}}}", "`x`{{.{s}}}", '`x`{{class="{s}"}}', '`x`{{{s}="x"}}', "`x`{{lang={s}}}",
    "{{target}}`{s}`", "{{target}}`{s} <t0>`", "{{request}}`{s}`", "{{count}}`c0 {s}`", "{{person}}`{s}`", "{{{s}}}`x`",
)  # fmt: skip
"""Every construct of Markdown with a string in it, but for this one, which every string is in."""
LINK = "[x](<{s}>)"


FEW = (
    "{s}", "## {s}", "- {s}", "~~~~~~{s}\n{s}\n~~~~~~", "| {s} |\n|---|\n| x |", "{s}\n: {s}", "x[^{n}]\n\n[^{n}]: {s}",
    "[{s}](<{s}>)", '![{s}](../entries/p.png "{s}")', ":::{{note}} {s}\nx\n:::",
)  # fmt: skip
"""Those that stand in feeds, the chronicle and what is exported too."""


_SHARE = 1 if os.environ.get("RIZHI_HOSTILE") == "all" else 5
"""Of the constructs, one in so many has a string in it: neighbours, which have much in common, share them out."""


def bodies(given: Iterable[str], start: int, constructs: Sequence[str], share: int = 1) -> Iterator[Piece]:
    """Each string in one in ``share`` of the constructs, a piece each."""
    for number, one in enumerate(given, start):
        for construct in constructs[number % share :: share]:
            if construct == "[x](/{s})" and one.startswith("#"):
                continue  # a part of the home page, whose links are looked at last of all
            text = construct.format(s=one, n=number)
            yield Piece(f"{text}\n\n", "正文。\n" + "\n" * (text.count("\n") + 1), one)


def _different(given: Iterable[str]) -> Iterable[str]:
    """The strings that differ for a reader, of which one is in a list only once."""
    return {visible(nfc(one).strip()): one for one in given}.values()


def record(folder: Path) -> HostileSite:
    """A site with the strings in the fields and texts of entries, targets, policies and pages."""
    site = HostileSite(SiteSpace.of(folder, ""))
    site.space.write("content/entries/p.png", PNG)
    site.space.write(
        "content/site.yaml",
        "title: 日志\nbase_url: https://example.org/\nper_page: 1000\nfeed_entries: 1000\nmenu: [{title: x, link: /}]\n"
        "counters: {c0: {}}\nprivacy:\n  allow:\n" + ALLOWED,
    )
    people = []
    texts = [one for one in strings() if is_text(one)]
    tags = {folded(slug(one)): one for one in texts}
    share = -(-len(texts) // len(groups(TOGETHER)))
    for number, group in enumerate(groups(TOGETHER)):
        whole = quoted(BETWEEN.join(group))
        day = f"2020-{number // 28 + 1:02}-{number % 28 + 1:02}"
        site.files[f"content/entries/e{number}.md"] = [
            Piece(
                f"---\ntitle: {whole}\ndate: {day}\nplace: {whole}\nweather: {whole}\nsummary: {whole}\n"
                f"reviewed_by: {whole}\ntargets: [t{number}]\npolicies: [p{number}]\ncounts: {{c0: 1}}\n"
                f"requests:\n- {{id: r{number}, title: {whole}, status: raised, note: {whole}}}\n"
                f"extra: {{x: {whole}}}\ncorrections:\n"
            ),
            *(Piece(f"- {{date: {day}, note: {quoted(one)}}}\n") for one in group),
            Piece("authors:\n"),
            *(Piece(f"- {quoted(one)}\n", "", one) for one in _different(group)),
            Piece("---\n{person}`o0` {person}`v0` {request}`r0`\n\n"),
            *bodies(texts[number * share : (number + 1) * share], number * share, FEW),
        ]
        site.files[f"content/entries/w{number}.md"] = [
            Piece(f"---\ntitle: x\ndate: {day}\nwithdrawn: {{date: {day}, reason: {whole}}}\n"),
            Piece("tags:\n"),
            *(Piece(f"- {quoted(one)}\n", "", one) for one in group if tags[folded(slug(one))] == one),
            Piece("---\n正文。\n"),
        ]
        site.files[f"content/targets/t{number}.md"] = [
            Piece(
                f"---\nname: {whole}\nshort_name: {whole}\nkind: village\nplace: {whole}\nsummary: {whole}\n"
                f"parent: {f't{number - 1}' if number else ''}\naliases:\n"
            ),
            *(Piece(f"- {quoted(one)}\n", "", one) for one in _different(group)),
            Piece("---\n"),
        ]
        site.files[f"content/policies/p{number}.md"] = [
            Piece(f"---\ntitle: {whole}\nissuer: {whole}\ntopic: {whole}\nnumber: {whole}\n---\n正文。\n")
        ]
        site.files[f"content/pages/s{number}.md"] = [
            Piece(f"---\ntitle: {whole}\nsummary: {whole}\n---\n"),
            *bodies(texts[number * share : (number + 1) * share], number * share, (LINK,)),
            *bodies(texts[number * share : (number + 1) * share], number * share, CONSTRUCTS, _SHARE),
        ]
        name = chr(0x4E00 + number)
        people.append(f"- {{id: o{number}, name: 欧阳{name}, role: official, title: {whole}}}\n")
        if not number:
            people.append(f"- {{id: v0, name: 尉迟恭, role: private, pseudonym: {whole}}}\n")
    site.files["content/people.yaml"] = [Piece("people:\n"), *map(Piece, people)]
    return site


def settings(folder: Path) -> HostileSite:
    """A site with the strings in the settings that every page shows."""
    site = HostileSite(SiteSpace.of(folder, ""))
    every = quoted(BETWEEN.join(one for group in groups(100) for one in group))
    site.files["content/site.yaml"] = [
        Piece(
            f"title: {every}\ndescription: {every}\norganization: {every}\nlicense: {every}\ncontact: {every}\n"
            f"extra: {{x: {every}}}\n"
            "base_url: https://example.org/\nper_page: 1000\ngovernment:\n  id_code: '0123456789'\n"
            f"  name: {every}\n  domain: {every}\n  column_type: {every}\nprivacy:\n  allow:\n"
            f"  - {{value: allowed@example.org, reason: {every}}}\n{ALLOWED}menu:\n"
        ),
        *(Piece(f"- {{title: {quoted(one)}, link: {quoted(one)}}}\n", "", one) for one in strings()),
        *(Piece(f"- {{title: x, link: {quoted(f'https://example.org/{one}')}}}\n", "", one) for one in strings()[::4]),
        *(Piece(f"- {{title: {quoted(one)}, link: /}}\n", "", one) for one in strings()),
    ]
    site.files["content/entries/a.md"] = [Piece("---\ntitle: x\ndate: 2020-03-05\n---\n")]
    return site


def counters(folder: Path) -> HostileSite:
    """A site with the strings in the settings that have pages of their own, which are many."""
    site = HostileSite(SiteSpace.of(folder, ""))
    big = [quoted(BETWEEN.join(group)) for group in groups(100)]
    alone = [one for one in {folded(slug(one)): one for one in strings()}.values() if is_line(one)]
    alone = [one for one in alone if one == one.strip()]
    site.files["content/site.yaml"] = [
        Piece(
            f"title: x\nbase_url: https://example.org/\nprivacy:\n  hardship: [{big[0]}]\n  allow:\n{ALLOWED}"
            "kinds:\n  village: 村\n"
        ),
        *(Piece(f"  k{number}: {one}\n") for number, one in enumerate(big)),
        *(Piece(f"  {quoted(f'{one}k')}: x\n", "", one) for one in alone),
        Piece("counters:\n"),
        *(Piece(f"  c{number}: {{label: {one}, unit: {one}}}\n") for number, one in enumerate(big)),
        *(Piece(f"  {quoted(one)}: {{}}\n", "", one) for one in alone),
    ]
    counts = ", ".join(f"c{number}: 1" for number in range(len(big)))
    site.files["content/entries/a.md"] = [Piece(f"---\ntitle: x\ndate: 2020-03-05\ncounts: {{{counts}}}\n---\n")]
    return site


def names(folder: Path) -> HostileSite:
    """A site with the strings in ids, addresses and names of files."""
    site = HostileSite(SiteSpace.of(folder, ""))
    site.space.write("content/site.yaml", f"title: 日志\nprivacy:\n  allow:\n{ALLOWED}")
    alone = {folded(slug(one)): one for one in strings() if "@" not in one}.values()
    for start in range(0, len(strings()), 50):
        some = strings()[start : start + 50]
        old = [f"/old/x{one}" for one in some if one in alone]
        site.files[f"content/entries/b{start}.md"] = [
            Piece("---\ntitle: x\ndate: 2020-03-05\naliases:\n"),
            *(Piece(f"- {quoted(one)}\n", "", one) for one in some),
            *(Piece(f"- {quoted(one)}\n", "", one) for one in old),
            Piece("requests:\n"),
            *(Piece(f"- {{id: {quoted(one)}, title: x, status: raised}}\n", "", one) for one in some if one in alone),
            Piece("---\n正文。\n"),
        ]
    named = [one for one in alone if is_text(one) and "/" not in one and 0 < len(one.encode()) < 200]
    for one in named:
        site.files[f"content/targets/{one}.md"] = [Piece("---\nname: x\nkind: village\n---\n")]
        site.files[f"content/entries/{one}.md"] = [Piece("---\ntitle: x\ndate: 2020-03-05\n---\n")]
    for number, one in enumerate(alone):
        site.files[f"content/entries/slug{number}.md"] = [
            Piece("---\ntitle: x\ndate: 2020-03-06\n"), Piece(f"slug: {quoted(one)}\n", "", one), Piece("---\n"),
        ]  # fmt: skip
    return site
