"""The theme's templates as they show one site, their digests, and the files that the theme itself publishes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final, get_args
from urllib.parse import unquote

import jinja2

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.messages import say
from generator.model import urls
from generator.model.outputs import Copy, Icon, Output
from generator.model.pages import SiteChrome
from generator.model.settings import Settings
from generator.model.views import View
from generator.pipeline.cache.store import Cache
from generator.pipeline.checks.privacy_scan import TEXTS, Guard
from generator.pipeline.plan.sources import SourceSet
from generator.read import data_uris
from generator.read.pictures import ENDINGS, START, is_picture, picture
from generator.render import theme as themes
from generator.render.manifest import manifest
from generator.render.templates import Elsewhere, Templates
from generator.render.theme import Theme

_TOUCH_SIDE: Final = 180
"""Pixels: what Apple's devices ask for."""
_IN_STYLE: Final = re.compile(r"/\*.*?\*/|\burl\(\s*[\"']?([^\"')\s]+)[\"']?\s*\)", re.DOTALL)
"""A comment, or the address of a file."""
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_VIEWS: Final[Mapping[str, type]] = {view.__name__: view for view in get_args(View)}


def templates_of(
    theme: Theme,
    settings: Settings,
    chrome: SiteChrome,
    source_set: SourceSet,
    cache: Cache,
    *,
    elsewhere: Elsewhere | None = None,
) -> Templates:
    """The theme's templates, as they show this site. Raises BuildError."""
    return Templates(
        theme,
        settings,
        sections=chrome.sections,
        static_pages=chrome.static_pages,
        has_feeds=chrome.has_feeds,
        proses=lambda path: source_set.prose(path, cache),
        # What filters know of addresses is compiled in as well.
        compiled=None if elsewhere else _CompiledTemplates(cache, theme, settings),
        elsewhere=elsewhere,
    )


def theme_or_default(
    theme: Theme | None,
    settings: Settings,
    chrome: SiteChrome,
    source_set: SourceSet,
    cache: Cache,
    *,
    problems: list[Problem],
) -> tuple[Templates, Mapping[str, Output | Copy | Icon]]:
    """The templates and the files of a theme; where it is at fault, of the default theme, to look for other faults."""
    if theme is not None:
        try:
            return templates_of(theme, settings, chrome, source_set, cache), theme_files(theme, settings)
        except BuildError as error:
            problems += error.problems
    theme = themes.default(settings)
    return templates_of(theme, settings, chrome, source_set, cache), theme_files(theme, settings)


class _CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates, in the cache.

    What a filter makes of a constant is compiled in, so they depend on all that filters know: strings and settings.
    """

    def __init__(self, cache: Cache, theme: Theme, settings: Settings) -> None:
        self._cache = cache
        self._digest = fingerprint(repr((settings, sorted(theme.strings.items()))).encode())

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        body = self._cache.template_code(bucket.key)
        if body is not None and body.startswith(self._digest):
            bucket.bytecode_from_string(body[len(self._digest) :])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._cache.save_template_code(bucket.key, self._digest + bucket.bytecode_to_string())


def template_digests(templates: Templates, guard: Guard) -> dict[str, bytes]:
    """By view, the digest of everything that shapes such a page, and of the rules of privacy that it was held to.

    The empty name has that of the files without a template.
    """
    digests = {name: fingerprint(templates.template_digest(view), guard.digest) for name, view in _VIEWS.items()}
    return {**digests, "": guard.digest}


def theme_files(theme: Theme, settings: Settings) -> Mapping[str, Output | Copy | Icon]:
    """The files that the theme publishes, by path from the output folder."""
    style, app = urls.output_path(urls.STYLE), urls.output_path(urls.MANIFEST)
    files: dict[str, Output | Copy | Icon] = {style: Output(style, theme.style.encode())}
    icon = theme.assets.get("icon.png")
    sides = {urls.TOUCH_ICON: _TOUCH_SIDE}
    # Without an icon there is nothing to scale, and nothing to put on a phone's screen. Browsers read no manifest from
    # a disk.
    if icon and not settings.portable:
        files[app] = Output(app, manifest(settings, theme.style).encode())
        sides |= {urls.icon(side): side for side in urls.ICON_SIDES}
    if icon:
        places = ((urls.output_path(url), side) for url, side in sides.items())
        files |= {path: Icon(path, icon, side) for path, side in places}
    assets = {urls.output_path(urls.asset(name)): place for name, place in theme.assets.items()}
    # A theme that brings an icon in one of these sizes knows better than to have it scaled.
    return files | {path: _asset(path, place) for path, place in assets.items()}


def style_problems(theme: Theme, present: Container[str]) -> Iterator[Problem]:
    """A warning for each file that the style sheet names and that is not among the output paths."""
    for path, text in theme.sheets.items():
        for found in _IN_STYLE.finditer(text):
            url = found[1]
            if url is None or _ELSEWHERE.match(url):
                continue
            place = unquote(url.partition("#")[0].partition("?")[0])
            file = posixpath.normpath(posixpath.join(posixpath.dirname(urls.STYLE), place)).lstrip("/")
            if file not in present:
                yield Problem(
                    path=path,
                    line=text.count("\n", 0, found.start()) + 1,
                    column=found.start() - text.rfind("\n", 0, found.start()),
                    message=say("there is no file {path}", path=file),
                    hint=say("put it into the folder assets/ of the theme, or mend the address"),
                    is_warning=True,
                )


def _asset(path: str, place: Path) -> Output | Copy:
    """A file of the theme as it is, but a picture, whatever its ending, and those in addresses without their metadata.

    Raises BuildError for a damaged one; with another ending, it is looked through like any file.
    """
    ending = PurePosixPath(path).suffix.lower()
    is_called_picture = ending in ENDINGS
    with place.open("rb") as file:
        if ending in TEXTS:
            raw = file.read()
            body = data_uris.cleaned(raw)
            return Copy(path, place) if body == raw else Output(path, body)
        raw = file.read(START)
        if not is_called_picture and not is_picture(raw):
            return Copy(path, place)
        raw += file.read()
    try:
        return Output(path, picture(raw, is_original=True).body)
    except Fault as fault:
        if not is_called_picture:
            return Copy(path, place)
        raise BuildError(Problem(path="/".join(place.parts[-4:]), message=fault.message, hint=fault.hint)) from None
