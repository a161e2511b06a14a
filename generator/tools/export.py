"""The export of selected entries as one article, in a Word, PDF, HTML or Markdown file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from generator.ground.dates import Day
from generator.ground.errors import Fault, Problem
from generator.ground.fingerprint import fingerprint
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import nfc
from generator.ground.whole_files import whole_file
from generator.model.content import Entry, Target
from generator.model.options import Options
from generator.model.outputs import Output
from generator.model.pages import Page
from generator.model.views import EntryView
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.checks.privacy_scan import Leak
from generator.pipeline.session import Session
from generator.render.documents import docx, markdown
from generator.render.documents.layout import Layout
from generator.render.documents.ordinary import ORDINARY
from generator.render.inline_styles import check_installed
from generator.render.typefaces import Fonts
from generator.site.plan.chronicle import article
from generator.site.plan.diary import entry_pages
from generator.site.plan.major import event_list
from generator.site.site import Site
from generator.tools.articles import Article, ArticlePicture, Manuscript, article_of, with_data
from generator.tools.entry_choice import entry_at
from generator.tools.paper import faces_for, font_notes, signature_notes
from generator.tools.volumes import Volume, pdfs, volumes
from generator.tools.wechat import folder, listed
from generator.tools.whole_site import WholeSite, whole_site

_OWN: Final = ("content", "themes", ".rizhi")
"""The folders of a site that no export makes."""


@frozen(kw_only=True)
class Selected:
    """Which entries to export, and in which format."""

    first: Day | None = None
    """Entries that end before this day are left out; None for no limit."""
    last: Day | None = None
    """Entries that begin after this day are left out; None for no limit."""
    target: str | None = None
    """The id or name of the service target that they have to be about; None for all entries."""
    major: bool = False
    """Whether to list the major events, a line each, in place of all entries in full."""
    entry: str | None = None
    """The path of the one entry to export, as a document of its own; None for all, as one article."""
    layout: Layout = ORDINARY
    """How a Word file or a PDF looks on paper."""
    format: str
    """``docx``, ``pdf``, ``html`` or ``md``; of one entry also ``wechat``."""
    name: str
    """The file name without its ending; for Markdown, also the pictures' folder; for WeChat, the name of the folder."""
    folders: tuple[str, ...] = ()
    """The names of the folders that are made for it."""


@frozen
class Exported:
    """The files of an export."""

    files: tuple[Output, ...]
    """The document first (a long PDF is several), then its pictures; paths are relative to the target folder."""
    entries: int
    warnings: tuple[Problem, ...]
    notes: tuple[Message, ...] = ()
    """What else is to be told of the document: that no entry is in it, the fonts of an official one, lost links."""
    is_folder: bool = False
    """Whether the files are a folder of their own, whose first one lists them all (``wechat.listed``)."""
    shares: tuple[int, ...] = ()
    """How many entries each of the files holds that a long document is divided into; empty for one that is not."""


def chronicle(selected: Selected, session: Session) -> Exported:
    """The selection as one document.

    Raises BuildError where the site has problems or private data would be exported, and Fault where nothing is
    selected.
    """
    faces = faces_for(selected.format, selected.layout)
    if selected.format == "wechat":
        check_installed()
    with opened_images(session) as images:
        whole = whole_site(session, images)
        target = None if selected.target is None else target_called(whole.site, selected.target, whole.check)
        chosen = Volume(
            entries=_chosen(whole.site, selected, target, session.options, whole.check),
            title=f"{whole.site.settings.title} · {target.shown_name}" if target else "",
        )
        _check_name(selected, chosen, whole)
        if selected.format == "wechat":
            return _for_wechat(selected, chosen, whole)
        return _document(selected, chosen, whole, faces)


def _check_name(selected: Selected, chosen: Volume, whole: WholeSite) -> None:
    """Raises BuildError for the entry of a file whose name must not be sent, and Fault for another name."""
    if selected.entry:
        (entry,) = chosen.entries
        stem = PurePosixPath(entry.path).stem
        if whole.guard.forbids(stem) and stem in nfc(selected.name):
            whole.warnings(Leak(entry.path, (entry.path,), finding) for finding in whole.guard.found(stem, b""))
    whole.check_names(selected.name, selected.folders)


