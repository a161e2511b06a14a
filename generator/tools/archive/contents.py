"""What the parts of a bundle are made of: the site as it was built, and the folder that they are written into."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from generator.ground.errors import BuildError, Problem
from generator.ground.frozen import frozen
from generator.model import urls
from generator.model.content import Entry
from generator.pipeline.assets.image_pipeline import ImagePipeline, opened_images
from generator.pipeline.checks.privacy_scan import Guard, Leak, guard
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.inputs import stop_at, value_adding_problems
from generator.pipeline.plan.sources import SourceSet, read_sources
from generator.pipeline.session import Session
from generator.render.theme import Theme
from generator.site.plan.authors import byline
from generator.site.plan.components import Components, components
from generator.site.site import Site
from generator.tools.archive.bag import PAYLOAD, write
from generator.tools.archive.order import Decided, Order
from generator.tools.archive.sources import SourceFiles, write_everything
from generator.tools.archive.theme_files import theme_files


@frozen(kw_only=True)
class Contents:
    """What the parts of a bundle are made of."""

    order: Order
    plan: Decided
    bag: Path
    session: Session
    source_set: SourceSet
    site: Site
    theme: Theme
    components: Components
    images: ImagePipeline
    guard: Guard
    problems: tuple[Problem, ...]
    """Warnings about the sources."""

    @property
    def payload(self) -> Path:
        """The folder of the payload."""
        return self.bag / PAYLOAD

    @property
    def moment(self) -> str:
        """The only time that is written down, in UTC."""
        return self.plan.moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def stated_day(self) -> str:
        """The day on which the bundle is made, as SOURCE_DATE_EPOCH says; blank without it: no clock is read."""
        return self.plan.day.isoformat() if self.order.moment else ""

    def page_of(self, entry: Entry) -> str:
        """The file of an entry's page, from the site's folder."""
        return urls.output_path(self.components.links[entry.path].url)

    def names_of(self, entry: Entry) -> tuple[str, ...]:
        """Who is responsible for an entry: its authors, or else the organization; nobody where neither is told."""
        organization = self.site.settings.organization
        return tuple(one.name for one in byline(entry, self.site)) or ((organization,) if organization else ())

    def attachments_of(self, entry: Entry) -> tuple[str, ...]:
        """The files that the text of an entry offers for download, by path from the site's folder."""
        files = dict.fromkeys(one.file for one in self.components.bodies[entry.path].links if one.picture is None)
        return tuple(one for one in files if one)

    def put(self, path: str, body: bytes) -> None:
        """Writes a new file of the bag. Raises BuildError for private data in one that is public."""
        self.look_through(path, body)
        write(self.bag / path, body)

    def look_through(self, path: str, body: bytes) -> None:
        """Raises BuildError for private data in a file that we made, where the bag is public."""
        if not self.order.is_internal:
            self.refuse(Leak(path, (), finding) for finding in self.guard.found(path, body))

    def refuse(self, leaks: Iterable[Leak]) -> None:
        """Raises BuildError for private data. What is only likely to be private, the build has told."""
        found = self.guard.problems(leaks, self.session.snapshot.sources.texts)
        if not all(problem.is_warning for problem in found):
            raise BuildError(*found)


@contextlib.contextmanager
def opened_contents(order: Order, plan: Decided, bag: Path, session: Session) -> Iterator[Contents]:
    """The contents of a bag, whose site has been built. Raises BuildError."""
    options, cache, problems = session.options, session.cache, list[Problem]()
    source_set = read_sources(session.snapshot, cache, options.jobs)
    site, theme = assembled(options, session.snapshot, source_set, cache, problems)
    with opened_images(session) as images:
        measure = partial(images.measure, keeps_original=site.settings.originals)
        made = value_adding_problems(components(site, measure), problems)
        stop_at(problems, options)
        assert theme is not None
        assert made is not None
        yield Contents(
            order=order,
            plan=plan,
            bag=bag,
            session=session,
            source_set=source_set,
            site=site,
            theme=theme,
            components=made,
            images=images,
            guard=guard(site.content, site.settings),
            problems=tuple(problems),
        )


def written_sources(contents: Contents) -> tuple[Problem, ...]:
    """Writes the sources; returns what is wrong with them, private data in those of a public bag among it."""
    options, place = contents.session.options, contents.payload / "sources"
    if contents.order.is_internal:
        write_everything(options.folder, place)
        return ()
    files = SourceFiles(
        folder=options.folder,
        snapshot=contents.session.snapshot,
        site=contents.site,
        entries={entry.path: entry for entry in contents.site.entries},
        used=tuple(sorted(contents.components.files)),
        own=theme_files(options.folder, contents.site.settings, contents.theme),
        guard=contents.guard,
        images=contents.images,
    )
    return files.write(place, contents.payload / "site", options.jobs)
