"""A picture that was handed in with a text, by its contents."""

from __future__ import annotations

import re
from pathlib import PureWindowsPath
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.read.pictures import kind_of, picture
from generator.tools.importers.manuscript import Picture

FILE_NAME: Final[Message] = say("the name of a picture's file")
_ENDINGS: Final = {"jpeg": ".jpg"}
_LOCAL: Final = re.compile(
    r"file:/|(?<![a-z])[a-z]:[\\/]|\\\\\w|(?<![\w.])[~/](?:users|home|root|tmp|var|mnt|media|volumes|storage|sdcard|data)/",
    re.IGNORECASE,
)
"""A place on somebody's machine, which may name them."""
_FILE: Final = re.compile(
    r"[^\n，。；！？,;!?]{1,150}\.(?:png|jpe?g|gif|bmp|webp|tiff?|hei[cf]|wmf|emf|svg)"
    r"|(?:img|dsc[nf]?|mmexport|微信图片|qq图片|wx_camera|screenshot|image)[\s_-]*\d[\d_-]*",
    re.IGNORECASE,
)


def is_file_name(text: str) -> bool:
    """Whether what is said of a picture is but the name or the place of its file, as programs fill it in."""
    return _LOCAL.search(text) is not None or _FILE.fullmatch(text.strip()) is not None


def without_place(name: str) -> str:
    """What a picture is called, without the folders of somebody's machine."""
    return PureWindowsPath(name).name if _LOCAL.search(name) else name


def is_pixel(body: bytes) -> bool:
    """Whether a picture is but a pixel, which shows nothing."""
    try:
        found = picture(body)
    except Fault:
        return False
    return (found.width, found.height) == (1, 1)


def picture_of(name: str, body: bytes | None) -> Picture:
    """A picture by its contents; a gap where they are none that can be published."""
    try:
        kind = kind_of(body or b"")
    except Fault:
        return Picture(name=name, body=None, ending="", is_unread=bool(body))
    return Picture(name=name, body=body, ending=_ENDINGS.get(kind, f".{kind}"))
