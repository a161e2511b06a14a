"""Whatever is done to a bundle is found, with its path; whatever a bundle does is a problem, soon."""

from __future__ import annotations

import os
import random
import re
import shutil
import struct
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import say
from generator.tools.archive import bag as bags
from generator.tools.archive.verify.verify import verify
from tests.space import tree
from tests.tools.archive.campaign import copied, run, shared
from tests.tools.archive.tampering import (
    ADDED,
    CHANGED,
    EMPTY,
    FORMS,
    MISSING,
    OTHER_TAGS,
    TAGS,
    TAMPERINGS,
    forge,
    forged,
)


def found(place: Path, receipt: Path | None = None) -> list[str]:
    """The problems of a bundle, in English."""
    try:
        problems: tuple[Problem, ...] = verify(place, receipt=receipt, rebuilds=False).problems
    except BuildError as error:
        problems = error.problems
    return [f"{one.path}: {one.message}" for one in problems]


def receipt_of(bag: Path) -> Path:
    return bag.with_name(f"{bag.name}-receipt.txt")


def test_a_whole_bundle_is_said_to_be_whole() -> None:
    for place in (shared(), shared().with_name(f"{shared().name}.zip")):
        ran = run("verify", place, "--receipt", receipt_of(shared()))
        assert (ran.status, "is whole" in ran.out) == (0, True), ran.err
    ran = run("verify", shared(), "--rebuild")
    assert ran.status == 0, ran.err
    assert "--receipt" in ran.err


def test_every_tampering_is_found_with_its_path(tmp_path: Path) -> None:
    words = {
        CHANGED: "it was changed",
        MISSING: "is missing",
        ADDED: "it was added",
        EMPTY: "the folder is empty",
    }
    missed = []
    for name, one in TAMPERINGS.items():
        bag = copied(tmp_path / name)
        one.tamper(bag)
        ran = run("verify", bag)
        told = any(line.startswith(f"{one.path}: ") and words[one.fault] in line for line in ran.err.splitlines())
        if ran.status != 1 or not told:
            missed.append((name, ran.status, ran.err))
        shutil.rmtree(tmp_path / name)
    assert missed == []
    ran = run("verify", shared(), "--receipt", receipt_of(shared()), language="zh")
    assert "完好" in ran.out


def test_no_byte_of_a_manifest_of_tags_may_change(tmp_path: Path) -> None:
    bag = copied(tmp_path)
    for name in (TAGS, OTHER_TAGS):
        body = (bag / name).read_bytes()
        for form, new in FORMS.items():
            (bag / name).write_bytes(new(body))
            assert (bag / name).read_bytes() != body
            assert [one for one in found(bag) if name in one] == [
                f"{name}: it was changed: it has the right lines, and not as they were written"
            ], form
        (bag / name).write_bytes(body)
    assert found(bag) == []
    (bag / "x").write_text("x")
    ran = run("verify", bag, "--rebuild")
    assert (ran.status, "what has other faults is not built" in ran.err) == (1, True), ran.err


def test_a_list_that_is_no_text_is_told_at_its_own_path(tmp_path: Path) -> None:
    bag = copied(tmp_path)
    listed = bag / "文件目录.XML"
    listed.write_bytes(listed.read_text(encoding="utf-8").encode("utf-16"))
    forged(bag)
    assert "文件目录.XML: it is no text in UTF-8" in found(bag)


def test_sources_that_do_not_build_are_told_by_what_stops_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object) -> None:
        raise BuildError(
            Problem(path="a.md", message=say("only a warning"), is_warning=True),
            Problem(path="b.md", message=say("what stops it")),
        )

    monkeypatch.setattr("generator.tools.archive.verify.rebuild._build", refuse)
    said = run("verify", shared(), "--rebuild").err
    assert "data/sources/: the sources cannot be built here: what stops it" in said, said


def test_forged_manifests_are_found_by_the_receipt(tmp_path: Path) -> None:
    bag = copied(tmp_path)
    forged(bag)
    assert not any("manifest-" in one for one in found(bag))
    ran = run("verify", bag, "--receipt", receipt_of(bag))
    assert ran.status == 1
    assert "it is not the one of the receipt" in ran.err
    rebuilt = run("verify", bag, "--rebuild")
    assert "about.md: it was changed: its digest is not that of data/ro-crate-metadata.json" in rebuilt.err


