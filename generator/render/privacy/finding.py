"""The input and output of a search for private data: the rules of a site, and findings."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.messages import Message


class Kind(StrEnum):
    """The kinds of private data, in the order of reports."""

    NAME = "name"
    IDENTITY = "identity"
    """A resident identity number (GB 11643-1999), or the fifteen digits that it replaced."""
    MOBILE = "mobile"
    CARD = "card"
    """A bank card's number (ISO/IEC 7812)."""
    EMAIL = "email"
    HARDSHIP = "hardship"
    """An unregistered personal name near a word of hardship. It is a guess, so it is only a warning."""
    IN_LINK = "in link"
    """A number in the http address of a link, which may just as well be the number of a document."""
    LANDLINE = "landline"
    """This and what follows is found where a word next to it says what it is."""
    WECHAT = "wechat"
    QQ = "qq"
    PLATE = "plate"
    HOME = "home"
    """A home's address, to the door."""
    PASSPORT = "passport"
    SOCIAL = "social"
    """A number of social security or medical insurance."""
    RELIEF = "relief"
    """The number of a certificate of relief, disability or special care."""


WARNINGS: Final = frozenset(Kind) - {Kind.NAME, Kind.IDENTITY, Kind.MOBILE, Kind.CARD, Kind.EMAIL}
"""What is only likely to be private, so that it is told as a warning."""
LONG: Final = frozenset((Kind.NAME, Kind.IDENTITY, Kind.MOBILE, Kind.CARD))
"""What hardly ever stands anywhere by chance."""


@frozen(kw_only=True)
class Rules:
    """What a site keeps private and what it allows. Without names, numbers and addresses are still found."""

    names: tuple[str, ...] = ()
    """Names and aliases of private persons, which must not be published. An alias of one character is found only
    without a letter or digit next to it."""
    known: tuple[str, ...] = ()
    """Names that cause no hardship warning: of officials, representatives, pseudonyms, targets."""
    allowed: tuple[str, ...] = ()
    """Numbers, addresses and hardship names that may be published, in any spelling or as a digest. It never allows a
    registered name, but it can allow a phrase that holds the characters of a name as other words (用电高峰期)."""
    hardship: tuple[str, ...] = ()
    """Words of hardship such as 低保; without any, there are no hardship warnings."""


@frozen
class Finding:
    """Private data in a text."""

    kind: Kind
    value: str
    """In canonical form: a name as registered, a number as its digits (an identity number may end in ``X``), an
    address in lower case."""

    @property
    def masked(self) -> str:
        """The value for messages: enough for the writer to recognise, too little for a stranger."""
        match self.kind:
            case Kind.IDENTITY | Kind.MOBILE | Kind.CARD | Kind.IN_LINK:
                return f"{self.value[:3]}{'*' * (len(self.value) - 7)}{self.value[-4:]}"
            case Kind.EMAIL:
                local, _, domain = self.value.partition("@")
                return f"{local[:1]}***@{domain}"
            case _:
                return "*" if len(self.value) == 1 else self.value[0] + re.sub(r"\w", "*", self.value[1:])

    @property
    def digest(self) -> str:
        """The SHA-256 of the value as ``sha256:…``, which ``Rules.allowed`` may hold in place of the value."""
        return "sha256:" + hashlib.sha256(self.value.encode()).hexdigest()


@frozen
class Caveat:
    """What a person has to look at: an attachment or a part of one that was not scanned, or what a camera wrote."""

    name: str
    """The part's name; empty for the attachment as a whole."""
    reason: Message
    digest: str = ""
    """The SHA-256 of the whole attachment as ``sha256:…``, by which ``Rules.allowed`` says that somebody read it."""
    is_trace: bool = False
    """Whether it was looked through, and ``reason`` says what a camera wrote into it."""
