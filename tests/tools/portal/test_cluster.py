"""A portal on a cluster: a scheduler and three workers as processes of their own, and a server of S3.

RIZHI_PORTAL_KILLS=10 has a worker killed in each stage, now before and now after the work, ten times instead of once;
and the scheduler at each moment instead of one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from tests.shared import kept_folder
from tests.space import Ran, SiteSpace, tree
from tests.tools.portal import servers
from tests.tools.portal.faults import STAGES
from tests.tools.portal.servers import BUCKET, Cluster, Store
from tests.tools.portal.teams import build, four_teams, portal

KILLS: Final = int(os.environ.get("RIZHI_PORTAL_KILLS", "1"))
PLACES: Final = {
    "one": "s3://teams/one",
    "two": "oss://teams/two/",
    "three": "s3://teams/three-bag",
    "four": "zip://::s3://teams/four.zip",
}
FAULTS: Final = "tests.tools.portal.faults"
MOMENTS: Final = (
    *("before-pages", "after-reading", "before-reading", "before-merging", "after-merging", "before-planning"),
    *("after-planning", "after-pages", "before-publishing", "after-publishing"),
)
"""When a scheduler dies."""
FEW_MOMENTS: Final = 1
"""So many of them, unless KILLS asks for more."""
NOWHERE: Final = Cluster("tcp://127.0.0.1:9", 0, Path())
"""Nobody listens there."""
SENT: Final = {"one/content": "one/content", "two/output": "two", "three-bag": "three-bag", "four.zip": "four.zip"}
"""What of the teams is in the store, and where."""
HERE: Final = {"one": "one", "two": "file://{folder}/two/output", "three": "three-bag", "four": "zip://four.zip"}


def text(places: dict[str, str], folder: Path, endpoint: str) -> str:
    """The portal over the four teams; its regions are deep, so that it has pages enough to be shared."""
    rows = "".join(
        f"  - {{id: {name}, region: {'/'.join(f'{name}{step}' for step in '省市区县乡镇村组')}, "
        f'source: "{place.format(folder=folder)}"}}\n'
        for name, place in places.items()
    )
    return f"title: 汇总\nbase_url: https://portal.example/\nstorage: {{endpoint: '{endpoint}'}}\nteams:\n{rows}"


@dataclass(frozen=True, slots=True)
class World:
    """A cluster, a store with the teams in it, and the portal as this machine makes it of the same teams."""

    cluster: Cluster | None
    """None for this machine."""
    store: Store
    faults: Path
    pages: dict[str, bytes]
    program: str = "generator"
    """The module that is run as the command."""

    def run(self, space: SiteSpace, *options: str) -> Ran:
        """Publishes the portal on the cluster, in a process of its own."""
        command = [sys.executable, "-m", self.program, "portal", "build", str(space.folder)]
        command += ["--scheduler", self.cluster.address] if self.cluster else []
        environment = {**self.store.environment, "SOURCE_DATE_EPOCH": space.epoch, "RIZHI_LANGUAGE": "en"}
        ran = subprocess.run(
            [*command, *options], env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def portal(self, folder: Path) -> SiteSpace:
        """The portal over the teams in the store."""
        return portal(folder, text(PLACES, folder, self.store.address))

    def published(self, name: str) -> dict[str, bytes]:
        """What the store holds of a portal."""
        return {path: body for path, body in self.store.tree(name).items() if not path.startswith(".rizhi/")}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The world of all tests here."""
    folder = kept_folder()
    shutil.copytree(four_teams(), folder, dirs_exist_ok=True)
    local = portal(folder, text(HERE, folder, ""))
    build(local)
    faults = folder / "faults"
    faults.mkdir()
    with servers.store(folder) as store:
        for path, name in SENT.items():
            store.put(folder / path, name)
        environment = {**store.environment, "RIZHI_FAULTS": str(faults)}
        with servers.cluster(folder / "cluster", environment, preload=FAULTS) as cluster:
            yield World(cluster, store, faults, local.tree())


@pytest.mark.parametrize("number", range(KILLS))
def test_workers_that_are_killed_change_nothing(world: World, number: int, tmp_path: Path) -> None:
    """Sources, results and output are in the store; nothing is on a disk that all share."""
    orders = [world.faults / f"{('before', 'after')[(number + at) % 2]}-{stage}" for at, stage in enumerate(STAGES)]
    for order in orders:
        order.touch()
    name = f"portal-{number}"
    space = world.portal(tmp_path)
    options = ("--store", f"s3://{BUCKET}/state-{number}", "--output", f"s3://{BUCKET}/{name}")
    ran = world.run(space, *options)
    assert ran.status == 0, ran.err
    assert not any(order.exists() for order in orders)
    assert world.published(name) == world.pages
    # Nothing is left to be done, so nobody is asked.
    assert "0 files written" in replace(world, cluster=NOWHERE).run(space, *options).out


