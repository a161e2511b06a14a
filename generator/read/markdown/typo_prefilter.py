"""A fast regular expression that finds every text that may contain a typo, before ``typos`` checks it closely."""

from __future__ import annotations

import re
from typing import Final

HAN: Final = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
OPENING: Final = "\"'“”‘’「『＂"

_SIGNS: Final = r"[]】］！:：#＃*＊\-\[［｜]"
_OTHERS: Final = (
    r"(?<=[]】］])（(?=[^\n]{0,300}?\.[A-Za-z\d])|(?<=[】］])\((?=[^\n]{0,300}?\.[A-Za-z\d])"
    rf"|(?<=\])\((?=[^)\n]{{0,300}}?(?:[{OPENING[2:]}）]|\(|[ \t][^\"'\s)]))"
    r"|(?<=！)[\[【［]"
    r"|(?<=：)[:：]|(?<=:)：|(?<=:)::*+[ \t]*+[A-Za-z｛]"
    r"|(?<=＃)"
    r"|(?<=＊)[*＊]|(?<=\*)＊"
    rf"|(?<=[-*])(?<![^\s>][-*])[{HAN}][^\n]{{0,200}}+\r?\n[ \t\u3000>]*+[-*][{HAN}]"
    r"|(?<=［)[\^＾]|(?<=\[)(?:＾|\^[\w-]{1,40}+(?:］|\]：))"
    r"|(?<=｜)[^\n]*｜"
)
_HASHES: Final = r"(?<=#)(?<![^\s#＃>]#)(?:[^\s#]|\u3000)"
_ASTERISKS: Final = r"(?<=\*)\*(?:[ \t\u3000]|[^*\n]{1,80}[ \t\u3000]\*\*)"

# A clean text costs only one search. Every alternative begins with the same set of characters, so that the search
# can skip all others, and repetitions are bounded, so that no text makes it slow.
SUSPICIOUS: Final = re.compile(f"{_SIGNS}(?:{_OTHERS}|{_HASHES}|{_ASTERISKS})")
SUSPICIOUS_IF_SIMPLE: Final = re.compile(f"{_SIGNS}(?:{_OTHERS})")
"""The same for a text whose asterisks all belong to emphasis or lists, and whose hashes begin no line but headings."""
