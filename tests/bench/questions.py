"""The search, measured: what it finds, says, loads and takes, on texts with the pair statistics of Chinese prose.

``python -m tests.bench.questions FOLDER [--sites short long] [--questions 500]`` builds the sites in a folder, asks
each in Chromium, every question in a page of its own, and prints a line for each row of the table.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from generator.ground.search_folding import closed_up, folded
from tests.crawl import served

SITES: Final = {"short": (790, 1200), "long": (790, 8000), "many": (10_000, 450), "most": (100_000, 450)}
"""By name, how many entries there are, and how many characters each has in the mean."""
LATIN: Final = ("PM2.5", "meltblown", "Foxconn", "5G", "3月", "14家", "2020年", "C++", "the factory", "A4")
LISTED: Final = 60
"""Hits that are all looked at; of more, the first ten."""
EDITS: Final = 8


@dataclass(frozen=True, slots=True)
class Prose:
    """A language: words of one to four characters, whose frequencies and successors are Zipf's."""

    words: list[str]
    weights: list[float]
    next: list[list[int]]

    @classmethod
    def of(cls, seed: int) -> Prose:
        """A language; the same for the same seed."""
        dice = random.Random(seed)
        chars = [chr(code) for code in dice.sample(range(0x4E00, 0x9000), 2600)]
        frequent = list(accumulate(1 / (rank + 8) for rank in range(len(chars))))
        sizes = dice.choices((1, 2, 3, 4), (6, 70, 15, 9), k=9000)
        words = ["".join(dice.choices(chars, cum_weights=frequent, k=size)) for size in sizes]
        weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
        follow = [dice.choices(range(len(words)), cum_weights=weights, k=24) for _ in words]
        return cls(words, weights, follow)

    def sentence(self, dice: random.Random) -> str:
        """One sentence."""
        found, word = [], dice.choices(range(len(self.words)), cum_weights=self.weights)[0]
        for number in range(dice.randint(7, 22)):
            found.append(dice.choice(LATIN) if dice.random() < 0.02 else self.words[word])
            if number % 6 == 5:
                found.append(dice.choice("，，，、：；"))
            follow = self.next[word]
            word = (
                follow[int(len(follow) * dice.random() ** 3)]
                if dice.random() < 0.6
                else dice.choices(range(len(self.words)), cum_weights=self.weights)[0]
            )
        return "".join(found) + dice.choice("。。。。！？")

    def text(self, dice: random.Random, size: int) -> str:
        """Paragraphs with about ``size`` characters."""
        found, length = [], 0
        while length < size:
            found.append("".join(self.sentence(dice) for _ in range(dice.randint(2, 6))))
            length += len(found[-1])
        return "\n\n".join(found)


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it can be found."""

    path: Path
    href: str
    fields: tuple[str, ...]


def write_site(folder: Path, entries: int, mean: int) -> Iterator[Written]:
    """Writes a site and tells what is in it."""
    dice, prose = random.Random(entries + mean), Prose.of(5)
    (folder / "content/entries").mkdir(parents=True, exist_ok=True)
    (folder / "content/site.yaml").write_text("title: 日志\n", encoding="utf-8")
    for number in range(entries):
        year, day = 2015 + number * 10 // entries, 1 + number % 28
        month = 1 + number * 120 // entries % 12
        title = prose.sentence(dice)[: dice.randint(6, 20)].replace(":", "").strip("，、：；。！？ ")
        text = prose.text(dice, max(60, int(dice.expovariate(1 / mean))))
        path = folder / f"content/entries/e{number}.md"
        date = f"{year}-{month:02}-{day:02}"
        path.write_text(f"---\ntitle: '{title}'\ndate: {date}\n---\n\n{text}\n", encoding="utf-8")
        fields = tuple(closed_up(folded(field)) for field in (title, text.replace("\n\n", "\n")))
        yield Written(path, f"../{date.replace('-', '/')}/e{number}/", fields)


def build(folder: Path) -> None:
    """Builds a site."""
    subprocess.run([sys.executable, "-m", "generator", "build", str(folder)], check=True, stdout=subprocess.DEVNULL)


def questions(written: list[Written], count: int) -> list[str]:
    """Pieces of one to eight characters of the texts, and some that are nowhere."""
    dice, found = random.Random(17), list[str]()
    while len(found) < count:
        text = dice.choice(dice.choice(written).fields)
        size = 1 + len(found) % 8
        start = dice.randrange(max(1, len(text) - size))
        if dice.random() < 0.08 and (latin := [one.start() for one in re.finditer("[a-z0-9]+", text)]):
            start = max(0, dice.choice(latin) - dice.randint(0, 2))
        asked = text[start : start + size]
        if asked and not re.search(r"\s", asked):
            found.append(asked if dice.random() < 0.9 else asked[::-1])
    return found


ASK = """async ([text, listed]) => {
  const { begin, ask, next, termsOf } = window.rizhiIndex;
  await begin();
  performance.clearResourceTimings();
  const start = performance.now();
  const answer = await ask({ terms: termsOf(text), kind: "", target: "", tag: "", from: "", to: "" });
  const rows = await next(answer, 10);
  const time = performance.now() - start;
  const files = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  const [count, isExact] = [answer.results.length, answer.isExact];
  if (count <= listed) rows.push(...(await next(answer, listed)));
  return { count, isExact, time, files, found: rows.map(([row]) => row.href) };
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question."""

    question: str
    truth: int
    count: int
    is_exact: bool
    shown: int
    is_right: bool
    time: float
    bytes: int


def ask(page: Page, address: str, output: Path, written: list[Written], question: str) -> Asked:
    """Asks one question in a new page."""
    page.goto(f"{address}search/")
    got: dict[str, Any] = page.evaluate(ASK, [question, LISTED])
    truth = {one.href for one in written if any(question in field for field in one.fields)}
    found = got["found"]
    is_right = len(found) == len(set(found)) and set(found) <= truth and (len(truth) > LISTED or set(found) == truth)
    size = sum((output / one.removeprefix("/")).stat().st_size for one in got["files"] if one.endswith(".js"))
    shown = min(10, len(found))
    return Asked(question, len(truth), got["count"], got["isExact"], shown, is_right, got["time"], size)


def edited(folder: Path, written: list[Written]) -> list[int]:
    """How many shards are written after an edit of one sentence, each in another entry."""
    dice, counts = random.Random(3), []
    for one in dice.sample(written, EDITS):
        before = digests(folder)
        text = one.path.read_text(encoding="utf-8")
        middle = text.index("，", len(text) // 2 if "，" in text[len(text) // 2 :] else text.rindex("\n---\n"))
        one.path.write_text(f"{text[:middle]}今天又说明{text[middle:]}", encoding="utf-8")
        build(folder)
        after = digests(folder)
        counts.append(sum(before.get(name) != digest for name, digest in after.items()))
        one.path.write_text(text, encoding="utf-8")
        build(folder)
    return counts


def digests(folder: Path) -> dict[str, str]:
    """The digests of the shards."""
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in (folder / "output/search").glob("s-*.js")}


def measure(folder: Path, name: str, count: int) -> Iterator[tuple[str, str]]:
    """The rows of the table for one site."""
    written = list(write_site(folder, *SITES[name]))
    build(folder)
    output = folder / "output"
    sizes = {kind: sum(one.stat().st_size for one in (output / "search").glob(f"{kind}-*.js")) for kind in "sx"}
    prose = sum(one.path.stat().st_size for one in written)
    yield (
        "size of the index against the texts",
        f"{sizes['s'] / sizes['x']:.2f} (against the sources {sizes['s'] / prose:.2f})",
    )
    yield (
        "shards, largest file",
        f"{len(digests(folder))}, {max(one.stat().st_size for one in (output / 'search').glob('*.js')) >> 10} KB",
    )
    with served(output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        asked = [ask(page, address, output, written, one) for one in questions(written, count)]
        browser.close()
    yield from rows(asked)
    yield "shards written after an edit", f"most {max(counts := edited(folder, written))}, {sorted(counts)}"


def rows(asked: list[Asked]) -> Iterator[tuple[str, str]]:
    """What came of all questions."""
    hits = [one for one in asked if one.truth]
    yield "questions, of them with hits", f"{len(asked)}, {len(hits)}"
    yield (
        "listed right",
        f"{sum(one.is_right for one in asked)} {[one.question for one in asked if not one.is_right][:9]}",
    )
    yield "with a hit that show one at first", f"{sum(one.shown > 0 for one in hits)}"
    few = [one for one in asked if one.truth <= 200]
    wrong = [(one.question, one.truth, one.count) for one in few if one.count != one.truth or not one.is_exact]
    yield "number exact up to 200", f"{len(few) - len(wrong)} of {len(few)} {wrong[:9]}"
    many = [one.count / one.truth for one in asked if one.truth > 200]
    yield "number above, against the truth", f"{min(many, default=1):.3f} to {max(many, default=1):.3f}"
    for what, values in (("KB", [one.bytes / 1024 for one in asked]), ("ms", [one.time for one in asked])):
        yield (
            f"{what}, median / p95 / most",
            " / ".join(
                f"{one:.0f}" for one in (statistics.median(values), statistics.quantiles(values, n=20)[-1], max(values))
            ),
        )


def main() -> None:
    """Measures the sites that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", nargs="+", choices=SITES, default=["short", "long", "many"])
    parser.add_argument("--questions", type=int, default=500)
    options = parser.parse_args()
    for name in options.sites:
        print(f"{name}: {SITES[name][0]} entries of {SITES[name][1]} characters")
        for what, value in measure(options.folder / name, name, options.questions):
            print(f"  {what}: {value}", flush=True)


if __name__ == "__main__":
    main()