def _document(selected: Selected, chosen: Volume, whole: WholeSite, faces: Fonts | None) -> Exported:
    """The entries in a file; a long PDF is several."""
    settings, layout = whole.site.settings, selected.layout
    written = partial(_written, selected, whole)
    is_divided = faces and not selected.major
    parts = [(one, written(one)) for one in (volumes(chosen, settings) if is_divided else [chosen])]
    warnings = whole.warnings(leak for _, one in parts for leak in one.leaks(whole.guard, selected.name))
    if faces:
        jobs = whole.session.options.jobs
        files, lesser = pdfs(selected.name, parts, written, settings, fonts=faces, jobs=jobs, layout=layout)
        warnings = whole.with_warnings(warnings, lesser)
    else:
        ((_, of_all),) = parts
        document = of_all.manuscript(settings, layout)
        files = list(in_format(selected.format, selected.name, document, of_all.pictures))
    signed = signature_notes(parts[0][1].manuscript(settings, layout)) if selected.entry else ()
    shares = tuple(len(one.entries) for one, _ in parts) if len(parts) > 1 else ()
    return Exported(tuple(files), len(chosen.entries), warnings, (*signed, *font_notes(faces, layout)), shares=shares)


def _for_wechat(selected: Selected, chosen: Volume, whole: WholeSite) -> Exported:
    """The entry as a folder. Raises BuildError where private data would be exported."""
    found = _written(selected, whole, chosen)
    made = folder(found, whole)
    told = replace(whole, problems=(*whole.problems, *made.warnings))
    warnings = told.warnings([*found.leaks(whole.guard, selected.name), *made.leaks])
    files = (Output((PurePosixPath(selected.name) / file.path).as_posix(), file.body) for file in made.files)
    return Exported(tuple(files), 1, warnings, made.notes, is_folder=True)


def _written(selected: Selected, whole: WholeSite, volume: Volume) -> Article:
    """The article of these entries, as their template writes it."""
    page = _page(selected, whole, volume)
    write = whole.templates.document if selected.format == "html" else whole.templates.article
    return article_of(page, write(page), whole.images)


def _page(selected: Selected, whole: WholeSite, volume: Volume) -> Page:
    if not selected.entry:
        compose = event_list if selected.major else article
        return compose(volume.entries, whole.components, volume.title)
    (entry,) = volume.entries
    page = next(one for one in entry_pages(whole.components, has_cards=False) if one.source == entry.path)
    return _without_record(page) if selected.layout.is_official else page


def _without_record(page: Page) -> Page:
    """An entry's page with its text alone: an official document has no record."""
    view = page.view
    assert isinstance(view, EntryView)
    return replace(page, view=replace(view, targets=(), tags=(), figures=(), requests=(), policies=()))


def target_called(site: Site, name: str, check: Callable[[], None]) -> Target:
    """The target that somebody calls so. Raises Fault where there is none; before that, ``check`` may say why."""
    found, fault = site.target_names.id_of(nfc(name)), site.target_names.fault(nfc(name))
    if found is None:
        check()
        assert fault is not None
        raise fault
    return site.targets[found]


def _chosen(
    site: Site, selected: Selected, target: Target | None, options: Options, check: Callable[[], None]
) -> list[Entry]:
    """The selected entries. Raises Fault where there are none; before that, ``check`` may say why.

    Raises BuildError for one that is not published.
    """
    if selected.entry:
        return [entry_at(selected.entry, site, options, check)]
    chosen = [
        entry
        for entry in site.entries
        if (selected.first is None or entry.span.end >= selected.first)
        and (selected.last is None or entry.span.start <= selected.last)
        and (target is None or target.id in entry.targets)
        and (entry.major or not selected.major)
    ]
    if not chosen:
        check()
        if selected.major:
            hint = say("write major: true in the entries that are major events, or choose other days")
            raise Fault(say("no major event is among those"), hint)
        raise Fault(say("no published entry is among those"), say("choose other days or another target"))
    return chosen


