"""Whether a text may hold a slip of the keyboard (``slips``): a cheap look that never misses one."""

from __future__ import annotations

import re
from typing import Final

HAN: Final = r"\u3007\u3400-\u9fff\U00020000-\U0003ffff"
OPENING: Final = "\"'“”‘’「『＂"

# One search over a clean text is all that it costs, so every sequence begins with the same set of characters, by
# which the search skips. What is counted is bounded, so that no text makes it slow.
SUSPICIOUS: Final = re.compile(
    r"[]】］！:：#＃*＊\-\[［｜](?:"
    r"(?:(?<=[]】］])（|(?<=[】］])\()(?=[^\n]{0,300}?\.[A-Za-z\d])"
    rf"|(?<=\])\((?=[^)\n]{{0,300}}?(?:[{OPENING[2:]}）]|[ \t][^\"'\s)]))"
    r"|(?<=！)[\[【［]"
    r"|(?<=：)[:：]|(?<=:)：|(?<=:)::*+[ \t]*+[A-Za-z｛]"
    r"|(?<=＃)|(?<=#)(?<![^\s#＃>]#)(?:[^\s#]|\u3000)"
    r"|(?<=＊)[*＊]|(?<=\*)＊|(?<=\*)\*(?:[ \t\u3000]|[^*\n]{1,80}[ \t\u3000]\*\*)"
    rf"|(?<=[-*])(?<![^\s>][-*])[{HAN}][^\n]{{0,200}}+\r?\n[ \t\u3000>]*+[-*][{HAN}]"
    r"|(?<=［)[\^＾]|(?<=\[)(?:＾|\^[\w-]{1,40}+(?:］|\]：))"
    r"|(?<=｜)[^\n]*｜"
    r")"
)
