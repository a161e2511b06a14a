"""Stale files rendered or copied into the staging, and every link and every rule of privacy checked."""

from __future__ import annotations

import os
import pickle
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from generator.ground.errors import BuildError, Problem, in_order
from generator.ground.file_stat import File
from generator.ground.fingerprint import file_fingerprint, fingerprint, unsealed
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.model import urls
from generator.model.outputs import Card, Copy, Icon, ImageVariant, Original, Output
from generator.model.pages import OutputSpec, Page
from generator.pipeline.assets.image_pipeline import ImagePipeline, changed_meanwhile
from generator.pipeline.cache.database import BrokenCacheError
from generator.pipeline.cache.schema import PublishedFile
from generator.pipeline.cache.spill import SpilledList
from generator.pipeline.checks.links import Links, LinkTarget, PageLinks, anchors_of, problem
from generator.pipeline.checks.privacy_scan import Guard, Leak
from generator.pipeline.make.consequences import leaks_to_tell, links_to_tell, unread_leaks
from generator.pipeline.plan.build_plan import BuildPlan
from generator.pipeline.plan.staleness import Stale
from generator.pipeline.publish.publication import Staged
from generator.pipeline.session import Session
from generator.pipeline.snapshot import PublishedFiles
from generator.pipeline.workers import parallel_map
from generator.read.sources import SETTINGS, unreadable
from generator.render.privacy import Caveat, Finding
from generator.render.render import render
from generator.render.theme import shown
from generator.site.unread import NOTHING


class Destination(Protocol):
    """Where files go: a publication, or nowhere."""

    def stage(self, item: Output | Copy) -> Staged:
        """Makes a file ready to be published. Any process may do this."""

    def made(self, path: str) -> bytes | None:
        """The bytes of a file that is staged or published already; None where they are not known."""


class NullDestination:
    """Where a check, and a build that must not publish, put what they make."""

    def stage(self, item: Output | Copy) -> Staged:
        """The file as if it were there."""
        return Staged(item.path, is_new=False)

    def made(self, _path: str) -> None:
        """Nothing is kept."""


class RenderedFile(NamedTuple):
    """A file that was made."""

    staged: Staged
    content_digest: bytes
    """The digest of its bytes."""
    links: PageLinks | None
    """None for a file that is no page."""
    findings: tuple[Finding | Caveat, ...]
    """Private data in it, and what could not be looked through."""

    @property
    def is_unsettled(self) -> bool:
        """Whether there is private data in it, or a link that has yet to be checked."""
        return bool(self.findings or (self.links and (self.links.missing or self.links.anchors)))


@frozen
class RenderContext:
    """What rendering needs."""

    session: Session
    plan: BuildPlan
    images: ImagePipeline
    published: PublishedFiles
    destination: Destination

    def output(self, spec: OutputSpec) -> Output | Copy:
        """The file that a spec describes."""
        match spec:
            case Page():
                return render(spec, self.plan.templates, self.plan.settings)
            case Card() | Icon():
                return Output(spec.path, self.plan.painter.draw(spec))
            case ImageVariant():
                return Output(spec.path, self.images.body(spec))
            case Original():
                cleaned = self.images.original(spec)
                return cleaned or Copy(spec.path, Path(self.images.assets.files[spec.source].path))
            case _:
                return spec

    def rendered(self, path: str, links: Links) -> RenderedFile | BuildError:
        """The file at ``path``, staged, or why it cannot be made. Any worker may do this."""
        spec = self.plan.spec(path)
        try:
            output = self.output(spec)
            if isinstance(output, Copy):
                return self._copied(output)
        except BuildError as error:
            return error
        return self.staged(examined(output, links if isinstance(spec, Page) else None, self.plan.guard))

    def staged(self, one: Examined) -> RenderedFile:
        """A file that was made and looked through, staged."""
        digest = fingerprint(one.output.body)
        return RenderedFile(self.destination.stage(one.output), digest, one.links, one.findings)

    def _copied(self, copy: Copy) -> RenderedFile:
        """A file that is copied. The copy is looked through, since somebody may change the original meanwhile."""
        source = _origin(copy.path, copy, self.session.options.folder)
        staged = self.destination.stage(copy)
        try:
            with (staged.place or copy.original).open("rb") as file:
                digest = file_fingerprint(file)
                if digest != self.plan.files[copy.path].page_digest:
                    raise changed_meanwhile(source)
                return RenderedFile(staged, digest, None, self.plan.guard.looked_through(copy.path, file))
        except OSError as error:
            raise BuildError(unreadable(source, error)) from error


class Examined(NamedTuple):
    """A file that was made, with what was found in it."""

    output: Output
    links: PageLinks | None
    findings: tuple[Finding | Caveat, ...]


