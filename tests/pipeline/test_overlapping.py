"""Commands on one site at the same time, with different options: what is published is one build's, and whole.

``RIZHI_OVERLAPS=200`` makes the random walk longer than the one that every test run takes; with
``RIZHI_OVERLAPS_FROM=1000`` it begins at another seed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.pipeline.edits import EDITS, Diary, accident, mend
from tests.pipeline.processes import WAITING, Hold, Running, build, share_small_work, start, wait
from tests.pipeline.test_incremental import differing
from tests.space import Ran, SiteSpace, tree

OVERLAPS = int(os.environ.get("RIZHI_OVERLAPS", "3"))
FIRST = int(os.environ.get("RIZHI_OVERLAPS_FROM", "0"))
STEPS: Final = 2
"""Pairs of commands in a sequence."""

Site = Callable[[str], SiteSpace]

TEXTS: Final = 4
WAITING_SITE: Final = """\
-- content/entries/draft.md --
---
title: 草稿
date: 2020-03-06
status: draft
---
还没写完。
-- content/entries/later.md --
---
title: 以后
date: 2020-03-07
publish_at: 2031-01-01 08:00
---
以后再说。
"""


def write_texts(space: SiteSpace, text: str) -> None:
    """Entries whose texts alone change when another one is given."""
    for number in range(TEXTS):
        space.entry(f"e{number}", title=f"第{number}天", date=f"2020-04-{number + 1:02}", body=f"{text}{number}。\n")


def clean(space: SiteSpace, *options: str) -> dict[str, bytes]:
    """What a build that knows nothing publishes."""
    folder = space.folder / "clean"
    shutil.rmtree(folder, ignore_errors=True)
    space.build("--no-cache", "--jobs", "1", "--output", str(folder), *options)
    return tree(folder)


def overlapped(
    space: SiteSpace,
    moment: str,
    first: tuple[str, ...],
    second: tuple[str, ...],
    *,
    command: tuple[str, ...] = ("build",),
    meanwhile: str = "",
) -> tuple[Ran, Ran]:
    """A build and a second command that begins while the first is held at a moment, and ends when it likes.

    ``meanwhile`` is what the texts become while the second one waits.
    """
    hold = Hold(space.folder / "output/.rizhi" / moment, space.folder / "first")
    one = build(space, "--jobs", "1", *first, prepare=hold.prepare)
    wait(lambda: hold.is_held or one.is_over, "a first write")
    assert hold.is_held, one.ended()
    other = start(space, *command, str(space.folder), *second)
    wait(lambda: WAITING in other.said or other.is_over, "a second command")
    if meanwhile:
        write_texts(space, meanwhile)
    hold.let_go()
    ended = one.ended(), other.ended()
    hold.clear()
    return ended


ELSEWHERE: Final = ("--base-url", "https://elsewhere.example/")
PAIRS: Final[list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = [
    ("staging", ("--drafts",), ()),
    ("staging", ("--future",), ()),
    ("staging", ELSEWHERE, ()),
    ("staging", ("--portable",), ()),
    ("staging", ("--no-cache", "--drafts"), ()),
    ("staging", (), ("--drafts",)),
    # These have a file more or less than what was published before, so that they write a manifest.
    ("manifest.new", ("--future",), ELSEWHERE),
    ("manifest.new", (), ("--drafts",)),
]


def test_the_last_of_two_builds_publishes_what_it_was_asked(site: Site) -> None:
    """A plain build once published the drafts of the one that it waited for, and every later one left them there."""
    space = site(WAITING_SITE)
    wrong = []
    for number, (moment, first, second) in enumerate(PAIRS):
        write_texts(space, f"从前{number}")
        space.build(*second)
        write_texts(space, f"如今{number}")
        ended = overlapped(space, moment, first, second)
        said = [(ran.status, ran.err.replace(f"Another build is publishing here; {WAITING} …\n", "")) for ran in ended]
        expected = clean(space, *second)
        found = differing(space.tree(), expected)
        space.build(*second)
        later = differing(space.tree(), expected)
        if found or later or said != [(0, "")] * 2:
            wrong.append(f"{first}, and {second} at {moment}: {said}; differing: {found[:9]}, and later: {later[:9]}")
            # The next pair begins with what is right.
            shutil.rmtree(space.folder / "output")
            shutil.rmtree(space.folder / ".rizhi")
    assert not wrong, "\n".join(wrong)


def test_what_is_written_while_a_build_waits_is_published(site: Site) -> None:
    """Nothing that a build decides is older than its lock."""
    space = site(WAITING_SITE)
    write_texts(space, "从前")
    space.build()
    write_texts(space, "如今")
    one, other = overlapped(space, "staging", ("--drafts",), (), meanwhile="最后")
    assert (one.status, other.status) == (0, 0)
    assert differing(space.tree(), clean(space)) == []


def test_what_only_reads_leaves_the_next_build_right(site: Site) -> None:
    """A check and an export may keep what they read, and are of other entries than the build that they run beside."""
    space = site(WAITING_SITE)
    chronicle = space.folder / "chronicle.md"
    for command in ("check", "check --drafts", "export chronicle"):
        write_texts(space, f"{command}从前")
        space.build()
        write_texts(space, f"{command}如今")
        options = ("--output", str(chronicle)) if command.startswith("export") else ()
        one, other = overlapped(space, "staging", ("--drafts",), options, command=tuple(command.split()))
        assert [one.status, other.status] == [0, 0], command
        assert differing(space.tree(), clean(space, "--drafts")) == [], command
        space.build()
        assert differing(space.tree(), clean(space)) == [], command
    text = chronicle.read_text(encoding="utf-8")
    assert "如今1" in text
    assert "还没写完" not in text


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with options, what a copy of the site that knows nothing makes of it, and where that differs."""

    words: tuple[str, ...]
    options: tuple[str, ...]
    status: int
    published: dict[str, bytes] | None
    """None for a command that does not publish, or a site with something wrong."""
    exported: bytes | None

    def start(self, space: SiteSpace, number: int) -> Running:
        """Starts it."""
        return start(
            space,
            *self.words,
            str(space.folder),
            *self.options,
            *to(space, self.words, number),
            prepare=share_small_work,
        )