def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path) -> None:
    ran = run("verify", tmp_path / "nothing")
    assert (ran.status, "Error: BUNDLE: there is no such file or folder" in ran.err) == (2, True)
    bag = copied(tmp_path)
    none = "it is no zip, or one that was cut short"
    whole = bag.with_name(f"{bag.name}.zip")
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[:5000])
    for place in (receipt_of(bag), tmp_path / "cut.zip"):
        assert found(place) == [f"{place.name}: {none}"]
    web = bag / "data/web/site.wacz"
    body = web.read_bytes()
    for cut in (10, len(body) // 2, len(body) - 10):
        web.write_bytes(body[:cut])
        # What is left may end in another zip, that of an attachment.
        told = {f"data/web/site.wacz: {one}" for one in (none, "datapackage.json is missing in it")}
        assert not told.isdisjoint(found(bag)), (cut, found(bag))
    for path in ("data/items/20200305-a.pdf", "data/ro-crate-metadata.json", "data/record/catalogue.csv"):
        (bag / path).write_bytes((bag / path).read_bytes()[:700])
    assert not [one for one in found(bag) if one.endswith(": ")]


def test_names_in_either_normal_form_are_one(tmp_path: Path) -> None:
    bag = copied(tmp_path)
    (bag / "data" / "café.txt").write_text("x")
    forge(bag)
    before = found(bag)
    (bag / "data" / "café.txt").rename(bag / "data" / unicodedata.normalize("NFD", "café.txt"))
    assert found(bag) == before
    assert not any("manifest-" in one for one in before)


def test_hostile_folders_are_problems(tmp_path: Path) -> None:
    bag = copied(tmp_path)
    (bag / "data" / "link").symlink_to("/etc/passwd")
    (bag / "data" / "up").symlink_to("..")
    os.mkfifo(bag / "data" / "pipe")
    (bag / "data" / "\x1b[31mred\n").write_text("")
    (bag / "data" / os.fsdecode(b"\xff\xfe")).write_text("")
    (bag / "manifest-sha256.txt").write_text(f"{'0' * 64}  ../../etc/passwd\n{'0' * 64}  /etc/passwd\nhm\n" * 2)
    deep = bag / "data"
    for _ in range(80):
        deep /= "d"
    deep.mkdir(parents=True)
    problems = found(bag)
    for name in ("link", "up", "pipe"):
        assert f"data/{name}: it is a link, a pipe or a device, which no bundle holds" in problems
    assert "manifest-sha256.txt:1: the path leads out of the bundle" in problems
    assert "manifest-sha256.txt:3: the line is no digest and path" in problems
    assert any("nested" in one for one in problems)
    ran = run("verify", bag)
    assert (ran.status, "\x1b" in ran.err) == (1, False)


def test_hostile_zips_are_problems(tmp_path: Path) -> None:
    place = tmp_path / "bomb.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("b/bagit.txt", bags.DECLARATION)
        bomb.writestr("b/data/zeros", bytes(80 << 20))
    assert found(place) == ["bomb.zip: it would unpack to far more than it is, so it is not read"]
    with zipfile.ZipFile(place, "w") as astray:
        for name in ("b/bagit.txt", "b/../../x", "/etc/x", "b/c\\x", "other/x", "b/data/empty/"):
            astray.writestr(name, "")
        link = zipfile.ZipInfo("b/data/link")
        link.external_attr = 0o120777 << 16
        astray.writestr(link, "/etc/passwd")
    problems = found(place)
    for name in ("b/../../x", "/etc/x", "other/x"):
        assert f"{name}: the name leads out of the bundle" in problems, problems
    assert "data/link: it is a link, a pipe or a device, which no bundle holds" in problems
    assert any(one.startswith("data/empty: the folder is empty") for one in problems)
    place.write_bytes(b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 9, 9, 1 << 30, 0, 0))
    assert found(place) == ["bomb.zip: it holds too many files"]
    place.write_bytes(b"no zip at all")
    ran = run("verify", place)
    assert (ran.status, "give the folder of a bundle" in ran.err) == (1, True)


