"""An entry for WeChat: a folder with the article, its pictures, the texts of other boxes, and a page to copy from."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from markupsafe import Markup

from generator.ground.errors import Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import shortened
from generator.model import urls
from generator.model.outputs import Original, Output
from generator.model.pages import Page
from generator.model.views import EntryView
from generator.pipeline.checks.privacy_scan import Leak
from generator.render.documents.parse import parse
from generator.render.documents.wechat import wechat, without_title
from generator.render.inline_styles import inlined
from generator.render.manifest import colours
from generator.tools.articles import Article, ArticlePicture, linked, links_within
from generator.tools.media import media_type
from generator.tools.whole_site import WholeSite

ARTICLE: Final = "article.html"
PAGE: Final = "copy.html"
COVER: Final = "cover.jpg"
LONGEST: Final = {"title": 64, "author": 8, "digest": 120}
"""Characters that the boxes of the platform's editor take. (Its interface for programs takes other numbers.)"""
_LISTED: Final = re.compile(rb"^<!-- ([0-9a-f]{32}) (\w+\.\w+) -->$", re.MULTILINE)
_SRC: Final = re.compile(r'<img src="([^"]*)"')
_WITHOUT_PIXELS: Final = ".svg"


@frozen
class Folder:
    """The files of an entry for WeChat, their paths within the folder."""

    files: tuple[Output, ...]
    """The page to copy from first."""
    leaks: tuple[Leak, ...]
    """The private data in those of them that are made here."""
    warnings: tuple[Problem, ...]
    notes: tuple[Message, ...]
    """What else is to be told: links that lead nowhere, texts that are too long for their boxes."""


def folder(article: Article, whole: WholeSite) -> Folder:
    """The article of an entry for WeChat. Raises BuildError if a template fails."""
    page, view, settings = article.page, article.page.view, whole.site.settings
    assert isinstance(view, EntryView)
    warnings: list[Problem] = []
    pictures = dict(_pictures(article, whole, warnings))
    names = {src: picture.path for src, picture in pictures.items()}
    blocks = without_title(parse(linked(article.html, settings.base_url)))
    language = page.language or settings.language
    written = wechat(blocks, language=language, picture=names.get)
    shades = colours(whole.templates.theme.style)
    html = whole.templates.part("wechat.html", page, finish=inlined, article=_built(written), colours=shades)
    texts = {
        "title": view.row.title,
        "author": whole.templates.say("comma").join(one.name for one in view.authors)
        or settings.organization
        or settings.title,
        "digest": shortened(view.row.summary, LONGEST["digest"]),
        "source": urls.absolute(settings.base_url, view.row.url) if settings.base_url else "",
    }
    cover = _cover(article, view, whole)
    files = [
        Output(ARTICLE, _document(html, page, settings.language).encode(errors="replace")),
        *(Output(f"{name}.txt", text.encode(errors="replace")) for name, text in texts.items() if text),
    ]
    leaks = [
        Leak(file.path, page.texts, finding) for file in files for finding in whole.guard.found(file.path, file.body)
    ]
    embedded = _built(_embedded(html, pictures.values()))
    shown = whole.templates.part(
        "wechat-page.html",
        page,
        article=embedded,
        texts=texts,
        cover=cover and _data(cover),
        has_pictures=bool(pictures),
    )
    others = [*files, *pictures.values(), *([cover] if cover else [])]
    notes = [*_too_long(texts), *_too_small(cover), *([] if settings.base_url else _links_lost(article.html))]
    return Folder((_listing(shown, others), *others), tuple(leaks), tuple(warnings), tuple(notes))


def _too_long(texts: Mapping[str, str]) -> Iterator[Message]:
    """What does not go into its box as a whole. On the site it is as it should be; the digest is cut to its size."""
    for name in ("title", "author"):
        most, number = LONGEST[name], len(texts[name])
        if number > most:
            yield say(
                "What is in {name}.txt has {n} characters, and WeChat takes {most}: write a shorter one into its box.",
                name=name,
                n=number,
                most=most,
            )


def _too_small(cover: Output | None) -> Iterator[Message]:
    """That the cover is drawn larger than it is: the picture is too small, or too low for its shape."""
    from generator.render.wechat_pictures import COVER as MOST
    from generator.render.wechat_pictures import size_of

    if cover and (found := size_of(cover.body))[0] < MOST[0]:
        wide, high = found
        yield say(
            "The cover has {wide} × {high} pixels, and WeChat shows {most}: choose a larger picture as cover.",
            wide=wide,
            high=high,
            most="{} × {}".format(*MOST),
        )


