"""What every bundle has is missed by a check, even where all manifests were made anew without it."""

from __future__ import annotations

from pathlib import Path

from generator.tools.archive.bag import PARTS, TAG_FILES
from tests.space import tree
from tests.tools.archive.campaign import copied, run, shared
from tests.tools.archive.tampering import forge

OF_A_SITE = ("data/site/", "data/sources/", "data/items/", "data/documents/chronicle.pdf")
"""What depends on the site; the crate describes it."""


def test_each_part_is_missed_without_a_receipt(tmp_path: Path) -> None:
    parts = {path for path in tree(shared()) if not path.startswith(("tagmanifest-", *OF_A_SITE))}
    assert parts <= TAG_FILES | PARTS
    bag = copied(tmp_path)
    files = {path: (bag / path).read_bytes() for path in sorted(parts) if not path.startswith(("bag", "manifest-"))}
    assert len(files) > 20
    whole = {path: (bag / path).read_bytes() for path in tree(bag) if "data/" not in path}
    for path, body in files.items():
        (bag / path).unlink()
        forge(bag)
        ran = run("verify", bag)
        told = [line for line in ran.problems if line.startswith(f"{path}: it is missing: ")]
        assert (ran.status, len(told)) == (1, 1), (path, ran.err)
        (bag / path).write_bytes(body)
        for name, before in whole.items():
            (bag / name).write_bytes(before)
    assert run("verify", bag).status == 0


def test_a_foreign_folder_is_only_said_to_be_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    ran = run("verify", tmp_path)
    assert (ran.status, "this is no bundle" in ran.err, "every bundle has it" in ran.err) == (1, True, False)


def test_a_file_of_another_form_is_told_in_words(tmp_path: Path) -> None:
    bag = copied(tmp_path)
    crate = bag / "data/ro-crate-metadata.json"
    for text in ("[]", "1", '{"@graph": 1}', '{"@graph": [1]}', '{"@graph": [[]]}', '{"@graph": null}'):
        crate.write_text(text)
        forge(bag)
        ran = run("verify", bag)
        told = "data/ro-crate-metadata.json: it does not have the form that such a file has in a bundle"
        assert (ran.status, told in ran.problems) == (1, True), (text, ran.err)
