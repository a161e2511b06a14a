"""Drafts in which something is wrong, left aside so that the others can go on: nobody sees them yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from generator.ground.errors import BuildError, Fault, Problem, in_order
from generator.ground.files import read_file
from generator.model.options import Options
from generator.read.decoding import decoded
from generator.read.sources import MOST_BYTES
from generator.read.vocabulary import ENGLISH
from generator.read.yaml_tree import Tree

T = TypeVar("T")

_MARK: Final = re.compile(r"^status[ \t]*[:：][ \t]*[\"']?(\w+)", re.MULTILINE)


def sparing(
    options: Options, act: Callable[[Options], T], asked: Collection[str] = ()
) -> tuple[T, tuple[Problem, ...]]:
    """What ``act`` makes of the site, and the problems of drafts that had to be left aside for that, as warnings.

    Drafts that somebody ``asked`` for are never among them, and none is left aside where warnings count as problems.
    Raises BuildError where anything else is wrong, with all that was found, or only what concerns those.
    """
    left: tuple[Problem, ...] = ()
    while True:
        try:
            return act(options), left
        except BuildError as error:
            wrong = {one.path for one in error.problems if not one.is_warning} - options.without - {*asked}
            drafts = frozenset(one for one in wrong if not options.strict and _is_draft(options.folder, one))
            if not drafts:
                # A publication that stopped half-way stays one.
                raise type(error)(*in_order([*(() if asked else left), *error.problems])) from error
            left += tuple(replace(one, is_warning=True) for one in error.problems if one.path in drafts)
            options = replace(options, without=options.without | drafts)


def is_draft(status: Tree) -> bool:
    """Whether what stands as status means that a file is not to be published yet."""
    return ENGLISH.get(str(status), str(status)) in ("draft", "review")


def _is_draft(folder: Path, path: str) -> bool:
    """Whether a file says that it is a draft, even where nothing else in it can be read."""
    try:
        text = decoded(read_file(folder / path, MOST_BYTES), path)[0].text
    except (OSError, Fault, BuildError):
        return False
    found = _MARK.search(text.partition("\n---")[0])
    return found is not None and is_draft(found[1])
