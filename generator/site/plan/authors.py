"""Plans the pages of authors: those whom entries call by their ids in people.yaml, and who may be named."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ground.text import is_windows_name, name_slug
from generator.model import urls
from generator.model.components import Author
from generator.model.content import Entry, Person, PersonRole
from generator.model.lists import AuthorsView, AuthorView, TagRow
from generator.model.pages import Page
from generator.site.plan.components import Components, tag_row
from generator.site.roles import shown_name
from generator.site.site import Site


def authors(components: Components) -> Iterator[Page]:
    """The list of authors, and the pages of each; none where entries name none by an id."""
    site = components.site
    rows = {person.id: _row(person, site) for person in named_authors(site)}
    for url, some, pager in components.cut(urls.AUTHORS, list(rows.values())) if rows else ():
        yield Page(url=url, view=AuthorsView(tuple(some), pager))
    for name, row in rows.items():
        feed = row.url + urls.ATOM
        found = site.indexes.by_author[name]
        for url, shown, pager in components.pages(row.url, found[::-1]):
            view = AuthorView(author=row, rows=shown, pager=pager, feed=feed)
            yield Page(url=url, own_title=row.title, source=found[0].path, feed=feed, view=view)


def named_authors(site: Site) -> Iterator[Person]:
    """The persons who have a page as authors, in the order of people.yaml."""
    return (person for person in site.people.values() if person.id in site.indexes.by_author and _has_page(person))


def byline(entry: Entry, site: Site) -> tuple[Author, ...]:
    """Who wrote an entry."""
    return tuple(_author(name, site) for name in entry.authors)


def _author(name: str, site: Site) -> Author:
    person = site.people.get(name)
    if person is None:
        return Author(name, None)
    return Author(shown_name(person, site.settings.language), urls.author(name) if _has_page(person) else None)


def _has_page(person: Person) -> bool:
    """Whether a person may be named, and an address can be made of the id."""
    place = name_slug(person.id)
    return person.role is not PersonRole.PRIVATE and bool(place) and not is_windows_name(place)


def _row(person: Person, site: Site) -> TagRow:
    name = shown_name(person, site.settings.language)
    return tag_row(name, urls.author(person.id), site.indexes.by_author[person.id])
