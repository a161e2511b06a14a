"""A file on the desktop that opens the writing page of a site by a double click."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
from pathlib import Path

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.ground.text import cut_to_segment, nfc

_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*%]+')


def shortcut(site: Path, name: str, *, system: str = sys.platform, desktop: Path | None = None) -> Path:
    """Puts the file onto the desktop, over an earlier one, and returns its path. Raises Fault.

    ``name`` is what it is called, without an ending.
    """
    ending, body, is_run = _starter(site.resolve(), name, system)
    folder = desktop or _desktop(system)
    place = folder / f"{cut_to_segment(_UNFIT.sub(' ', nfc(name)).strip('. ')) or 'rizhi'}{ending}"
    try:
        if not folder.is_dir():
            raise FileNotFoundError(2, "No such file or directory", str(folder))
        place.write_bytes(body)
        if is_run:
            place.chmod(0o755)
    except OSError as error:
        raise Fault(
            say("it cannot be written: {fact}", fact=f"{error.strerror}: {place}"),
            say("look where the desktop is on this computer, and whether you may write there"),
        ) from None
    return place


def _starter(site: Path, name: str, system: str) -> tuple[str, bytes, bool]:
    """The ending of the file, what is in it, and whether it has to be made executable."""
    # From the folder that holds this program, it runs whether or not it was installed.
    program = Path(__file__).parents[3]
    command = (sys.executable, "-m", "generator", "write", str(site))
    if system == "win32":
        arguments = " ".join(f'"{part}"'.replace("%", "%%") for part in command)
        folder = str(program).replace("%", "%%")
        lines = ("@echo off", "chcp 65001 >nul", f'cd /d "{folder}"', arguments, "if errorlevel 1 pause", "")
        return ".cmd", "\r\n".join(lines).encode(), False
    if system == "darwin":
        return ".command", f"#!/bin/sh\ncd {shlex.quote(str(program))} && exec {shlex.join(command)}\n".encode(), True
    words = " ".join(map(_desktop_word, command))
    entry = (
        f"[Desktop Entry]\nType=Application\nName={_desktop_text(name)}\nExec={words}\n"
        f"Path={_desktop_text(str(program))}\nTerminal=true\n"
    )
    return ".desktop", entry.encode(), True


def _desktop_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _desktop_word(word: str) -> str:
    """An argument in ``Exec`` (Desktop Entry Specification, "The Exec key"): quoted, then written as a text."""
    return _desktop_text('"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") + '"')


def _desktop(system: str) -> Path:
    """The folder of the desktop."""
    home = Path.home()
    if system == "win32":
        with contextlib.suppress(OSError):
            return _windows_desktop()
    if system not in ("win32", "darwin"):
        configured = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config", "user-dirs.dirs")
        with contextlib.suppress(OSError, UnicodeDecodeError):
            found = re.search(r'^XDG_DESKTOP_DIR="([^"]+)"', configured.read_text(encoding="utf-8"), re.MULTILINE)
            if found:
                return Path(found[1].replace("$HOME", str(home)))
    return home / "Desktop"


def _windows_desktop() -> Path:
    """The desktop where Windows has it, which may be in a cloud folder. Raises OSError."""
    if sys.platform != "win32":
        raise FileNotFoundError
    import winreg

    place = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
        return Path(os.path.expandvars(str(winreg.QueryValueEx(key, "Desktop")[0])))
