"""Where a team's data comes from: a site's folder, a published output, or an archive bundle.

Which of them a place holds, its files say. What is published of a folder with ``content/`` is made in memory, by the
same code that a build of it uses, and nothing is written there.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from generator.ground.errors import BuildError, Fault, Problem, in_order
from generator.ground.file_stat import are_trusted, file_stat, tree_stats
from generator.ground.files import read_file
from generator.ground.fingerprint import fingerprint
from generator.ground.messages import say
from generator.ground.temporary import temporary_folder
from generator.model import urls
from generator.model.components import Picture
from generator.model.content import PersonRole, Status
from generator.model.options import Options, Selection
from generator.model.pages import Page
from generator.model.views import DataView, EntryDataView
from generator.pipeline.checks.privacy_scan import Guard, guard
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.inputs import stop_at, value_adding_problems
from generator.pipeline.plan.sources import read_sources
from generator.pipeline.run import run_export
from generator.pipeline.session import BuildRequest, Session
from generator.read.decoding import decoded
from generator.read.sources import CONTENT, PEOPLE
from generator.read.sources import MOST_BYTES as TEXT_BYTES
from generator.render import data_files
from generator.render.privacy import WARNINGS
from generator.site.plan import feeds_and_data, ledger, site_record
from generator.site.plan.components import components
from generator.site.records import people
from generator.tools.portal.places import Files, Place
from generator.tools.portal.team_records import FILES, MOST_BYTES, SITE

_MANIFEST: Final = "manifest-sha256.txt"
_SITE_IN_BUNDLE: Final = "data/site"


class Form(StrEnum):
    """The forms in which a team's site may be there."""

    SITE = "site"
    """A folder with ``content/``."""
    OUTPUT = "output"
    """What a build of it published."""
    BUNDLE = "bundle"
    """An archive bundle (BagIt), as a folder or a zip."""


class State(NamedTuple):
    """What says, without reading it, whether the data of a team is as it was."""

    version: bytes
    is_trusted: bool
    """Whether data that differs surely has another version."""


def state_of(place: Place, moment: int) -> State:
    """The state of a place at a ``moment``, in nanoseconds since 1970. Raises Fault where it cannot be reached."""
    if place.is_local:
        try:
            return _local_state(place.path, moment)
        except OSError as error:
            raise Fault(
                say("it cannot be read: {fact}", fact=error.strerror or str(error)),
                say("mend the address, or take the team out"),
            ) from None
    found = _states(place)
    return State(_version(place.address, found), bool(found) and all("ETag=" in f"{one}" for one in found.values()))


def _states(place: Place) -> Mapping[str, tuple[str, ...]]:
    """What a store says of everything that may be read of a place; of a zip, what it says of that."""
    if place.is_zip:
        files, name = place.beside()
        return {name: state} if (state := files.state(name)) else {}
    files, data = place.opened(), SITE.rpartition("/")[0]
    found = {folder: files.states(folder) for folder in (data, f"{_SITE_IN_BUNDLE}/{data}")}
    found[CONTENT] = {} if SITE.removeprefix(f"{data}/") in found[data] else files.states(CONTENT, is_deep=True)
    return {f"{folder}/{path}": one for folder, some in found.items() for path, one in some.items()}


def _local_state(path: Path, moment: int) -> State:
    if path.is_file():
        stats = [(str(path), file_stat(path.stat()))]
    elif (path / CONTENT).is_dir():
        stats = sorted(tree_stats(str(path / CONTENT)))
    else:
        roots = (path, path / _SITE_IN_BUNDLE)
        every = [*(root / one for root in roots for one in FILES), path.parent / PEOPLE]
        stats = [(str(one), file_stat(one.stat())) for one in every if one.is_file()]
    return State(_version(str(path), stats), bool(stats) and are_trusted((stat for _, stat in stats), moment))


def _version(*parts: object) -> bytes:
    return fingerprint(repr(parts).encode())


def data_of(place: Place, now: datetime.datetime) -> SiteData:
    """The data files of a team, by path from its output folder.

    Raises Fault where there is none of the three forms, and BuildError with the problems of a site's content.
    """
    files = place.opened()
    form, root = _form(files)
    match form:
        case Form.SITE if place.is_local and place.path.is_dir():
            return site_data(place.path, now)
        case Form.SITE:
            with temporary_folder() as folder:
                root.copy(folder, CONTENT)
                return site_data(folder, now)
        case Form.OUTPUT:
            return SiteData(_read(root), private_names(place))
        case Form.BUNDLE:
            return SiteData(_checked_by_manifest(root))


def _form(files: Files) -> tuple[Form, Files]:
    """The form, and the folder that it is in; in a zip, that may be the only folder at the top."""
    names = files.names()
    for root in (files, *([files.below(names[0])] if len(names) == 1 and names[0] else [])):
        if root.has(f"{CONTENT}/site.yaml") or root.has(f"{CONTENT}/entries"):
            return Form.SITE, root
        if root.has("bagit.txt"):
            return Form.BUNDLE, root
        if root.has(SITE) or root.has("data/entries.json"):
            return Form.OUTPUT, root
    raise Fault(
        say("there is neither a site, nor a published one, nor an archive bundle"),
        say(
            "a site's folder holds content/, a published one data/site.json, a bundle bagit.txt: mend the address; "
            "if it is a zip, it may have been copied in part"
        ),
    )


