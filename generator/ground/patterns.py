"""Regular expressions that are compiled when they are first used.

A large character class takes milliseconds, and most builds use few of the expressions that only doubtful texts need.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, AnyStr, Generic, cast


class _Deferred(Generic[AnyStr]):
    """Stands for an expression. A method that was used once is an attribute: later calls cost nothing more."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._compiled: tuple[AnyStr, int] = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._compiled), name)
        setattr(self, name, value)
        return value

    def __reduce__(self) -> tuple[Callable[[AnyStr, int], re.Pattern[AnyStr]], tuple[AnyStr, int]]:
        return deferred, self._compiled


def deferred(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The expression, to be compiled when one of its methods is first looked up."""
    return cast("re.Pattern[AnyStr]", _Deferred(pattern, flags))
