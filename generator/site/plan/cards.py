"""Plans the cards of entries: the texts on the preview pictures that other sites show for a link."""

from __future__ import annotations

from generator.ground import dates
from generator.model import urls
from generator.model.outputs import Card
from generator.model.settings import Settings
from generator.model.views import EntryView


def card(view: EntryView, settings: Settings) -> Card:
    """The card of an entry that has one. It shows nothing that the entry's page does not show."""
    assert view.card is not None
    comma = "、" if settings.language.startswith("zh") else ", "
    kinds = dict.fromkeys(settings.kinds[one.kind] for one in view.targets if one.kind in settings.kinds)
    names = (one.name for one in view.targets)
    facts = (dates.written(view.row.span, settings.language), comma.join(kinds), comma.join(names))
    return Card(urls.output_path(view.card), settings.title, view.row.title, " · ".join(filter(None, facts)))
