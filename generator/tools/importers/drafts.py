"""The drafts of a review, planned in memory: each file with its bytes, and a census of every character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import PurePath
from typing import Final

import yaml

from generator.ground.dates import written_weekday
from generator.ground.errors import Checked, Problem
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import cut_to_segment, is_windows_name, nfc, slug
from generator.model.content import Person, PersonRole, Source
from generator.model.prose import ImageHole, Prose, RoleHole
from generator.read.markdown import parse
from generator.render.documents import commonmark
from generator.render.documents.blocks import Blocks
from generator.render.documents.tree import tree
from generator.site import dispatch
from generator.tools.importers import carried
from generator.tools.importers.answers import Answers
from generator.tools.importers.known import NEVER, Known, record
from generator.tools.importers.manuscript import Manuscript
from generator.tools.importers.persons import (
    apart,
    instead_of,
    is_familiar,
    pseudonym,
    registered,
    stand_ins,
    without_names,
)
from generator.tools.importers.repeats import LEAD, name_digests, replaced_by
from generator.tools.importers.replacing import Digests, digests, in_use
from generator.tools.importers.review import Entry, Review
from generator.tools.importers.settling import Settled, settled
from generator.tools.importers.texts_of import text_of

_NAME_LENGTH: Final = 40


@frozen(kw_only=True)
class Plan:
    """What is to be written for one file, all of it or nothing."""

    digest: str
    name: str
    """The folder in entries and in pages."""
    entries: Mapping[str, bytes]
    """By name, in a folder of their own."""
    pages: Mapping[str, bytes]
    people: tuple[Person, ...]
    """To be added to people.yaml."""
    record: bytes
    files: Digests
    """Everything that is to be written, as the record has it."""
    drafts: tuple[str, ...]
    """The paths of the drafts in the site."""
    pictures: int
    gaps: tuple[str, ...]
    replaced: Digests
    """What earlier imports wrote, in the place of which this is written."""


@frozen(kw_only=True)
class _Draft:
    name: str
    text: str
    source: str
    """What of its front matter stands in the source."""
    settled: Settled


@frozen(kw_only=True)
class Shown:
    """A draft's text as it would be written, before anything is."""

    markdown: str
    pictures: Mapping[str, str]
    """By the name that each gets, the name by which the manuscript knows it."""
    gaps: tuple[str, ...]


def shown(found: Review, manuscript: Manuscript, known: Known) -> tuple[tuple[Shown, ...], Shown]:
    """The texts of the entries, and of the page that takes the lead, whatever has to be answered yet."""
    hidden = _hidden(found, known, _people(found, known))
    sources = {id(picture): src for src, picture in manuscript.pictures.items()}
    numbers = _numbers(_without(known, replaced_by(found.again, known)), found.again.folder)

    def text(blocks: Blocks, day: str) -> Shown:
        done = settled(blocks, manuscript, day, numbers)
        pictures = {name: sources[id(picture)] for name, picture in done.pictures.items()}
        markdown = without_names(commonmark.of_blocks(done.blocks, address=str), hidden)
        return Shown(markdown=markdown, pictures=pictures, gaps=done.gaps)

    entries = tuple(text(one.blocks, one.span.start.isoformat() if one.span else "") for one in found.entries)
    return entries, text(found.lead, LEAD)


