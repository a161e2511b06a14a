"""Plans the whole site: collects all pages and files, and reports collisions and dead links between them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from generator.ground.errors import Checked, Field, Problem
from generator.ground.messages import Message, say
from generator.ground.text import folded
from generator.model import urls
from generator.model.components import Link, Picture
from generator.model.lists import AuthorView, TagView
from generator.model.outputs import Card
from generator.model.pages import Page, Plan, SiteChrome
from generator.model.settings import Settings
from generator.model.views import (
    CounterView,
    EntryView,
    FeedView,
    RedirectView,
    RequestView,
    StaticPageView,
)
from generator.read.sources import misplaced
from generator.site.plan import (
    authors,
    calendar,
    cards,
    changes,
    chronicle,
    corrections,
    counters,
    diary,
    feeds_and_data,
    ledger,
    major,
    policies,
    search_documents,
    site_record,
    taxonomies,
)
from generator.site.plan.components import Components, components
from generator.site.references import Measure, unused_pictures
from generator.site.site import Site

SECTIONS = (
    urls.HOME,
    urls.SEARCH,
    urls.CHRONICLE,
    urls.MAJOR,
    urls.DATES,
    urls.TARGETS,
    urls.REQUESTS,
    urls.POLICIES,
    urls.COUNTERS,
    urls.TAGS,
    urls.AUTHORS,
    urls.CHANGES,
    urls.CORRECTIONS,
    urls.SUBSCRIBE,
)
"""The URLs of the sections that a site may have, in the order of the menu."""


class _Collected:
    """What has to be known of the pages when all of them are planned and released."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.urls: list[str] = []
        self.cards: list[Card] = []
        self.static_pages: list[Link] = []
        self.has_feeds = False

    def add(self, page: Page) -> None:
        """Notes what is to be known of a page."""
        self.urls.append(page.url)
        match page.view:
            case EntryView(card=str()):
                self.cards.append(cards.card(page.view, self._settings))
            case StaticPageView() if page.url.count("/") == 2:
                self.static_pages.append(Link(page.title, page.url))
            case FeedView():
                self.has_feeds = True

    def chrome(self, filled: Container[str]) -> SiteChrome:
        """What all pages have around them; ``filled`` are the output paths of all files but empty lists."""
        sections = tuple(url for url in SECTIONS if urls.output_path(url) in filled)
        return SiteChrome(static_pages=tuple(self.static_pages), sections=sections, has_feeds=self.has_feeds)


def plan(site: Site, measure: Measure, take: Callable[[Page], None], *, has_cards: bool = False) -> Checked[Plan]:
    """Plans every page and file of the site, with the problems between them.

    ``measure`` reads a picture. ``take`` receives each page as it is planned, so that the pages need not all be in
    memory at once. ``has_cards`` is whether cards can be drawn.
    """
    checked = components(site, measure)
    assert checked.value is not None
    pages = _Collected(site.settings)
    for page in _pages(checked.value, has_cards=has_cards):
        take(page)
        pages.add(page)
    pictures = {path: picture for path, picture in sorted(checked.value.pictures.items()) if picture.versions}
    files = _whole_files(checked.value, pictures)
    published = [*files, *(url for picture in pictures.values() for url in picture.urls)]
    paths = [urls.output_path(url) for url in (urls.STYLE, *published, *pages.urls)]
    existing = frozenset(paths)
    problems = [*checked.problems, *_dangling(checked.value, existing), *_unused(checked.value)]
    if not checked.problems:
        # Else it may be the picture whose name is misspelled elsewhere.
        problems += _unused_pictures(checked.value)
    if not _are_distinct(paths):
        problems += _collisions(_pages(checked.value, has_cards=has_cards), published)
    value = Plan(
        pages=sum(url.endswith(("/", ".html")) for url in pages.urls),
        files=tuple(files.items()),
        pictures=tuple(pictures),
        cards=tuple(pages.cards),
        chrome=pages.chrome(existing - set(_empty_lists(site))),
        search=search_documents.search(checked.value),
    )
    return Checked(value, tuple(problems))


def _empty_lists(site: Site) -> Iterator[str]:
    """The output paths of lists with nothing in them, to which no menu need lead."""
    if not site.targets:
        yield urls.output_path(urls.TARGETS)
    if not site.indexes.by_tag:
        yield urls.output_path(urls.TAGS)


def _whole_files(components: Components, pictures: Mapping[str, Picture]) -> dict[str, str]:
    """The files that are published whole, by URL; ``pictures`` are published in versions, some of them whole too."""
    whole = components.files - {path for path, picture in pictures.items() if not picture.original}
    return {urls.file(path): path for path in sorted(whole)}


def _pages(components: Components, *, has_cards: bool) -> Iterator[Page]:
    shown: list[str] = []
    for page in _shown(components, has_cards=has_cards):
        yield page
        shown.append(page.url)
    yield from feeds_and_data.redirects(components)
    yield feeds_and_data.not_found()
    yield from feeds_and_data.feeds(components)
    yield from site_record.site_data(components)
    yield from feeds_and_data.data(components)
    yield from ledger.data(components)
    yield from feeds_and_data.for_search_engines(components, shown)


def _shown(components: Components, *, has_cards: bool) -> Iterator[Page]:
    """The pages for readers, which the sitemap lists."""
    months = calendar.grids(components)
    yield from diary.diary(components, tuple(months.values()), has_cards=has_cards)
    yield from calendar.dates(components, months)
    yield from chronicle.chronicle(components)
    yield from major.major(components)
    yield from taxonomies.targets(components)
    yield from taxonomies.tags(components)
    yield from authors.authors(components)
    yield from ledger.requests(components)
    yield from policies.policies(components)
    yield from counters.counters(components)
    yield from corrections.corrections(components)
    yield from changes.changes(components)
    yield from feeds_and_data.subscribe(components)
    yield from search_documents.page(components)
    yield from _static_pages(components)


