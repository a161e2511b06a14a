"""Reads saved web pages: features, WeChat articles, pasted text."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree
from lxml import html as lxml_html

from generator.ground.errors import Fault
from generator.ground.messages import Message, say
from generator.render.documents.blocks import Block, Figure, Listing, Paragraph, Table
from generator.render.documents.parse import parse
from generator.tools.importers.carried import ticked
from generator.tools.importers.decoding import SAVE_AGAIN
from generator.tools.importers.labels import is_numbered_twice
from generator.tools.importers.manuscript import LeftOut, Picture, Piece
from generator.tools.importers.pictures import FILE_NAME, is_file_name, is_pixel, picture_of, without_place
from generator.tools.importers.raised import FORMATTING, moved
from generator.tools.importers.spans import MOST, spread
from generator.tools.importers.surroundings import surroundings
from generator.tools.importers.tables import laid_out
from generator.tools.importers.wechat import AROUND_WECHAT
from generator.tools.importers.word_lists import make_lists

Beside = Callable[[str], "bytes | None"]
"""Gives the bytes that were saved with a page for an address in it."""

_UNSEEN: Final = frozenset(("script", "style", "template", "head", "link", "meta", "base"))
_PLAYS: Final = (
    "iframe", "object", "embed", "video", "audio", "mpvoice", "mpvideosnap", "mp-common-mpaudio", "mp-common-videosnap",
)  # fmt: skip
_CALLED: Final = ("name", "title", "data-nickname", "aria-label", "data-src", "src", "data", "data-mpvid")
"""Where what plays says what it is, the clearest first."""
_BEHIND: Final = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?(?!data:)([^'\")\s]+)", re.IGNORECASE)
_AROUND: Final[dict[str, Message]] = {
    "nav": say("navigation"), "aside": say("what stands beside the text"), "footer": say("the foot of the page"),
    "noscript": say("text for browsers without scripts"),
    **dict.fromkeys(("form", "button", "select", "textarea", "input", "option", "label"), say("a form")),
    **dict.fromkeys(("canvas", "svg", *_PLAYS), say("what plays or draws")),
}  # fmt: skip
_UNSEEN_VALUES: Final = ("hidden", "password", "image", "file")
"""The kinds of fields whose value no page shows."""
_TICKS: Final = ("checkbox", "radio")
_EXPLAINED: Final = ("abbr", "acronym", "dfn")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DEEPEST: Final = 200
_DAY: Final = re.compile(r"(20\d\d|19\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_META: Final = re.compile(
    r"article:published_time|datepublished|pubdate|publishdate|publish[-_]?time|og:release_date|date|dc\.date.*",
    re.IGNORECASE,
)
_JSON: Final = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_WECHAT: Final = re.compile(r"""\bvar\s+ct\s*=\s*["'](\d{10})["']|\bcreateTime\s*=\s*["']([^"']{8,40})["']""")
_START: Final = re.compile("[0-9]{1,9}")
"""The first number of a list, as Markdown has it."""
_MOVED: Final = {"sup": "superscript", "sub": "subscript"}
_SCHEMES: Final = ("http:", "https:", "mailto:", "tel:", "#")


class Page:
    """A web page that is being read."""

    def __init__(self, text: str, beside: Beside) -> None:
        """Parses it. Raises Fault where it is nested too deep."""
        parser = lxml_html.HTMLParser(
            encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            self._root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        except (etree.ParserError, ValueError):
            raise Fault(say("the page holds no text"), SAVE_AGAIN) from None
        if any("depth" in one.message for one in parser.error_log) or _is_deep(self._root):
            raise Fault(say("the page is nested too deep"), SAVE_AGAIN)
        self._beside = beside
        self._count = 0
        self._empty = 0
        """Cells that tables were filled up with."""
        self._gone: set[Any] = set()
        """What was left out."""
        self._explained: list[str] = []
        self.pictures: dict[str, Picture] = {}
        self.left: list[LeftOut] = []
        self.added: list[str] = []
        self.published = self._published()
        self.title = self._title()
        shown = "".join("".join(_texts(one)) for one in self._root.iter("body"))
        for one in self._root.iter("title"):
            words = "".join(_texts(one)).strip()
            if words and (words != self.title or "".join(words.split()) not in "".join(shown.split())):
                self.left.append(LeftOut(kind=say("the title of the page"), text=words, where=say("the whole file")))
        if next(self._root.iter("title"), None) is not None and (body := self._root.find("body")) is not None:
            # A page that was saved has a title; what is pasted has none, and nothing around it.
            for element, kind in list(surroundings(body)):
                self._leave_out(element, kind)
        for element in self._below_wechat():
            self._leave_out(element, AROUND_WECHAT)
        self._prepare()

    def pieces(self) -> tuple[Piece, ...]:
        """The blocks of the page."""
        body = self._root.find("body")
        source = etree.tostring(self._root if body is None else body, encoding="unicode", method="html")
        return tuple(self._piece(block, is_caption) for block, is_caption in apart(parse(source)))

    def _piece(self, block: Block, is_caption: bool) -> Piece:  # noqa: FBT001
        self._count += 1
        return Piece(block=block, where=say("paragraph {number}", number=self._count), is_caption=is_caption)

    def _prepare(self) -> None:
        make_lists(self._root)
        _free_labels(self._root)
        for element in list(self._root.iter()):
            if not isinstance(element.tag, str) or element is self._root or element.tag in ("body", "head"):
                continue
            if element.tag in _UNSEEN or (element in self._gone and element.tag not in ("a", "img")):
                continue
            if kind := _around(element):
                self._leave_out(element, kind)
            else:
                # Addresses and pictures are told even where no text shows them.
                self._change(element)
            if behind := _BEHIND.search(element.get("style") or ""):
                self._tell(say("a picture behind the text"), behind[1])
            _plain(element)
        if self._explained:
            kind, text = say("what abbreviations show under the pointer"), " / ".join(self._explained)
            self.left.append(LeftOut(kind=kind, text=text, where=say("the whole file")))

    def _change(self, element: Any) -> None:
        """What is otherwise in Markdown, or in no Markdown at all."""
        match element.tag:
            case "img":
                self._picture(element)
            case "input":
                # Of several to choose from, as of one to tick.
                element.set("type", "checkbox")
            case "table":
                self._empty += spread(element, MOST - self._empty)
            case "pre" if [one.tag for one in element] != ["code"]:
                _break_lines(element)
            case "a":
                self._link(element)
            case _ if element.get("role") in _TICKS:
                sign = "☑" if element.get("aria-checked") == "true" else "☐"
                element.text = f"{sign} {element.text or ''}"
            case tag if place := _MOVED.get(tag):
                self._move(element, place)
            case tag if tag in _EXPLAINED and (words := (element.get("title") or "").strip()):
                self._explained.append(words)

    def _below_wechat(self) -> list[Any]:
        """What WeChat shows below an article: a code to scan, how many have read it, windows that would open.

        WeChat puts no figure there, so a page with one was put together by somebody.
        """
        text = next(iter(self._root.xpath("//*[@id='js_content']")), None)
        rooms = () if text is None else (text, *text.iterancestors())
        below = (one for room in rooms for one in room.itersiblings())
        return [one for one in below if next(one.iter("figure"), None) is None]

    def _leave_out(self, element: Any, kind: Message) -> None:
        if element.getparent() is None:
            return
        text = "".join([*_texts(element), *map(_shown, element.iter("img", "input", *_EXPLAINED))])
        if text.strip():
            self.left.append(LeftOut(kind=kind, text=" ".join(text.split()), where=say("the whole file")))
        for one in element.iter(*_PLAYS):
            self._tell(kind, next((name for key in _CALLED if (name := one.get(key))), str(one.tag)))
        self._gone.update(element.iter())
        for one in list(element):
            element.remove(one)
        element.text = None
        element.attrib.clear()
        element.drop_tree()

    def _tell(self, kind: Message, name: str) -> None:
        """Tells of what cannot be taken over and holds no text, by its name or address."""
        name = without_place(name)
        self.left.append(LeftOut(kind=kind, text=name, where=say("the whole file")))
        self.added.append(name)

    def _move(self, element: Any, place: str) -> None:
        """Writes raised and lowered text in signs of its own, or tells that it is neither any more."""
        text = "".join(_texts(element))
        if moved(text, place) is not None:
            for one in element.iter():
                one.text = moved(one.text or "", place)
                if one is not element:
                    one.tail = moved(one.tail or "", place)
        elif text.strip():
            self.left.append(LeftOut(kind=FORMATTING, text=text, where=say("the whole file")))
            self.added.append(text)
        element.tag = "span"

    def _link(self, element: Any) -> None:
        """Tells the address of a link that leads nowhere from elsewhere: a path, a file of the writer's."""
        address = (element.get("href") or "").strip()
        if address.startswith("//"):
            element.set("href", f"https:{address}")
        elif not address.lower().startswith(_SCHEMES):
            element.attrib.pop("href", None)
            if address and not address.lower().startswith("javascript:") and "".join(_texts(element)).strip():
                kind = say("the address of a link that leads nowhere from here")
                self.left.append(LeftOut(kind=kind, text=address, where=say("the whole file")))
                self.added.append(address)

    def _picture(self, element: Any) -> None:
        """Gives a picture its key in the manuscript; one that was not saved with the page is a gap."""
        addresses = [element.get(name) or "" for name in ("src", "data-src", "data-original", "data-lazy-src")]
        bodies = (body for one in addresses if one and (body := self._body(one)))
        # A pixel holds the place of a picture that is loaded when it comes into sight.
        found = next((one for one in bodies if not (any(addresses[1:]) and is_pixel(one))), None)
        name = next((one for one in reversed(addresses) if one and not one.startswith("data:")), "")
        key = f"picture{len(self.pictures) + 1}"
        self.pictures[key] = picture_of(without_place(name or key)[:300], found)
        if is_file_name(alt := element.get("alt") or ""):
            self.left.append(LeftOut(kind=FILE_NAME, text=alt, where=say("the whole file")))
            element.attrib.pop("alt")
        element.set("src", key)

    def _body(self, address: str) -> bytes | None:
        if not address.startswith("data:"):
            return self._beside(address)
        head, _, data = address.partition(",")
        try:
            return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
        except (binascii.Error, ValueError):
            return None

    def _title(self) -> str:
        for path in ("//*[@id='activity-name']", "//h1", "//title"):
            for one in self._root.xpath(path):
                if words := " ".join("".join(_texts(one)).split()):
                    return words
        return ""

    def _published(self) -> str:
        for one in self._root.iter("meta"):
            if _META.fullmatch(one.get("property") or one.get("name") or one.get("itemprop") or "") and (
                day := _day(one.get("content") or "")
            ):
                return day
        for one in self._root.xpath("//*[@id='publish_time' or @itemprop='datePublished']"):
            if day := _day(one.get("content") or one.get("datetime") or "".join(_texts(one))):
                return day
        for one in self._root.iter("script"):
            text = one.text or ""
            if (found := _JSON.search(text)) and (day := _day(found[1])):
                return day
            if found := _WECHAT.search(text):
                return _day(found[2]) if found[2] else _day_of(int(found[1]))
        return ""


def _break_lines(element: Any) -> None:
    """Makes lines of a text that stands as it was typed, as browsers show plain texts: only code stays as it is."""
    element.tag = "div"
    for one in list(element.iter()):
        first, *rest = (one.text or "").split("\n")
        one.text = first
        for at, line in enumerate(rest):
            one.insert(at, _break(line))
        if one is not element and (parent := one.getparent()) is not None:
            first, *rest = (one.tail or "").split("\n")
            one.tail = first
            for at, line in enumerate(rest, parent.index(one) + 1):
                parent.insert(at, _break(line))


def _break(tail: str) -> Any:
    made = etree.Element("br")
    made.tail = tail
    return made


def _texts(element: Any) -> Iterator[str]:
    for one in element.iter():
        if isinstance(one.tag, str) and one.tag not in _UNSEEN and (one is element or one.tag != "title"):
            # The title of a drawing is told with that of the page.
            yield one.text or ""
        if one is not element and isinstance(one.tag, str):
            yield one.tail or ""


def _shown(element: Any) -> str:
    """What attributes of an element show of their own, as words behind others."""
    if element.tag == "img":
        return element.get("alt") or ""
    if _is_tick(element):
        return "☐" if element.get("checked") is None else "☑"
    is_unseen = element.tag == "input" and _kind(element) in _UNSEEN_VALUES
    return "" if is_unseen else f" {element.get('value' if element.tag == 'input' else 'title') or ''}"


def _kind(element: Any) -> str:
    return (element.get("type") or "").lower()


def _is_tick(element: Any) -> bool:
    return element.tag == "input" and _kind(element) in _TICKS


def _free_labels(root: Any) -> None:
    """Makes words of the labels of ticks: those of other fields are of no use without them."""
    ticks = [one for one in root.iter("input") if _is_tick(one)]
    names = {one.get("id") for one in ticks} - {None}
    around = {label for one in ticks for label in one.iterancestors("label")}
    for label in root.iter("label"):
        if label in around or label.get("for") in names:
            label.tag = "span"


def _around(element: Any) -> Message | None:
    if (kind := _AROUND.get(element.tag)) and not _is_tick(element):
        return kind
    if element.get("role") in ("navigation", "search", "menu"):
        return _AROUND["nav"]
    if element.get("id") == "publish_time":
        return say("the day of publication")
    # WeChat hides its text until a script has run.
    is_text = element.get("id") == "js_content"
    if not is_text and (element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")):
        return say("hidden text")
    return None


def _plain(element: Any) -> None:
    """Takes away attributes that mean something to our own parser of articles only, or nothing in Markdown."""
    for name in ("class", "id", "lang", "hidden", "style"):
        element.attrib.pop(name, None)
    if not _START.fullmatch(element.get("start", "1")):
        del element.attrib["start"]
    if element.tag in (
        "section",
        "font",
        "center",
        "article",
        "main",
        "header",
        "address",
        "details",
        "summary",
        "label",
    ):
        element.tag = "span" if element.tag in ("font", "label") else "div"


def _is_deep(root: Any) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def apart(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, bool]]:
    """The blocks, with figures as a picture and its caption."""
    for block in blocks:
        match block:
            case Figure():
                if block.inlines:
                    yield Paragraph(block.inlines), False
                yield from ((one, True) for one in block.caption)
            case Table():
                yield from ((one, False) for one in laid_out(block))
            case Listing() if is_numbered_twice(block):
                yield from apart(tuple(one for item in block.items for one in ticked(item)))
            case _:
                yield block, False


def _day(text: str) -> str:
    if not (found := _DAY.search(text)):
        return ""
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""


def _day_of(seconds: int) -> str:
    """The day in China of a moment."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds, hours=8)).date().isoformat()


def local(address: str) -> str:
    """The path, from the page on, that an address names; empty for one elsewhere."""
    if re.match(r"[a-zA-Z][\w+.-]*:|//|/|\\", address):
        return ""
    path = unquote(address.partition("?")[0].partition("#")[0]).replace("\\", "/").removeprefix("./")
    return "" if ".." in path.split("/") else path
