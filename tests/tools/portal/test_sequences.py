"""Random edits of teams: whatever happens to them, what is published is what a clean build of the same publishes."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.space import SiteSpace, tree
from tests.tools.portal.teams import portal, team

SEQUENCES = int(os.environ.get("RIZHI_PORTAL_SEQUENCES", "3"))
EDITS = 6
REGIONS = ("甲省/一市", "甲省/二市", "乙省", "乙省/三市/四县", "")


class Teams:
    """Some teams, which edits come upon."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.folder, self.dice = folder, dice
        self.regions = {f"t{number}": dice.choice(REGIONS) for number in range(1, 5)}
        self.gone: set[str] = set()
        self.broken: dict[str, bytes] = {}
        self.forms: dict[str, str] = {}
        self.number = 0
        for number, name in enumerate(self.regions, 1):
            site = team(folder, name, number)
            self.forms[name] = dice.choice(("", "/output"))
            if self.forms[name]:
                site.build()

    def write(self) -> SiteSpace:
        """portal.yaml as the teams are now."""
        rows = "".join(
            f"  - {{id: {name}, region: '{region}', source: {name}{self.forms[name]}}}\n"
            for name, region in self.regions.items()
            if name not in self.gone
        )
        return portal(self.folder, f"title: 汇总\nbase_url: https://portal.example/\nteams:\n{rows}")

    def edit(self) -> None:
        """One edit."""
        edits: tuple[Callable[[str], None], ...] = (
            self.add, self.add, self.change, self.delete, self.leave, self.move, self.break_data, self.mend, self.theme,
        )  # fmt: skip
        self.dice.choice(edits)(self.dice.choice(sorted(self.regions)))

    def add(self, name: str) -> None:
        self.number += 1
        day = f"2020-0{self.dice.randint(1, 9)}-1{self.dice.randint(0, 9)}"
        self._site(name).entry(f"{day}-n{self.number}", title=f"新{self.number}", date=day)
        self._publish(name)

    def change(self, name: str) -> None:
        entries = self._entries(name)
        place = self.dice.choice(entries)
        self.number += 1
        place.write_text(
            place.read_text(encoding="utf-8").replace("title: ", f"title: 改{self.number}", 1), encoding="utf-8"
        )
        self._publish(name)

    def delete(self, name: str) -> None:
        added = [place for place in self._entries(name) if "-n" in place.name]
        if added:
            self.dice.choice(added).unlink()
            self._publish(name)

    def leave(self, name: str) -> None:
        if name in self.gone:
            self.gone.remove(name)
        elif len(self.gone) < 2:
            self.gone.add(name)

    def move(self, name: str) -> None:
        self.regions[name] = self.dice.choice(REGIONS)

    def break_data(self, name: str) -> None:
        place = self.folder / name / "output" / "data" / "entries.json"
        if self.forms[name] and name not in self.broken:
            self.broken[name] = place.read_bytes()
            place.write_bytes(self.broken[name][:-20])

    def mend(self, name: str) -> None:
        if name in self.broken:
            (self.folder / name / "output" / "data" / "entries.json").write_bytes(self.broken.pop(name))

    def theme(self, _: str) -> None:
        place = self.folder / "themes" / "default" / "css" / "95-own.css"
        place.parent.mkdir(parents=True, exist_ok=True)
        self.number += 1
        place.write_text(f"p {{ margin: {self.number}px }}\n", encoding="utf-8")

    def _site(self, name: str) -> SiteSpace:
        return SiteSpace(self.folder / name)

    def _entries(self, name: str) -> list[Path]:
        return sorted((self.folder / name / "content" / "entries").glob("*.md"))

    def _publish(self, name: str) -> None:
        if self.forms[name]:
            # A build finds what somebody changed, and makes it again.
            self._site(name).build()
            self.broken.pop(name, None)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_incremental_is_clean(seed: int, tmp_path: Path) -> None:
    teams = Teams(tmp_path / "teams", random.Random(seed))
    for _ in range(EDITS):
        teams.edit()
        space = teams.write()
        before = space.tree() if (space.folder / "output").exists() else {}
        ran = space.run("portal build", "--jobs", "1")
        broken = teams.broken.keys() - teams.gone
        assert ran.status == (1 if broken else 0), ran.err
        if broken:
            assert all(f'team "{name}"' in ran.err for name in broken)
            assert (space.tree() if before else {}) == before
            continue
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        made = space.run("portal build", "--jobs", "1", "--no-cache", "--output", str(clean))
        assert made.status == 0, made.err
        assert tree(clean) == space.tree()
