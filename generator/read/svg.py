"""Cleans SVG drawings: removes what could run, request another host, or reveal who made them.

A drawing is parsed and written again from the elements that are known to draw (SVG 2; names from the specification).
Scripts, handlers, animations, embedded documents and pictures, foreign names, comments and declarations are left out.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final
from xml.parsers import expat

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.model.pictures import ImageInfo
from generator.read.pictures import too_heavy

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS: Final = frozenset((
    "svg", "g", "defs", "symbol", "use", "switch", "title", "desc", "style", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "pattern",
    "clipPath", "mask", "marker", "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood",
    "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
    "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
))  # fmt: skip
_OUTSIDE: Final = re.compile(
    r"""\\|@import|image-set|expression|-moz-binding|behavior|src\(|url\(\s*(?!["']?#)""", re.IGNORECASE
)
"""What in a style refers to something outside the drawing, or may be an escape that hides it."""
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*")
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px)?\s*")
_DEEPEST: Final = 200
MOST_BYTES: Final = 5 << 20
"""A phone cannot show a larger drawing."""
_ENCODING: Final = re.compile(rb"""\A<\?xml\s[^>]{0,80}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHINESE: Final = frozenset((b"gb2312", b"gbk", b"gb18030", b"cp936"))
"""Encodings that Chinese programs declare, and that the XML parser does not know."""


def drawing(raw: bytes) -> tuple[ImageInfo, bytes]:
    """The size of a drawing, and its cleaned bytes; cleaning them again changes nothing.

    Raises Fault where the file is not a drawing.
    """
    if len(raw) > MOST_BYTES:
        raise too_heavy(len(raw), MOST_BYTES)
    reader = _Reader()
    try:
        reader.read(raw)
    except Fault:
        raise
    except (expat.ExpatError, LookupError, ValueError):
        # For an encoding that it does not know, the parser asks Python, which raises what it likes.
        raise _no_svg() from None
    if reader.size is None:
        raise _no_svg()
    width, height = reader.size
    body = '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(reader.out) + "\n"
    return ImageInfo(kind="svg", width=width, height=height), body.encode()


def _no_svg() -> Fault:
    return Fault(say("the file is no SVG that can be read"), say("save it again as SVG or PNG"))


class _Reader:
    """Parses a drawing and writes what is kept of it."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.size: tuple[int, int] | None = None
        self._style: list[str] | None = None
        """The text of the open style element; None outside of one."""
        self._skipped = 0
        """How many elements that are left out are open."""
        self._depth = 0

    def read(self, raw: bytes) -> None:
        """Parses the whole file. Raises Fault, ExpatError, and whatever Python has against its encoding."""
        declared = _ENCODING.match(raw)
        is_chinese = declared is not None and declared[1].lower() in _CHINESE
        raw = raw.decode("gb18030").encode() if is_chinese else raw
        parser = expat.ParserCreate("UTF-8" if is_chinese else None, namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.Parse(raw, True)  # noqa: FBT003 - the library's own interface

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _no_svg()
        if self.size is None:
            if (namespace, name) != (_SVG, "svg"):
                raise _no_svg()
            self.size = _size(attributes)
        # Links do not work in a drawing that is shown as a picture, but their content is drawn.
        name = "g" if name == "a" else name
        if self._skipped or namespace != _SVG or name not in _ELEMENTS:
            self._skipped += 1
            return
        kept = "".join(f' {key}="{_attribute(value)}"' for key, value in _kept(attributes))
        own = f' xmlns="{_SVG}" xmlns:xlink="{_XLINK}"' if self._depth == 1 else ""
        self.out.append(f"<{name}{own}{kept}>")
        if name == "style":
            self._style = []

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            return
        name = tag.rpartition(" ")[2]
        name = "g" if name == "a" else name
        if name == "style":
            style = "".join(self._style or ())
            self._style = None
            if not _OUTSIDE.search(style):
                self.out.append(escape(style, quote=False))
        self.out.append(f"</{name}>")

    def _text(self, text: str) -> None:
        if self._skipped or not self._depth:
            return
        if self._style is not None:
            self._style.append(text)
        else:
            self.out.append(escape(text, quote=False))


def _attribute(value: str) -> str:
    """A value for between quotation marks. White space becomes references, since parsers turn it into spaces."""
    return escape(value).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def _refuse_entities(*declared: object) -> None:
    # Drawing programs write a plain DOCTYPE. One with declarations can expand without limit.
    if declared[3]:
        raise _no_svg()


def _kept(attributes: dict[str, str]) -> list[tuple[str, str]]:
    """The attributes that are kept, with the names under which they are written."""
    kept = []
    for key, value in sorted(attributes.items()):
        namespace, _, name = key.rpartition(" ")
        if not _NAME.fullmatch(name) or name.lower().startswith("on"):
            continue
        if name == "href":
            if namespace in ("", _XLINK) and value.startswith("#"):
                kept.append(("xlink:href" if namespace else "href", value))
        elif namespace == _XML and name in ("lang", "space"):
            kept.append((f"xml:{name}", value))
        elif not namespace and not _OUTSIDE.search(value):
            kept.append((name, value))
    return kept


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    """Width and height in pixels, from these attributes or else from the view box; zeros where it has neither."""
    lengths = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    if all(lengths):
        sides = [float(one[1]) for one in lengths if one]
    else:
        numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        matches = [_LENGTH.fullmatch(number) for number in numbers[2:4]] if len(numbers) == 4 else []
        sides = [float(one[1]) for one in matches if one]
    if len(sides) != 2 or not all(0.5 <= side < 100_000 for side in sides):
        return 0, 0
    return round(sides[0]), round(sides[1])
