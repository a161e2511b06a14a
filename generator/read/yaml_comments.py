"""Texts that a comment of YAML cuts short: ``title: 乙 # 重要`` publishes 乙."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.ground.errors import Problem
from generator.ground.messages import say
from generator.read.yaml_writing import in_quotes

_TEXTS: Final = (
    "title|name|short_name|place|weather|summary|note|reason|issuer|topic|number|pseudonym|description|organization"
    "|license|label|unit"
)
_CUT: Final = re.compile(
    rf"^(?P<key> *(?:- )?(?:{_TEXTS})): +(?P<value>[^\s'\"\[{{|>#](?:(?! #)[^\n])*) (?P<comment># [^\n]*)$",
    re.MULTILINE,
)
_BLOCK: Final = re.compile(r": *[|>][-+]?\d?\s*$", re.MULTILINE)


def cut_texts(text: str, path: str, *, first_line: int = 1) -> Iterator[Problem]:
    """A warning for each text field with something behind ``#``, as a text may have it.

    A comment that is one has two spaces before it, or a line of its own.
    """
    if " # " not in text or _BLOCK.search(text):
        return
    for found in _CUT.finditer(text):
        if found["value"][-1].isspace():
            continue
        key, value = found["key"].strip(" -"), f"{found['value']} {found['comment'].rstrip()}"
        yield Problem(
            path=path,
            line=first_line + text.count("\n", 0, found.start()),
            column=found.start("comment") - found.start() + 1,
            message=say("what follows # is a comment in YAML, and is not read"),
            hint=say("write {field}, or put the comment on a line of its own", field=f"{key}: {in_quotes(value)}"),
            is_warning=True,
        )
