"""The open questions of an import: comments in the front matter of its drafts, until somebody has looked at them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from generator.ground.errors import BuildError, Problem
from generator.ground.messages import say
from generator.model.content import Source
from generator.read.frontmatter_split import split
from generator.tools.write.text_file import TextFile


def open_questions(source: Source) -> Iterator[Problem]:
    """What has still to be checked in a file, as warnings."""
    try:
        yaml = split(source)[0]
    except BuildError:
        return
    for comment in _comments().finditer(yaml):
        yield Problem(
            path=source.path,
            message=say("to be checked: {text}", text=comment["text"].strip()),
            hint=say("correct what is wrong; this note goes away with the mark of a draft"),
            is_warning=True,
        )


def without_open_questions(file: TextFile) -> TextFile:
    """The file without these comments; all else in it stays as it is."""
    if not file.yaml or not file.before:
        return file
    without = replace(file, yaml=_comments().sub("", file.yaml))
    return without if without.fields == file.fields else file


@functools.cache
def _comments() -> re.Pattern[str]:
    """The lines that an import writes, in either language."""
    message = say("to be checked: {text}", text="")
    leads = "|".join(re.escape(message.in_language(language).strip()) for language in ("en", "zh"))
    return re.compile(rf"(?<![^\r\n])#[ \t]*(?:{leads})(?P<text>[^\r\n]*)(?:\r\n|\r|\n|$)")