def examined(output: Output, links: Links | None, guard: Guard) -> Examined:
    """A file with its links, followed by ``links`` where it is made of a page, and the private data in it."""
    path, body = output.path, output.body
    new = body if output.unscanned is None else output.unscanned
    found = links.of(path, body.decode()) if links is not None and path.endswith(".html") else None
    return Examined(output, found, guard.examined(path, new))


def rendered_here(context: RenderContext, stale: Sequence[Stale], links: Links) -> Iterable[RenderedFile | BuildError]:
    """The stale files, rendered by processes of this machine."""
    context.plan.templates.load({one.planned.kind for one in stale})
    return parallel_map(lambda one: context.rendered(one.planned.path, links), stale, context.session.options.jobs)


def render_stale(
    context: RenderContext, stale: Sequence[Stale], *, before: Sequence[RenderedFile] = ()
) -> tuple[SpilledList[RenderedFile], tuple[Problem, ...]]:
    """Renders the stale files, then checks all links of the site and what must not be published.

    Returns the files, with those that were made ``before``, and what is wrong with the whole site, with warnings.
    """
    session, plan = context.session, context.plan
    links = Links(plan.files.keys())
    results = (session.request.renders or rendered_here)(context, stale, links)
    files, unsettled = SpilledList[RenderedFile](session.spill), list[RenderedFile]()
    problems: list[Problem] = []
    for number, one in enumerate(chain(before, results), 1):
        session.request.progress(say("rendering pages"), number, len(before) + len(stale))
        if isinstance(one, BuildError):
            problems += one.problems
            continue
        files.append(one)
        if one.is_unsettled:
            unsettled.append(one)
    new = {one.staged.path for one in before} | {one.planned.path for one in stale}
    kept = [row for path, row in context.published.rows.items() if path not in new and path in plan.files]
    findings = [*findings_of(unsettled, kept)]
    texts = session.snapshot.sources.texts
    leaks = chain(_leaks(context, findings), unread_leaks(plan.guard, plan.unread, texts))
    problems += [
        *links_to_tell(plan, _link_problems(context, unsettled, kept, new)),
        *_caveat_problems(context, findings),
        *_needless_digests(plan, findings),
        *plan.guard.problems(
            leaks_to_tell(leaks, plan.report.warnings, plan.unread), texts, partial(_own_themes, session)
        ),
    ]
    return files, in_order(problems)


def _own_themes(session: Session) -> dict[str, File]:
    """The files of the site's own themes, by their path from the site's folder."""
    folder = session.options.folder
    return {
        Path(path).relative_to(folder).as_posix(): File(path, stat)
        for path, stat in session.snapshot.theme.items()
        if path.startswith(f"{folder / 'themes'}{os.sep}")
    }


def findings_of(
    rendered: Iterable[RenderedFile], kept: Iterable[PublishedFile]
) -> Iterator[tuple[str, Finding | Caveat]]:
    """What was found in what was rendered, and in what stays as it was published."""
    for one in rendered:
        yield from ((one.staged.path, found) for found in one.findings)
    for row in kept:
        if row.findings is not None:
            yield from ((row.planned.path, found) for found in _unsealed(row.findings))


def _leaks(context: RenderContext, findings: Iterable[tuple[str, Finding | Caveat]]) -> Iterator[Leak]:
    """The private data among the findings, with the sources that it comes from."""
    for path, found in findings:
        if isinstance(found, Finding):
            paths = context.plan.files[path].text_paths
            sources = paths.split("\n") if paths else []
            spec = context.plan.specs.get(path)
            if isinstance(spec, Page) and spec.source:
                sources.append(spec.source)
            if source := _source(path):
                sources.append(source)
            yield Leak(_origin(path, spec, context.session.options.folder), tuple(sources), found)


def _source(path: str) -> str:
    """The picture or attachment that is published at an output path; empty for any other file."""
    return urls.original(path) if path.startswith(("files/", "pictures/")) else ""


def _origin(path: str, spec: OutputSpec | None, folder: Path) -> str:
    """The file of content or of a theme that is copied to an output path, else that path. ``folder`` is the site's."""
    return _source(path) or (shown(spec.original, folder) if isinstance(spec, Copy) else path)


def _caveat_problems(context: RenderContext, findings: Iterable[tuple[str, Finding | Caveat]]) -> Iterator[Problem]:
    """The attachments and their parts that could not be looked through, and what a camera wrote into pictures."""
    caveats = [(path, found) for path, found in findings if isinstance(found, Caveat)]
    written = [(source, found) for path, found in caveats if (source := _page_source(context, path))]
    known = {found for _, found in written}
    others = [
        (origin, found)
        for path, found in caveats
        # What a text holds stands on many pages.
        if (origin := _origin(path, context.plan.specs.get(path), context.session.options.folder)) != path
        or found not in known
    ]
    for path, found in dict.fromkeys((*written, *others)):
        if not context.plan.guard.scanner.allows(found):
            yield caveat_problem(path, found)


