"""Functions for text: Unicode normal form, display width, slugs, Windows' file names, shortening at sentences."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from typing import Final, Literal

from generator.ground.patterns import deferred

SEGMENT_BYTES: Final = 200
"""The longest segment of a URL. It becomes a file name: 255 bytes on every common file system, less an ending."""

WINDOWS_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)
"""Names that Windows reserves for devices, with any ending (Microsoft, "Naming Files, Paths, and Namespaces")."""

_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff"
_LAST_OF_PLANE = f"(?:(?<![\U00010000-\U0010ffff])|(?<=[{_NONCHARACTERS}]))"
FORBIDDEN: Final = deferred(f"[{_FORBIDDEN}]{_LAST_OF_PLANE}")
"""Control characters and other code points that XML 1.0 or HTML refuse; tab and line feed are allowed.

A character class with single code points beyond the first plane makes the search ten times slower, so a look-behind
checks those.
"""
_UNSEEN = "\xad\u200b\u2060-\u2064\ufeff"
_DIRECTING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_JOINING = "\u200c\u200d"
ODD: Final = deferred(f"[{_UNSEEN}{_DIRECTING}{_JOINING}{_FORBIDDEN}]{_LAST_OF_PLANE}")
"""What is forbidden, and what nobody sees."""
_SEEN_BY_NONE = deferred(f"[{_UNSEEN}]")
_BREAKING = deferred("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Scripts without spaces, in which U+200B says where a line may end."""
_DIRECTION = deferred(f"[{_DIRECTING}]")
_RIGHT_TO_LEFT = deferred("[\u05d0-\u05f4\u0620-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_LOOSE_JOINER = deferred(f"(?<![^\x00-\x7f\u3000-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff])[{_JOINING}]+")
"""Joiners that join nothing: behind Chinese and Latin letters, not in an emoji or a script that needs them."""
_MOVING = deferred("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that move a terminal's cursor, end a line, or reverse the display order (UAX #9)."""
_HAN = deferred(
    "[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\uffe0-\uffe6"
    "\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)
_SIGN_WORDS: Final = {"+": "plus", "#": "sharp", "*": "star", "%": "percent"}
_SIGNS: Final = "+#*%＋＃＊％"
_MOST_UPON: Final = 64
_SIGNS_UPON = deferred(rf"[^\w\s\x00-\x7f]{{{_MOST_UPON + 1},}}")
"""What may be signs upon a letter, more than there can be: they are neither letters nor spaces."""
_SENTENCE_END = deferred(r"[。！？!?…]+[”’」』）)]*|\.(?=\s)[”’)]*")


def nfc(text: str) -> str:
    """The text in Unicode's normal form C, in which names and words are compared."""
    return text if text.isascii() else normal("NFC", text)


def normal(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form of Unicode.

    Signs upon a letter are put into order, which takes as long as their number squared. No script has more than thirty
    (UAX #15, 13), so those of a longer run are put into order in pieces.
    """
    at, out = 0, list[str]()
    for run in _SIGNS_UPON.finditer(text) if len(text) > _MOST_UPON else ():
        for end in range(run.start() + _MOST_UPON, run.end(), _MOST_UPON):
            out.append(unicodedata.normalize(form, text[at:end]))
            at = end
    return "".join([*out, unicodedata.normalize(form, text[at:])])


def visible(text: str) -> str:
    """The text without what nobody sees: a search would not find its words, and two tags would look the same.

    Characters stay where a script or an emoji needs them.
    """
    if not ODD.search(text):
        return text
    kept = "\u200b" if _BREAKING.search(text) else ""
    text = _SEEN_BY_NONE.sub(lambda found: found[0] if found[0] == kept else "", text)
    if not _RIGHT_TO_LEFT.search(text):
        text = _DIRECTION.sub("", text)
    return _LOOSE_JOINER.sub("", text)


def folded(text: str) -> str:
    """The form in which two names are equal where a file system ignores case and Unicode's normal form."""
    return text.lower() if text.isascii() else nfc(nfc(text).casefold())


def display_width(text: str) -> int:
    """How many terminal cells the text takes: two for a wide character, none for a combining one."""
    return sum(map(_cells, text))


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces behind it, or before it to stand ``right``, that make it ``width`` terminal cells wide."""
    space = " " * (width - display_width(text))
    return space + text if right else text + space


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def still(text: str) -> str:
    """The text without characters that would change how a terminal displays what is around it."""
    return _MOVING.sub("\ufffd", text)


def is_han(char: str) -> bool:
    """Whether the character is written without spaces around it: an ideograph or kana, or their punctuation.

    Quotation marks and dashes that Chinese shares with Latin (“ ” ‘ ’ — …) are not counted.
    """
    return _HAN.match(char) is not None


@functools.lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """The text as one segment of a URL: letters, digits and combining marks of any script; the rest become hyphens.

    A run of other characters is one hyphen. Empty where nothing else is in the text. A slug over SEGMENT_BYTES is cut
    between characters and ends in a digest of the whole, so that long texts with one beginning stay distinct.
    """
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else "-" for c in nfc(text).lower())
    return cut_to_segment(re.sub("-+", "-", kept).strip("-"))


@functools.lru_cache(maxsize=4096)
def name_slug(name: str) -> str:
    """The slug of a name, in which signs at the end count: ``C``, ``C++`` and ``C#`` are three names."""
    bare = name.rstrip(_SIGNS)
    if bare == name or not slug(bare):
        return slug(name)
    return slug("-".join((bare, *(_SIGN_WORDS[sign] for sign in normal("NFKC", name[len(bare) :])))))


def cut_to_segment(name: str) -> str:
    """The name itself where it fits SEGMENT_BYTES in UTF-8, else its beginning and a digest of the whole."""
    raw = name.encode()
    if len(raw) <= SEGMENT_BYTES:
        return name
    digest = hashlib.sha256(raw).hexdigest()[:8]
    beginning = raw[: SEGMENT_BYTES - 9].decode(errors="ignore").rstrip("-")
    return f"{beginning}-{digest}"


def is_windows_name(segment: str) -> bool:
    """Whether Windows refuses a file or folder of this name, or would silently rename it."""
    stem = segment.split(".", 1)[0].rstrip(" ").lower()
    return stem in WINDOWS_NAMES or segment[-1:] in (".", " ") or bool(re.search(r'[<>:"|?*\\]', segment))


def written_size(size: int) -> str:
    """A number of bytes for readers: ``12 KB``, ``1.2 MB``."""
    if size < 1024 * 1000:
        return f"{-(-size // 1024)} KB"
    return f"{size / 1024**2:.1f} MB"


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence; the whole text where no sentence ends."""
    end = _SENTENCE_END.search(text)
    return text[: end.end()].rstrip() if end else text


def shortened(text: str, limit: int) -> str:
    """The text, cut after the last sentence that ends within ``limit`` characters, else at ``limit`` with an ellipsis.

    A Latin word is not cut in two. Shorter text is returned as it is.
    """
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, limit + 8) if match.end() <= limit]
    if ends and ends[-1] * 3 >= limit:
        return text[: ends[-1]].rstrip()
    beginning = text[: limit - 1]
    if text[limit - 1].isalnum() and text[limit - 1].isascii():
        beginning = re.sub(r"[!-~]+$", "", beginning) or beginning
    return beginning.rstrip(" ，、,；;：:—") + "…"
