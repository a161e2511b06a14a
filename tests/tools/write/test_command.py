"""``rizhi write`` as it is started: a server of its own, real requests, a file on the desktop."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.ground.errors import Fault
from generator.tools.write.shortcut import shortcut
from tests.space import SiteSpace
from tests.tools.write.asking import DRAFT, address

ROOT = Path(__file__).parents[3]
PATIENCE = 60
PATH = "content/entries/a.md"


@contextlib.contextmanager
def running(space: SiteSpace, file: Path) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """The writing page in a process of its own, its port, and the review of a file that it begins with."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "import", "--open", "--year=2020", str(file), str(space.folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RIZHI_LANGUAGE": "en", "BROWSER": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.fullmatch(r"Write at http://127\.0\.0\.1:(\d+)/\.rizhi/write/#import/(\w+) in a browser.*\n", line)
        assert match is not None, line
        yield process, int(match[1]), match[2]
    finally:
        process.kill()
        process.communicate()


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with contextlib.closing(connection):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(method, path, skip_host="Host" in given)
        for name, value in ({"Content-Length": str(len(body))} | given).items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_it_is_started_used_and_ended(space: SiteSpace, tmp_path: Path) -> None:
    space.write(PATH, DRAFT)
    diary = tmp_path.with_suffix(".txt")
    diary.write_text("3月6日 晴\n\n去了村里。\n", encoding="utf-8")
    with running(space, diary) as (process, port, review):
        page = ask(port, "GET", "/.rizhi/write/")[1].decode()
        found = re.search(r'name="rizhi-token" content="([^"]+)"', page)
        assert found is not None
        token = found[1]
        status, raw = ask(port, "GET", address("file", path=PATH), X_Rizhi_Token=token)
        assert status == 200
        shown = json.loads(ask(port, "GET", address(f"import/{review}"), X_Rizhi_Token=token)[1])
        assert [one["date"] for one in shown["entries"]] == ["2020-03-06"]
        sent = json.dumps({"version": json.loads(raw)["version"], "text": "改过。\n"}).encode()
        door = address("file", path=PATH)
        assert ask(port, "PATCH", door, sent)[0] == 403
        assert ask(port, "PATCH", door, sent, X_Rizhi_Token=token, Host="example.org")[0] == 403
        assert ask(port, "PATCH", door, sent, X_Rizhi_Token=token, Origin="https://example.org")[0] == 403
        assert ask(port, "PATCH", door, sent, X_Rizhi_Token=token)[0] == 200
        assert (space.folder / PATH).read_text(encoding="utf-8") == DRAFT.replace("正文", "改过")
        upload = address("upload", path=PATH, name="a.png")
        assert ask(port, "POST", upload, X_Rizhi_Token=token, Content_Length=str(2 << 30))[0] == 413
        assert ask(port, "GET", "/.rizhi/write/files/..%2f..%2fapi.py")[0] == 404
        # A second double click only opens the browser; a port that is taken is told.
        again = space.run("write", "--no-open")
        assert (again.status, again.out) == (0, f"It is open already: http://127.0.0.1:{port}/.rizhi/write/\n")
        taken = space.run("write", "--no-open", "--port", str(port))
        assert taken.status == 2
        assert f"127.0.0.1, port {port} cannot be used" in taken.err
        # Whoever closes the browser in the middle of an upload does no harm.
        with socket.create_connection(("127.0.0.1", port)) as broken:
            head = (
                f"POST {upload} HTTP/1.1",
                "Host: localhost",
                f"X-Rizhi-Token: {token}",
                "Content-Length: 9",
                "",
                "abc",
            )
            broken.sendall("\r\n".join(head).encode())
        assert ask(port, "GET", address("files"), X_Rizhi_Token=token)[0] == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert sorted(one.name for one in (space.folder / "content/entries").iterdir()) == ["a.md"]
    assert not (space.folder / ".rizhi/writing-port.txt").exists()


def test_where_no_site_is_it_says_so(tmp_path: Path) -> None:
    for options in ((), ("--shortcut",)):
        ran = SiteSpace(tmp_path).run("write", "--no-open", *options)
        assert ran.status == 1
        assert ran.err.startswith(f"content: there is no folder content/ in {tmp_path}\n")


def test_a_file_on_the_desktop_starts_it(tmp_path: Path) -> None:
    site = tmp_path / "日志 100% $HOME `x` 'y' \"z\""
    site.mkdir()
    command = [sys.executable, "-m", "generator", "write", str(site)]
    mac = shortcut(site, "工作/日志", system="darwin", desktop=tmp_path)
    assert mac.name == "工作 日志.command"
    assert os.access(mac, os.X_OK)
    words = shlex.split(mac.read_text(encoding="utf-8").splitlines()[1])
    assert words == ["cd", str(ROOT), "&&", "exec", *command]
    linux = shortcut(site, "..", system="linux", desktop=tmp_path)
    assert linux.name == "rizhi.desktop"
    entry = dict(line.split("=", 1) for line in linux.read_text(encoding="utf-8").splitlines()[1:])
    # Read back as the Desktop Entry Specification says: first the escapes of a text, then the quotes.
    line = re.sub(r"\\(.)", r"\1", entry["Exec"])
    quoted = re.findall(r'"((?:\\.|[^"\\])*)"', line)
    assert [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted] == command
    plain = tmp_path / "日志 100%"
    plain.mkdir()
    windows = shortcut(plain, "CON: 日志", system="win32", desktop=tmp_path)
    lines = windows.read_bytes().decode().split("\r\n")
    assert lines[1] == "chcp 65001 >nul"
    assert f'"{plain}"'.replace("%", "%%") in lines[3]
    assert windows == shortcut(plain, "CON: 日志", system="win32", desktop=tmp_path)
    with pytest.raises(Fault, match="it cannot be written"):
        shortcut(plain, "a", system="linux", desktop=tmp_path / "none")
