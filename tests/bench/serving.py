"""From a saved edit to the reload event in a browser: our preview server's and Hugo's."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 300.0


@contextmanager
def ours(folder: Path) -> Iterator[Callable[[], None]]:
    """``rizhi serve``; what it gives waits for the next reload event."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "RIZHI_LANGUAGE": "en", "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        port = next(int(match[1]) for line in process.stdout if (match := re.search(r"127\.0\.0\.1:(\d+)", line)))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/.rizhi/events")
        answer = connection.getresponse()

        def wait() -> None:
            while not answer.readline().startswith(b"data:"):
                pass

        wait()
        yield wait
    finally:
        process.terminate()
        process.wait()


@contextmanager
def hugos(folder: Path, hugo: str) -> Iterator[Callable[[], None]]:
    """``hugo server``; what it gives waits for the next reload message of its LiveReload socket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [hugo, "server", "--source", str(folder), "--port", str(port), "--bind", "127.0.0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        next(line for line in process.stdout if "Web Server is available" in line)
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            _shake_hands(connection, port)

            def wait() -> None:
                while b'"reload"' not in _frame(connection):
                    pass

            yield wait
    finally:
        process.terminate()
        process.wait()


def _shake_hands(connection: socket.socket, port: int) -> None:
    """A WebSocket's handshake (RFC 6455) and LiveReload's hello."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /livereload HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        f"Origin: http://127.0.0.1:{port}",
    ]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += connection.recv(1)
    assert b" 101 " in head, head
    hello = json.dumps({"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}).encode()
    connection.sendall(bytes([0x81, 0x80 | len(hello)]) + bytes(4) + hello)


def _frame(connection: socket.socket) -> bytes:
    """One frame from the server; those are not masked, and short enough."""
    _, length = _exactly(connection, 2)
    if length == 126:
        length = int.from_bytes(_exactly(connection, 2), "big")
    return _exactly(connection, length)


def _exactly(connection: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = connection.recv(size - len(found))
        if not more:
            raise ConnectionError
        found += more
    return found


def seconds(wait: Callable[[], None], edit: Callable[[int], None], rounds: int) -> list[float]:
    """How long each of some edits takes to the reload."""
    found = []
    for number in range(rounds):
        time.sleep(1.0)
        start = time.perf_counter()
        edit(number)
        wait()
        found.append(time.perf_counter() - start)
    return found
