"""Articles to send or to keep: their links and pictures outside the site, and their setting as PDF."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Final
from unicodedata import category
from urllib.parse import unquote

from generator.ground.dates import Day, written_day
from generator.ground.errors import Fault, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model import urls
from generator.model.lists import MajorView
from generator.model.pages import Page
from generator.model.period_report import ReportView
from generator.model.settings import Settings
from generator.model.views import ChronicleView, EntryView
from generator.pipeline.assets.image_pipeline import ImagePipeline
from generator.pipeline.checks.privacy_scan import Guard, Leak
from generator.pipeline.workers import isolated, parallel_map
from generator.render.documents import arrangement
from generator.render.documents.layout import Layout
from generator.render.documents.ordinary import ORDINARY
from generator.render.documents.parse import parse
from generator.render.documents.pdf import UndrawnError, is_full, pdf
from generator.render.documents.signature_forms import signs_alone
from generator.render.typefaces import Fonts
from generator.tools.media import media_type

_LINK: Final = re.compile(r' href="(/[^"]*)"')
_PICTURE: Final = re.compile(r' src="(/(?:files|pictures)/[^"]*)"')
_FILE: Final = re.compile(r'<a href="(/files/[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_NUMBERED: Final = re.compile(
    r"\A附件(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}))?(?:\s*(?:[:：、]|[.．—–-]+(?!\d))|\s)\s*"
)
"""A word and a number that the list of attachments has itself. Without a sign behind it, 十 may begin a name."""
_FULL: Final = 600_000
"""Characters of HTML that the same processes set: the typesetter reads the fonts first, and keeps 300 bytes of each."""
_HEAVY: Final = 50_000_000
"""Bytes of manuscripts with their pictures that are in memory at once."""
_WEIGHT: Final = 8
"""Setting an entry in type takes as long as rendering that many pages."""
_SHORT: Final = 4000
"""Characters of an entry's HTML; a text that is longer by a factor weighs as much more."""


class ArticlePicture:
    """A picture of an article."""

    def __init__(self, src: str, images: ImagePipeline) -> None:
        """``src`` is its URL on the site, as the article writes it."""
        self.place = unquote(src)[1:]
        self.path = urls.original(self.place)
        self.body = images.published(self.place)

    @property
    def name(self) -> str:
        """Its path among the files that go with the article: that of the original, with the ending of this version."""
        name, ending = self.path.removeprefix("content/"), PurePosixPath(self.place).suffix
        if PurePosixPath(name).suffix.lower() in (ending, ".jpeg" if ending == ".jpg" else ending):
            return name
        return f"{name}/{PurePosixPath(self.place).name}"

    def as_data(self) -> str:
        """The picture as a ``data:`` URL."""
        return f"data:{media_type(self.place)};base64,{base64.b64encode(self.body).decode()}"


def with_data(html: str, pictures: Mapping[str, ArticlePicture]) -> str:
    """The article with its pictures in it."""
    return _PICTURE.sub(lambda found: f' src="{pictures[unescape(found[1])].as_data()}"', html)


def linked(html: str, base_url: str | None) -> str:
    """The article with absolute links to the site; without links where the site's address is not set."""
    if base_url is None:
        return _LINK.sub("", html)
    return _LINK.sub(lambda link: f' href="{escape(base_url.rstrip("/"))}{link[1]}"', html)


def links_within(html: str) -> frozenset[str]:
    """The addresses within the site to which an article links."""
    return frozenset(_LINK.findall(html))


@frozen
class Article:
    """An article as a template wrote it, with its pictures by their addresses."""

    page: Page
    html: str
    pictures: Mapping[str, ArticlePicture]

    def leaks(self, watch: Guard, name: str) -> Iterator[Leak]:
        """The private data in it; ``name`` is that of its file."""
        # Of a page of many texts, each is looked through for itself; one of no text is made of the site all the same.
        texts: list[tuple[str, ...]] = [(path,) for path in self.page.texts] or [()]
        for finding in watch.found("chronicle.html", self.html.encode()):
            yield from (Leak(name, paths, finding) for paths in texts)
        for one in self.pictures.values():
            yield from (Leak(one.path, (one.path,), finding) for finding in watch.found(one.path, one.body))

    @property
    def day(self) -> Day:
        """The day that it is of: the last of its entries, or the one on which a report is made."""
        view = self.page.view
        if isinstance(view, ReportView):
            return view.day
        assert isinstance(view, EntryView | ChronicleView | MajorView)
        return (view.row.span if isinstance(view, EntryView) else view.span).end

    def manuscript(self, settings: Settings, layout: Layout = ORDINARY) -> Manuscript:
        """The article for the typesetter."""
        end = self._signed(settings) if layout.is_official else ""
        return Manuscript(
            html=linked(self.html, settings.base_url) + end,
            title=self.page.title or settings.title,
            author=("" if layout.is_official else self._byline) or settings.organization or settings.title,
            language=self.page.language or settings.language,
            created=self.day,
            pictures={src: one.body for src, one in self.pictures.items()},
            layout=layout,
        )

    @property
    def _byline(self) -> str:
        """Who wrote it, as the catalogue of an archive names them; empty for what is no entry, or has no authors."""
        view = self.page.view
        return "、".join(one.name for one in view.authors) if isinstance(view, EntryView) else ""

    def _signers(self, own: str) -> list[str]:
        """Who signs it: the offices that wrote it, where others than the site's ``own`` did."""
        view = self.page.view
        authors = [one.name for one in view.authors] if isinstance(view, EntryView) else []
        if authors and all(signs_alone(name) and name not in own for name in authors):
            return authors
        return [own] if own else []

    def _signed(self, settings: Settings) -> str:
        """What stands at the end of an official document: the files that its text leads to, the office and the day."""
        lines = [(arrangement.ATTACHMENT, name) for name in _attachments(self.html)]
        own = settings.organization or ""
        signers = self._signers(own)
        lines += [(arrangement.SIGNATURE, escape(name)) for name in signers]
        if own and own not in signers:
            lines.append((arrangement.PUBLISHER, escape(own)))
        day = arrangement.DATE if isinstance(self.page.view, EntryView) else arrangement.COMPILED
        lines.append((day, escape(written_day(self.day, settings.language))))
        return "".join(f'<p class="{role}">{line}</p>' for role, line in lines)