def in_format(form: str, name: str, document: Manuscript, pictures: Mapping[str, ArticlePicture]) -> Iterator[Output]:
    """A document as ``docx``, ``html`` or ``md``, and its pictures where they are separate files."""
    html = document.html
    match form:
        case "html":
            yield Output(f"{name}.html", with_data(html, pictures).encode(errors="replace"))
        case "docx":
            body = docx(
                html,
                title=document.title,
                language=document.language,
                author=document.author,
                created=document.created,
                layout=document.layout,
                picture=document.pictures.get,
            )
            yield Output(f"{name}.docx", body)
        case _:
            places = {src: f"{name}-files/{shown.name}" for src, shown in pictures.items()}
            text = markdown(html, address=lambda address: places.get(address, address))
            yield Output(f"{name}.md", text.encode(errors="replace"))
            yield from (Output(places[src], shown.body) for src, shown in pictures.items())


def is_of_site(place: Path, site: Path) -> bool:
    """Whether ``place`` is in a folder of the site that no export makes, where a file would be one of its own."""
    names = [os.path.abspath(place), os.path.realpath(place)]  # noqa: PTH100 - a link in the site stays in it
    own = [one(site / name) for name in _OWN for one in (os.path.abspath, os.path.realpath)]
    return any(Path(name).is_relative_to(folder) for name in names for folder in own)


def write(exported: Exported, folder: Path, site: Path, *, force: bool) -> None:
    """Writes the files into ``folder``, each whole. All are on the disk before one takes its place, the document last.

    So a full disk leaves everything as it was; where a file cannot be replaced, some may be new already. Raises
    OSError, and Fault where a file exists with other content, since somebody may have edited it, or where other files
    are in a folder that is to hold nothing else. ``force`` overwrites what is there, but never a file of the ``site``.
    A folder that an export made says what it put there: that is replaced, or taken away, unless somebody has changed it
    since.
    """
    places = {folder / file.path: file.body for file in exported.files}
    first = next(iter(places))
    for place in places:
        if is_of_site(place, site):
            raise Fault(
                say("{place} would be one of the site's own files", place=place), say("choose another name or folder")
            )
    known = listed(first.read_bytes()) if exported.is_folder and first.is_file() else {}
    taken = [
        place
        for place, body in places.items()
        if place.exists() and (there := place.read_bytes()) != body and not _is_untouched(place, there, known)
    ]
    left = [place for place in map(first.with_name, known) if place not in places and place.is_file()]
    taken += [place for place in left if not _is_untouched(place, place.read_bytes(), known)]
    if exported.is_folder and first.parent.is_dir() and any(first.parent.iterdir()) and not first.exists():
        taken.append(first.parent)
    if taken and not force:
        raise Fault(say("{place} is there already", place=taken[0]), say("choose another name, or add --force"))
    made = [above for above in _above(places) if not above.exists()]
    try:
        with contextlib.ExitStack() as stack:
            for above in made:
                above.mkdir(exist_ok=True)
            whole = {place: stack.enter_context(whole_file(place, body)) for place, body in places.items()}
            for place, new in reversed(whole.items()):
                new.chmod(0o644)
                new.replace(place)
    except BaseException:
        for above in reversed(made):
            with contextlib.suppress(OSError):
                above.rmdir()
        raise
    for place in left:
        place.unlink(missing_ok=True)


def _above(places: Iterable[Path]) -> Iterator[Path]:
    """All folders of these files, the outer ones first."""
    yield from dict.fromkeys(above for place in places for above in reversed(place.parents))


def _is_untouched(place: Path, body: bytes, known: Mapping[str, bytes]) -> bool:
    """Whether a file is as the last export left it."""
    return known.get(place.name) == fingerprint(body)
