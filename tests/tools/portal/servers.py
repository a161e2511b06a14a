"""A cluster and a store as separate processes of this machine: Dask's scheduler and workers, and moto's S3."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3

BUCKET: Final = "teams"
ROOT: Final = Path(__file__).parents[3]
_WAIT: Final = 60


@dataclass(frozen=True, slots=True)
class Store:
    """A server with the interface of S3."""

    address: str
    environment: Mapping[str, str]

    def put(self, folder: Path, name: str) -> None:
        """Copies a file, or all files of a folder, into the bucket."""
        if folder.is_file():
            self._client().upload_file(str(folder), BUCKET, name)
            return
        for place in sorted(folder.rglob("*")):
            if place.is_file():
                self._client().upload_file(str(place), BUCKET, f"{name}/{place.relative_to(folder).as_posix()}")

    def tree(self, name: str) -> dict[str, bytes]:
        """All files below a folder, by their path from it."""
        client, found = self._client(), {}
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{name}/"):
            for one in page.get("Contents", ()):
                body = client.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read()
                found[one["Key"].removeprefix(f"{name}/")] = body
        return found

    def write(self, key: str, body: bytes) -> None:
        """Writes a file."""
        self._client().put_object(Bucket=BUCKET, Key=key, Body=body)

    def delete(self, key: str) -> None:
        """Deletes a file."""
        self._client().delete_object(Bucket=BUCKET, Key=key)

    def kind(self, key: str) -> str:
        """The type of a file, as a browser is told."""
        return str(self._client().head_object(Bucket=BUCKET, Key=key)["ContentType"])

    def _client(self) -> Any:
        return _client(self.address)


_CLIENTS: dict[str, Any] = {}


def _client(address: str) -> Any:
    if address not in _CLIENTS:
        _CLIENTS[address] = boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
    return _CLIENTS[address]


@contextlib.contextmanager
def store(folder: Path) -> Iterator[Store]:
    """A server with an empty bucket."""
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "PYTHONPATH": str(ROOT),
    }
    port = _free_port()
    with _running([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], folder, environment):
        _wait_for(port)
        made = Store(f"http://127.0.0.1:{port}", environment)
        _client(made.address).create_bucket(Bucket=BUCKET)
        yield made


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler with workers."""

    address: str
    process: int
    """That of the scheduler."""
    folder: Path
    """Where its processes write what they have to say."""

    def said(self) -> str:
        """What its processes said."""
        return "".join(one.read_text(errors="replace") for one in sorted(self.folder.glob("*.log")))

    def wait_for(self, words: str, *, times: int = 1) -> None:
        """Waits until its processes have said this so many times."""
        end = time.monotonic() + _WAIT
        while len(re.findall(words, self.said())) < times:
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)

    def kill(self) -> None:
        """Kills the scheduler."""
        os.kill(self.process, signal.SIGKILL)


@contextlib.contextmanager
def cluster(
    folder: Path, environment: Mapping[str, str], *, workers: int = 3, preload: str | None = None
) -> Iterator[Cluster]:
    """A scheduler and workers, each with a nanny that starts it again, as they are by default."""
    folder.mkdir(parents=True, exist_ok=True)
    own = {
        **environment,
        # An item whose worker died twice is given up; the default is four times.
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False",
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
        "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
        "DASK_DISTRIBUTED__SCHEDULER__HTTP__ROUTES": "[]",
        "DASK_DISTRIBUTED__WORKER__HTTP__ROUTES": "[]",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    port = _free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = [_python(), "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    worker = [_python(), "-m", "distributed.cli.dask_worker", address, "--nthreads", "2", "--no-dashboard"]
    worker += ["--preload", preload] if preload else []
    with contextlib.ExitStack() as running:
        process = running.enter_context(_running([*scheduler, "--no-dashboard"], folder, own))
        made = Cluster(address, process.pid, folder)
        _wait_for(port)
        for number in range(workers):
            place = folder / f"worker-{number}"
            place.mkdir()
            options = ["--local-directory", str(place), "--name", f"worker-{number}"]
            running.enter_context(_running([*worker, *options], place, own, log=folder / f"worker-{number}.log"))
        for number in range(workers):
            made.wait_for(f"Register worker.*worker-{number}|Starting established connection.*")
        yield made


def _python() -> str:
    return sys.executable


@contextlib.contextmanager
def _running(
    command: list[str], folder: Path, environment: Mapping[str, str], *, log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, which is killed in the end with all that it started."""
    with (log or folder / "server.log").open("wb") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + _WAIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            return