def _static_pages(components: Components) -> Iterator[Page]:
    for page in components.site.pages:
        yield Page(
            url=urls.page(page.id),
            own_title=page.title,
            own_description=components.summaries[page.path],
            language=page.language,
            source=page.path,
            texts=(page.path,),
            view=StaticPageView(components.bodies[page.path], page.extra),
        )


def _dangling(components: Components, existing: Container[str]) -> Iterator[Problem]:
    """A problem for each URL of the site that a text or the menu links to and that does not exist."""
    may_publish = components.site.unread.may_publish
    for path, body in components.bodies.items():
        for reference, found in zip(body.text.references, body.links, strict=True):
            if found.url.startswith("/") and not _exists(found.url, existing) and not may_publish(found.url):
                yield Problem(
                    path=path,
                    line=reference.line,
                    column=reference.column,
                    message=say("the link to {url} leads nowhere", url=found.url),
                    hint=say(
                        "mend the address; links between entries are best written as file names, such as other-entry.md"
                    ),
                )
    settings = components.site.settings
    links: list[tuple[Field, str]] = [
        *((("menu", number, "link"), item.link) for number, item in enumerate(settings.menu or ())),
        (("contact",), settings.contact_link or ""),
    ]
    for field, link in links:
        if link.startswith("/") and not _exists(link, existing) and not may_publish(link):
            yield Problem(
                path="content/site.yaml",
                field=field,
                message=say("the link to {url} leads nowhere", url=link),
                hint=say("write the address of a page of the site, as the browser shows it"),
            )


def _unused(components: Components) -> Iterator[Problem]:
    """A problem for each file that looks as if it were published, but that nothing names."""
    return (problem for path in components.site.files if path not in components.files and (problem := misplaced(path)))


def _unused_pictures(components: Components) -> Iterator[Problem]:
    for path in unused_pictures(components.site, components.files):
        yield Problem(
            path=path,
            message=say("no text shows this picture"),
            hint=say("write ![what it shows]({name}) in the entry, or delete the file", name=path.rpartition("/")[2]),
            is_warning=True,
        )


def _exists(url: str, existing: Container[str]) -> bool:
    """Whether a file is published at ``url``. All of ``/assets/`` passes: links to it are checked in rendered pages."""
    return urls.output_path(url) in existing or url.startswith("/assets/")


def _are_distinct(paths: list[str]) -> bool:
    """Whether no two of these output paths are the same when case is ignored, and none is a folder of another."""
    places = {path if path.isascii() and path.islower() else folded(path) for path in paths}
    folders: set[str] = set()
    for place in places:
        above = place.rpartition("/")[0]
        while above and above not in folders:
            folders.add(above)
            above = above.rpartition("/")[0]
    return len(places) == len(paths) and places.isdisjoint(folders)


def _collisions(pages: Iterable[Page], files: Iterable[str]) -> Iterator[Problem]:
    """A problem for each two outputs with the same path when case is ignored, or where one is a folder of the other."""
    first: dict[str, Page | None] = {folded(urls.output_path(url)): None for url in (*files, urls.STYLE)}
    for page in pages:
        place = folded(urls.output_path(page.url))
        # If a feed collides, so does the page that it belongs to, whose problem tells more.
        if place in first and not isinstance(page.view, FeedView):
            yield _collision(page, first[place])
        first.setdefault(place, page)
    for place, below in first.items():
        for folder in _folders(place):
            if folder in first:
                above = first[folder]
                yield _collision(below or above, above if below else None)


def _folders(path: str) -> Iterator[str]:
    """``a/b/c`` → ``a/b``, ``a``."""
    while path := path.rpartition("/")[0]:
        yield path


def _collision(page: Page | None, other: Page | None) -> Problem:
    if page and other and isinstance(page.view, TagView) and isinstance(other.view, TagView):
        return Problem(
            path=page.source or "",
            field=("tags",),
            message=say(
                'the tags "{one}" and "{other}" would have one address; see {path}',
                one=other.view.tag.title,
                other=page.view.tag.title,
                path=other.source,
            ),
            hint=say("write the tag in one way everywhere"),
        )
    named = next((one for one in (page, other) if one and one.source), page)
    against = other if named is page else page
    url = page.url if page else ""
    whose = against.source if against and against.source else None
    return Problem(
        field=_field(named),
        path=(named.source if named else None) or "content",
        message=say("two things would have the address {url}: this and {other}", url=url, other=whose)
        if whose
        else say("{url} is the address of a page that the site makes itself", url=url),
        hint=_way_out(named),
        is_file_name=named is not None and isinstance(named.view, StaticPageView),
    )


def _field(page: Page | None) -> Field | None:
    """The field of the source file that sets the page's URL; None if there is none."""
    match page.view if page else None:
        case EntryView():
            return ("slug",)
        case RedirectView():
            return ("aliases",)
        case RequestView():
            return ("requests",)
        case CounterView():
            return ("counters",)
        case AuthorView():
            return ("authors",)
        case _:
            return None


def _way_out(page: Page | None) -> Message:
    match page.view if page else None:
        case StaticPageView():
            return say("rename the file")
        case RedirectView():
            return say("change or delete the alias")
        case EntryView():
            return say("give one of them another slug:, or another file name")
        case RequestView() | CounterView() | AuthorView():
            return say("give one of the two another id")
        case _:
            return say("give one of them another slug:, tag or file name")
