"""A whole small site in one string, and the command run on it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from click.testing import CliRunner

from generator.cli.main import main
from generator.pipeline.publish.manifest import STATE

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef924"
    "0000000a4944415478da636800000082008177cd72b60000000049454e44ae426082"
)
"""A picture of one pixel."""
SITE = "title: 日志\nbase_url: https://example.org/\n"
TARGETS = """\
-- content/targets/taihe.md --
---
name: 泰和新材
kind: enterprise
---
-- content/targets/guoao.md --
---
name: 国奥社区
kind: community
---
"""
"""Two service targets, for whatever site needs some."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def problems(self) -> list[str]:
        """The first line of each problem: place and message."""
        return [line for line in self.err.splitlines()[:-1] if not line.startswith(" ")]


@dataclass(frozen=True, slots=True)
class SiteSpace:
    """A site's folder made of a text: each file behind a line ``-- path --``."""

    folder: Path
    epoch: str = "1600000000"
    """When its commands run, as SOURCE_DATE_EPOCH says it."""

    @classmethod
    def of(cls, folder: Path, text: str) -> SiteSpace:
        """The site in ``folder``; site.yaml is added where the text has none."""
        space = cls(folder)
        space.write("content/site.yaml", SITE)
        for path, body in files(text):
            space.write(path, body)
        return space

    def write(self, path: str, body: str | bytes) -> Path:
        """Puts a file into the site."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body.encode() if isinstance(body, str) else body)
        return place

    def entry(self, name: str = "a", body: str = "正文。\n", **fields: str) -> Path:
        """Puts an entry into the site."""
        given = {"title": "标题", "date": "2020-03-05"} | fields
        lines = "".join(f"{key}: {value}\n" for key, value in given.items())
        return self.write(f"content/entries/{name}.md", f"---\n{lines}---\n{body}")

    def run(self, command: str, *options: str, language: str = "en") -> Ran:
        """Runs a command on the site, as a user would."""
        runner = CliRunner(env={"RIZHI_LANGUAGE": language, "SOURCE_DATE_EPOCH": self.epoch})
        result = runner.invoke(main, [*command.split(), str(self.folder), *options], prog_name="rizhi")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    def build(self, *options: str) -> Ran:
        """Publishes the site; it must succeed. Every warning is told."""
        ran = self.run("build", "--all", *options)
        assert ran.status == 0, ran.err
        return ran

    def fails(self, *options: str) -> Ran:
        """Tries to publish the site; it must not succeed. Every problem is told, however many there are."""
        ran = self.run("build", "--all", *options)
        assert ran.status == 1, ran.out
        return ran

    def page(self, path: str) -> str:
        """A published file as text; ``path`` without ``index.html`` for a page."""
        return (self.folder / "output" / (path + "index.html" if path.endswith("/") or not path else path)).read_text(
            encoding="utf-8"
        )

    def tree(self) -> dict[str, bytes]:
        """All published files."""
        return tree(self.folder / "output")


def refusing(name: str) -> Callable[..., IO[Any]]:
    """An ``open`` that lets nobody read the files of this name."""

    real = open

    def refuse(place: str, *options: Any, **others: Any) -> IO[Any]:
        if Path(place).name == name:
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        opened: IO[Any] = real(place, *options, **others)
        return opened

    return refuse


def files(text: str) -> list[tuple[str, str]]:
    """The files of a text in the form of Go's txtar: ``-- path --`` and the lines below it."""
    parts = re.split(r"^-- (.+) --\n", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def tree(folder: Path) -> dict[str, bytes]:
    """All files below ``folder`` but the publisher's own state, by their path."""
    found = {}
    for above, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != STATE]
        below = Path(above).relative_to(folder)
        for name in names:
            place = Path(above, name)
            if name != STATE and place.is_file():
                found[(below / name).as_posix()] = place.read_bytes()
    return dict(sorted(found.items()))
