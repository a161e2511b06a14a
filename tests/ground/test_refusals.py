"""What a system refuses, as it is told."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.ground.refusals import Cause, fact_of


@pytest.mark.parametrize(
    ("number", "name", "cause", "fact"),
    [
        (errno.ENOSPC, "a", Cause.FULL, "there is no room left on the disk"),
        (errno.EDQUOT, None, Cause.FULL, "there is no room left on the disk"),
        (errno.ENOTDIR, "file/b/c", Cause.FILE, "{folder}/file is a file, not a folder"),
        (errno.EISDIR, "a", Cause.FOLDER, "{folder}/a is a folder, not a file"),
        (errno.EROFS, "a", Cause.ACCESS, "the system allows no access to {folder}/a"),
        (errno.ENAMETOOLONG, "a", Cause.NAME, "the name a is too long"),
        (errno.EACCES, None, Cause.OTHER, "the system refuses: Permission denied"),
        (errno.EIO, "a", Cause.OTHER, "the system refuses: Input/output error {folder}/a"),
    ],
)
def test_each_cause_has_its_words(tmp_path: Path, number: int, name: str | None, cause: Cause, fact: str) -> None:
    (tmp_path / "file").write_text("")
    error = OSError(number, os.strerror(number), *([str(tmp_path / name)] if name else []))
    found, said = fact_of(error)
    assert (found, str(said)) == (cause, fact.format(folder=tmp_path))


def test_a_name_that_leads_round_in_a_circle() -> None:
    assert str(fact_of(RuntimeError("Symlink loop from 'a'"))[1]) == "the system refuses: Symlink loop from 'a'"
