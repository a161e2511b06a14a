"""Renders pages with the theme's Jinja2 templates, and provides the filters and functions that templates may use."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import jinja2
from markupsafe import Markup, escape

from generator.ground.errors import BuildError, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model import urls, views
from generator.model.components import Body, Link, Picture, Resolved
from generator.model.pages import Page
from generator.model.prose import ImageHole
from generator.model.settings import MenuItem, Settings
from generator.render import prose, qr_code
from generator.render.date_filters import DateFilters
from generator.render.environment import Environment
from generator.render.linked_data import linked_data
from generator.render.pictures import is_large, responsive, whole
from generator.render.prose import Proses
from generator.render.template_names import ARTICLES, SECTIONS, TEMPLATES
from generator.render.theme import Theme
from generator.render.typography import broken_well, grouped, headline, in_amounts

_SMALL: Final = 1080
"""Pixels: a figure up to this width is shown in full, so it does not link to a larger version."""
_MOST_SHARED: Final = 500
"""Rendered templates that pages share, held at once. Pages of one list follow each other."""
_FEW: Final[Mapping[object, str]] = {0: "zero", 1: "one"}
"""The endings of the strings for these numbers."""
_TEMPLATE_FAULTS: Final = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""The exceptions that a faulty template may raise."""


Elsewhere = Callable[[str, str], str]
"""Gives the link to a URL of the site, and to an id on that page, in a document outside the site."""


@frozen
class Place:
    """The URL of a page, for templates that pages at one depth share."""

    url: str


