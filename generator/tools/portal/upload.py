"""A portal published in a store (``--output s3://bucket/portal``), file by file, out of the folder it is built into.

The manifest in the store says what is there, by digest. Before anything is changed, it is written with what will change
marked as unknown; so whenever this is killed, the store holds whole files, and the next time ends right.
"""

from __future__ import annotations

import mimetypes
import uuid
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Final

from generator.ground.errors import Fault, PartialPublicationError, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.messages import say
from generator.ground.whole_files import whole_file
from generator.model.report import Published
from generator.pipeline.publish.manifest import STATE, owned_files
from generator.pipeline.publish.problems import foreign_file
from generator.pipeline.publish.publication import NEEDED_BY_PAGES
from generator.pipeline.session import Progress
from generator.tools.portal.places import Place

MANIFEST: Final = f"{STATE}/manifest"
_HEADER: Final = "rizhi store manifest 1"
_UNKNOWN: Final = "-"
"""In the place of the digest of a file that may be the old one, the new one, or missing."""
_MOST: Final = 1 << 30
_AT_ONCE: Final = 16
_LAST: Final = "uploaded"
"""In the state of the folder: the digest of the manifest with which the store held all that the folder holds."""
_TYPES: Final = mimetypes.MimeTypes()


class Upload:
    """What brings a store up to what is built into ``folder``. Made before the build, and published after it."""

    def __init__(self, folder: Path, place: Place, progress: Progress, *, trusts_manifest: bool) -> None:
        """Without trust in the manifest, every file is sent again. Raises Fault where the store cannot be reached."""
        self._folder, self._place, self._progress, self._trusts_manifest = folder, place, progress, trusts_manifest
        self._files = place.opened()
        last = folder / STATE / _LAST
        # It holds again once all that the build changes is in the store.
        self._known_last = last.read_bytes() if last.is_file() and trusts_manifest else b""
        last.unlink(missing_ok=True)

    def publish(self, built: Published) -> Published:
        """Brings the store up to what was built. Raises Fault, and BuildError."""
        raw = self._files.read(MANIFEST, _MOST) or b""
        if built.written or built.removed or fingerprint(raw) != self._known_last:
            built, raw = self._compared(raw)
        with whole_file(self._folder / STATE / _LAST, fingerprint(raw)) as made:
            made.replace(self._folder / STATE / _LAST)
        return built

    def _compared(self, raw: bytes) -> tuple[Published, bytes]:
        known = dict(_entries(raw))
        wanted = {path: fingerprint((self._folder / path).read_bytes()).hex() for path in owned_files(self._folder)}
        changed = [path for path, digest in wanted.items() if not self._trusts_manifest or known.get(path) != digest]
        gone = sorted(known.keys() - wanted.keys(), reverse=True)
        made = _manifest(wanted)
        if changed or gone or made != raw:
            self._refuse_foreign([path for path in changed if path not in known])
            begun = _manifest({**known, **dict.fromkeys((*changed, *gone), _UNKNOWN)}, uuid.uuid4().hex)
            self._files.write(MANIFEST, begun)
            try:
                self._change(changed, gone)
                self._finish(begun, made)
            except Fault as fault:
                problem = Problem(path=self._place.address, message=fault.message, hint=fault.hint)
                raise PartialPublicationError(problem) from None
        return Published(len(changed), len(wanted) - len(changed), len(gone)), made

    def _finish(self, begun: bytes, made: bytes) -> None:
        """Says in the manifest that all is there. Raises Fault where somebody else published at the same time."""
        found = self._files.read(MANIFEST, _MOST) or b""
        if found != begun:
            # Whose files are there nobody knows, so both send them again.
            every = dict.fromkeys([path for raw in (begun, found) for path, _ in _entries(raw)], _UNKNOWN)
            self._files.write(MANIFEST, _manifest(every, uuid.uuid4().hex))
            raise Fault(
                say("somebody else published here at the same time"), say("see that only one does, and build again")
            )
        self._files.write(MANIFEST, made)

    def _refuse_foreign(self, new: Iterable[str]) -> None:
        """Raises BuildError where the store holds a file that was not published by us."""
        found = self._files.states("", is_deep=True)
        for path in new:
            if path in found:
                raise foreign_file(self._place.address, path)

    def _change(self, changed: Iterable[str], gone: Iterable[str]) -> None:
        """Sends what pages need, then pages, home last; then removes what is gone."""
        steps = sorted(changed, key=_readers_last)
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            done = 0
            for _, some in groupby(steps, key=lambda path: _readers_last(path)[0]):
                for _ in threads.map(self._send, some):
                    done += 1
                    self._progress(say("publishing"), done, len(steps))
            for _ in threads.map(self._files.delete, gone):
                pass

    def _send(self, path: str) -> None:
        self._files.write(path, (self._folder / path).read_bytes(), _type(path))


def _readers_last(path: str) -> tuple[int, str]:
    """The rank of a file: what pages need, pages, what lies next to home, home."""
    above, slash, _ = path.partition("/")
    if slash:
        return (0 if above in NEEDED_BY_PAGES else 1), path
    return (3 if path == "index.html" else 2), path


def _type(path: str) -> str:
    """The type of a file, as browsers are told; all our texts are in UTF-8."""
    found = _TYPES.guess_type(path)[0] or "application/octet-stream"
    is_text = found.startswith("text/") or found.endswith(("/json", "+json", "/xml"))
    return f"{found}; charset=utf-8" if is_text else found


def _manifest(digests: Mapping[str, str], mark: str = "") -> bytes:
    """The manifest with these digests by path; with the ``mark`` of who is still changing the files."""
    lines = (f"{digest} {path}" for path, digest in sorted(digests.items()))
    return "\n".join([_HEADER, mark, *lines]).encode()


def _entries(raw: bytes) -> Iterator[tuple[str, str]]:
    """The paths and digests in a manifest; none where it cannot be read."""
    header, *lines = raw.decode(errors="replace").split("\n")
    if header == _HEADER:
        for line in lines[1:]:
            digest, _, path = line.partition(" ")
            yield path, digest
