"""The theme: templates, style sheets, strings and other files, a site's own laid over the default's."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from generator.ground.errors import BuildError, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.settings import Settings
from generator.read.decoding import decoded

DEFAULT: Final = "default"
ABOUT: Final = "theme.yaml"
"""What a theme says of itself."""
_STYLED: Final = ("css/", "assets/")
_NAMES = re.compile(
    r"""(?:\{%[-+]?\s*(?:extends|include|import|from)\s+|\bshared\()"""
    r"""(?:["']([^"']+)["']\s*(?:[-+]?%\}|,|(?:as|import|with|without|ignore)\b))?"""
)
"""The names of other templates in a template; an empty one where it is not simply written out."""
_EXPRESSION = re.compile(r"\{[{%](?![-+]?\s*(?:end)?block\b).*?[}%]\}", re.DOTALL)
_STYLE = re.compile(r"\bstyle(?:_hash)?\b")


@frozen(kw_only=True)
class Theme:
    """Everything that decides how a site looks and what its interface says."""

    templates: Mapping[str, str]
    """By name: ``entry.html`` → its text."""
    places: Mapping[str, str]
    """Where each template lies, for problems: ``entry.html`` → ``themes/default/templates/entry.html``."""
    style: str
    """The one style sheet: all of the theme's, in the order of their names."""
    strings: Mapping[str, str]
    """The interface in the site's language, by key."""
    assets: Mapping[str, Path]
    """Other files, by their path below ``assets/``."""
    reach: Mapping[str, bytes]
    """The fingerprints of each template with all that it can show, and of the style sheet where one writes it."""

    @property
    def style_hash(self) -> str:
        """The SHA-256 of the style sheet in Base64, by which a page that carries it allows it (CSP Level 3, 2.3.1)."""
        return base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()


def themes_folder() -> Path:
    """Where the themes that come with the program lie: beside the package in a checkout, in it when installed."""
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
    files = _laid_over(layers, folder)
    if "assets/style.css" in files:
        raise BuildError(
            Problem(
                path=_shown(files["assets/style.css"], folder),
                message=say("the style sheet is made of the files in css/, so this one would be lost"),
                hint=say("put it into the folder css/ of the theme"),
            )
        )
    templates = {name: place for name, place in _below(files, "templates/").items() if name.endswith(".html")}
    sheets = [place for name, place in sorted(_below(files, "css/").items()) if name.endswith(".css")]
    texts = {name: _text(place, folder) for name, place in templates.items()}
    style = "\n".join(_text(place, folder).strip() for place in sheets) + "\n"
    return Theme(
        templates=texts,
        places={name: _shown(place, folder) for name, place in templates.items()},
        style=style,
        strings=_strings(settings, folder, layers),
        assets=_below(files, "assets/"),
        reach=_reach(texts, style),
    )


def _reach(templates: Mapping[str, str], style: str) -> dict[str, bytes]:
    """By template, the fingerprint of it, of all that it can show, and of the style sheet where one writes it."""
    named = {name: _NAMES.findall(text) for name, text in templates.items()}
    styled = {name for name, text in templates.items() if any(map(_STYLE.search, _EXPRESSION.findall(text)))}
    found = {}
    for name in templates:
        reached = [one for one in _reached(name, named) if one in templates]
        shown = style if not styled.isdisjoint(reached) else ""
        found[name] = fingerprint(*(templates[one].encode() for one in reached), shown.encode())
    return found


def _reached(name: str, named: Mapping[str, Sequence[str]]) -> list[str]:
    """A template, ``parts.html``, which all see, and what these name, in a fixed order; all where one is made.

    ``named`` is what each template names, nothing for a name that it makes.
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


def _laid_over(layers: tuple[Path, ...], folder: Path) -> dict[str, Path]:
    """The files of all layers by name, each over those before it. Raises BuildError."""
    files: dict[str, Path] = {}
    for layer in layers:
        if _has_own_style(layer / ABOUT, folder):
            files = {name: place for name, place in files.items() if not name.startswith(_STYLED)}
        files |= _files(layer)
    return files


def _has_own_style(about: Path, folder: Path) -> bool:
    """Whether a theme takes nothing of the style sheets and assets below it: ``style: own``. Raises BuildError."""
    if not about.is_file():
        return False
    said = _tree(about, folder)
    if wrong := [key for key in said if key != "style" or said[key] not in ("own", "added")]:
        raise BuildError(
            Problem(
                path=_shown(about, folder),
                field=(wrong[0],),
                message=say("a theme says here only whether its style is own or added"),
                hint=say(
                    "write style: own if it takes no style sheets and assets of the default theme, else style: added"
                ),
            )
        )
    return said.get("style") == "own"


def _files(layer: Path) -> dict[str, Path]:
    return {
        place.relative_to(layer).as_posix(): place
        for place in sorted(layer.rglob("*"))
        if place.is_file() and not place.name.startswith(".")
    }


def _below(files: Mapping[str, Path], folder: str) -> dict[str, Path]:
    return {name.removeprefix(folder): place for name, place in files.items() if name.startswith(folder)}


def _shown(place: Path, folder: Path) -> str:
    if place.is_relative_to(folder):
        return place.relative_to(folder).as_posix()
    return f"themes/{place.relative_to(themes_folder()).as_posix()}"


def _text(place: Path, folder: Path) -> str:
    source, _ = decoded(place.read_bytes(), _shown(place, folder))
    return source.text


def _strings(settings: Settings, folder: Path, layers: tuple[Path, ...]) -> dict[str, str]:
    """The strings of all layers, key by key, so that a site need only say what it says otherwise."""
    found: dict[str, str] = {}
    spoken: set[str] = set()
    for layer in layers:
        places = {place.stem: place for place in sorted((layer / "strings").glob("*.yaml")) if place.is_file()}
        spoken |= set(places)
        match = _for_language(settings.language, places)
        if match is not None:
            tree = _tree(match, folder)
            wrong = [key for key, value in tree.items() if isinstance(value, list | dict)]
            if wrong:
                raise BuildError(
                    Problem(
                        path=_shown(match, folder),
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
                    choices=", ".join(sorted(spoken)),
                    theme=settings.theme,
                    language=settings.language,
                ),
            )
        )
    return found


def _tree(place: Path, folder: Path) -> Mapping[str, Any]:
    """A file of YAML. Raises BuildError."""
    # Where a theme is as it was, nothing is read.
    from generator.read.frontmatter import read_tree

    return read_tree(_text(place, folder), _shown(place, folder))


def _for_language(language: str, places: Mapping[str, Path]) -> Path | None:
    """The file for this language, else for another form of it: ``zh-CN`` for ``zh-Hans-CN``."""
    if language in places:
        return places[language]
    primary = re.split("-", language)[0].lower()
    return next((place for name, place in places.items() if name.split("-")[0].lower() == primary), None)