class Templates:
    """The compiled templates of one theme and site."""

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        *,
        sections: Sequence[str],
        static_pages: Iterable[Link],
        has_feeds: bool,
        proses: Proses,
        compiled: jinja2.BytecodeCache | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """Sets up the environment and compiles ``parts.html``. Raises BuildError.

        ``sections`` are the URLs of the site's sections, and ``static_pages`` the pages outside the diary that the
        default menu lists. ``proses`` loads the prose of a file. ``compiled`` is a cache of compiled templates; None
        for none. ``elsewhere`` writes links in documents outside the site; None for pages of the site.
        """
        self.theme, self._settings, self._dates = theme, settings, DateFilters(settings.language)
        self._has_feeds, self._sections = has_feeds, tuple(sections)
        self._loaded: dict[str, jinja2.Template] = {}
        self._broken: dict[str, Problem] = {}
        self.proses, self._elsewhere = proses, elsewhere
        self._environment = Environment(
            bytecode_cache=compiled,
            loader=jinja2.FunctionLoader(self._load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._add_filters()
        self._menu_items, weekdays = self._themed_names(static_pages)
        self._places = {urls.HOME, urls.NOT_FOUND, *(item.link for item in self._menu_items)}
        self._shared_parts: dict[tuple[str, str, str, object], Markup] = {}
        self._environment.globals.update(
            site=settings,
            menu=self._menu_items,
            urls=urls,
            weekday_names=weekdays,
            month=self._dates.month,
            has_feeds=has_feeds,
            sections=self._sections,
            style=Markup(theme.style),  # noqa: S704 - a theme is trusted
            style_hash=theme.style_hash,
            shared=self._shared,
        )
        with self._reporting("parts.html"):
            self._environment.globals["parts"] = self._environment.get_template("parts.html").module

    def _add_filters(self) -> None:
        # Jinja2 calls filters directly, and only once on constants; functions are looked up in the context each time.
        self._environment.filters.update(
            t=self.say,
            href=self._href,
            absolute=self._absolute,
            html=self._html,
            when=self._dates.when,
            date=self._dates.date,
            weekday=self._dates.weekday,
            year=self._dates.year,
            qr_code=qr_code.data_uri,
            qr_side=qr_code.side,
            grouped=grouped,
            headline=(lambda text, *_line, **_about: text) if self._elsewhere else headline,
            in_amounts=(lambda text: text) if self._elsewhere else in_amounts,
            linked_data=self._linked_data,
            image=self._image,
        )

    def _themed_names(self, static_pages: Iterable[Link]) -> tuple[tuple[MenuItem, ...], Sequence[Mapping[str, str]]]:
        """The menu and the names of the weekdays. Raises BuildError if strings are missing."""
        try:
            return self._menu(static_pages), self._dates.weekday_names(self.say("weekdays"))
        except (KeyError, ValueError) as error:
            raise BuildError(
                Problem(
                    path=f"themes/{self._settings.theme}/strings/{self._settings.language}.yaml",
                    message=say("the strings are incomplete: {fact}", fact=error.args[0]),
                    hint=say("compare them with strings/en.yaml of the default theme"),
                )
            ) from None

    def _menu(self, static_pages: Iterable[Link]) -> tuple[MenuItem, ...]:
        """The menu of the settings, else the sections of the site and the pages outside the diary."""
        if self._settings.menu is not None:
            return self._settings.menu
        own = ((self.say(SECTIONS[url]), url) for url in self._sections if url in SECTIONS)
        links = (*own, *((page.title, page.url) for page in static_pages))
        return tuple(MenuItem(title, url) for title, url in links)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = self.theme.templates.get(name)
        return None if text is None else (text, self.theme.places[name], lambda: True)

    def load(self, views: Iterable[str]) -> None:
        """Loads the templates of these views, by name, before worker processes are forked.

        What is wrong with one of them is raised where a page is rendered with it.
        """
        wanted = set(views)
        for view, name in TEMPLATES.items():
            if view.__name__ in wanted:
                with contextlib.suppress(BuildError), self._reporting(name):
                    self._loaded[name] = self._environment.get_template(name)

    def render(self, page: Page) -> str:
        """The page as HTML. Raises BuildError if a template fails."""
        name = TEMPLATES[type(page.view)]
        if name in self._broken:
            raise BuildError(self._broken[name])
        with self._reporting(name):
            template = self._loaded.get(name) or self._environment.get_template(name)
            return template.render(page=page, view=page.view)

    def document(self, page: Page) -> str:
        """The page as a document to send, a whole web page. Raises BuildError if a template fails."""
        html = self.part("document.html", page, article=ARTICLES[type(page.view)])
        head, body, rest = html.partition("<body>")
        return head + body + broken_well(rest)

    def article(self, page: Page) -> str:
        """The article of such a document without the surrounding HTML. Raises BuildError if a template fails."""
        return self.part(ARTICLES[type(page.view)], page)

    def part(self, name: str, page: Page, *, finish: Callable[[str], str] = str, **values: object) -> str:
        """A template with further values, as ``finish`` changes it. Raises BuildError if one of them fails."""
        with self._reporting(name):
            return finish(self._environment.get_template(name).render(page=page, view=page.view, **values))

    def template_digest(self, view: type) -> bytes:
        """The digest of everything except the page itself that affects pages with such a view."""
        name = TEMPLATES.get(view)
        return fingerprint(self._common, self.theme.template_digests.get(name, b"") if name else b"")

    @cached_property
    def _common(self) -> bytes:
        """Everything except the template that affects every page: settings, menu, sections, strings."""
        strings = sorted(self.theme.strings.items())
        return repr((self._settings, self._menu_items, self._sections, self._has_feeds, strings)).encode()

    def _shared(self, name: str, page: Page, value: object = None) -> Markup:
        """A template that all pages at one depth share, rendered once; it sees no more of a page than its URL.

        For pages that the menu links to, it is rendered separately, so that the menu can show the current page.
        With ``value``, those pages share it that give the same value, and it sees only the depth.
        """
        own = page.url if page.url in self._places and value is None else ""
        key = (name, urls.root(page.url), own, value)
        found = self._shared_parts.get(key)
        if found is None:
            if len(self._shared_parts) > _MOST_SHARED:
                self._shared_parts.clear()
            place = Place(own or (page.url if value is None else "/" * page.url.count("/")))
            text = self._environment.get_template(name).render(place=place, value=value)
            found = self._shared_parts[key] = Markup(text)  # noqa: S704 - a theme is trusted
        return found

    @contextlib.contextmanager
    def _reporting(self, name: str) -> Iterator[None]:
        """Turns errors of a template into a BuildError with a problem at the template's line."""
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            fault = self._at(error.name or name, error.lineno, error.message or "")
            # What cannot be parsed is not parsed again for each page.
            (self._broken[name],) = fault.problems
            raise fault from None
        except jinja2.TemplateNotFound as error:
            raise self._at(name, 0, f"no template {error.message}") from None
        except RecursionError:
            raise self._at(name, 0, "it calls itself without end") from None
        except _TEMPLATE_FAULTS as error:
            raise self._at(*self._where(error, name), str(error)) from error

    def _where(self, error: Exception, name: str) -> tuple[str, int]:
        """The template and line in which an error occurred; Jinja2 writes both into the traceback."""
        names = {place: one for one, place in self.theme.places.items()}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in names]
        return (names[frames[-1].filename], frames[-1].lineno or 0) if frames else (name, 0)

    def _at(self, name: str, line: int, fact: str) -> BuildError:
        return BuildError(
            Problem(
                path=self.theme.places.get(name, name),
                line=line,
                message=say("the template is at fault: {fact}", fact=fact),
                hint=say("mend the template, or delete it to have the default theme's"),
            )
        )

    def say(self, key: str, **values: object) -> str:
        """A string of the interface with ``values`` filled in; ``key.zero`` or ``key.one`` for these ``n``, if any."""
        strings = self.theme.strings
        number = _FEW.get(values.get("n"))
        template = (strings.get(f"{key}.{number}") if number else None) or strings.get(key)
        if template is None:
            missing = f"the theme has no string {key}"
            raise KeyError(missing)
        return template.format_map(values) if values else template

    def label(self, kind: str) -> str:
        """The default title of a kind of admonition."""
        return self.say(f"admonition.{kind}")

    def _address(self, page: Page, found: Resolved) -> str:
        return found.url if found.is_external else self._href(found.url or page.url, page, found.part)

    def _href(self, url: str, page: Page | Place, part: str = "") -> str:
        """The link from ``page`` to a URL of the site; other addresses are returned as they are."""
        if not url.startswith("/"):
            return url
        if self._elsewhere is not None:
            return f"#{part}" if part and url == page.url else self._elsewhere(url, part)
        if page.url == urls.NOT_FOUND and not self._settings.portable:
            # A server shows this page at any depth, where relative links would break.
            base = self._settings.base_url
            return urls.absolute(base, url, part) if base else urls.rooted(url, part)
        return urls.relative(page.url, url, part, portable=self._settings.portable)

    def _absolute(self, url: str) -> str:
        return urls.absolute(self._settings.base_url or "", url)

    def _html(
        self, body: Body, page: Page, top: int = 2, within: str = "", *, sizes: str = "100vw", eager: bool = False
    ) -> Markup:
        """The text's HTML, with headings from level ``top``.

        ``within`` is the id of its section on a page with several texts. ``sizes`` is the width of its pictures. With
        ``eager``, the first of them is loaded at once.
        """
        first = iter((eager,))

        def draw(hole: ImageHole, found: Resolved) -> str:
            assert found.picture is not None
            stands_apart = not hole.is_figure and is_large(found.picture.width, found.picture.height)
            classes = " ".join(filter(None, (hole.classes, "apart" * stands_apart)))
            shown = self._image(found.picture, page, hole.alt, classes=classes, sizes=sizes, eager=next(first, False))
            if not hole.is_figure or self._elsewhere or found.picture.width <= _SMALL:
                return shown
            # A link with nothing in it but a picture is called by the picture's description.
            named = "" if hole.alt else f' aria-label="{escape(self.say("enlarge"))}"'
            return f'<a href="{escape(self._href(found.picture.largest, page))}"{named}>{shown}</a>'

        text = prose.html(
            body,
            self.proses(body.text.path),
            lambda found: self._address(page, found),
            self.label,
            draw,
            top=top,
            within=within,
        )
        return Markup(text if self._elsewhere else broken_well(text))  # noqa: S704 - built escaped

    def _image(
        self, picture: Picture, page: Page, alt: str, *, classes: str = "", sizes: str = "100vw", eager: bool = False
    ) -> Markup:
        """A picture in all its versions, shown at the width ``sizes``; in documents outside the site, one file."""
        if self._elsewhere:
            text = whole(picture, lambda url: self._href(url, page), alt=alt, classes=classes)
        else:
            text = responsive(
                picture, lambda url: self._href(url, page), alt=alt, classes=classes, sizes=sizes, eager=eager
            )
        return Markup(text)  # noqa: S704 - built escaped

    def _linked_data(self, page: Page) -> Markup:
        """The page as JSON-LD; empty for pages other than entries and targets."""
        match page.view:
            case views.EntryView() as view:
                day = view.row.span.start
                above = [
                    Link(self._dates.year(day.year), urls.year(day.year)),
                    Link(self._dates.month(day.year, day.month), urls.month(day.year, day.month)),
                ]
            case views.TargetView() as view:
                above = [Link(self.say("targets"), urls.TARGETS), view.kind]
            case _:
                above = []
        home = Link(self._settings.title, urls.HOME)
        return Markup(linked_data(page, self._settings, [home, *above]))  # noqa: S704 - escaped for a script element
