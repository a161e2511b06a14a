"""What the stages of a portal make, kept by key: a folder of this machine, or one in a store that all workers reach.

A key is a digest of everything that a result was made of, so a result never changes, and whoever has the key need not
make it again. A result that is damaged or gone is made again.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from generator.ground.errors import Fault
from generator.ground.fingerprint import sealed, unsealed
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.whole_files import whole_file
from generator.tools.portal.places import Files, Place

T = TypeVar("T")


class StoreFault(Fault):
    """What keeps a store from being used."""


@frozen
class Store:
    """Results by key."""

    place: Place

    def has(self, key: str) -> bool:
        """Whether the result is there."""
        if self.place.is_local:
            return (self.place.path / key).is_file()
        return self._asked(lambda files: files.has(key))

    def get(self, key: str) -> Any:
        """A result. Raises LookupError where it is gone or damaged."""
        raw = self._read(key)
        body = None if raw is None else unsealed(raw)
        if body is None:
            self.forget((key,))
            raise LookupError(key)
        return pickle.loads(body)  # noqa: S301 - our own, unchanged

    def forget_damaged(self) -> None:
        """Deletes all results that are damaged."""
        for key in self.keys():
            raw = self._read(key)
            if raw is not None and unsealed(raw) is None:
                self.forget((key,))

    def put(self, key: str, value: object) -> None:
        """Keeps a result. Raises StoreFault where there is no room, or no way."""
        body = sealed(pickle.dumps(value, 5))
        if not self.place.is_local:
            self._asked(lambda files: files.write(key, body))
            return
        try:
            self.place.path.mkdir(parents=True, exist_ok=True)
            with whole_file(self.place.path / key, body) as made:
                made.replace(self.place.path / key)
        except OSError as error:
            raise StoreFault(
                say("what was made cannot be kept in {folder}: {fact}", folder=self.place.address, fact=error.strerror),
                say("make room, or see that you may write there"),
            ) from error

    def forget(self, keys: Iterable[str]) -> None:
        """Deletes results."""
        for key in keys:
            if self.place.is_local:
                (self.place.path / key).unlink(missing_ok=True)
            else:
                self._asked(partial(Files.delete, path=key))

    def keys(self) -> list[str]:
        """The keys of all results."""
        if self.place.is_local:
            return sorted(one.name for one in self.place.path.iterdir()) if self.place.path.is_dir() else []
        return self._asked(Files.names)

    def _read(self, key: str) -> bytes | None:
        if not self.place.is_local:
            return self._asked(lambda files: files.read(key, 1 << 32))
        try:
            return (self.place.path / key).read_bytes()
        except OSError:
            return None

    def _asked(self, ask: Callable[[Files], T]) -> T:
        """What a store elsewhere answers. Raises StoreFault where it cannot be used."""
        try:
            return ask(self.place.opened())
        except Fault as fault:
            raise StoreFault(
                say("what was made cannot be kept in {folder}: {fact}", folder=self.place.address, fact=fault.message),
                fault.hint,
            ) from None
