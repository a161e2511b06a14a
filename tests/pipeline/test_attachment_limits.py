"""Attachments that are swapped, huge, bombs or damaged: none gets out unseen, takes long or ends in a traceback."""

from __future__ import annotations

import io
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.checks.privacy_scan import Guard
from generator.render.privacy import Rules
from generator.render.privacy.attachments import reader
from tests.office_files import compound, package, pdf, powerpoint, word
from tests.office_libraries import written
from tests.pipeline.test_attachments import MOBILE, PLAIN, shown, site_with
from tests.pipeline.test_attachments_unread import UNREAD
from tests.pipeline.test_leaks import NAME
from tests.space import PNG


def test_a_file_that_is_swapped_is_published_as_it_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = site_with(tmp_path, {"a.txt": "清白".encode()})
    original = tmp_path / "content/entries/a.txt"
    look = Guard.looked_through

    def swap_then_look(guard: Guard, path: str, file: Any) -> Any:
        if path.startswith("files/"):
            original.write_text(f"见{NAME}", encoding="utf-8")
        return look(guard, path, file)

    monkeypatch.setattr(Guard, "looked_through", swap_then_look)
    space.build()
    assert space.tree()["files/entries/a.txt"] == "清白".encode()
    monkeypatch.undo()
    space.fails()

    original.write_text("清白二", encoding="utf-8")
    copy: Callable[[Any, Any], Any] = shutil.copyfile

    def swap_then_copy(source: Any, target: Any) -> None:
        original.write_text(f"见{NAME}", encoding="utf-8")
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", swap_then_copy)
    ran = space.fails()
    assert ran.problems == ["content/entries/a.txt: the file changed while the site was being built"]
    assert space.tree()["files/entries/a.txt"] == "清白".encode()


def test_a_huge_attachment_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    space = site_with(tmp_path, {"a.mp4": b""})
    with (tmp_path / "content/entries/a.mp4").open("wb") as file:
        file.truncate(5 << 30)
    started = time.process_time()
    ran = space.fails()
    assert ran.problems == ["content/entries/a.mp4: the file has 5120 MB; at most 1024 MB are published"]
    assert time.process_time() - started < 5


BOMBS: dict[str, Callable[[int], bytes]] = {
    "angles": lambda n: package({"word/document.xml": "<" * (n << 20)}),
    "tags": lambda n: package({"word/document.xml": "<f>" * (n << 17)}),
    "attributes": lambda n: package({"word/document.xml": "<a " + "=\"'" * (n << 18) + ">"}),
    "references": lambda n: package({"word/document.xml": "&#" + "1" * (n << 20)}),
    "readings": lambda n: package({"xl/sharedStrings.xml": "<sst>" + "<rPh>" * (n << 17)}),
    "braces": lambda n: b"{\\rtf1 " + b"{}" * (n << 15),
    "open braces": lambda n: b"{\\rtf1 " + b"{" * (n << 15),
    "comments": lambda n: b"<td><!-- <b x='>" * (n << 15),
    "quotes": lambda n: b'<a b="' * (n << 16),
    "noise": lambda n: b"\0" + random.Random(n).randbytes(n << 20),
    "members": lambda n: package({f"{number}.txt": "x" for number in range(n * 500)}),
    "sectors": lambda n: compound({f"s{number}": b"x" for number in range(n * 200)}),
    "operators": lambda n: pdf(b"q " * (n << 14)),
    "facts": lambda n: b"%PDF-1.4\n" + b"1 0 obj << /A 1 >> endobj\n" * (n << 12),
    "objects": lambda n: b"%PDF-1.4\n" + b"1 0 obj 1\n" * (n << 12),
    "parentheses": lambda n: pdf(b"(" * (n << 18)),
    "arrays": lambda n: pdf(b"[" * (n << 18)),
    "words": lambda n: word([("张三" * (n << 16), False)]),
}


def test_nothing_that_is_handed_in_takes_long() -> None:
    guard = Guard.of(Rules(names=(NAME,)), {})

    def seconds(body: bytes, times: int) -> float:
        # A collection of garbage, which takes as long as everything in memory is large, may fall into one of them.
        found = []
        for _ in range(times):
            started = time.process_time()
            guard.looked_through("files/a", io.BytesIO(body))
            found.append(time.process_time() - started)
        return min(found)

    slow = {}
    for name, bomb in BOMBS.items():
        if seconds(bomb(2), 1) <= 0.3:
            continue
        one, two = seconds(bomb(1), 3), seconds(bomb(2), 3)
        if two > 0.3 + 3 * one:
            slow[name] = (one, two)
    assert slow == {}


def test_the_effort_for_one_attachment_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "EFFORT", 1 << 20)
    guard = Guard.of(Rules(names=(NAME,)), {})
    inner = package({f"{number}.txt": "1" * (1 << 18) for number in range(9)})
    bombs = {
        "digits": package({f"{number}.txt": "1" * (1 << 20) for number in range(9)}),
        "archives": package({f"{number}.zip": inner for number in range(9)}),
        "text": b"1 " * (1 << 20),
        "strings": package(
            {
                "xl/sharedStrings.xml": f"<sst><si><t>{'张' * 64}</t></si></sst>",
                "xl/worksheets/sheet1.xml": '<c t="s"><v>0</v></c>' * 30_000,
            }
        ),
        "pictures": package({f"{number}.png": PNG for number in range(3000)}),
    }
    reading = [str(one) for body in bombs.values() for one in guard.looked_through("files/a", io.BytesIO(body))]
    assert len(reading) == len(bombs)
    assert all("holds more than is looked through" in one for one in reading)


def test_no_damage_gives_a_traceback() -> None:
    guard = Guard.of(Rules(names=(NAME,)), {})
    chance = random.Random(7)
    samples = [
        *(body for body, _ in (UNREAD[name] for name in ("odd.pdf", "locked.xls", "macros.doc"))),
        *(body for _, body in written({"name": NAME}, ["张", "三丰"])),
        *(PLAIN[name] for name in ("twice.doc", "xml.xls", "utf-16.txt")),
        word([(NAME, False), ("x" * 5000, True)]),
        powerpoint([NAME, MOBILE]),
        pdf(shown(NAME, MOBILE), objects={8: b"<< /Kids [1 0 R (x)] /Title (y) >>"}),
    ]
    for number in range(200):
        body = bytearray(samples[number % len(samples)])
        for _ in range(chance.randrange(1, 9)):
            place = chance.randrange(min(len(body), 3000) if chance.random() < 0.5 else len(body))
            body[place] = chance.randrange(256)
        if number % 3 == 0:
            del body[chance.randrange(len(body)) :]
        guard.looked_through("files/a", io.BytesIO(bytes(body)))
