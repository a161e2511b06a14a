"""The examples with which a new site begins: they are to go once the site has entries of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator.ground.errors import Field, Problem
from generator.ground.messages import Message, say
from generator.model.content import Entry, Target

_ENTRY: Final = "content/entries/2020-03-05-first-day.md"
_SAYS: Final = ("2020-03-05", ("example-village",))
_TARGETS: Final = frozenset(("content/targets/example-village.md", name) for name in ("示例村", "Example village"))


def left_examples(entries: Sequence[Entry], targets: Iterable[Target]) -> Iterator[Problem]:
    """A warning of each example that is published with ``entries``, once one of these is the site's own.

    The entry is known by its day and target: where only words are changed, the last plan holds, and its warnings do.
    """
    examples = [one for one in entries if one.path == _ENTRY and (one.span.iso(), one.targets) == _SAYS]
    if len(entries) == len(examples):
        return
    for entry in examples:
        yield _example(entry.path, ("date",), say("give it a day and targets of its own, or delete it"))
    for target in targets:
        if (target.path, target.name) in _TARGETS:
            yield _example(target.path, ("name",), say("give it a name of its own, or delete it"))


def _example(path: str, field: Field, hint: Message) -> Problem:
    fact = say("this is an example that came with the site; it is published and counted with the rest")
    return Problem(path=path, field=field, message=fact, hint=hint, is_warning=True)
