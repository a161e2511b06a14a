"""Makes Word files of documents in older formats and of other programs, by LibreOffice where it is installed.

Somebody was sent what it opens. So it works in a folder of its own, with a profile that runs no macro and reaches no
address, and has to be done after a while.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from generator.ground.errors import Fault
from generator.ground.files import check_size, read_file
from generator.ground.messages import say
from generator.ground.temporary import temporary_folder

SECONDS: Final = 120
"""It starts in some ten seconds on a slow computer, and reads a long document in less."""
_MOST: Final = 1 << 30
"""Bytes that it may write: pictures stand unpacked in old documents and packed in new ones."""
_LOOK: Final = 0.2
"""Seconds between two looks at what it does."""
_NAMES: Final = ("soffice", "libreoffice")
_USUAL: Final = (
    ("ProgramFiles", r"LibreOffice\program\soffice.com"),
    ("ProgramFiles(x86)", r"LibreOffice\program\soffice.com"),
    ("HOME", "Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_USUAL_ON_A_MAC: Final = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
_OPTIONS: Final = (
    "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
)  # fmt: skip
_HINT: Final = say("open it in Word or WPS, save it as .docx, and import that")
# Nothing answers at port 9, through which every address would be reached.
_SETTINGS: Final = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3", "DisableMacrosExecution": "true", "BlockUntrustedRefererLinks": "true",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "2"},
    "org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2", "ooInetNoProxy": "",
        "ooInetHTTPProxyName": "127.0.0.1", "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1", "ooInetHTTPSProxyPort": "9",
    },
}  # fmt: skip


def as_word(body: bytes, ending: str) -> bytes:
    """The Word file that LibreOffice makes of a document, whose format has this ending.

    Raises Fault where it is not installed, or makes none.
    """
    program = _program()
    if program is None:
        raise Fault(
            say("it is a document in an older format or of another program"),
            say("open it in Word or WPS, save it as .docx, and import that; or install LibreOffice, which reads it"),
        )
    try:
        with temporary_folder() as folder:
            return _made(program, body, ending, folder)
    except OSError as error:
        raise Fault(say("LibreOffice could not read it: {fact}", fact=error.strerror or str(error)), _HINT) from None


def _made(program: str, body: bytes, ending: str, folder: Path) -> bytes:
    _write_profile(folder / "profile" / "user")
    document = folder / f"document.{ending}"
    document.write_bytes(body)
    made = folder / "made"
    command = (
        program, *_OPTIONS, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made), str(document),
    )  # fmt: skip
    _run(command, folder)
    try:
        return read_file(made / "document.docx", _MOST)
    except FileNotFoundError:
        raise Fault(say("LibreOffice could not read it"), _HINT) from None


def _program() -> str | None:
    """LibreOffice's program, where it is installed; never one that lies in the folder where somebody works."""
    usual = [Path(folder, *rest.split("\\")) for name, rest in _USUAL if (folder := os.environ.get(name))]
    named = map(Path, filter(None, map(shutil.which, _NAMES)))
    return next((str(place) for place in (*usual, _USUAL_ON_A_MAC, *named) if _is_program(place)), None)


def _is_program(place: Path) -> bool:
    return place.is_absolute() and place.is_file()


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n"
    )
    (folder / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _run(command: Sequence[str], folder: Path) -> None:
    """Runs a command in a folder until it ends. Raises Fault where it takes too long, or writes too much."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that the person at this computer has installed
            command, cwd=folder, env=_environment(folder), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise Fault(say("LibreOffice does not start: {fact}", fact=error.strerror or str(error)), _HINT) from None
    end = time.monotonic() + SECONDS
    try:
        while time.monotonic() < end:
            check_size(_size(folder), _MOST)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)
                return
        raise Fault(say("LibreOffice was not done with it after {n} seconds", n=SECONDS), _HINT)
    finally:
        _end(process)


def _environment(folder: Path) -> Mapping[str, str]:
    """Where it is to write what it needs for a while only: what is left of it goes away with the folder."""
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)), "SAL_USE_VCLPLUGIN": "svp"}


def _size(folder: Path) -> int:
    """The bytes of the files in a folder. What goes away meanwhile, be it a whole folder, is not counted."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += Path(path, name).lstat().st_size
    return total


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process with those that it started."""
    if os.name == "nt":
        if process.poll() is None:
            end = ("taskkill", "/F", "/T", "/PID", str(process.pid))
            subprocess.run(end, check=False, capture_output=True)  # noqa: S603
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