def to(space: SiteSpace, words: tuple[str, ...], number: int) -> tuple[str, ...]:
    """Where an export goes."""
    return ("--output", str(space.folder / f"export{number}/chronicle.md"), "--force") if words[0] == "export" else ()


def ask(space: SiteSpace, dice: random.Random) -> Asked:
    """A random command."""
    choices = [option for option in (("--drafts",), ("--future",), ELSEWHERE, ("--portable",)) if dice.random() < 0.35]
    words = ("build",) if dice.random() < 0.75 else dice.choice([("check",), ("export", "chronicle")])
    if words == ("check",):
        choices = [option for option in choices if option[0] in ("--drafts", "--future")]
    if words == ("export", "chronicle"):
        choices = []
    options = tuple(word for option in choices for word in option)
    how = (*(("--no-cache",) if dice.random() < 0.15 else ()), "--jobs", dice.choice("122"))
    status, published, exported = oracle(space, words, options)
    return Asked(words, (*options, *how) if words == ("build",) else options, status, published, exported)


def oracle(
    space: SiteSpace, words: tuple[str, ...], options: tuple[str, ...]
) -> tuple[int, dict[str, bytes] | None, bytes | None]:
    """How a command ends on a copy of the site that knows nothing; what it publishes; what it exports."""
    strange = SiteSpace(space.folder / "strange")
    shutil.rmtree(strange.folder, ignore_errors=True)
    for name in ("content", "themes"):
        if (space.folder / name).exists():
            shutil.copytree(space.folder / name, strange.folder / name)
    if words[0] == "export":
        status = strange.run(" ".join(words), *options, *to(strange, words, 0)).status
        return status, None, (strange.folder / "export0/chronicle.md").read_bytes() if status == 0 else None
    # What a check finds is what stops a build.
    status = strange.run("build", *options, "--no-cache", "--jobs", "1").status
    return status, strange.tree() if status == 0 and words == ("build",) else None, None


def wait_for_its_time(diary: Diary) -> None:
    """An entry that is published later, or is no longer."""
    value = diary.dice.choice((None, "2031-01-01 08:00"))
    diary.set_field(diary.any_entry(), "publish_at", value)


def edit(diary: Diary, steps: list[str]) -> None:
    """Some random edits."""
    for _ in range(diary.dice.randint(1, 3)):
        chosen = diary.dice.choice([*EDITS, wait_for_its_time, wait_for_its_time])
        if chosen is not accident or (diary.space.folder / ".rizhi").exists():
            chosen(diary)
            steps.append(chosen.__name__)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + OVERLAPS))
def test_random_commands_at_the_same_time(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    space = SiteSpace.of(tmp_path / "site", "")
    diary = Diary(space, dice)
    diary.begin()
    steps = [f"seed {seed}: begin"]
    for _ in range(STEPS):
        if space.run("build").status:
            mend(diary)
            steps.append("mend")
        edit(diary, steps)
        overlap(space, dice, steps)
        ran = space.run("build")
        status, published, _ = oracle(space, ("build",), ())
        assert ran.status == status, f"the next build after {steps}"
        if published is not None:
            assert differing(space.tree(), published) == [], f"the next build after {steps}"


def overlap(space: SiteSpace, dice: random.Random, steps: list[str]) -> None:
    """Two commands that begin nearly at once, of which one is killed now and then."""
    before = space.tree()
    asked = [ask(space, dice), ask(space, dice)]
    steps.append(str([(*one.words, *one.options) for one in asked]))
    running = []
    for number, one in enumerate(asked):
        running.append(one.start(space, number))
        time.sleep(dice.choice((0, 0, 0.05, 0.3)) * dice.random())
    victim = None
    if dice.random() < 0.4:
        victim, kind = dice.randrange(2), dice.choice((signal.SIGKILL, signal.SIGTERM))
        steps.append(f"{kind.name} of the one of number {victim}")
        time.sleep(dice.random() * 0.5)
        running[victim].kill(kind)
    ended = [one.ended() for one in running]
    for number, (one, ran) in enumerate(zip(asked, ended, strict=True)):
        assert "Traceback" not in ran.out + ran.err, f"{steps}\n{ran.err}"
        if ran.status == one.status or number != victim:
            assert ran.status == one.status, f"{steps}\n{ran.err}"
            if one.exported is not None:
                assert (space.folder / f"export{number}/chronicle.md").read_bytes() == one.exported, steps
    after = space.tree()
    possible = [one.published for one in asked if one.published is not None]
    if victim is None or ended[victim].status == asked[victim].status:
        assert any(differing(after, one) == [] for one in possible or [before]), steps
    else:
        known = [before, *possible]
        assert [path for path, body in after.items() if body not in [one.get(path) for one in known]] == [], steps
