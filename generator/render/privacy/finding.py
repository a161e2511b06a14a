"""What a search for private data is asked, and what it answers."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum

from generator.ground.frozen import frozen


class Kind(StrEnum):
    """What sort of private data stands in a text. The order is that of a report."""

    NAME = "name"
    IDENTITY = "identity"
    """A resident identity number (GB 11643-1999), or the fifteen digits that it replaced."""
    MOBILE = "mobile"
    CARD = "card"
    """A bank card's number (ISO/IEC 7812)."""
    EMAIL = "email"
    HARDSHIP = "hardship"
    """A personal name that nobody registered, beside a word of hardship. A guess, so a warning."""


@frozen(kw_only=True)
class Rules:
    """What a site holds private and what it lets through. Without names, numbers and addresses are still found."""

    names: tuple[str, ...] = ()
    """Private persons' names and aliases, none of which may be published. An alias of a single character counts
    only where no letter or digit stands beside it."""
    known: tuple[str, ...] = ()
    """Officials, representatives, pseudonyms, targets: names that are no reason for a hardship warning."""
    allowed: tuple[str, ...] = ()
    """Numbers, addresses and hardship names that may be published, in any spelling or as a ``mark``. A registered
    name is not let through by it, but a phrase may be that holds its characters as other words (用电高峰期)."""
    hardship: tuple[str, ...] = ()
    """Words of hardship such as 低保; without them there are no hardship warnings."""


@frozen
class Finding:
    """Private data in a text."""

    kind: Kind
    value: str
    """In one spelling, however it was written: a name as registered, a number as its digits (an identity number
    may end in ``X``), an address in lower case."""

    @property
    def masked(self) -> str:
        """What a message may show: enough for the writer to know it again, too little for a stranger."""
        match self.kind:
            case Kind.MOBILE:
                return f"{self.value[:3]}****{self.value[-4:]}"
            case Kind.IDENTITY | Kind.CARD:
                return f"{self.value[:3]}{'*' * (len(self.value) - 7)}{self.value[-4:]}"
            case Kind.EMAIL:
                local, _, domain = self.value.partition("@")
                return f"{local[:1]}***@{domain}"
            case _:
                return "*" if len(self.value) == 1 else self.value[0] + re.sub(r"\w", "*", self.value[1:])

    @property
    def mark(self) -> str:
        """A fingerprint of the value, which ``Rules.allowed`` may name in its place."""
        return "sha256:" + hashlib.sha256(self.value.encode()).hexdigest()
