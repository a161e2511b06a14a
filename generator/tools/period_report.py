"""The report of a week, a month or other days as a file: figures, requests, policies and entries."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from generator.ground.dates import DateSpan, Day, written_month, written_year
from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.periods import Period, PeriodKind, days
from generator.ground.text import FORBIDDEN, nfc
from generator.model.outputs import Output
from generator.model.pages import Page
from generator.model.period_report import ReportView
from generator.model.settings import kind_named
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.session import Session
from generator.read.sources import read
from generator.render.documents.layout import Layout
from generator.render.documents.ordinary import ORDINARY
from generator.render.templates import Templates
from generator.render.typefaces import Fonts
from generator.site.plan.components import span_of
from generator.site.plan.period_report import ReportOrder, period_report
from generator.site.site import Site
from generator.site.suggestions import nearest
from generator.tools.articles import Article, article_of, lesser, typeset, unset
from generator.tools.export import Exported, in_format, target_called
from generator.tools.paper import faces_for, font_notes
from generator.tools.whole_site import WholeSite, whole_site

_LONGEST: Final = 200
"""Characters of a title; no page has room for more."""


@frozen(kw_only=True)
class Asked:
    """The report that somebody asks for."""

    period: Period | None
    """None for the days from ``first`` to ``last``."""
    first: Day | None
    """None for the beginning of the diary."""
    last: Day | None
    """None for its end."""
    target: str | None
    """The id or name of the only target to report on; None for all. Likewise kind and tag."""
    kind: str | None
    tag: str | None
    title: str | None
    """None for the usual title."""
    has_texts: bool
    """Whether the texts of the entries follow."""
    pictures: int
    """How many pictures at most."""
    layout: Layout = ORDINARY
    """How a Word file or a PDF looks on paper."""
    format: str
    """``docx``, ``pdf``, ``html`` or ``md``."""
    name: str
    """The file name without its ending."""
    folders: tuple[str, ...] = ()
    """The names of the folders that are made for it."""


def report(asked: Asked, session: Session) -> Exported:
    """The report as a document.

    Raises BuildError where the site has problems or the report would give away private data, and Fault where what it is
    to be limited to is not known, or the site has no published entry.
    """
    faces = faces_for(asked.format, asked.layout)
    with opened_images(session) as images:
        whole = whole_site(session, images)
        page = planned(asked, whole)
        whole.check_names(asked.name, asked.folders)
        view = page.view
        assert isinstance(view, ReportView)
        write = whole.templates.document if asked.format == "html" else whole.templates.article
        article = article_of(page, write(page), images)
        warnings = whole.warnings(article.leaks(whole.guard, asked.name))
        if faces:
            file, told = _pdf(asked, article, whole, faces)
            files, warnings = [file], whole.with_warnings(warnings, told)
        else:
            document = article.manuscript(whole.site.settings, asked.layout)
            files = list(in_format(asked.format, asked.name, document, article.pictures))
    notes = [] if view.number else [say("No entry begins in this period.")]
    return Exported(tuple(files), view.number, warnings, (*notes, *font_notes(faces, asked.layout)))


def planned(asked: Asked, whole: WholeSite) -> Page:
    """The page of the report; it raises what ``report`` raises for what is asked."""
    site = whole.site
    span = span_of(site.entries)
    if span is None:
        whole.check()
        raise Fault(say("the site has no published entry to report on"), say("publish one first"))
    period = asked.period or _days(asked, span)
    today = whole.session.options.selection.now.astimezone(site.settings.zone).date()
    title = (asked.title or "").strip()
    order = ReportOrder(
        period=period,
        day=min(period.span.end, max(today, span.end)),
        target=None if asked.target is None else target_called(site, asked.target, whole.check).id,
        kind=None if asked.kind is None else _kind(site, asked.kind),
        tag=None if asked.tag is None else _tag(site, asked.tag, whole),
        title=_own(title, whole) if title else _title(period, whole.templates, site.settings.language),
        has_texts=asked.has_texts,
        pictures=asked.pictures,
    )
    return period_report(order, whole.components)


def _own(title: str, whole: WholeSite) -> str:
    """A title as it was given. Raises Fault for one that is no line, and where it would give away private data."""
    if "\n" in title or FORBIDDEN.search(title):
        raise Fault(
            say("the title holds a line end, or a character that no document can show"),
            say("write it on one line, in letters, digits and signs"),
        )
    if len(title) > _LONGEST:
        raise Fault(say("the title has {n} characters", n=len(title)), say("write at most {n}", n=_LONGEST))
    if any(whole.guard.found("title.html", escape(title).encode())):
        raise Fault(
            say("the title holds a private person's name or number"), say("take it out; it must not be published")
        )
    return title


def _days(asked: Asked, diary: DateSpan) -> Period:
    """The days that are asked for; one end that is not named is that of the diary."""
    first, last = asked.first or diary.start, asked.last or diary.end
    if last < first and not (asked.first and asked.last):
        fact = say("the diary covers {first} to {last}", first=diary.start, last=diary.end)
        raise Fault(fact, say("choose other days"))
    return days(first, last)


def _kind(site: Site, name: str) -> str:
    kinds = site.settings.kinds
    found = kind_named(nfc(name), kinds)
    if found is None:
        choices = ", ".join(f"{kind} ({label})" for kind, label in kinds.items())
        raise Fault(
            say('there is no kind of target "{kind}"', kind=name), say("write one of {choices}", choices=choices)
        )
    return found


def _tag(site: Site, name: str, whole: WholeSite) -> str:
    tags = site.indexes.by_tag
    if nfc(name) not in tags:
        whole.check()
        hint = nearest(nfc(name), dict.fromkeys(tags, ())) or say("see the tags of the entries")
        raise Fault(say('no published entry has the tag "{tag}"', tag=name), hint)
    return nfc(name)


def _title(period: Period, templates: Templates, language: str) -> str:
    start = period.span.start
    match period.kind:
        case PeriodKind.WEEK:
            year, week, _ = start.isocalendar()
            written = templates.say("report.week", year=year, week=week)
        case PeriodKind.MONTH:
            written = written_month(start.year, start.month, language)
        case PeriodKind.YEAR:
            written = written_year(start.year, language)
        case PeriodKind.DAYS:
            written = ""
    return templates.say(f"report.title.{period.kind}", period=written)


def _pdf(asked: Asked, article: Article, whole: WholeSite, faces: Fonts) -> tuple[Output, list[Problem]]:
    """The report as PDF, and warnings of one that is less than it should be.

    Raises BuildError for characters that no font has, with the files that they are in.
    """
    (body,) = typeset([article.manuscript(whole.site.settings, asked.layout)], fonts=faces, jobs=1)
    texts = _texts(article.page, whole)
    if isinstance(body, Fault):
        raise BuildError(*unset(body, asked.name, texts))
    file = Output(f"{asked.name}.pdf", body)
    return file, [*lesser(body, file.path, article, texts)]


def _texts(page: Page, whole: WholeSite) -> Iterator[tuple[str, str]]:
    """The files that a report was made of, with their paths."""
    places = whole.session.snapshot.sources.texts
    for path in page.texts:
        if source := read(path, places[path].path)[1]:
            yield path, source.text