def _attachments(html: str) -> list[str]:
    """The names of the files that the text leads to, as HTML, each once."""
    names: dict[str, str] = {}
    for href, name in _FILE.findall(html):
        shown = _TAG.sub("", name).strip()
        names.setdefault(href, _NUMBERED.sub("", shown) or shown)
    return [name for name in names.values() if name]


def article_of(page: Page, html: str, images: ImagePipeline) -> Article:
    """The article of a page."""
    places = map(unescape, dict.fromkeys(_PICTURE.findall(html)))
    return Article(page, html, {src: ArticlePicture(src, images) for src in places})


@frozen(kw_only=True)
class Manuscript:
    """An article as it is handed to the typesetter."""

    html: str
    title: str
    author: str
    language: str
    created: Day
    """The day that its file gives as that of its making, since no clock is asked, and on which it is signed."""
    pictures: Mapping[str, bytes]
    layout: Layout = ORDINARY

    @property
    def size(self) -> int:
        """Its size in bytes, about."""
        return len(self.html) * 3 + sum(map(len, self.pictures.values()))


def typeset(manuscripts: Iterable[Manuscript], *, fonts: Fonts, jobs: int) -> Iterator[bytes | Fault]:
    """Each manuscript as PDF, in their order, or what is wrong with it. ``jobs`` processes share the work."""
    for group in _groups(manuscripts):
        weight = _WEIGHT * (1 + sum(len(one.html) for one in group) // len(group) // _SHORT)
        work = partial(_typeset, fonts=fonts)
        yield from isolated(lambda: list(parallel_map(work, group, jobs, weight=weight)))  # noqa: B023 - called at once


def unset(fault: Fault, file: str, texts: Iterable[tuple[str, str]] = ()) -> Iterator[Problem]:
    """What kept a document from being set, as problems: of ``file``, or of those of its files that a character is in.

    ``texts`` are these, with their paths.
    """
    own: list[tuple[str, Fault]] = []
    if isinstance(fault, UndrawnError):
        own = [(path, found) for path, text in texts if (found := fault.within(text))]
    yield from (Problem(path=path, message=one.message, hint=one.hint) for path, one in own or [(file, fault)])


def lesser(body: bytes, file: str, article: Article, texts: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Warnings of a PDF that is less than it should be, of ``file`` or of those of its files that are the cause."""
    if is_full(body):
        return
    private = [(path, dict.fromkeys(filter(_is_private, text))) for path, text in texts]
    for path, characters in private:
        if characters:
            names = ", ".join(f"U+{ord(char):04X}" for char in characters)
            message = say("the PDF is PDF/A-2b, not 2a, since nobody knows what {characters} means", characters=names)
            hint = say("write another character: this one is of private use, and each font has another for it")
            yield Problem(path=path, message=message, hint=hint, is_warning=True)
    if not any(characters for _, characters in private):
        yield Problem(
            path=article.page.source or file,
            message=say("the PDF is PDF/A-2b, not PDF/A-2a and PDF/UA-1: the typesetter fails to describe this text"),
            hint=say("shorten lists with pictures or footnotes, or send a Word file to those who cannot see it"),
            is_warning=True,
        )


def _is_private(char: str) -> bool:
    return category(char) == "Co"


def _groups(manuscripts: Iterable[Manuscript]) -> Iterator[list[Manuscript]]:
    group: list[Manuscript] = []
    size = length = 0
    for one in manuscripts:
        group.append(one)
        size += one.size
        length += len(one.html)
        if length >= _FULL or size > _HEAVY:
            yield group
            group, size, length = [], 0, 0
    if group:
        yield group


def _typeset(one: Manuscript, *, fonts: Fonts) -> bytes | Fault:
    try:
        return pdf(
            parse(one.html),
            title=one.title,
            author=one.author,
            language=one.language,
            created=one.created,
            picture=one.pictures.get,
            fonts=fonts,
            layout=one.layout,
        )
    except Fault as fault:
        return fault