def test_a_team_that_kills_whoever_reads_it_is_named(world: World, tmp_path: Path) -> None:
    (world.faults / "poison-two").touch()
    try:
        ran = world.run(world.portal(tmp_path), "--store", f"s3://{BUCKET}/poisoned", "--output", str(tmp_path / "out"))
    finally:
        (world.faults / "poison-two").unlink()
    assert ran.status == 1
    assert ran.problems == [
        'portal.yaml:6:5: team "two" (oss://teams/two): whatever reads it dies each time',
    ]
    assert "too large for the memory of a worker" in ran.err
    assert tree(tmp_path / "out") == {}


def test_a_worker_with_another_version_is_told(world: World, tmp_path: Path) -> None:
    (world.faults / "version").touch()
    try:
        ran = world.run(world.portal(tmp_path), "--store", f"s3://{BUCKET}/other", "--output", str(tmp_path / "out"))
    finally:
        (world.faults / "version").unlink()
    assert ran.status == 1
    assert "runs another version of rizhi" in ran.err
    assert "install the same version of rizhi on all workers" in ran.err


@pytest.mark.parametrize("moment", MOMENTS[: None if KILLS > 1 else FEW_MOMENTS])
def test_a_scheduler_that_dies_leaves_the_portal_whole(world: World, moment: str, tmp_path: Path) -> None:
    """The old one, with a clear problem; the new one, where nothing was left for workers to do."""
    space = portal(tmp_path, text(PLACES, tmp_path, world.store.address).replace("汇总", "旧的"))
    assert replace(world, cluster=None).run(space).status == 0
    old = space.tree()
    faults = tmp_path / "faults"
    faults.mkdir()
    environment = {**world.store.environment, "RIZHI_FAULTS": str(faults)}
    options = ("--store", f"s3://{BUCKET}/lost-{moment}")
    world.portal(tmp_path)
    with servers.cluster(tmp_path / "other", environment, workers=1, preload=FAULTS) as cluster:
        (faults / moment).write_text(str(cluster.process), encoding="ascii")
        store = replace(world.store, environment=environment)
        ran = replace(world, cluster=cluster, store=store, program="tests.tools.portal.impatient").run(space, *options)
    assert not (faults / moment).exists(), ran.err
    if moment.endswith("publishing"):
        assert ran.status == 0, ran.err
        assert space.tree() == world.pages
    else:
        assert ran.status == 1
        assert f"the scheduler at {cluster.address} cannot be reached" in ran.err
        assert "what was published stays as it was" in ran.err
        assert space.tree() == old
    assert world.run(space, *options).status == 0
    assert space.tree() == world.pages


def test_nobody_waits_without_end(world: World, tmp_path: Path) -> None:
    """For workers that do not come, for a scheduler that hangs while it is waited for, and for one that did before."""
    space = world.portal(tmp_path)
    with servers.cluster(tmp_path / "other", world.store.environment, workers=0) as cluster:
        other = replace(world, cluster=cluster, program="tests.tools.portal.impatient")
        ran = other.run(space, "--store", f"s3://{BUCKET}/lost")
        assert ran.status == 1
        assert f"the scheduler at {cluster.address} has no workers" in ran.err
        assert f"dask worker {cluster.address}" in ran.err
        rans: list[Ran] = []
        connected = cluster.said().count("Receive client connection")
        thread = threading.Thread(target=lambda: rans.append(other.run(space, "--store", f"s3://{BUCKET}/lost")))
        thread.start()
        cluster.wait_for("Receive client connection", times=connected + 1)
        os.kill(cluster.process, signal.SIGSTOP)
        thread.join()
        rans.append(other.run(space, "--store", f"s3://{BUCKET}/lost"))
    for ran in rans:
        assert ran.status == 1
        assert f"the scheduler at {cluster.address} cannot be reached" in ran.err


def test_what_changes_in_a_store_is_seen(world: World, tmp_path: Path) -> None:
    """By this machine alone: a site, an output, a bundle and a zip."""
    here = replace(world, cluster=None)
    space = here.portal(tmp_path)
    assert here.run(space).status == 0
    assert space.tree() == world.pages
    here.store.delete("two/data/site.json")
    for key in ("three-bag/data/site/data/entries.json", "four.zip"):
        here.store.write(key, b"[]")
    entry = b"---\ntitle: \xe6\x96\xb0\ndate: 2020-05-01\n---\n\xe6\x96\xb0\xe3\x80\x82\n"
    here.store.write("one/content/entries/2020-05-01-c.md", entry)
    ran = here.run(space, "--keep-going")
    assert ran.status == 0, ran.err
    assert "2020/05/01/c/" in space.page("")
    for team, words in {"two": "earlier version", "three": "not what its manifest says", "four": "zip"}.items():
        assert any(f'team "{team}"' in problem and words in problem for problem in ran.problems), ran.err
