"""The names of a site's private persons, taken out of what the program says about the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError
from generator.model.content import PersonRole, Source
from generator.read import sources
from generator.read.frontmatter import read_tree
from generator.read.vocabulary import ENGLISH
from generator.render.privacy.masking import Mask

_NAME: Final = re.compile(r"\bname:\s*[\"']?([^\s,}\"'#]+)")
_ALIASES: Final = re.compile(r"\baliases:\s*\[([^\]]*)\]")
_KEYS: Final = frozenset({"id", "name", "role", "title", "pseudonym", "aliases"})
_ROLES: Final = frozenset(PersonRole)
_ITEM: Final = re.compile(r"^\s*-[ \t]+([^\s{\[][^:{}\[\]\n]*?)[ \t]*$", re.MULTILINE)


def mask_of(folder: Path) -> Mask:
    """What hides the names that content/people.yaml of the site in ``folder`` keeps private, and numbers."""
    source = sources.read(sources.PEOPLE, str(folder / sources.PEOPLE))[1]
    return Mask({}) if source is None else mask_from(source)


def mask_from(source: Source) -> Mask:
    """What hides the names that a register of persons keeps private, and numbers."""
    private = _private_names(source)
    if private is None:
        # It is slow to import, and needed for nothing else by most builds that print something.
        from generator.site import records

        people = records.people(source).value
        persons = [one for one in people or () if one.role is PersonRole.PRIVATE]
        private = None if people is None else {name: one.id for one in persons for name in (one.name, *one.aliases)}
    if private is None:
        # A register that has a fault is no reason to print names.
        listed = [name.strip(" \"'") for names in _ALIASES.findall(source.text) for name in names.split(",")]
        listed += (name.strip("\"'") for name in _ITEM.findall(source.text))
        return Mask(dict.fromkeys((*_NAME.findall(source.text), *filter(None, listed)), "…"))
    return Mask(private)


def _private_names(source: Source) -> dict[str, str] | None:
    """The id of each private person by name and alias, of a register as most are; None where the schema decides."""
    try:
        people = read_tree(source.text, source.path).get("people") or []
    except BuildError:
        return None
    found: dict[str, str] = {}
    for person in people if isinstance(people, list) else [people]:
        if not isinstance(person, dict) or not person.keys() <= _KEYS:
            return None
        role = ENGLISH.get(str(person.get("role")), person.get("role"))
        number, aliases = person.get("id"), person.get("aliases") or []
        names = [person.get("name"), *(aliases if isinstance(aliases, list) else [None])]
        known = [name for name in names if isinstance(name, str)]
        if not isinstance(number, str) or role not in _ROLES or len(known) < len(names):
            return None
        if role == PersonRole.PRIVATE:
            found |= dict.fromkeys(known, number)
    return found
