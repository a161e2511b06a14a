"""Loads the theme: templates, style sheets, strings and assets. A site's own files override the bundled ones."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.files import check_size, read_file
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.settings import Settings
from generator.read import data_uris, sources
from generator.read.decoding import decoded

DEFAULT: Final = "default"
ABOUT: Final = "theme.yaml"
"""The theme's own settings."""
MOST_BYTES: Final = 60 << 20
"""Of a file of a theme."""
_STYLED: Final = ("css/", "assets/")
_USED: Final = re.compile(r"theme\.yaml|templates/.+\.html|css/.+\.css|strings/[^/]+\.yaml|assets/.+", re.DOTALL)
"""The files of a theme that a build can use, by their paths from its folder."""
_FOLDERS: Final = ("templates", "css", "strings", "assets")
_BACKUPS: Final = ("~", "#", ".bak", ".swp", ".swo", ".tmp", ".orig", ".rej", ".old")
"""How names end of files that editors and other programs leave."""
_NAMES = re.compile(
    r"""(?:\{%[-+]?\s*(?:extends|include|import|from)\s+|\bshared\()"""
    r"""(?:["']([^"']+)["']\s*(?:[-+]?%\}|,|(?:as|import|with|without|ignore)\b))?"""
)
"""The names of other templates in a template; an empty name if it is an expression and no literal."""
_EXPRESSION = re.compile(r"\{[{%](?![-+]?\s*(?:end)?block\b).*?[}%]\}", re.DOTALL)
_STYLE = re.compile(r"\bstyle(?:_hash)?\b")


@frozen(kw_only=True)
class Theme:
    """Everything that decides the look and the interface texts of a site."""

    templates: Mapping[str, str]
    """The text of each template, by name such as ``entry.html``."""
    places: Mapping[str, str]
    """The path of each template, to report problems: ``entry.html`` → ``themes/default/templates/entry.html``."""
    sheets: Mapping[str, str]
    """The text of each file in ``css/``, by its path as messages name it."""
    style: str
    """The style sheet: all files in ``css/``, joined in the order of their names."""
    strings: Mapping[str, str]
    """The texts of the interface in the site's language, by key."""
    assets: Mapping[str, Path]
    """Other files, by their path relative to ``assets/``."""
    template_digests: Mapping[str, bytes]
    """By name, the digest of a template, of those that it can include, and of the style sheet if one includes that."""

    @property
    def style_hash(self) -> str:
        """The SHA-256 of the style sheet in Base64, with which a page can allow it inline (CSP Level 3, 2.3.1)."""
        return base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()


def themes_folder() -> Path:
    """The folder of the bundled themes: next to the package in a checkout, inside it when installed."""
    package = Path(__file__).parents[1]
    packed = package / "themes"
    return packed if packed.is_dir() else package.parent / "themes"


def load(folder: Path, settings: Settings) -> Theme:
    """The theme of the site in ``folder``. Raises BuildError."""
    own = folder / "themes" / settings.theme
    bundled = themes_folder() / settings.theme
    if not own.is_dir() and not bundled.is_dir():
        raise BuildError(
            Problem(
                path="content/site.yaml",
                field=("theme",),
                message=say('there is no theme "{theme}"', theme=settings.theme),
                hint=say(
                    "put it into themes/{theme}/, or write one of {choices}",
                    theme=settings.theme,
                    choices=", ".join(sorted(place.name for place in themes_folder().iterdir() if place.is_dir())),
                ),
            )
        )
    layers = tuple(dict.fromkeys((themes_folder() / DEFAULT, bundled, own)))
    files = _merged(layers, folder)
    if "assets/style.css" in files:
        raise BuildError(
            Problem(
                path=shown(files["assets/style.css"], folder),
                message=say("the style sheet is made of the files in css/, so this one would be lost"),
                hint=say("put it into the folder css/ of the theme"),
            )
        )
    templates = _below(files, "templates/")
    sheets = [place for _, place in sorted(_below(files, "css/").items())]
    texts = {name: _text(place, folder) for name, place in templates.items()}
    css = {shown(place, folder): _text(place, folder) for place in sheets}
    style = "\n".join(text.strip() for text in css.values()) + "\n"
    return Theme(
        templates=texts,
        places={name: shown(place, folder) for name, place in templates.items()},
        sheets=css,
        style=style,
        strings=_strings(settings, folder, layers),
        assets=_below(files, "assets/"),
        template_digests=_template_digests(texts, style),
    )


def default(settings: Settings) -> Theme:
    """The bundled default theme, whatever the site has laid over it."""
    language = "zh-CN" if settings.language.startswith("zh") else "en"
    return load(themes_folder().parent, replace(settings, theme=DEFAULT, language=language))


def _template_digests(templates: Mapping[str, str], style: str) -> dict[str, bytes]:
    """See ``Theme.template_digests``."""
    named = {name: _NAMES.findall(text) for name, text in templates.items()}
    styled = {name for name, text in templates.items() if any(map(_STYLE.search, _EXPRESSION.findall(text)))}
    found = {}
    for name in templates:
        reached = [one for one in _reached(name, named) if one in templates]
        shown = style if not styled.isdisjoint(reached) else ""
        found[name] = fingerprint(*(templates[one].encode() for one in reached), shown.encode())
    return found


def reached(templates: Mapping[str, str], names: Iterable[str]) -> set[str]:
    """Those of the templates that these reach."""
    named = {name: _NAMES.findall(text) for name, text in templates.items()}
    return {one for name in names if name in templates for one in _reached(name, named)}


