"""Finds all files under content/, in a fixed order, and classifies them.

Files that cannot be read or published, or that are misplaced, become problems.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.file_stat import File, file_stat
from generator.ground.files import read_file, strange_file
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import folded, is_windows_name, nfc
from generator.model.content import Source
from generator.read.decoding import decoded

CONTENT: Final = "content"
FOLDERS: Final = ("entries", "targets", "policies", "pages")
SETTINGS: Final = "content/site.yaml"
PEOPLE: Final = "content/people.yaml"
_SPECIAL: Final = {"people.yaml": PEOPLE, "people.yml": PEOPLE, "site.yml": SETTINGS, "site.yaml": SETTINGS}
"""File names that are meant as one of those two, in any folder and with any capital letters."""
_PEOPLE = re.compile(r"peoples?\b|persons?\b|.*(?:人员|人名|名册|名单).*\.(?:ya?ml|json|txt)$")
"""Other names for a register of persons, for files in content/ itself."""
MARKDOWN: Final = (".md", ".markdown")

DEEPEST: Final = 30
"""The deepest nesting of folders. More is a mistake, and file systems have limits too."""

MOST_BYTES: Final = 2 << 20
"""Of a text: a thick book has less."""

_LITTER = ("~$", ".")
_LITTER_NAMES = ("Thumbs.db", "desktop.ini", "__MACOSX")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_USUAL = re.compile(r"[a-z0-9][a-z0-9_-]*\.[a-z]{2,4}")
"""Names without any problem, which nearly all are; only Windows' device names have to be excluded."""
_DEVICES = ("con", "prn", "aux", "nul", "com", "lpt")
_WRITING = (".mdown", ".mkd", ".txt", ".doc", ".docx", ".wps", ".rtf", ".html", ".htm")


@frozen(kw_only=True)
class Sources:
    """All files under content/ in two groups, sorted by path. None of them has been opened."""

    texts: Mapping[str, File] = field(default_factory=dict)
    """site.yaml, people.yaml and the Markdown files, by path relative to the site's folder, in NFC."""
    files: Mapping[str, File] = field(default_factory=dict)
    """All other files, likewise."""
    problems: tuple[Problem, ...] = ()

    def markdown(self, name: str) -> Iterator[str]:
        """The paths of the Markdown files in one of FOLDERS."""
        return (path for path in self.texts if folder_of(path) == name)


def walk(folder: Path) -> Sources:
    """Finds the content of the site in ``folder``, and collects problems so that one run can report all of them.

    Raises BuildError where there is no folder content/.
    """
    require_content(folder)
    problems: list[Problem] = []
    every: list[tuple[str, File]] = []
    _walk(str(folder), CONTENT, every, problems)
    texts: dict[str, File] = {}
    files: dict[str, File] = {}
    for path, file in _distinct(every, problems):
        kind = texts if _is_text(path) else files
        kind[nfc(path)] = file
    problems += _misnamed(folder, files)
    return Sources(texts=texts, files=files, problems=tuple(problems))


def require_content(folder: Path) -> None:
    """Raises BuildError where ``folder`` does not contain a site."""
    if not (folder / CONTENT).is_dir():
        raise BuildError(
            Problem(
                path=CONTENT,
                message=say("there is no folder content/ in {folder}", folder=folder),
                hint=say("go to the folder that holds content/, or make a new site: rizhi init my-diary"),
            )
        )


def read(path: str, real_path: str) -> tuple[bytes, Source | None, tuple[Problem, ...]]:
    """The fingerprint and text of a text file, and its problems. ``real_path`` is its path on the disk.

    The fingerprint is empty where the file cannot be read; the text is None where it cannot be decoded.
    """
    try:
        raw = read_file(real_path, MOST_BYTES)
    except (OSError, Fault) as error:
        return b"", None, (unreadable(path, error),)
    digest = fingerprint(raw)
    try:
        source, warnings = decoded(raw, path)
    except BuildError as error:
        return digest, None, error.problems
    return digest, source, warnings


def folder_of(path: str) -> str:
    """The folder under content/ that determines how a file is parsed; empty for site.yaml and people.yaml."""
    return path.split("/", 2)[1] if path.count("/") > 1 else ""


def _is_text(path: str) -> bool:
    if path in (SETTINGS, PEOPLE):
        return True
    parts = path.split("/")
    return len(parts) > 2 and parts[1] in FOLDERS and path.lower().endswith(MARKDOWN)


