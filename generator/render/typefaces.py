"""The typefaces in which documents are set: those of Chinese print, as far as this machine has them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.shell import install_command

if TYPE_CHECKING:
    from typst import Fonts as System

_SERIF: Final = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC")
_BODY: Final = (
    "FangSong", "FangSong_GB2312", "STFangsong", *_SERIF, "SimSun", "Songti SC", "STSong", "Noto Sans CJK SC",
    "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "DengXian",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
"""The best first: 仿宋, in which offices write, then other serifs."""
_HEADINGS: Final = (
    "SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "Heiti SC", "STHeiti",
    "Microsoft YaHei", "PingFang SC", "DengXian",
)  # fmt: skip
_EMPHASIS: Final = ("KaiTi", "KaiTi_GB2312", "STKaiti", "Kaiti SC", "AR PL UKai", "LXGW WenKai")
"""As typst calls them: the CN of AR PL UKai CN it takes for condensed."""
_FORM: Final = {
    "小标宋": (("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"), ("STZhongsong", "SimSun", "Songti SC", "STSong")),
    "仿宋": (("FangSong_GB2312", "FangSong", "STFangsong"), ()),
    "黑体": (("SimHei", "STHeiti", "Heiti SC"), _HEADINGS),
    "楷体": (("KaiTi_GB2312", *_EMPHASIS), ()),
    "宋体": (("SimSun", "NSimSun", "Songti SC", "STSong"), ()),
}
"""The typefaces of an official document: the families that are one, then those that stand for it before any serif."""
_RARE: Final = (
    "Noto Sans CJK SC", "SimSun-ExtB", "MingLiU-ExtB", "HanaMinA", "HanaMinB", "Noto Sans", "DejaVu Sans",
    "Segoe UI Symbol", "Noto Sans Symbols", "Noto Sans Symbols 2", "Apple Symbols", "Noto Emoji", "Segoe UI Emoji",
    "Noto Color Emoji", "Apple Color Emoji", "Libertinus Serif", "New Computer Modern Math", "DejaVu Sans Mono",
)  # fmt: skip
"""Families for characters that the others lack; the last three are part of typst."""
_LATIN: Final = "Libertinus Serif"
_CODE: Final = "DejaVu Sans Mono"
_BOLD: Final = 600


@frozen(kw_only=True)
class Fonts:
    """The families in which a document is set, the first that has a character for it."""

    body: tuple[str, ...]
    headings: tuple[str, ...]
    emphasis: tuple[str, ...]
    """楷体; empty where the machine has none, and emphasis is a dot below each character."""
    strong: tuple[str, ...]
    """What stands for bold where the body has none; else empty."""
    rare: tuple[str, ...]
    title: tuple[str, ...] = ()
    """小标宋, for the title of an official document."""
    number: tuple[str, ...] = ()
    """宋体, for its page numbers."""
    form: tuple[tuple[str, str, bool], ...] = ()
    """The typefaces of an official document: name, family that it is set in, and whether that is such a typeface."""
    has_own_latin: bool
    """Whether the Chinese font's Latin letters are worth printing; those of 仿宋 and 宋体 are not."""

    @property
    def names(self) -> tuple[str, ...]:
        """All families that may be in a document."""
        chinese = (*self.body, *self.headings, *self.emphasis, *self.strong, *self.title, *self.number)
        return tuple(dict.fromkeys((*chinese, *self.rare, _LATIN, _CODE)))

    @property
    def version(self) -> str:
        """The package that sets the text and brings some fonts; the program in it has a version of its own."""
        return f"typst-py {version('typst')}"

    @property
    def digest(self) -> str:
        """The SHA-256 of all files of these families on this machine, in hexadecimal."""
        places = {one.path for one in system().fonts() if one.family in self.names and one.path}
        digests = sorted(hashlib.sha256(Path(place).read_bytes()).hexdigest() for place in places)
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()

    def data(self) -> dict[str, list[object]]:
        """The families as the template takes them."""
        latin: list[object] = [] if self.has_own_latin else [{"name": _LATIN, "covers": "latin-in-cjk"}]
        rest = list(self.rare)
        return {
            "body": [*latin, *self.body, *rest],
            "heading": [*latin, *self.headings, *rest],
            "emphasis": [*latin, *self.emphasis, *self.body, *rest] if self.emphasis else [],
            "strong": [*latin, *self.strong, *self.body, *rest] if self.strong else [],
            "code": [_CODE, *self.body, *rest],
            "title": [*self.title, *self.body, *rest],
            "latin": [_LATIN, *self.body, *rest],
            "number": [*self.number, *self.body, *rest],
        }


def official_fonts() -> Fonts:
    """Those of an official document. Raises Fault as ``fonts`` does."""
    usual = fonts()
    there = {one.family for one in system().fonts()}
    found: dict[str, tuple[str, bool]] = {}
    for name, (own, others) in _FORM.items():
        family = next(one for one in (*own, *others, *_SERIF, *usual.body) if one in there)
        found[name] = family, family in own
    body, second = found["仿宋"][0], found["楷体"]
    return replace(
        usual,
        body=tuple(dict.fromkeys((body, *usual.body))),
        headings=(found["黑体"][0],),
        emphasis=(second[0],) if second[1] else (),
        title=(found["小标宋"][0],),
        number=(found["宋体"][0],),
        form=tuple((name, *one) for name, one in found.items()),
        has_own_latin=body in _SERIF,
    )


def fonts() -> Fonts:
    """The fonts of this machine. Raises Fault if there is no Chinese one, or if typst is not installed."""
    weights: dict[str, int] = {}
    for one in system().fonts():
        weights[one.family] = max(one.weight, weights.get(one.family, 0))
    body = [name for name in _BODY if name in weights][:2]
    if not body:
        raise Fault(
            say("no Chinese font is installed on this computer, so no PDF can be made"),
            say("install one, such as Noto Serif CJK SC (Debian and Ubuntu: apt install fonts-noto-cjk)"),
        )
    headings = tuple(name for name in _HEADINGS if name in weights)[:1]
    return Fonts(
        body=tuple(body),
        headings=headings or tuple(body),
        emphasis=tuple(name for name in _EMPHASIS if name in weights)[:1],
        strong=headings if weights[body[0]] < _BOLD else (),
        rare=tuple(name for name in _RARE if name in weights),
        has_own_latin=body[0] in _SERIF,
    )


@cache
def system() -> System:
    """All fonts of this machine, found once. Raises Fault if typst is not installed."""
    try:
        from typst import Fonts as System
    except ImportError:
        raise Fault(
            say("for PDF, a part of the program is not installed"),
            say("install it: {command}", command=install_command("typst")),
        ) from None
    return System(include_system_fonts=True, include_embedded_fonts=True)
