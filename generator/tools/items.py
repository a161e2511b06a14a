"""Entries as documents of their own, one PDF for each: the items (件) of an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from generator.ground.errors import Fault, Problem
from generator.ground.frozen import frozen
from generator.model.pages import Page
from generator.model.settings import Settings
from generator.pipeline.assets.image_pipeline import ImagePipeline
from generator.render.documents.pdf import pages as pages_of
from generator.render.templates import Templates
from generator.render.typefaces import Fonts
from generator.tools.articles import Article, article_of, lesser, typeset, unset


@frozen(kw_only=True)
class Item:
    """An entry as a document."""

    path: str
    """The entry's path."""
    html: str
    """What the document was made of; it has to be scanned for private data before the document is kept."""
    body: bytes
    """Empty where it could not be set."""
    pages: int
    problems: tuple[Problem, ...]
    """What kept it from being set; or else warnings where it is less than it should be."""


def items(
    entries: Iterable[Page],
    templates: Templates,
    images: ImagePipeline,
    settings: Settings,
    *,
    fonts: Fonts,
    jobs: int,
) -> Iterator[Item]:
    """The entries' pages (``site.plan.diary.entry_pages``) as documents, made by ``jobs`` processes.

    ``templates`` are those of documents outside the site. Raises BuildError if a template or a helping process fails.
    """
    kept, articles = tee(article_of(page, templates.article(page), images) for page in entries)
    made = typeset((one.manuscript(settings) for one in articles), fonts=fonts, jobs=jobs)
    for body, source in zip(made, kept, strict=False):
        yield _item(source, body)


def _item(article: Article, body: bytes | Fault) -> Item:
    path, html = article.page.source or article.page.url, article.html
    if isinstance(body, Fault):
        return Item(path=path, html=html, body=b"", pages=0, problems=tuple(unset(body, path)))
    warnings = tuple(lesser(body, path, article, [(path, html)]))
    return Item(path=path, html=html, body=body, pages=pages_of(body), problems=warnings)