def _read(files: Files, above: str = "") -> dict[str, bytes]:
    if not files.has(f"{above}{SITE}") and files.has(f"{above}data/entries.json"):
        raise Fault(
            say("it was published by an earlier version, without data/site.json"),
            say("build the team's site again with this version"),
        )
    if not files.has(f"{above}index.html"):
        raise Fault(
            say("{path} is missing", path="index.html"),
            say("it may have been copied in part, or changed: publish the team's site again, all of it"),
        )
    found = ((one, files.read(f"{above}{one}", MOST_BYTES)) for one in FILES)
    return {one: body for one, body in found if body is not None}


def _checked_by_manifest(files: Files) -> dict[str, bytes]:
    """The data of a bundle, each file held against the bundle's manifest (RFC 8493, 2.1.3)."""
    listed = files.read(_MANIFEST, MOST_BYTES) or b""
    sums = {path: digest for digest, path in _lines(listed.decode("utf-8", errors="replace"))}
    found = _read(files, f"{_SITE_IN_BUNDLE}/")
    for one, body in found.items():
        path = f"{_SITE_IN_BUNDLE}/{one}"
        if sums.get(path) != hashlib.sha256(body).hexdigest():
            raise Fault(
                say("{path} in the bundle is not what its manifest says", path=path),
                say("the bundle was changed or damaged: fetch it again, and look at it with rizhi verify"),
            )
    return found


def _lines(manifest: str) -> Iterator[tuple[str, str]]:
    for line in manifest.splitlines():
        digest, _, path = line.partition(" ")
        yield digest.lower(), path.strip()


class SiteData(NamedTuple):
    """The data of a site that was made of its content."""

    files: Mapping[str, bytes]
    """By path from the output folder."""
    private: tuple[str, ...] = ()
    """Names that must not stand in it, as far as they are known where it comes from."""
    next_change: datetime.datetime | None = None
    """When the next entry has to be published (``publish_at``); None where none waits."""


def site_data(folder: Path, now: datetime.datetime) -> SiteData:
    """What a build of the site in ``folder`` would publish as data at a moment.

    Raises BuildError with what is wrong with its content, and Fault for private data.
    """
    options = Options(folder=folder, selection=Selection(now=now), uses_cache=False)
    return run_export(BuildRequest(options=options, output=folder / "output", publishes=False), _site_data)


def _site_data(session: Session) -> SiteData:
    options, cache = session.options, session.cache
    problems: list[Problem] = []
    site, _ = assembled(options, session.snapshot, read_sources(session.snapshot, cache, options.jobs), cache, problems)
    made = value_adding_problems(components(site, _unmeasured), problems)
    assert made is not None
    stop_at(in_order(problems), options)
    pages = (*site_record.site_data(made), *feeds_and_data.data(made), *ledger.data(made))
    found = {urls.output_path(page.url): body for page in pages if (body := _body(page)) is not None}
    if has_private(found, guard(site.content, site.settings)):
        raise Fault(
            say("it names a private person, or holds a number that belongs to one"),
            say("run rizhi check in the team's folder, which says where"),
        )
    waiting = (one.publish_at for one in site.content.entries if one.status is Status.PUBLISHED and one.publish_at)
    times = (time.replace(tzinfo=site.settings.zone) for time in waiting)
    return SiteData(found, next_change=min((time for time in times if time > options.selection.now), default=None))


def has_private(files: Mapping[str, bytes], watch: Guard) -> bool:
    """Whether something in these files must not be published by the rules of ``watch``."""
    found = (one for path, body in files.items() for one in watch.found(path, body))
    return any(one.kind not in WARNINGS and not watch.scanner.allows(one) for one in found)


def private_names(place: Place) -> tuple[str, ...]:
    """The names of private persons of a site's folder, or of that in which an output lies; none for any other place.

    Raises BuildError where that site's people.yaml cannot be read.
    """
    registers = [folder / PEOPLE for folder in (place.path, place.path.parent)] if place.is_local else []
    register = next((one for one in registers if one.is_file()), None)
    if register is None:
        return ()
    source = decoded(read_file(register, TEXT_BYTES), PEOPLE)[0]
    checked = people(source)
    if checked.value is None:
        raise BuildError(*checked.problems)
    private = (one for one in checked.value if one.role is PersonRole.PRIVATE)
    return tuple(name for one in private for name in (one.name, *one.aliases))


def _unmeasured(_path: str) -> Picture:
    """A picture as far as data files need it: they show none."""
    return Picture(url="/", width=1, height=1)


def _body(page: Page) -> bytes | None:
    match page.view:
        case DataView() | EntryDataView() as view:
            return data_files.data(view).encode(errors="replace")
        case _:
            return None