def test_no_file_takes_more_time_or_memory_than_a_bundle_has(tmp_path: Path) -> None:
    bag = copied(tmp_path)
    crate = bag / "data/ro-crate-metadata.json"
    text = crate.read_text(encoding="utf-8")
    crate.write_text('{"@graph": [' + "{}," * (8 << 20) + "{}]}", encoding="utf-8")
    forge(bag)
    assert f"{crate.relative_to(bag)}: it holds far more than such a file of a bundle does" in found(bag)
    crate.write_text(text, encoding="utf-8")
    for place in (bag / "data" / "sparse", bag / "data/site/index.html", bag / "beside"):
        with place.open("ab") as file:
            file.truncate(1 << 40)
    told = "it is longer than the bundle says, so it was not read"
    assert {f"{path}: {told}" for path in ("data/sparse", "data/site/index.html", "beside")} <= set(found(bag))
    with zipfile.ZipFile(tmp_path / "packed.zip", "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("b/bagit.txt", bags.DECLARATION)
    crate.write_text(f'{{"@graph": [{{"@type": "File", "@id": "{"é" * (4 << 20)}"}}]}}', encoding="utf-8")
    assert f"{crate.relative_to(bag)}: it tells of a path that is longer than any" in found(bag)
    with zipfile.ZipFile(tmp_path / "deep.zip", "w") as deep:
        for name in ("b/bagit.txt", "b/data" + "/a" * 32_000, "b/data/" + "a" * 5_000):
            deep.writestr(name, bags.DECLARATION)
    refused = [one for one in found(tmp_path / "deep.zip") if "longer, or deeper, than any" in one]
    assert (len(refused), max(map(len, refused)) < 400) == (2, True)
    assert "bagit.txt: it is packed as no zip of a bundle is" in found(tmp_path / "packed.zip")


def test_a_receipt_may_be_typed_again(tmp_path: Path) -> None:
    digest = re.sub(r"\s", "", receipt_of(shared()).read_text(encoding="utf-8"))
    found_digest = re.search(r"[0-9a-f]{128}", digest)
    assert found_digest
    typed = tmp_path / "typed.txt"
    typed.write_text(" ".join(re.findall("....", found_digest[0].upper())))
    assert found(shared(), typed) == []
    # Saved by an editor of Windows as "Unicode".
    typed.write_bytes(receipt_of(shared()).read_text(encoding="utf-8").encode("utf-16"))
    assert found(shared(), typed) == []
    for text in ("nothing", "nothing " * (1 << 18)):
        typed.write_text(text)
        ran = run("verify", shared(), "--receipt", typed)
        assert (ran.status, "the receipt holds no digest of 128 letters and digits" in ran.err) == (2, True), ran.err


def _mutated(body: bytes, chance: random.Random) -> bytes:
    if not body:
        return b"\0"
    at, other = chance.randrange(len(body)), chance.randrange(len(body))
    match chance.randrange(5):
        case 0:
            return body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]
        case 1:
            return body[:at]
        case 2:
            return body[:at] + chance.randbytes(40) + body[at:]
        case 3:
            return body[: min(at, other)] + body[max(at, other) + 1 :]
        case _:
            return body + chance.randbytes(9)


def test_mutations_are_problems_and_never_tracebacks(tmp_path: Path) -> None:
    """A hundred by default; ``RIZHI_MUTATIONS=1000`` for more."""
    bag = copied(tmp_path)
    archived = bag.with_name(f"{bag.name}.zip")
    whole = archived.read_bytes()
    paths = sorted(tree(bag))
    texts = [path for path in paths if not path.startswith("data/site/")]
    slow = []
    for number in range(int(os.environ.get("RIZHI_MUTATIONS", "100"))):
        chance = random.Random(number)
        began = time.process_time()
        if number % 3 == 0:
            # The list at the end of the zip, which decides what is read.
            changed = whole[:-9000] + _mutated(whole[-9000:], chance) if number % 2 else _mutated(whole, chance)
            archived.write_bytes(changed)
            # What is no part of the bundle, such as the time of a file in the zip, may differ.
            found(archived)
            is_found = True
        else:
            path = chance.choice(texts if number % 3 == 1 else paths)
            body = (bag / path).read_bytes()
            (bag / path).write_bytes(changed := _mutated(body, chance))
            problems = found(bag)
            is_found = bool(problems) or changed == body
            (bag / path).write_bytes(body)
        assert is_found, number
        if time.process_time() - began > 10:
            slow.append(number)
    assert slow == []
