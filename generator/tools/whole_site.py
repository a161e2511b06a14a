"""A site read and put together for documents, lists and reports: all that a build knows, and nothing is published."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from generator.ground.errors import Fault, Problem, in_order
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model import urls
from generator.model.pages import SiteChrome
from generator.pipeline.assets.image_pipeline import ImagePipeline
from generator.pipeline.checks.privacy_scan import Guard, Leak, guard
from generator.pipeline.make.consequences import leaks_to_tell
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.inputs import stop_at, value_adding_problems
from generator.pipeline.plan.sources import read_sources
from generator.pipeline.plan.templates import templates_of
from generator.pipeline.session import Session
from generator.render.templates import Templates
from generator.site.plan.components import Components, components
from generator.site.references import pictures_of
from generator.site.site import Site


@frozen(kw_only=True)
class WholeSite:
    """A site with its components and its templates."""

    session: Session
    site: Site
    components: Components
    templates: Templates
    """Those of documents outside the site."""
    images: ImagePipeline
    guard: Guard
    problems: tuple[Problem, ...]
    """What is wrong with the site, and keeps nothing from being made."""

    def check(self) -> None:
        """Raises BuildError where the site has problems."""
        stop_at(self.problems, self.session.options)

    def address(self, url: str) -> str:
        """The address of a page of the site for those who read a list elsewhere: whole if the site's is known."""
        base = self.site.settings.base_url
        return urls.absolute(base, url) if base else urls.rooted(url)

    def check_names(self, file: str, folders: Iterable[str]) -> None:
        """Raises Fault for a file to send, or a folder made for it, whose name would give away private data."""
        hint = say("write another name behind --output")
        if self.guard.forbids(file):
            raise Fault(say("the name of the file holds a private person's name or number"), hint)
        if any(map(self.guard.forbids, folders)):
            raise Fault(say("the name of a new folder holds a private person's name or number"), hint)

    def warnings(self, leaks: Iterable[Leak]) -> tuple[Problem, ...]:
        """What is to be told together with these leaks. Raises BuildError where that stops an export."""
        told = leaks_to_tell(leaks, self.problems, self.site.unread)
        warnings = in_order([*self.problems, *self.guard.problems(told, self.session.snapshot.sources.texts)])
        stop_at(warnings, self.session.options)
        return warnings

    def with_warnings(self, known: Iterable[Problem], more: Iterable[Problem]) -> tuple[Problem, ...]:
        """The ``known`` warnings with those of the document that was made. Raises BuildError where they stop it."""
        warnings = in_order([*known, *more])
        stop_at(warnings, self.session.options)
        return tuple(warnings)


def whole_site(session: Session, images: ImagePipeline) -> WholeSite:
    """The site of a session. Raises BuildError where it cannot be put together, or has no theme."""
    options, snapshot, cache = session.options, session.snapshot, session.cache
    source_set = read_sources(snapshot, cache, options.jobs)
    problems: list[Problem] = []
    site, theme = assembled(options, snapshot, source_set, cache, problems)
    images.encode_all(pictures_of(site), options.jobs, session.request.progress)
    made = value_adding_problems(components(site, partial(images.measure, keeps_original=False)), problems)
    if theme is None:
        stop_at(problems, options)
    assert theme is not None
    assert made is not None
    elsewhere = partial(urls.absolute, "")
    return WholeSite(
        session=session,
        site=site,
        components=made,
        templates=templates_of(theme, site.settings, SiteChrome(), source_set, cache, elsewhere=elsewhere),
        images=images,
        guard=guard(site.content, site.settings),
        problems=tuple(problems),
    )
