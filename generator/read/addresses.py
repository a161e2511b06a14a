"""Checks of the addresses in links: which ones are allowed, and which ones are external."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.ground.text import nfc

SCHEMES: Final = ("http", "https", "mailto", "tel")
"""The schemes that a link may have."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = re.compile(
    r"https?://(?:[\w-]{1,63}(?>(?:\.[\w-]{1,63})*)\.?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?=[/?#]|$)", re.IGNORECASE
)
_COMMON = re.compile(r"(?:https?://[0-9A-Za-z.-]+(?=[/?#]|$)|mailto:|tel:)[!-\[\]-~]*")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_BARE_HOST = re.compile(
    r"www\.|(?:[\w-]{1,63}\.){1,5}(?:com|cn|net|org|gov|edu|info|io|top|xyz|vip|club|site|online|中国)(?::\d+)?(?=[/?#]|\Z)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(?::\d+)?")
_PAGE = re.compile(r"index\..*|.+\.(?:html?|shtml|php|aspx?|jsp)", re.IGNORECASE)
_PATH: Final = "/%-_.~!$&'()*+,;=:@"
_OWN_COMPUTER = re.compile(r"[A-Za-z]:[\\/]|file:")


def looks_like_host(name: str) -> bool:
    """Whether a name without a scheme is probably a web address: ``www.example.org``, ``example.com/a``."""
    return _BARE_HOST.match(name) is not None


def has_scheme(href: str) -> bool:
    """Whether an address begins with a scheme, such as ``https:``."""
    return _SCHEME.match(href) is not None


def is_external(href: str) -> bool:
    """Whether an address is valid and leads out of the site, so that it does not depend on the site's content."""
    if _COMMON.fullmatch(href):
        return True
    if not has_scheme(href):
        return False
    try:
        check_address(href)
    except Fault:
        return False
    return True


def check_address(href: str) -> None:
    r"""Raises Fault for an address that is empty, is not allowed, or that a browser would read differently.

    Browsers drop tabs, line ends and leading spaces from an address and read ``\`` as ``/``
    (WHATWG URL Standard, 4.4), so the scheme is searched without them.
    """
    if not href:
        raise Fault(say("the link leads nowhere: there is nothing between its brackets"), say("write where it leads"))
    if _OWN_COMPUTER.match(href):
        raise Fault(
            say("the link names a file on your own computer"),
            say("copy the file to the folder of this one and write only its name"),
        )
    if "\\" in href.partition("?")[0]:
        raise Fault(say('"{href}" is no address', href=href), say("write {field}", field=href.replace("\\", "/")))
    bare = _INVISIBLE.sub("", href)
    scheme = _SCHEME.match(bare)
    if scheme and scheme[1].lower() in SCHEMES and (hidden := _INVISIBLE.search(href.strip())):
        if hidden[0] == " ":
            raise Fault(
                say("there is a space in the address"), say("write {field}", field=href.strip().replace(" ", "%20"))
            )
        raise Fault(
            say("there is an invisible character (U+{code}) in the address", code=f"{ord(hidden[0]):04X}"),
            say("write {field}", field=bare),
        )
    if scheme and scheme[1].lower() not in SCHEMES:
        raise Fault(
            say('a link may not begin with "{scheme}"', scheme=scheme[0]),
            say("links begin with https://, mailto: or tel:, or name a file of the site"),
        )
    if scheme and scheme[1].lower() in ("http", "https") and not _WEB.match(bare):
        # Browsers resolve "https:/host" against the page's own host where the page has the same scheme.
        raise Fault(
            say('"{href}" is no address', href=href),
            say("write it as in https://example.org/, with two slashes and a plain host"),
        )
    if bare.startswith("//"):
        raise Fault(say('"{href}" is no address', href=href), say("write {field}", field=f"https:{bare}"))


_SIGNS: Final = "“”‘’「」《》<>\"'()（），,;；。、 "
"""What is typed around an address and is no part of it."""


def without_signs(text: str) -> str | None:
    """An address without what is typed around it; None where that is nothing, or it is none."""
    bare = text.strip(_SIGNS)
    return bare if bare != text and bare.startswith(("/", "http://", "https://")) else None


def site_address(text: str) -> str:
    """A ``base_url`` in ASCII, with a slash at its end: a Chinese host or path is encoded. Raises Fault."""
    try:
        parts = urlsplit(text)
        host = _ascii_host(parts.netloc)
        is_sound = parts.scheme in ("http", "https") and _HOST.fullmatch(host) is not None and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound or re.search(r"[\s\\<>\"?#@]|[,;，；。、'”’」]$", text):
        bare = without_signs(text)
        example = say("write the address of the home page, such as https://example.org/diary/")
        raise Fault(
            say('"{address}" is not the address of a site', address=text),
            say("write {field}", field=bare) if bare else example,
            right=bare,
        )
    folder, _, name = parts.path.rpartition("/")
    if _PAGE.fullmatch(name):
        raise Fault(
            say('"{address}" is the address of one file of a site', address=text),
            say("write {field}", field=f"{parts.scheme}://{parts.netloc}{folder}/"),
        )
    return f"{parts.scheme}://{host}{quote(nfc(parts.path.rstrip('/')), safe=_PATH)}/"


def _ascii_host(host: str) -> str:
    """A host and its port with the names as they are looked up (IDNA 2008, mapped by UTS 46). Raises ValueError."""
    if host.isascii():
        return host
    # Few sites have such an address.
    import idna

    name, colon, port = host.partition(":")
    return idna.encode(name, uts46=True).decode() + colon + port