def planned(
    found: Review, manuscript: Manuscript, known: Known, language: str, given: Answers | None = None
) -> Checked[Plan]:
    """The drafts; problems where a question has to be answered first, or a character would be lost.

    ``given`` are the answers by which the same order is known again; None for all of them.
    """
    needed = [one for one in found.questions if one.is_needed and not one.answer]
    if needed or any(one.span is None for one in found.entries):
        return Checked(None, tuple(_unanswered(found, one.id) for one in needed))
    replaced = replaced_by(found.again, known)
    wanted = (found.again.repeats[key].path for key in found.again.replaced)
    if held := sorted(path for path in wanted if path in known.paths and path not in replaced):
        return Checked(None, (in_use(found.file, held, ", ".join(held)),))
    known = _without(known, replaced)
    people = _people(found, known)
    hidden = _hidden(found, known, people)
    unsure = _unsure(found, hidden)
    stem = without_names(PurePath(found.file).stem, unsure)
    name = found.again.folder or _free(slug(stem)[:_NAME_LENGTH].strip("-") or "import", known.taken)
    names = _Names(known, name, unsure)
    entries = [_entry(one, found, manuscript, names, language) for one in found.entries]
    lead = _lead(found, manuscript, names, language)
    if lost := _lost(found, manuscript, [*entries, *lead]):
        fact = say("these characters would be lost, so nothing was written: {lost}", lost=lost)
        return Checked(None, (Problem(path=found.file, message=fact, hint=say("please report this, with the file")),))
    paths = [f"content/entries/{name}/{one.name}.md" for one in entries]
    paths += [f"content/pages/{name}/{one.name}.md" for one in lead]
    keys = (*(str(one.start) for one in found.entries), *(LEAD for _ in lead))
    in_entries, in_pages = _files(entries, hidden), _files(lead, hidden)
    files = digests(in_entries, f"content/entries/{name}") | digests(in_pages, f"content/pages/{name}")
    stem, folder = name_digests(manuscript)
    prints = tuple(found.again.record(dict(zip(keys, paths, strict=True))))
    made = replace(NEVER, drafts=tuple(paths), files=files, stem=stem, folder=folder, prints=prints)
    plan = Plan(
        digest=found.digest,
        name=name,
        entries=in_entries,
        pages=in_pages,
        people=people,
        record=record(made, found.answers if given is None else given),
        files=files,
        drafts=tuple(paths),
        pictures=sum(len(one.settled.pictures) for one in (*entries, *lead)),
        gaps=tuple(gap for one in (*entries, *lead) for gap in one.settled.gaps),
        replaced=replaced,
    )
    return Checked(plan, tuple(_faults(plan)))


def _without(known: Known, gone: Digests) -> Known:
    return replace(known, paths=known.paths - gone.keys())


def in_part(found: Review) -> Problem | None:
    """That some of a file was imported before, or all of it; None if nothing was, or is to be written once more."""
    skipped = [one.path for key, one in found.again.repeats.items() if key in found.again.skipped]
    if not skipped:
        return None
    paths = ", ".join(skipped[:3])
    fact = say(
        "of its entries, {n} were imported before, and are not written once more: {paths}", n=len(skipped), paths=paths
    )
    return Problem(path=found.file, message=fact, is_warning=True)


def _unanswered(found: Review, question: str) -> Problem:
    one = next(one for one in found.questions if one.id == question)
    choices = ", ".join(one.options)
    fact = say("{where}: {fact}: {line}", where=one.where, fact=one.text, line=one.source[:60] or "…")
    if one.kind == "again":
        hint = say("add --answer {id}=yes, or --answer {id}=no to leave it out", id=question)
        if "replace" in one.options:
            hint = say("add --answer {id}=replace, or yes to write it beside that, or no to leave it out", id=question)
    elif one.kind in ("days", "weekdays"):
        hint = say("add --answer {id}= with one of {choices}", id=question, choices=choices)
    elif one.kind == "year":
        hint = say("add --year, one of {choices}", choices=choices) if choices else say("add --year and the year")
    elif choices:
        hint = say("add --answer {id}=DAY, such as {choices}", id=question, choices=choices)
    else:
        hint = say("add --answer {id}=DAY, such as 2020-03-05", id=question)
    return Problem(path=found.file, message=fact, hint=hint)


def _people(found: Review, known: Known) -> tuple[Person, ...]:
    """The persons whom answers add to the register."""
    taken = [one.pseudonym for one in known.people if one.pseudonym]
    ids = {one.id for one in known.people}
    added: list[Person] = []
    for key, role in sorted(found.answers.items(), key=lambda one: is_familiar(one[0][5:])):
        kind, _, name = key.partition(":")
        if kind != "name" or role == "none" or any(name in (one.name, *one.aliases) for one in known.people):
            continue
        instead = None
        if role == PersonRole.PRIVATE:
            private = [one for one in (*known.people, *added) if one.role is PersonRole.PRIVATE]
            instead = instead_of(name, private) or pseudonym(name, taken)
        taken += [instead] if instead else []
        number = next(n for n in range(1, len(ids) + 2) if f"p{n}" not in ids)
        ids.add(f"p{number}")
        person = Person(id=f"p{number}", name=name, role=PersonRole(role), title=None, pseudonym=instead, aliases=())
        added.append(person)
    return tuple(added)


