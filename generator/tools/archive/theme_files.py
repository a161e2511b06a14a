"""The files of a site's own theme that its build used, and the font of its cards."""

from __future__ import annotations

from pathlib import Path

from generator.model import urls
from generator.model.settings import Settings
from generator.read.sources import is_litter
from generator.render.template_names import ARTICLES, TEMPLATES
from generator.render.theme import Theme, files_of, for_language, reached, strings_of, themes_folder

_TEMPLATES = "templates/"
_ASSETS = "assets/"


def theme_files(folder: Path, settings: Settings, theme: Theme) -> dict[str, Path | str]:
    """By its path from the site's folder, each file: where it is, or for an asset, which file of the site it became.

    A picture has no metadata there.
    """
    own = folder / "themes" / settings.theme
    is_bundled = own.resolve() == (themes_folder() / own.name).resolve()
    found: dict[str, Path | str] = {}
    used = reached(theme.templates, (*TEMPLATES.values(), *ARTICLES.values()))
    strings = for_language(settings.language, strings_of(own))
    for name, place in ({} if is_bundled else files_of(own, folder)).items():
        path = place.relative_to(folder).as_posix()
        if name.startswith(_ASSETS):
            found[path] = urls.output_path(urls.asset(name.removeprefix(_ASSETS)))
        elif name.startswith(_TEMPLATES):
            found |= {path: place} if name.removeprefix(_TEMPLATES) in used else {}
        elif not name.startswith("strings/") or place == strings:
            found[path] = place
    font = Path(settings.cards.font) if settings.cards and settings.cards.font else None
    if font and (folder / font).is_file() and _is_within(font):
        found.setdefault(font.as_posix(), folder / font)
    return found


def _is_within(font: Path) -> bool:
    return not any(map(is_litter, font.parts)) and ".." not in font.parts and not font.is_absolute()
