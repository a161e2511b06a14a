"""What ``rizhi import`` shows of a review, and what it asks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from generator.cli.console import echo, own_command, show_problems
from generator.cli.summary import in_files
from generator.ground.errors import Fault
from generator.ground.messages import Message, say, user_language
from generator.ground.text import display_width, padded, shortened, still
from generator.tools.importers.answers import Answers, answered
from generator.tools.importers.importing import Order, Outcome, import_file
from generator.tools.importers.questions import Question
from generator.tools.importers.review import Review
from generator.tools.importers.review_json import as_json

_SHOWN = 8
"""Of what was left out, or is offered."""


def is_answerable() -> bool:
    """Whether somebody sees what is asked, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ask(found: Review, again: Callable[[Answers], Review]) -> Review:
    """Asks every question that has no answer; an empty answer leaves it open."""
    click.echo(still(found.file))
    for line in table(found):
        click.echo(line)
    skipped: set[str] = set()
    while question := next((one for one in found.questions if not one.answer and one.id not in skipped), None):
        said = _asked(question)
        if not said:
            skipped.add(question.id)
            continue
        try:
            found = again(answered(found.answers, question.id, said))
        except Fault as fault:
            echo(fault.message)
            if fault.hint:
                echo(fault.hint)
    return found


def _asked(question: Question) -> str:
    """The answer to a question; the number of an option stands for the option."""
    language = user_language()
    click.echo()
    click.echo(still(f"{question.where.in_language(language)}: {question.text.in_language(language)}"))
    click.echo(still(f"    {' '.join((question.quote or question.source).split())[:120]}"))
    for number, option in enumerate(question.options, 1):
        click.echo(f"  {number}. {_option(option, question.kind).in_language(language)}")
    click.echo(say("A number, or an answer of your own; nothing leaves it open: ").in_language(language), nl=False)
    said = sys.stdin.readline().strip()
    return question.options[int(said) - 1] if said.isdecimal() and 0 < int(said) <= len(question.options) else said


def _option(option: str, kind: str) -> Message:
    if kind == "again" and option in (words := {"yes": say("write it beside that"), "no": say("leave it out")}):
        return words[option]
    words = {
        "replace": say("replace it"),
        "yes": say("yes"),
        "no": say("no"),
        "each": say("ask about each"),
        "above": say("above its text"),
        "below": say("below it, as under a letter"),
        "official": say("an official"),
        "representative": say("a representative"),
        "private": say("private: a pseudonym instead"),
        "none": say("no name at all"),
    }
    return words.get(option, Message("{option}", (("option", option),)))


def table(found: Review) -> Iterator[str]:
    """The drafts of a file, a line each, with what was left out and what is offered."""
    language = user_language()
    dates = [one.span.iso() if one.span else "?" for one in found.entries]
    width = max(map(display_width, dates), default=0)
    for one, date in zip(found.entries, dates, strict=True):
        evidence = f"  ({one.evidence.in_language(language)})" if one.evidence else ""
        yield still(f"  {padded(date, width)}  {shortened(one.title, 40)}{evidence}")
    if found.lead:
        yield still("  " + say("page: {title}", title=shortened(found.lead_title, 40)).in_language(language))
    extra: list[Message] = [*found.notes]
    extra += [say("left out ({kind}): {text}", kind=one.kind, text=_on_a_line(one.text)) for one in found.left_out]
    extra += [
        say("perhaps a service target: {name}", name=one.text)
        if one.kind == "target"
        else say("perhaps a request: {text}", text=shortened(one.text, 60))
        for one in found.offers
    ]
    yield from (still("  " + one.in_language(language)) for one in extra[:_SHOWN])
    if len(extra) > _SHOWN:
        yield "  " + say("and {n} more; --json shows all", n=len(extra) - _SHOWN).in_language(language)


def _on_a_line(text: str) -> str:
    return shortened(" ".join(text.split()), 60)


def _open(found: Review) -> Iterator[str]:
    """The questions that nobody could be asked, a line each, with the option that answers them.

    They quote what they are about; the only number is that of the id, which counts otherwise than lines do.
    """
    for one in found.questions:
        if not one.answer:
            answers = "|".join(one.options) or "…"
            line = one.quote or one.source
            about = say("“{line}”", line=shortened(line, 60)) if line else one.where
            shown = say(
                "{where}: {text} --answer {id}={answers}", where=about, text=one.text, id=one.id, answers=answers
            )
            yield still("  " + shown.in_language(user_language()))


def run(files: Sequence[Path], order: Order, *, as_data: bool) -> bool:
    """Imports files and tells of each, then of all; whether every one was imported."""
    done, drafts, open_ones = 0, 0, 0
    data: list[object] = []
    for number, path in enumerate(files, 1):
        outcome = import_file(path, order)
        show_problems(outcome.problems, order.folder, shows_all=False)
        found, plan = outcome.review, outcome.plan
        done += plan is not None
        drafts += len(plan.drafts) if plan else 0
        open_ones += sum(not one.answer for one in found.questions) if found else 0
        if as_data:
            data.append(as_json(found, user_language()) if found else {"file": path.name})
            continue
        echo(_outcome(outcome, number, len(files), writes=order.writes))
        if found and order.ask and plan is None and found.answers:
            echo(
                say(
                    "What you answered is not lost. Begin with it again: {command}",
                    command=_with_answers(found, path, order),
                )
            )
        if found and order.ask is None:
            for line in (*table(found), *_open(found)):
                click.echo(line)
    if as_data:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return done == len(files)
    template = say("Imported") if order.writes else say("To be imported")
    echo(
        say(
            "{what}: {files}, {drafts} drafts. Questions that are open: {n}.",
            what=template, files=in_files(done), drafts=drafts, n=open_ones,
        )
    )  # fmt: skip
    if done < len(files):
        echo(say("Not imported: {files}.", files=in_files(len(files) - done)))
    if done and order.writes:
        echo(say("See the drafts with: {command}", command=own_command("serve", order.folder)))
    return done == len(files)


def _with_answers(found: Review, path: Path, order: Order) -> str:
    answers = (part for key, answer in found.answers.items() for part in ("--answer", f"{key}={answer}"))
    return own_command("import", *answers, path, order.folder)


def _outcome(outcome: Outcome, number: int, of: int, *, writes: bool) -> Message:
    """What became of one file."""
    plan = outcome.plan
    if plan is None:
        return say("{n}/{of} {file}: nothing was written.", n=number, of=of, file=outcome.file.name)
    return say(
        "{n}/{of} {file}: drafts: {drafts}, pictures: {pictures}, {done} {place}",
        n=number,
        of=of,
        file=outcome.file.name,
        drafts=len(plan.drafts),
        pictures=plan.pictures,
        done=say("written to") if writes else say("would be written to"),
        place=f"content/entries/{plan.name}/",
    )