def _reached(name: str, named: Mapping[str, Sequence[str]]) -> list[str]:
    """A template, ``parts.html``, which all can use, and those that they include, directly or not, in a fixed order.

    ``named`` holds the names in each template. An empty name is computed at run time, so all templates are returned.
    """
    reached = dict.fromkeys((name, "parts.html"))
    queue = list(reached)
    while queue:
        for literal in named.get(queue.pop(), ()):
            if not literal:
                return sorted(named)
            if literal not in reached:
                reached[literal] = None
                queue.append(literal)
    return list(reached)


def _merged(layers: tuple[Path, ...], folder: Path) -> dict[str, Path]:
    """The files of all layers by name; later layers win. Raises BuildError."""
    files: dict[str, Path] = {}
    for layer in layers:
        own = files_of(layer, folder)
        if _has_own_style(own.get(ABOUT), folder):
            files = {name: place for name, place in files.items() if not name.startswith(_STYLED)}
        files |= own
    return files


def _has_own_style(about: Path | None, folder: Path) -> bool:
    """Whether a theme drops the style sheets and assets of the layers before it: ``style: own``. Raises BuildError."""
    if about is None:
        return False
    fields = _tree(about, folder)
    if wrong := [key for key in fields if key != "style" or fields[key] not in ("own", "added")]:
        raise BuildError(
            Problem(
                path=shown(about, folder),
                field=(wrong[0],),
                message=say("the only setting here is style, which is own or added"),
                hint=say(
                    "write style: own if it uses no style sheets and assets of the default theme, else style: added"
                ),
            )
        )
    return fields.get("style") == "own"


def files_of(layer: Path, folder: Path) -> dict[str, Path]:
    """The files of a layer that a build can use, by name. Raises BuildError for what content might not hold either."""
    found, problems = {}, []
    for place in sorted(layer.rglob("*")):
        below = place.relative_to(layer)
        name = below.as_posix()
        # Whatever else lies there is none of our business.
        if below.parts[0] not in (ABOUT, *_FOLDERS) or any(map(_is_litter, below.parts)):
            continue
        try:
            if fault := sources.refused(place, str(layer), say("the link leads out of the theme")):
                raise fault
            if place.is_file():
                check_size(place.stat().st_size, MOST_BYTES)
                if _USED.fullmatch(name):
                    found[name] = place
        except Fault as fault:
            problems.append(sources.unreadable(shown(place, folder), fault))
    if problems:
        raise BuildError(*problems)
    return found


def _is_litter(name: str) -> bool:
    return sources.is_litter(name) or name.lower().endswith(_BACKUPS)


def _below(files: Mapping[str, Path], folder: str) -> dict[str, Path]:
    return {name.removeprefix(folder): place for name, place in files.items() if name.startswith(folder)}


def shown(place: Path, folder: Path) -> str:
    """A file of a theme as messages name it: from the site's folder, or from that of the bundled themes."""
    if place.is_relative_to(folder):
        return place.relative_to(folder).as_posix()
    return f"themes/{place.relative_to(themes_folder()).as_posix()}"


def _text(place: Path, folder: Path) -> str:
    """The text of a file; no picture in an address of it has metadata. Raises BuildError."""
    path = shown(place, folder)
    try:
        source, problems = decoded(read_file(place, sources.MOST_BYTES), path)
    except Fault as fault:
        raise BuildError(sources.unreadable(path, fault)) from None
    if faults := [problem for problem in problems if not problem.is_warning]:
        raise BuildError(*faults)
    return data_uris.cleaned(source.text.encode()).decode()


def strings_of(layer: Path) -> dict[str, Path]:
    """The files of strings of a layer, by language."""
    return {place.stem: place for place in sorted((layer / "strings").glob("*.yaml")) if place.is_file()}


def _strings(settings: Settings, folder: Path, layers: tuple[Path, ...]) -> dict[str, str]:
    """The strings of all layers, merged key by key: a site gives only the keys that it changes."""
    found: dict[str, str] = {}
    languages: set[str] = set()
    for layer in layers:
        places = strings_of(layer)
        languages |= set(places)
        match = for_language(settings.language, places)
        if match is not None:
            tree = _tree(match, folder)
            wrong = [key for key, value in tree.items() if isinstance(value, list | dict)]
            if wrong:
                raise BuildError(
                    Problem(
                        path=shown(match, folder),
                        field=(wrong[0],),
                        message=say("one text is wanted here, not further fields"),
                        hint=say("put the value in quotes"),
                    )
                )
            found |= {key: str(value or "") for key, value in tree.items()}
    if not found:
        raise BuildError(
            Problem(
                path="content/site.yaml",
                field=("language",),
                message=say('the theme does not speak "{language}"', language=settings.language),
                hint=say(
                    "write one of {choices}, or add themes/{theme}/strings/{language}.yaml",
                    choices=", ".join(sorted(languages)),
                    theme=settings.theme,
                    language=settings.language,
                ),
            )
        )
    return found


def _tree(place: Path, folder: Path) -> Mapping[str, Any]:
    """A parsed YAML file. Raises BuildError."""
    # Imported here, as an unchanged theme is not parsed.
    from generator.read.frontmatter import read_tree

    return read_tree(_text(place, folder), shown(place, folder))


def for_language(language: str, places: Mapping[str, Path]) -> Path | None:
    """The file for this language, else for another variant of it: ``zh-CN`` for ``zh-Hans-CN``; None without either."""
    if language in places:
        return places[language]
    primary = re.split("-", language)[0].lower()
    return next((place for name, place in places.items() if name.split("-")[0].lower() == primary), None)
