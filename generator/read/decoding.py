"""Decodes text files: UTF-8, or GB18030 with a warning. Anything else is an error; no encoding is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from generator.ground.errors import BuildError, Problem, Repair
from generator.ground.messages import Message, say
from generator.ground.text import FORBIDDEN, ODD, visible
from generator.model.content import Source

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_UTF8_LETTER = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf][\x80-\xbf]")
_LINE_ENDS: Final = "\v\f\x85"
"""Ends of lines in word processors: Word's own within a paragraph is U+000B."""
_MOST: Final = 100
"""Control characters that are told of."""
_SAVE_AS_UTF8 = say("save the file again as UTF-8")


def decoded(raw: bytes, path: str) -> tuple[Source, tuple[Problem, ...]]:
    r"""The file as text with ``\n`` as line ends and without characters that nobody sees, and its problems.

    Raises BuildError where it cannot be decoded.
    """
    if raw.startswith(_UTF16):
        raise BuildError(Problem(path=path, message=say("the file is UTF-16"), hint=_SAVE_AS_UTF8))
    if (nul := raw.find(b"\0")) >= 0:
        raise _at(raw, nul, path, say("the file holds a NUL byte, so it is no text"), _SAVE_AS_UTF8)
    warnings: tuple[Problem, ...] = ()
    text, is_utf8 = characters(raw, path)
    if not is_utf8:
        warnings = (
            Problem(
                path=path,
                message=say("the file is GB18030, not UTF-8; it was read all the same"),
                hint=_SAVE_AS_UTF8,
                is_warning=True,
                repair=Repair(),
            ),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if ODD.search(text):
        text = visible(text)
        warnings += tuple(_control_characters(text, path))
        text = FORBIDDEN.sub(" ", text)
    return Source(path, text), warnings


def characters(raw: bytes, path: str) -> tuple[str, bool]:
    """The text of bytes, and whether they are UTF-8; else they are GB18030. Raises BuildError for any others."""
    try:
        return raw.decode("utf-8-sig"), True
    except UnicodeDecodeError as error:
        return _in_gb18030(raw, path, error), False


def _control_characters(text: str, path: str) -> Iterator[Problem]:
    for found in islice(FORBIDDEN.finditer(text), _MOST):
        yield Problem(
            path=path,
            line=text.count("\n", 0, found.start()) + 1,
            column=found.start() - text.rfind("\n", 0, found.start()),
            message=say("there is a control character (U+{code}) here", code=f"{ord(found[0]):04X}"),
            hint=say("put a line break in its place: put the cursor behind it, press backspace, then Enter")
            if found[0] in _LINE_ENDS
            else say("delete it: put the cursor behind it and press backspace"),
        )


def _is_utf8_but_for_surrogates(raw: bytes) -> bool:
    """Whether nothing else is wrong: in GB18030, ``表，`` has the same bytes in it."""
    try:
        raw.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _in_gb18030(raw: bytes, path: str, utf8: UnicodeDecodeError) -> str:
    """The text of a file that is not UTF-8. Raises BuildError where it is not GB18030 either."""
    if (surrogate := _SURROGATE.search(raw)) and _is_utf8_but_for_surrogates(raw):
        raise _at(
            raw,
            surrogate.start(),
            path,
            say("half of a character is here alone (a lone surrogate)"),
            say("delete it and type the character again"),
        )
    # Damaged UTF-8 is often valid GB18030 for other characters. Many whole UTF-8 characters reveal it.
    others = len(raw.translate(None, bytes(range(0x80))))
    damaged = 2 * 3 * len(_UTF8_LETTER.findall(raw)) > others
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        neither = say("the file is neither UTF-8 nor GB18030")
        if damaged:
            raise _at(raw, utf8.start, path, neither, _SAVE_AS_UTF8) from None
        raise _at(raw, error.start, path, neither, _SAVE_AS_UTF8, encoding="gb18030") from None
    if damaged:
        raise _at(raw, utf8.start, path, say("a character is damaged here: the file is not whole UTF-8"), _SAVE_AS_UTF8)
    return text


def _at(raw: bytes, index: int, path: str, message: Message, hint: Message, *, encoding: str = "utf-8") -> BuildError:
    """A problem at a byte of the file. Its column counts characters of ``encoding``."""
    line = raw.count(b"\n", 0, index) + 1
    before = raw[raw.rfind(b"\n", 0, index) + 1 : index]
    return BuildError(
        Problem(
            path=path, line=line, column=len(before.decode(encoding, errors="replace")) + 1, message=message, hint=hint
        )
    )
