"""Creates new sites, entries and targets: files with their front matter filled in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

from generator.ground.dates import Day
from generator.ground.errors import BuildError, Fault
from generator.ground.messages import say
from generator.ground.text import FORBIDDEN, SEGMENT_BYTES, is_windows_name, nfc, slug
from generator.model.settings import DEFAULT_KINDS, kind_named
from generator.read.decoding import decoded
from generator.read.settings import settings
from generator.read.sources import SETTINGS
from generator.tools.origin import WHEELS, Origin

STARTER: Final = Path(__file__).with_name("starter")
WORKFLOW: Final = ".github/workflows/publish.yml"


def new_site(folder: Path, language: str, program: Origin) -> list[Path]:
    """Creates a small working site in ``folder``, in ``language`` (``"zh"`` or ``"en"``), with a deploy workflow.

    The workflow installs this program from where it came. Returns the created files. Raises Fault where the folder is
    not empty or cannot be written.
    """
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise Fault(say("{folder} is there already and is not empty", folder=folder), say("choose another folder"))
    starter = STARTER / language
    files = {path.relative_to(starter).as_posix(): path for path in sorted(starter.rglob("*")) if path.is_file()}
    if program.wheel is not None:
        files[f"{WHEELS}/{program.wheel.name}"] = program.wheel
    files |= {WORKFLOW: STARTER / "common" / "publish.yml", ".gitignore": STARTER / "common" / "gitignore"}
    made = []
    for name, original in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(original.read_bytes().replace(b"RIZHI_REQUIREMENT", _shell(program.requirement)))
        except OSError as error:
            raise _unwritable(error, path) from None
        made.append(path)
    return made


def _shell(requirement: str) -> bytes:
    """What pip is to install, as the workflow's shell reads it; the pattern of a wheel's name stays one."""
    return requirement.encode() if " " not in requirement else f'"{requirement}"'.encode()


def new_entry(folder: Path, title: str, day: Day) -> Path:
    """Creates a draft entry in the site at ``folder``, named after its day and title. Raises Fault."""
    title = _one_line(title)
    name = f"{day}-{slug(title)}" if slug(title) else str(day)
    fields = {"title": title, "date": day.isoformat(), "targets": [], "tags": [], "status": "draft"}
    return _write(folder / "content" / "entries", name, fields)


def new_target(folder: Path, name: str, kind: str) -> Path:
    """Creates a service target in the site at ``folder``, with an id from its name. Raises Fault.

    ``kind`` is the id or a name of one of the site's kinds.
    """
    name = _one_line(name)
    kinds = _kinds(folder)
    known = kind_named(kind, kinds)
    if known is None:
        choices = ", ".join(f"{key} ({label})" for key, label in kinds.items())
        raise Fault(say('there is no kind "{kind}"', kind=kind), say("write one of {choices}", choices=choices))
    if not slug(name):
        raise Fault(say('"{name}" has no letter or digit', name=name), say("write the target's name"))
    if slug(name) in kinds:
        taken = say('"{id}" is the id of a kind, so no target may have it', id=slug(name))
        raise Fault(taken, say("choose another name"))
    return _write(folder / "content" / "targets", slug(name), {"name": name, "kind": known})


def _one_line(text: str) -> str:
    line = " ".join(nfc(text).split())
    if FORBIDDEN.search(line):
        raise Fault(say("the name holds a control character"), say("type it again"))
    if not line:
        raise Fault(say("the name is empty"), say("write it in quotes behind the command"))
    return line


def _write(folder: Path, name: str, fields: Mapping[str, object]) -> Path:
    """Writes a new Markdown file. Raises Fault where it exists or cannot be written."""
    if not folder.parent.is_dir():
        raise Fault(
            say("there is no folder content/ in {folder}", folder=folder.parent.parent),
            say("go to the folder that holds content/, or make a new site: rizhi init my-diary"),
        )
    if is_windows_name(name):
        raise Fault(say('Windows cannot store a file called "{name}"', name=name), say("choose another name"))
    stem = name.encode()[:SEGMENT_BYTES].decode(errors="ignore").rstrip("-")
    path = folder / f"{stem}.md"
    text = "---\n" + _yaml(fields) + "---\n\n"
    try:
        folder.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Fault(say("{place} is there already", place=path), say("choose another name")) from None
    except OSError as error:
        raise _unwritable(error, path) from None
    return path


def _unwritable(error: OSError, path: Path) -> Fault:
    return Fault(say("it cannot be written: {fact}", fact=f"{error.strerror}: {path}"), say("choose another folder"))


def _kinds(folder: Path) -> Mapping[str, str]:
    """The kinds of the site at ``folder``, id → label; the defaults where its settings cannot be read."""
    path = folder / SETTINGS
    try:
        source, _ = decoded(path.read_bytes(), SETTINGS)
    except (OSError, BuildError):
        return DEFAULT_KINDS["zh"]
    chosen = settings(source).value
    return chosen.kinds if chosen else DEFAULT_KINDS["zh"]


def _yaml(fields: Mapping[str, object]) -> str:
    lines = []
    for key, value in fields.items():
        written = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_flow_style=True)
        written = written.removesuffix("\n").removesuffix("\n...")
        lines.append(f"{key}: {value if key == 'date' else written}\n")
    return "".join(lines)
