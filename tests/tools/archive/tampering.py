"""What may be done to a bundle, each by itself, and where it has to be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.tools.archive import bag as bags

TAGS, OTHER_TAGS = "tagmanifest-sha512.txt", "tagmanifest-sha256.txt"
PAGE, GONE, MOVED = (f"data/site/{name}index.html" for name in ("", "about/", "search/"))
WACZ = "data/web/site.wacz"
ITEMS = ("data/items/20200305-a.pdf", "data/items/20200307-b.pdf")
CHANGED, MISSING, ADDED, EMPTY = "changed", "missing", "added", "empty"


@dataclass(frozen=True, slots=True)
class Tampering:
    """What is done, to which path, and what of it has to be told."""

    path: str
    fault: str
    tamper: Callable[[Path], object]


def _flipped(place: Path, at: int) -> None:
    body = bytearray(place.read_bytes())
    body[at] ^= 1
    place.write_bytes(body)


def _swapped(bag: Path) -> None:
    one, other = (bag / path for path in ITEMS)
    bodies = one.read_bytes(), other.read_bytes()
    one.write_bytes(bodies[1])
    other.write_bytes(bodies[0])


def _rewritten(place: Path, new: Callable[[bytes], bytes]) -> None:
    place.write_bytes(new(place.read_bytes()))


def _without_tags(bag: Path) -> None:
    for place in bag.glob("tagmanifest-*"):
        place.unlink()
    (bag / "install.exe").write_text("x")


FORMS: Mapping[str, Callable[[bytes], bytes]] = {
    "no end": lambda body: body[:-1],
    "a blank line": lambda body: body + b"\n",
    "CRLF": lambda body: body.replace(b"\n", b"\r\n"),
    "a mark": lambda body: b"\xef\xbb\xbf" + body,
    "a letter": lambda body: body.replace(b"a", b"A", 1),
    "another order": lambda body: b"".join(reversed(body.splitlines(keepends=True))),
    "a star": lambda body: body.replace(b"  ", b" *", 1),
}
"""What leaves the lines of a manifest the same."""
TAMPERINGS: Mapping[str, Tampering] = {
    "a byte": Tampering(PAGE, CHANGED, lambda bag: _flipped(bag / PAGE, -1)),
    "a deletion": Tampering(GONE, MISSING, lambda bag: (bag / GONE).unlink()),
    "an addition": Tampering("data/x", ADDED, lambda bag: (bag / "data/x").write_text("x")),
    "an addition beside data": Tampering("x", ADDED, lambda bag: (bag / "x").write_text("x")),
    "a hidden addition": Tampering(".x", ADDED, lambda bag: (bag / ".x").write_text("x")),
    "a new name": Tampering("data/site/x.html", ADDED, lambda bag: (bag / MOVED).rename(bag / "data/site/x.html")),
    "an empty folder": Tampering("data/e", EMPTY, lambda bag: (bag / "data/e").mkdir()),
    "one beside data": Tampering("e/f", EMPTY, lambda bag: (bag / "e/f").mkdir(parents=True)),
    "a dropped tag manifest": Tampering(TAGS, MISSING, lambda bag: (bag / TAGS).unlink()),
    "both of them, for an addition": Tampering("install.exe", ADDED, _without_tags),
    "one more": Tampering("tagmanifest-md5.txt", ADDED, lambda bag: (bag / "tagmanifest-md5.txt").write_text("")),
    "another form": Tampering(OTHER_TAGS, CHANGED, lambda bag: _rewritten(bag / OTHER_TAGS, FORMS["another order"])),
    "bag-info": Tampering("bag-info.txt", CHANGED, lambda bag: _flipped(bag / "bag-info.txt", 20)),
    "the declaration": Tampering("bagit.txt", CHANGED, lambda bag: _flipped(bag / "bagit.txt", -2)),
    "no bag": Tampering("bagit.txt", MISSING, lambda bag: (bag / "bagit.txt").unlink()),
    "a byte of the WACZ": Tampering(WACZ, CHANGED, lambda bag: _flipped(bag / WACZ, 500)),
    "a swapped PDF": Tampering(ITEMS[0], CHANGED, _swapped),
}
ALONE = ("another form", "a dropped tag manifest", "both of them, for an addition", "no bag")
ROUNDS = (tuple(name for name in TAMPERINGS if name not in ALONE), *((name,) for name in ALONE))
"""Which can be done together and are found nevertheless."""


def forge(bag: Path) -> None:
    """Makes all manifests and the sums of bag-info anew, as a forger would."""
    info = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    for place in (*bag.glob("*manifest-*.txt"), bag / "bagit.txt", bag / "bag-info.txt"):
        place.unlink()
    bags.seal(bag, [tuple(line.split(": ", 1)) for line in info if not line.startswith("Payload-Oxum")])  # type: ignore[misc]


def forged(bag: Path) -> None:
    """Changes a page and then what would tell it."""
    place = bag / "data" / "sources" / "content" / "pages" / "about.md"
    place.write_text(place.read_text(encoding="utf-8").replace("说明", "假的"), encoding="utf-8")
    forge(bag)
