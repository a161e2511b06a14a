"""One entry, called by the path of its file as somebody writes it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from generator.ground.errors import BuildError, Fault, Problem
from generator.ground.messages import say
from generator.ground.text import nfc
from generator.model.content import Entry, Status
from generator.model.options import Options
from generator.site.site import Site
from generator.site.suggestions import nearest


def site_around(path: Path) -> Path:
    """The folder of the site in which a file lies; this folder for one that lies in none."""
    full = Path(os.path.abspath(path))  # noqa: PTH100 - a link in the site stays in it
    return next((one.parent for one in full.parents if one.name == "content"), Path())


def check_around(path: str) -> None:
    """Raises Fault where neither the file at ``path`` nor this folder is of a site."""
    site = site_around(Path(path))
    if (site / "content").is_dir():
        return
    if not Path(path).exists():
        raise Fault(say("there is no file {path}", path=path), say("check the path, or go to the folder of the site"))
    raise Fault(
        say("{path} lies in no site", path=path), say("write the path of an entry's file, below content/entries/")
    )


def entry_at(path: str, site: Site, options: Options, check: Callable[[], None]) -> Entry:
    """The published entry in the file at ``path``: from this folder, from the site's, from ``content/`` or its entries.

    Raises Fault where there is none; before that, ``check`` may say why. Raises BuildError for one that is not
    published, or was withdrawn.
    """
    known = {entry.path: entry for entry in site.content.entries}
    found = next((known[one] for one in paths_of(path, options.folder) if one in known), None)
    if found is None:
        check()
        names = {one: (one.removeprefix("content/"), *_names(entry)) for one, entry in known.items()}
        raise Fault(
            say("there is no entry {path}", path=path),
            nearest(nfc(path), names) or say("write the path of its file, such as content/entries/2020-03-05-visit.md"),
        )
    if problem := _kept_back(found, site, options):
        raise BuildError(problem)
    return next(entry for entry in site.entries if entry.path == found.path)


def _names(entry: Entry) -> tuple[str, ...]:
    place = PurePosixPath(entry.path)
    return place.name, place.stem, entry.title


def paths_of(path: str, folder: Path) -> Iterator[str]:
    """The paths from the site's folder that may be meant."""
    root = Path(os.path.realpath(folder))
    for above in (Path(), folder, folder / "content", folder / "content/entries"):
        place = above / path
        full = Path(os.path.realpath(place.parent)) / place.name
        if full.is_relative_to(root):
            inside = nfc(full.relative_to(root).as_posix())
            yield from (inside, f"{inside}.md")


def _kept_back(entry: Entry, site: Site, options: Options) -> Problem | None:
    """Why an entry is not exported; None for one that is."""
    if entry.withdrawn is not None:
        return Problem(
            path=entry.path,
            field=("withdrawn",),
            message=say("this entry was withdrawn, so it is not sent to anybody"),
            hint=say("export the entry that takes its place"),
        )
    if options.selection.includes(entry, site.settings.zone):
        return None
    if entry.status is not Status.PUBLISHED and not options.selection.drafts:
        is_draft = entry.status is Status.DRAFT
        return Problem(
            path=entry.path,
            field=("status",),
            message=say("this entry is a draft, and only published ones are exported")
            if is_draft
            else say("this entry is under review, and only published ones are exported"),
            hint=say("delete this line once the entry is ready; the writing page saves drafts as documents, too"),
        )
    return Problem(
        path=entry.path,
        field=("publish_at",),
        message=say("this entry is to be published later, and only published ones are exported"),
        hint=say("wait until then, or delete this line"),
    )
