"""The names of a site's private persons, taken out of what the program says about the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from generator.model.content import PersonRole, Source
from generator.read import sources
from generator.render.privacy.masking import Mask
from generator.site import records

_NAME: Final = re.compile(r"\bname:\s*[\"']?([^\s,}\"'#]+)")
_ALIASES: Final = re.compile(r"\baliases:\s*\[([^\]]*)\]")
_ITEM: Final = re.compile(r"^\s*-[ \t]+([^\s{\[][^:{}\[\]\n]*?)[ \t]*$", re.MULTILINE)


def mask_of(folder: Path) -> Mask:
    """What hides the names that content/people.yaml of the site in ``folder`` keeps private, and numbers."""
    source = sources.read(sources.PEOPLE, str(folder / sources.PEOPLE))[1]
    return Mask({}) if source is None else mask_from(source)


def mask_from(source: Source) -> Mask:
    """What hides the names that a register of persons keeps private, and numbers."""
    people = records.people(source).value
    if people is None:
        # A register that has a fault is no reason to print names.
        listed = [name.strip(" \"'") for names in _ALIASES.findall(source.text) for name in names.split(",")]
        listed += (name.strip("\"'") for name in _ITEM.findall(source.text))
        return Mask(dict.fromkeys((*_NAME.findall(source.text), *filter(None, listed)), "…"))
    private = (person for person in people if person.role is PersonRole.PRIVATE)
    return Mask({name: person.id for person in private for name in (person.name, *person.aliases)})
