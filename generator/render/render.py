"""Renders any page: Page → Output, a pure function that chooses the renderer by the type of the page's view."""

from __future__ import annotations

from generator.model import urls
from generator.model.lists import NamesView
from generator.model.outputs import Output
from generator.model.pages import Page
from generator.model.settings import Settings
from generator.model.views import (
    DataView,
    EntryDataView,
    FeedView,
    RequestTableView,
    RobotsView,
    SitemapView,
)
from generator.render import data_files, feeds
from generator.render.templates import Templates


def render(page: Page, templates: Templates, settings: Settings) -> Output:
    """The file for ``page``, in UTF-8. Raises BuildError if a template fails."""
    return Output(urls.output_path(page.url), _text(page, templates, settings).encode(errors="replace"))


def _text(page: Page, templates: Templates, settings: Settings) -> str:
    words = feeds.Words(templates.proses, templates.label, templates.say)
    match page.view:
        case FeedView() as view if page.url.endswith(".json"):
            return feeds.json_feed(page, view, settings, words)
        case FeedView() as view:
            return feeds.atom(page, view, settings, words)
        case DataView() | EntryDataView() as view:
            return data_files.data(view)
        case NamesView() as view:
            return data_files.names(page, view, settings, templates.say)
        case RequestTableView() as view:
            return data_files.table(view, settings, templates.say)
        case SitemapView() as view:
            return data_files.sitemap(view, settings)
        case RobotsView() as view:
            return data_files.robots(view, settings)
        case _:
            return templates.render(page)