def caveat_problem(path: str, found: Caveat) -> Problem:
    """What is told of a file that could not be looked through, or in which a camera wrote something."""
    message, hint = _trace(found) if found.is_trace else _not_scanned(found)
    return Problem(path=path, message=message, hint=hint, is_warning=True)


def _page_source(context: RenderContext, path: str) -> str | None:
    """The source of a page of its own."""
    spec = context.plan.specs.get(path)
    return spec.source if isinstance(spec, Page) else None


def _not_scanned(found: Caveat) -> tuple[Message, Message]:
    message = (
        say("not looked through: {name}, because {reason}", name=found.name, reason=found.reason)
        if found.name
        else say("not looked through, because {reason}", reason=found.reason)
    )
    return message, say(
        "look through it yourself, and take out what must not be published; when nothing is left to take "
        "out, write this under privacy: allow: in content/site.yaml: "
        "- {{value: {digest}, reason: who looked through it}}",
        digest=found.digest,
    )


def _trace(found: Caveat) -> tuple[Message, Message]:
    message = say("{name} in it: {reason}", name=found.name, reason=found.reason) if found.name else found.reason
    return message, say(
        "save the picture or film without it and put it in again; if it may be published, write this under "
        "privacy: allow: in content/site.yaml: - {{value: {digest}, reason: who looked through it}}",
        digest=found.digest,
    )


def _needless_digests(plan: BuildPlan, findings: Iterable[tuple[str, Finding | Caveat]]) -> Iterator[Problem]:
    """What is allowed by a digest that nothing has: a file that changed since somebody looked through it."""
    allowed = [(number, one.value.lower()) for number, one in enumerate(plan.settings.allowed)]
    digests = [(number, value) for number, value in allowed if value.startswith("sha256:")]
    if not digests or plan.unread != NOTHING:
        return
    used = {found.digest for _, found in findings}
    for number, value in digests:
        if value not in used:
            yield Problem(
                path=SETTINGS,
                field=("privacy", "allow", number, "value"),
                message=say("nothing that is published has this digest"),
                hint=say("if a file changed, look through it again and write its new digest; else delete this item"),
                is_warning=True,
            )


def _link_problems(
    context: RenderContext, rendered: Iterable[RenderedFile], kept: Iterable[PublishedFile], new: Container[str]
) -> Iterator[tuple[str, Problem]]:
    """The links that lead nowhere: those of rendered pages, and those of all pages to an anchor of a ``new`` one.

    Each is told with the URL that it leads to. What is published has no such links, so one that was published is known
    to lead somewhere while the page with its anchor is kept.
    """
    missing: list[tuple[str, LinkTarget]] = []
    anchored: list[tuple[str, LinkTarget]] = []
    for one in rendered:
        if one.links:
            missing += [(one.staged.path, target) for target in one.links.missing]
            before = _anchored(context.published.rows.get(one.staged.path))
            led = {target for target in before if target[0] in context.plan.files and target[0] not in new}
            anchored += [(one.staged.path, target) for target in one.links.anchors if target not in led]
    for row in kept:
        anchored += [
            (row.planned.path, target)
            for target in _anchored(row)
            if target[0] in new or target[0] not in context.plan.files
        ]
    anchors = {path: _anchors(path, context) for path in dict.fromkeys(path for _, (path, _) in anchored)}
    for path, target in anchored:
        known = anchors[target[0]]
        if known is not None and target[1] not in known:
            missing.append((path, target))
    for path, target in missing:
        page = context.plan.spec(path)
        if isinstance(page, Page):
            yield f"/{target[0]}", problem(page, target, context.plan.settings)


def _anchored(row: PublishedFile | None) -> tuple[LinkTarget, ...]:
    """The links of a published page to anchors of others."""
    return _unsealed(row.anchors) if row is not None and row.anchors is not None else ()


def _anchors(path: str, context: RenderContext) -> frozenset[str] | None:
    """The anchors of the page at ``path``; None where it cannot be made."""
    if (body := context.destination.made(path)) is not None:
        return anchors_of(body.decode(errors="replace"))
    try:
        output = context.output(context.plan.spec(path))
    except BuildError:
        return None
    return anchors_of(output.body.decode(errors="replace")) if isinstance(output, Output) else frozenset()


def _unsealed(raw: bytes) -> tuple[Any, ...]:
    """What was saved with a published file. Raises BrokenCacheError."""
    body = unsealed(raw)
    if body is None:
        raise BrokenCacheError
    found: tuple[Any, ...] = pickle.loads(body)  # noqa: S301 - our own, unchanged
    return found
