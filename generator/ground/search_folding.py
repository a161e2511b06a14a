"""The form in which texts are searched: NFKC with case folding, the same here and in browsers.

Browsers have no case folding. Each code point is therefore converted to lower, upper and again lower case, which
differs from case folding in a few letters only; ``themes/default/assets/search-index.js`` does the same.
"""

from __future__ import annotations

import functools
import re
from typing import Final

from generator.ground.patterns import deferred
from generator.ground.text import normal

_JOINT: Final = deferred(r"(?<=[\u3400-\u9fff]) (?=[0-9a-z])|(?<=[0-9a-z]) (?=[\u3400-\u9fff])")
"""A space between a Chinese character and a letter or a digit, in a folded text."""
_PAIRS: Final = tuple(zip("，：；！？（）", ",:;!?()", strict=True))
"""The full-width punctuation that is frequent in Chinese, and its NFKC form."""
_OTHERS: Final = deferred(
    "[^\n -~\u00b7\u2014\u2018\u2019\u201c\u201d\u3001-\u3029\u3105-\u312f\u4e00-\u9fff，：；！？（）]"
)
"""Characters that need real folding. Of all others, only ASCII letters and that punctuation change, one to one."""


def folded(text: str) -> str:
    """The text in the form in which it is searched."""
    if _OTHERS.search(text) is None:
        return _easily(text)
    return _each(normal("NFKC", text))


def closed_up(text: str) -> str:
    """A folded text without the spaces between Chinese and others: some write 300 户, some 300户, readers either."""
    return _JOINT.sub("", text) if " " in text else text


def foldable(text: str) -> str:
    """The text in a form that can be folded one code point at a time: itself, else its NFKC form.

    A browser can then map each folded character back to its position in the text that it shows.
    """
    if _OTHERS.search(text) is None:
        return text
    whole = normal("NFKC", text)
    return text if whole == text or _each(text) == _each(whole) else whole


def _easily(text: str) -> str:
    for wide, narrow in _PAIRS:
        text = text.replace(wide, narrow)
    return text.lower()


def _each(text: str) -> str:
    # Letters without case stay as they are. After the substitution only ASCII letters can still change.
    return _easily(_OTHERS.sub(_one, text))


def _one(found: re.Match[str]) -> str:
    return _folded_char(found[0])


@functools.lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    whole = normal("NFKC", char)
    return normal("NFKC", "".join([one.lower().upper().lower() for one in whole]))