def hidden_names(found: Review, known: Known) -> dict[str, str]:
    """What is written instead of the names of private persons, by what is answered so far."""
    return _hidden(found, known, _people(found, known))


def _hidden(found: Review, known: Known, people: Sequence[Person]) -> dict[str, str]:
    """What is written instead of the names of private persons, the longest first."""
    text = "\n".join(text_of((one.block,)) for one in found.pieces)
    return stand_ins((*registered(text, known.people), *people))


def _free(wanted: str, taken: AbstractSet[str], given: int = 0) -> str:
    """A name that is not taken; the first ``given`` numbers behind the one that is wanted surely are."""
    wanted = f"{wanted}-1" if is_windows_name(wanted) else wanted
    names = (wanted if n == 1 else f"{wanted}-{n}" for n in range(given + 1, given + len(taken) + 2))
    return next(one for one in names if one.casefold() not in taken)


def _unsure(found: Review, hidden: dict[str, str]) -> dict[str, str]:
    """What the names of files hold instead of names: nothing for those that nobody has decided on yet.

    A text can still be changed before it is published; the name of its file stays, and becomes its address.
    """
    asked = {one.source: "" for one in found.questions if one.kind == "name" and not one.answer}
    return dict(sorted((asked | hidden).items(), key=lambda one: -len(one[0])))


def _numbers(known: Known, folder: str) -> Counter[str]:
    """The highest number of the pictures of each day that lie in a folder of entries or pages."""
    found: Counter[str] = Counter()
    for path in known.paths:
        parts = path.split("/")
        day, _, number = parts[-1].partition(".")[0].rpartition("-")
        if parts[2:-1] == [folder] and number.isdecimal():
            found[day] = max(found[day], int(number))
    return found


class _Names:
    """Names of files that nothing else has, and the numbers of pictures of each day."""

    def __init__(self, known: Known, folder: str, hidden: Mapping[str, str]) -> None:
        self._taken, self._hidden = set(known.taken), hidden
        self._given: Counter[str] = Counter()
        """How often each name was wanted."""
        self.pictures = _numbers(known, folder)
        pages = (path for path in known.paths if path.startswith(f"content/pages/{folder}/"))
        self.lead = _free(LEAD, {PurePath(path).stem.casefold() for path in pages})

    def of(self, day: str, title: str) -> str:
        title = without_names(title, self._hidden)
        wanted = cut_to_segment(f"{day}-{slug(title)[:_NAME_LENGTH].strip('-')}".strip("-"))
        found = _free(wanted, self._taken, self._given[wanted])
        self._given[wanted] += 1
        self._taken.add(found.casefold())
        return found


def _entry(one: Entry, found: Review, manuscript: Manuscript, names: _Names, language: str) -> _Draft:
    assert one.span is not None
    day = one.span.start.isoformat()
    done = settled(one.blocks, manuscript, day, names.pictures)
    fields: dict[str, object] = {"title": _line(one.title), "date": one.span.iso()}
    optional = {"part": one.part, "targets": list(one.targets), "place": one.place, "weather": one.weather}
    fields |= {key: _line(value) if isinstance(value, str) else value for key, value in optional.items() if value}
    fields |= {"authors": list(map(_line, apart(one.author)))} if one.author else {}
    comments = [say("imported from {file}, {where}", file=found.file, where=found.pieces[one.start].where)]
    comments += [say("in the source: {line}", line=_line(one.source))] if one.source else []
    comments += [say("the year: {evidence}", evidence=one.evidence)] if one.evidence else []
    comments += [say("to be checked: {text}", text=text) for text in _open(one, found, language)]
    comments += [say("a picture is missing: {name}", name=name) for name in done.gaps]
    text = _text(fields, comments, done.blocks, language)
    return _Draft(name=names.of(day, one.title), text=text, source=one.source, settled=done)


