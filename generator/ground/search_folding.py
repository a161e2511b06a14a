"""The form in which texts are searched: NFKC and case folded, alike here and in browsers.

Browsers have no case folding, so each code point goes by way of lower and upper case to lower case, which is the same
but for a few letters, and is done in the same way on both sides (``themes/default/assets/search-index.js``).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

_PAIRS: Final = tuple(zip("，：；！？（）", ",:;!?()", strict=True))
"""The full-width marks that Chinese is full of, and what NFKC makes of them."""
_OTHERS: Final = re.compile(
    "[^\n -~\u00b7\u2014\u2018\u2019\u201c\u201d\u3001-\u3029\u3105-\u312f\u4e00-\u9fff，：；！？（）]"
)
"""What may be something else when it is folded; of the others only ASCII letters and those marks change, one to one."""


def folded(text: str) -> str:
    """The text as it is searched."""
    if _OTHERS.search(text) is None:
        return _easily(text)
    return _each(unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """The text, or its NFKC form where folding it one code point at a time would not fold it as a whole.

    So a browser that folds what it shows knows for every folded letter where it stands.
    """
    if _OTHERS.search(text) is None:
        return text
    whole = unicodedata.normalize("NFKC", text)
    return text if whole == text or _each(text) == _each(whole) else whole


def _easily(text: str) -> str:
    for wide, narrow in _PAIRS:
        text = text.replace(wide, narrow)
    return text.lower()


def _each(text: str) -> str:
    # Letters that have no case come out as they are; no other is left to be lowered but those of ASCII.
    return _easily(_OTHERS.sub(_one, text))


def _one(found: re.Match[str]) -> str:
    return _folded_char(found[0])


@functools.lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    whole = unicodedata.normalize("NFKC", char)
    return unicodedata.normalize("NFKC", "".join([one.lower().upper().lower() for one in whole]))
