"""The live preview, from outside: a server of its own, real requests, real edits."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.space import SiteSpace

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds that a busy machine may take for an answer or a build."""


class Server:
    """``rizhi serve`` on a site, from elsewhere or in the site's own folder."""

    def __init__(self, space: SiteSpace, *options: str, is_here: bool = False, handles: int = 0) -> None:
        self.temporary = space.folder.with_name(f"{space.folder.name}-temporary")
        self.temporary.mkdir()
        self.errors = self.temporary.with_suffix(".errors")
        site = "." if is_here else str(space.folder)
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "generator", "serve", site, "--port=0", *options],
                cwd=space.folder if is_here else ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "RIZHI_LANGUAGE": "en", "TMPDIR": str(self.temporary)},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        if handles:
            resource.prlimit(self.process.pid, resource.RLIMIT_NOFILE, (handles, handles))
        assert self.process.stdout is not None
        self.said: list[str] = []
        self.listening: list[http.client.HTTPConnection] = []
        for line in self.process.stdout:
            self.said.append(line)
            if match := re.search(r"The site is at http://([\d.]+):(\d+)/", line):
                self.host, self.port = match[1], int(match[2])
                return
        raise AssertionError(self.said)

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        """The answer to a request, as status and body; the path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def events(self) -> Iterator[dict[str, object]]:
        """The states that a browser would be told."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.listening.append(connection)
        connection.request("GET", "/.rizhi/events")
        answer = connection.getresponse()
        deadline = time.monotonic() + 3 * PATIENCE
        while line := answer.readline().decode():
            assert time.monotonic() < deadline
            if line.startswith("data: "):
                yield json.loads(line[6:])

    def end(self) -> int:
        """Ends it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """Ends it at once, with all that listens to it."""
        self.process.kill()
        self.process.communicate()
        for connection in self.listening:
            connection.close()


def refused(*arguments: str) -> subprocess.CompletedProcess[str]:
    """``rizhi serve`` where it cannot serve."""
    return subprocess.run(
        [sys.executable, "-m", "generator", "serve", *arguments],
        cwd=ROOT,
        env={**os.environ, "RIZHI_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def until(edit: Callable[[int], object], is_seen: Callable[[], bool]) -> None:
    """Edits once a second until it is seen: when a new folder is followed nobody is told."""
    deadline = time.monotonic() + PATIENCE
    for number in itertools.count():
        edit(number)
        again = time.monotonic() + 1
        while time.monotonic() < again:
            if is_seen():
                return
            time.sleep(0.02)
        assert time.monotonic() < deadline


@pytest.fixture
def server(space: SiteSpace) -> Iterator[Server]:
    space.entry("a", title="甲")
    running = Server(space)
    yield running
    running.close()


@pytest.fixture(params=["elsewhere", "here"])
def either(space: SiteSpace, request: pytest.FixtureRequest) -> Iterator[Server]:
    space.entry("a", title="甲")
    running = Server(space, is_here=request.param == "here")
    yield running
    running.close()


def test_pages_have_the_script_and_the_site_has_not(server: Server) -> None:
    status, body = server.ask("/2020/03/05/a/")
    assert status == 200
    assert "<h1>甲</h1>" in body
    assert body.endswith(
        '<script type="module" src="/.rizhi/reload.js" data-version="1" data-status="200"></script></body>\n</html>\n'
    )
    assert [server.ask(f"/.rizhi/{name}.js")[0] for name in ("reload", "builds")] == [200, 200]
    assert "/.rizhi/reload.js" not in server.ask("/feed.xml")[1]
    assert server.ask("/nowhere/")[0] == 404


def test_an_edit_is_told_and_shown(server: Server, space: SiteSpace) -> None:
    events = server.events()
    assert next(events) == {"version": 1, "problems": None, "left_out": None}
    space.entry("a", title="乙")
    assert next(events) == {"version": 2, "problems": None, "left_out": None}
    assert "<h1>乙</h1>" in server.ask("/2020/03/05/a/")[1]


def test_a_new_file_and_a_new_theme_are_seen(either: Server, space: SiteSpace) -> None:
    events = either.events()
    next(events)
    space.entry("sub/b", title="丙", status="draft")
    next(events)
    assert either.ask("/2020/03/05/b/")[0] == 200
    space.write("themes/default/strings/zh-CN.yaml", "dates: 哪一天\n")
    while "哪一天" not in either.ask("/")[1]:
        next(events)
    # Once it is there, its files are followed, too.
    until(
        lambda number: space.write("themes/default/strings/zh-CN.yaml", f"dates: 哪几天{number}\n"),
        lambda: "哪几天" in either.ask("/")[1],
    )


def test_a_content_folder_in_the_place_of_another_is_followed(either: Server, space: SiteSpace) -> None:
    events = either.events()
    next(events)
    content = space.folder / "content"
    content.rename(space.folder / "aside")
    while next(events)["problems"] is None:
        pass
    # Another folder, which only is called the same.
    shutil.copytree(space.folder / "aside", content)
    while next(events)["problems"] is not None:
        pass
    until(lambda number: space.entry("b", title=f"乙{number}"), lambda: either.ask("/2020/03/05/b/")[0] == 200)


@pytest.mark.parametrize("way", ["removed", "moved"])
def test_a_site_that_is_removed_and_put_back_is_followed(either: Server, space: SiteSpace, way: str) -> None:
    events = either.events()
    next(events)
    aside = space.folder.with_name(f"{space.folder.name}-aside")
    if way == "moved":
        space.folder.rename(aside)
    else:
        shutil.copytree(space.folder, aside)
        shutil.rmtree(space.folder)
    while "there is no folder content/" not in str(next(events)["problems"]):
        pass
    shutil.copytree(aside, space.folder)
    while next(events)["problems"] is not None:
        pass
    until(lambda number: space.entry("b", title=f"乙{number}"), lambda: either.ask("/2020/03/05/b/")[0] == 200)


def test_more_connections_than_handles(space: SiteSpace) -> None:
    space.entry("a", title="甲")
    running = Server(space, handles=128)
    opened = []
    try:
        events = running.events()
        next(events)
        for number in range(160):
            opened.append(socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE))
            if number % 2:
                with contextlib.suppress(OSError):
                    opened[-1].sendall(b"GET /.rizhi/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        space.entry("a", title="乙")
        assert next(events) == {"version": 2, "problems": None, "left_out": None}
        assert "<h1>乙</h1>" in running.ask("/2020/03/05/a/")[1]
        assert running.errors.read_text() == ""
    finally:
        for one in opened:
            one.close()
        running.close()


def test_a_folder_that_is_not_there(space: SiteSpace) -> None:
    ran = refused(str(space.folder / "gone"), "--port", "0")
    assert ran.returncode == 2
    assert f"Error: there is no folder {space.folder / 'gone'}\nhint: go to the folder" in ran.stderr


def test_a_problem_is_told_until_it_is_mended_and_the_last_whole_site_stands(server: Server, space: SiteSpace) -> None:
    events = server.events()
    next(events)
    space.entry("a", title="乙", date="2020-02-30")
    state = next(events)
    assert state["version"] == 1
    assert state["problems"] == (
        'content/entries/a.md:3:7: date "2020-02-30" is not a day\n'
        "  date: 2020-02-30\n"
        "        ^\n"
        "  hint: February 2020 has 29 days"
    )
    assert "<h1>甲</h1>" in server.ask("/2020/03/05/a/")[1]
    space.entry("a", title="乙")
    assert next(events) == {"version": 2, "problems": None, "left_out": None}


def test_what_is_wrong_in_a_draft_keeps_only_its_own_page_from_being_shown(server: Server, space: SiteSpace) -> None:
    events = server.events()
    next(events)
    space.entry("b", "有事打13912345678。", title="乙", status="draft")
    state = next(events)
    assert (state["version"], state["problems"]) == (2, None)
    assert "content/entries/b.md:6:4: a mobile phone number stands here" in str(state["left_out"])
    status, body = server.ask("/2020/03/05/b/")
    assert (status, 'data-status="404"' in body, "13912345678" in body) == (404, True, False)
    # The others are shown as they are now.
    space.entry("a", title="甲改")
    assert next(events)["version"] == 3
    assert "<h1>甲改</h1>" in server.ask("/2020/03/05/a/")[1]
    space.entry("b", "有事打电话。", title="乙", status="draft")
    assert next(events) == {"version": 4, "problems": None, "left_out": None}
    assert "有事打电话" in server.ask("/2020/03/05/b/")[1]


def test_a_site_that_is_broken_from_the_start_is_served_and_mended(space: SiteSpace) -> None:
    space.entry("a", date="x")
    running = Server(space)
    try:
        assert "is not written as a day" in "".join(running.said)
        status, body = running.ask("/")
        assert status == 404
        assert "/.rizhi/reload.js" in body
        events = running.events()
        assert next(events)["version"] == 0
        space.entry("a")
        assert next(events) == {"version": 1, "problems": None, "left_out": None}
        assert running.ask("/")[0] == 200
    finally:
        running.close()


STRANGERS = {
    "example.org": False,
    "127.0.0.1.example.org": False,
    "localhost.example.org": False,
    "192.168.1.5": False,
    "example.org@127.0.0.1": True,
    "": False,
    "[::1": False,
    "127.0.0.1": True,
    "localhost": True,
    "[::1]": True,
}
"""Names by which a server may be asked, and whether it answers."""


@pytest.mark.parametrize("name", ["Host", "Origin"])
def test_strangers_are_refused(server: Server, name: str) -> None:
    answers = {}
    for stranger in STRANGERS:
        value = f"{stranger}:{server.port}" if stranger else ""
        given = f"http://{value}" if name == "Origin" and value else value
        if name == "Origin" and not stranger:
            given = "null"
        answers[stranger] = server.ask("/", **{name: given})[0]
    assert answers == {stranger: 200 if is_let_in else 403 for stranger, is_let_in in STRANGERS.items()}


def test_nothing_but_the_site_is_served(server: Server) -> None:
    paths = (
        "/../../../../etc/passwd", "/..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..\\..\\etc\\passwd",
        "/%00", "/a%00.html", "/.rizhi/manifest", "/.rizhi/lock", "/%2erizhi/manifest", "//etc/passwd",
        "/" + "a" * 5000, "/%ff%fe",
    )  # fmt: skip
    answers = {path: server.ask(path) for path in paths}
    assert {
        path: answer for path, answer in answers.items() if not 400 <= answer[0] < 500 or "root:" in answer[1]
    } == {}


def test_it_ends_quietly_with_a_browser_still_listening(server: Server) -> None:
    events = server.events()
    next(events)
    assert server.end() == 0
    assert server.errors.read_text() == ""
    assert list(server.temporary.iterdir()) == []


def test_a_port_that_is_taken(server: Server, space: SiteSpace) -> None:
    ran = refused(str(space.folder), "--port", str(server.port))
    assert ran.returncode == 2
    assert ran.stderr.endswith(
        f"Error: 127.0.0.1, port {server.port} cannot be used: Address already in use\n"
        "hint: choose another with --port\n"
    )


def test_a_burst_of_changes_ends_in_the_state_of_a_clean_build(server: Server, space: SiteSpace) -> None:
    events = server.events()
    next(events)
    for number in range(300):
        space.entry(f"e{number % 40}", title=f"第{number}次")
    for number in range(0, 40, 2):
        (space.folder / f"content/entries/e{number}.md").unlink()
    space.entry("last", title="最后一篇")
    while server.ask("/2020/03/05/last/")[0] != 200 or server.ask("/2020/03/05/e38/")[0] == 200:
        next(events)
    space.build("--drafts", "--future", "--base-url", f"http://127.0.0.1:{server.port}/")
    for path, body in space.tree().items():
        if path.endswith(".html"):
            status, served = server.ask("/" + path.removesuffix("index.html"))
            assert status == 200
            assert re.sub('<script type="module" src="/.rizhi.*?</script>', "", served) == body.decode()


def test_nothing_is_left_to_read(server: Server) -> None:
    """What the server says on its way goes to the terminal only while it starts."""
    assert server.ask("/")[0] == 200
    assert server.end() == 0
    assert server.process.stdout is not None
    assert server.process.stdout.read() == ""