def _links_lost(html: str) -> Iterator[Message]:
    """That links within the site are texts: nobody knows their addresses."""
    number = len(links_within(html))
    if number:
        yield say(
            "Links within the site ({n}) are plain text, because base_url is not set in content/site.yaml.", n=number
        )


def _listing(page: str, others: Iterable[Output]) -> Output:
    """The page to copy from. Behind it stands what was made, so that a later export knows what nobody has touched."""
    body = page.rstrip().encode(errors="replace") + b"\n"
    for one in others:
        body += _line(one.body, one.path)
    return Output(PAGE, body + _line(body, PAGE))


def _line(body: bytes, name: str) -> bytes:
    return f"<!-- {fingerprint(body).hex()} {name} -->\n".encode()


def listed(page: bytes) -> dict[str, bytes]:
    """The files that were made together with such a page, by their names, each with its fingerprint.

    The page itself is among them where nobody has changed it. No name leads out of its folder.
    """
    found = {name.decode(): bytes.fromhex(digest.decode()) for digest, name in _LISTED.findall(page)}
    own = page[: page.rfind(b"<!-- ")]
    if found.pop(PAGE, b"") == fingerprint(own) and page == own + _line(own, PAGE):
        found[PAGE] = fingerprint(page)
    return found


def _pictures(article: Article, whole: WholeSite, warnings: list[Problem]) -> Iterator[tuple[str, Output]]:
    """The article's pictures by their addresses, numbered. Adds to ``warnings`` what is not as it was."""
    from generator.render.wechat_pictures import fitted

    number = 0
    for src, picture in article.pictures.items():
        if picture.place.endswith(_WITHOUT_PIXELS):
            warnings.append(
                Problem(
                    path=picture.path,
                    message=say("WeChat takes no drawings in SVG; the picture's description stands in its place"),
                    hint=say("save the drawing as PNG, and put that into the text"),
                    is_warning=True,
                )
            )
            continue
        number += 1
        ending, body = _moving(picture, whole, warnings) or fitted(picture.body)
        yield src, Output(f"{number:02}.{ending}", body)


def _moving(picture: ArticlePicture, whole: WholeSite, warnings: list[Problem]) -> tuple[str, bytes] | None:
    """A picture that moves, as GIF; None for any other, of which the first frame is shown."""
    from generator.render.wechat_pictures import MOST_BYTES, MOST_FRAMES, frames

    if not whole.images.measure(picture.path, keeps_original=False).is_moving:
        return None
    if picture.path.lower().endswith(".gif"):
        original = whole.images.original(Original(picture.place, picture.path))
        if original and len(original.body) <= MOST_BYTES and frames(original.body) <= MOST_FRAMES:
            return "gif", original.body
    warnings.append(
        Problem(
            path=picture.path,
            message=say("WeChat does not show this picture moving, so its first frame stands in its place"),
            hint=say(
                "save it as GIF of at most {size} MB and {frames} frames",
                size=MOST_BYTES // 1_000_000,
                frames=MOST_FRAMES,
            ),
            is_warning=True,
        )
    )
    return None


def _cover(article: Article, view: EntryView, whole: WholeSite) -> Output | None:
    """The cover, cut out of the entry's, else out of the first picture in its text; None without either."""
    from generator.render.wechat_pictures import cover

    own = [ArticlePicture(view.row.cover.url, whole.images)] if view.row.cover else []
    for picture in (*own, *article.pictures.values()):
        if not picture.place.endswith(_WITHOUT_PIXELS):
            return Output(COVER, cover(picture.body))
    return None


def _built(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - built escaped


def _document(html: str, page: Page, language: str) -> str:
    """The article as a file, which can be opened, and copied from, without the page."""
    return (
        f'<!doctype html>\n<html lang="{escape(page.language or language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(page.title)}</title>\n</head>\n"
        f'<body style="max-width: 677px; margin: 0 auto; padding: 16px;">\n{html}\n</body>\n</html>\n'
    )


def _embedded(html: str, pictures: Iterable[Output]) -> str:
    """The article with its pictures in it: from a file, a browser copies no other files."""
    by_name = {picture.path: picture for picture in pictures}
    return _SRC.sub(lambda found: f'<img data-file="{found[1]}" src="{_data(by_name[found[1]])}"', html)


def _data(picture: Output) -> str:
    return f"data:{media_type(picture.path)};base64,{base64.b64encode(picture.body).decode()}"