def _open(one: Entry, found: Review, language: str) -> Iterator[Message]:
    """The open questions about one entry, with all that answers them."""
    assert one.span is not None
    weekday = written_weekday(one.span.start, language)
    for question in found.questions:
        if question.kind == "weekday" and question.id == f"date:{one.start}" and not question.answer:
            line = _line(question.source)
            yield say("{fact}: “{line}” (the day is a {weekday})", fact=question.text, line=line, weekday=weekday)
    yield from _own_entries(one.open_lines)


def _own_entries(lines: Iterable[str]) -> Iterator[Message]:
    for line in lines:
        yield say("does an entry of its own begin at the line “{line}”?", line=_line(line)[:60])


def _lead(found: Review, manuscript: Manuscript, names: _Names, language: str) -> list[_Draft]:
    if not found.lead:
        return []
    done = settled(found.lead, manuscript, LEAD, names.pictures)
    comments = [say("imported from {file}: what stands before its first day", file=found.file)]
    comments += [say("to be checked: {text}", text=text) for text in _own_entries(found.lead_open_lines)]
    comments += [say("a picture is missing: {name}", name=name) for name in done.gaps]
    text = _text({"title": _line(found.lead_title) or found.file}, comments, done.blocks, language)
    return [_Draft(name=names.lead, text=text, source=found.lead_source, settled=done)]


def _text(fields: Mapping[str, object], comments: Iterable[Message], blocks: Blocks, language: str) -> str:
    lines = [f"# {_line(comment.in_language(language))}" for comment in comments]
    lines += [f"{key}: {value if key == 'date' else _scalar(value)}" for key, value in fields.items()]
    body = commonmark.of_blocks(blocks, address=str)
    return "---\n" + "\n".join((*lines, "status: draft")) + "\n---\n\n" + body


def _scalar(value: object) -> str:
    written = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_flow_style=True)
    return written.removesuffix("\n").removesuffix("\n...")


def _line(text: str) -> str:
    return " ".join(nfc(text).split())


def _files(drafts: Iterable[_Draft], hidden: Mapping[str, str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for one in drafts:
        files[f"{one.name}.md"] = without_names(one.text, hidden).encode()
        files |= {name: picture.body or b"" for name, picture in one.settled.pictures.items()}
    return files


def _faults(plan: Plan) -> Iterator[Problem]:
    """What the site's own readers find wrong with the drafts; there should be nothing."""
    for folder, files in (("entries", plan.entries), ("pages", plan.pages)):
        for name, body in files.items():
            if name.endswith(".md"):
                source = Source(f"content/{folder}/{plan.name}/{name}", body.decode())
                yield from (problem for problem in dispatch.read(source).problems if not problem.is_warning)


def _lost(found: Review, manuscript: Manuscript, drafts: Sequence[_Draft]) -> str:
    """The characters, links and struck words of the manuscript that stand nowhere; empty if none is lost."""
    blocks = tuple(piece.block for piece in manuscript.pieces)
    listed = "".join(one.text for one in found.left_out[len(manuscript.left_out) :])
    bodies = [one.text.split("\n---\n", 1)[1] for one in drafts]
    pages = [tree(_shown(parse(body, path="").prose)) for body in bodies]
    kept = Counter(_counted(listed))
    for one, page in zip(drafts, pages, strict=True):
        kept.update(_counted(one.source + page.text))
        kept += carried.ticks_in(page)
    if lost := Counter(_counted(text_of(blocks))) + carried.ticks(blocks) - kept:
        return "".join(lost.elements())[:60]
    written = carried.bare("\n".join((*bodies, listed)))
    if gone := [link for link, times in carried.addresses(blocks).items() if written.count(link) < times]:
        return gone[0][:60]
    struck = sum(map(carried.struck_in, pages), Counter(_counted(listed)))
    return "".join((carried.struck(blocks) - struck).elements())[:60]


def _counted(text: str) -> str:
    return re.sub(r"\s+", "", nfc(text))


def _shown(prose: Prose) -> str:
    """The HTML of what a Markdown text shows."""
    parts = []
    for piece in prose.pieces:
        if isinstance(piece, ImageHole):
            parts.append(f"<b>{_escaped(piece.alt)}</b>")
        elif isinstance(piece, RoleHole):
            parts.append(f"<b>{_escaped(piece.text)}</b>")
        elif isinstance(piece, str):
            parts.append(piece)
        else:
            parts.append("x")
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
