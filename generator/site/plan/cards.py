"""The cards of entries: what is drawn on the pictures that stand for them elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.ground import dates
from generator.model import urls
from generator.model.outputs import Card
from generator.model.pages import Page
from generator.model.settings import Settings
from generator.model.views import EntryView


def cards(pages: Iterable[Page], settings: Settings) -> Iterator[Card]:
    """The card of each entry that has one. It says nothing that the entry's page does not say."""
    comma = "、" if settings.language.startswith("zh") else ", "
    for page in pages:
        if isinstance(page.view, EntryView) and page.view.card:
            view = page.view
            kinds = dict.fromkeys(settings.kinds[one.kind] for one in view.targets if one.kind in settings.kinds)
            names = (one.name for one in view.targets)
            said = (dates.written(view.row.span, settings.language), comma.join(kinds), comma.join(names))
            facts = " · ".join(filter(None, said))
            yield Card(urls.output_path(page.view.card), settings.title, view.row.title, facts)