def _walk(folder: str, path: str, found: list[tuple[str, File]], problems: list[Problem]) -> None:
    """Adds all files under ``path`` to ``found``, sorted by name."""
    if path.count("/") > DEEPEST:
        message = say("folders are nested more than {limit} deep", limit=DEEPEST)
        problems.append(Problem(path=path, message=message, hint=say("move the files up")))
        return
    try:
        children = sorted(os.scandir(f"{folder}/{path}"), key=lambda child: nfc(child.name))
    except OSError as error:
        problems.append(unreadable(path, error))
        return
    top = f"{folder}/{CONTENT}"
    for child in children:
        name = child.name
        child_path = f"{path}/{name}"
        if _USUAL.fullmatch(name) and not name.startswith(_DEVICES) and child.is_file(follow_symlinks=False):
            _add(child_path, child, found, problems)
        elif is_litter(name):
            continue
        elif fault := refused(child, top, say("the link leads out of the site's content")):
            problems.append(unreadable(child_path, fault))
        elif child.is_dir():
            _walk(folder, child_path, found, problems)
        else:
            _add(child_path, child, found, problems)


def _add(path: str, child: os.DirEntry[str], found: list[tuple[str, File]], problems: list[Problem]) -> None:
    try:
        found.append((path, File(child.path, file_stat(child.stat()))))
    except OSError as error:
        problems.append(unreadable(path, error))


def is_litter(name: str) -> bool:
    """Whether a file or folder is of no use to anybody: hidden, or left by a program or a system."""
    return name.startswith(_LITTER) or name in _LITTER_NAMES


def refused(child: os.DirEntry[str] | Path, top: str, outside: Message) -> Fault | None:
    """What is wrong with a file or folder that is not read; None for one that is.

    Links have to stay within the folder ``top``; ``outside`` says of one that it does not.
    """
    name = child.name
    if not _is_unicode(name):
        return Fault(say("the file's name is not UTF-8"), say("rename the file"))
    if is_windows_name(name):
        return Fault(say('Windows cannot store a file called "{name}"', name=name), say("rename the file"))
    if _CONTROL.search(name):
        return Fault(say("the file's name holds a control character"), say("rename the file"))
    if (right_path := _SPECIAL.get(folded(name))) and child.is_dir():
        return Fault(say("it is a folder, and no file that can be read"), say("put a file at {path}", path=right_path))
    if child.is_symlink():
        real = Path(os.path.realpath(child))
        if not real.exists():
            return Fault(say("the link leads nowhere, or round in a circle"), say("put the file itself here"))
        if not real.is_relative_to(os.path.realpath(top)):
            return Fault(outside, say("put the file itself here"))
        if real.is_dir():
            return Fault(say("a link to a folder is not followed"), say("put the folder itself here"))
    return None if child.is_dir() or child.is_file() else strange_file()


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _printable(path: str) -> str:
    return path.encode(errors="backslashreplace").decode()


def _distinct(found: Iterable[tuple[str, File]], problems: list[Problem]) -> Iterator[tuple[str, File]]:
    """The files with distinct names on a disk that ignores case and normal form. Others become problems."""
    first: dict[str, str] = {}
    for path, file in found:
        other = first.setdefault(folded(path), path)
        if other is path:
            yield path, file
            continue
        same_letters = nfc(path) == nfc(other)
        difference = say("the Unicode form of their letters") if same_letters else say("capital letters")
        problems.append(
            Problem(
                path=nfc(path),
                message=say(
                    "its name and that of {other} differ only in {difference}", other=other, difference=difference
                ),
                hint=say("rename one of them: on Windows and on a Mac they are the same file"),
            )
        )


def _misnamed(folder: Path, files: Iterable[str]) -> Iterator[Problem]:
    """Problems for a register of persons or settings in the wrong place: their names would not be kept private."""
    outside = (name for name in ("people.yaml", "people.yml") if os.path.lexists(folder / name))
    for path in (*files, *outside):
        folder_name, _, name = folded(path).rpartition("/")
        right_path = _SPECIAL.get(name)
        if right_path is None and folder_name == CONTENT and _PEOPLE.match(name):
            right_path = PEOPLE
        if right_path is not None:
            message = say("the file is not read here")
            yield Problem(path=path, message=message, hint=say("its place and name are {path}", path=right_path))


def misplaced(path: str) -> Problem | None:
    """A warning for a file that the writer may expect to be published, but that is not; None for any other file."""
    parts = path.split("/")
    if folded(parts[-1]) in _SPECIAL or (len(parts) == 2 and _PEOPLE.match(folded(parts[-1]))):
        # ``walk`` has reported it as a problem.
        return None
    if len(parts) > 2 and parts[1] in FOLDERS:
        if not path.lower().endswith(_WRITING):
            return None
        message = say("the file is not Markdown, so it is no entry and no page")
        hint = say("save it as a Markdown file, ending in .md; a file that an entry links to is published with it")
    else:
        message = say("the file is in no folder that is read")
        hint = say("entries go into content/entries/, pages into content/pages/")
    return Problem(path=path, message=message, hint=hint, is_warning=True)


def unreadable(path: str, error: OSError | Fault) -> Problem:
    """The problem for a file or folder that the system cannot read, or that is not to be read."""
    if isinstance(error, Fault):
        return Problem(path=_printable(path), message=error.message, hint=error.hint)
    return Problem(
        path=_printable(path),
        message=say("it cannot be read: {fact}", fact=error.strerror or error),
        hint=say("check that the file is there and that you may read it"),
    )
