"""What the command line says of itself, in the user's language: help, and errors of usage.

Help texts are written in English, where the options are; they are translated when they are shown.
"""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Final

import click
from click.exceptions import NoArgsIsHelpError

from generator.ground.lines import wrapped
from generator.ground.messages import Message, say, user_language
from generator.ground.text import display_width, padded

_WIDEST_NAME: Final = 28
"""Terminal cells; what explains a wider option begins on the next line."""
_EXTRA: Final = re.compile(r"\((.*)\)", re.DOTALL)


def _(text: str) -> str:
    """Marks a help text, which is translated when it is shown."""
    return text


def _translated(text: str) -> str:
    return say(text).in_language(user_language())


class _Formatter(click.HelpFormatter):
    """Writes help in lines and columns of terminal cells, of which a Chinese character takes two."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes how a command is used."""
        super().write_usage(prog, args, _translated("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Writes the name of a section."""
        self.write(f"{'':>{self.current_indent}}{heading}{_translated(':')}\n")

    def write_text(self, text: str) -> None:
        """Writes paragraphs."""
        margin = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            for line in wrapped(" ".join(paragraph.split()), self.width - len(margin), display_width):
                self.write(f"{margin}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_NAME, col_spacing: int = 2) -> None:
        """Writes names, each with its explanation."""
        listed = list(rows)
        fitting = [width for name, _text in listed if (width := display_width(name)) <= col_max]
        column = max(fitting, default=col_max) + col_spacing
        margin = " " * self.current_indent
        for name, text in listed:
            first, *others = wrapped(text, self.width - len(margin) - column, display_width) or [""]
            is_wide = display_width(name) > col_max
            beginning = f"{name}\n{margin}{'':>{column}}" if is_wide else padded(name, column)
            self.write(f"{margin}{beginning}{first}".rstrip() + "\n")
            self.write("".join(f"{margin}{'':>{column}}{line}\n" for line in others))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command that speaks the user's language."""

    context_class = _Context
    statuses: ClassVar[str] = _(
        "Exit status: 0 if all is well, 1 for problems in the content, 2 for wrong usage, 130 after Ctrl-C."
    )
    """How it may end."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the arguments. Of an option for one value, the last of several would silently be the only one."""
        given = self.make_parser(ctx).parse_args(args=list(args))[2]
        # While a shell completes a line, nothing is refused.
        for param, number in Counter(() if ctx.resilient_parsing else given).items():
            if isinstance(param, click.Option) and number > 1 and not (param.multiple or param.is_flag or param.count):
                raise Refusal(say("{name} is given twice", name=_name(param)).in_language(user_language()), ctx)
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line."""
        words = {"[OPTIONS]": _translated("[OPTIONS]"), "COMMAND [ARGS]...": _translated("COMMAND [ARGS]...")}
        return [words.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help.")
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Writes what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_translated(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, and what they do."""
        rows = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                rows.append((record[0], _translated(param.help or "")))
        with formatter.section(_translated("Options")):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Writes how the command may end."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_translated(self.statuses))


class ServerCommand(Command):
    """A command that serves until Ctrl-C, which is how it should end."""

    statuses = _("Exit status: 0 after Ctrl-C, 1 where it cannot serve, 2 for wrong usage.")


class Group(Command, click.Group):
    """A group of commands, in the order in which they were added."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The names of the commands."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options and the commands; of each command the first paragraph of its help, whole."""
        super().format_options(ctx, formatter)
        rows = [(name, _translated(one.help or "").partition("\n\n")[0]) for name, one in self.commands.items()]
        with formatter.section(_translated("Commands")):
            formatter.write_dl([(name, " ".join(text.split())) for name, text in rows])


class Program(Group):
    """All commands. What is wrong with how they were called is told in the user's language."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Reads the options that stand before the command."""
        with _telling():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        with _telling():
            return super().invoke(ctx)


class Refusal(click.UsageError):
    """Why what was asked for cannot be done, in the user's language."""


class _Told(click.UsageError):
    """An error of usage in the user's language."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_text(error), error.ctx)

    def show(self, file: Any = None) -> None:
        """Prints it, below how the command is used."""
        if self.ctx is not None:
            more = say("More with: {command}", command=f"{self.ctx.command_path} --help")
            click.echo(f"{self.ctx.get_usage()}\n{more.in_language(user_language())}\n", file=file, err=True)
        click.echo(say("Error: {fact}", fact=self.message).in_language(user_language()), file=file, err=True)


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (NoArgsIsHelpError, _Told):
        raise
    except click.UsageError as error:
        raise _Told(error) from None


def _text(error: click.UsageError) -> str:
    language = user_language()
    fact = _fact(error)
    likely = getattr(error, "possibilities", None)
    hint = say('did you mean "{name}"?', name=likely[0]) if likely else None
    text = error.format_message() if fact is None else fact.in_language(language)
    return f"{text}\n{say('hint: ').in_language(language)}{hint.in_language(language)}" if hint else text


def _fact(error: click.UsageError) -> Message | None:
    """What is wrong; None where the error says so in our own words."""
    match error:
        case Refusal():
            return None
        case click.NoSuchOption():
            return say("there is no option {name}", name=error.option_name)
        case click.NoSuchCommand():
            return say('there is no command "{name}"', name=error.command_name)
        case click.BadOptionUsage():
            if "does not take" in error.message:
                return say("{name} takes no value", name=error.option_name)
            return say("{name} needs a value", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as param):
            return say("{name} is missing", name=_name(param))
        case click.BadParameter(param=click.Parameter() as param):
            is_missing = "does not exist" in error.message
            fact = say("there is no such file or folder") if is_missing else _wanted(param.type)
            return say("{name}: {fact}", name=_name(param), fact=fact)
        case click.UsageError(ctx=click.Context() as ctx):
            if isinstance(ctx.command, click.Group):
                return say("a command is missing")
            extra = _EXTRA.search(error.message)
            return say("too much was given: {arguments}", arguments=extra[1] if extra else error.message)
    return None


def _name(param: click.Parameter) -> str:
    """A parameter as the usage calls it."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _wanted(kind: click.ParamType[Any]) -> Message:
    """What a parameter has to be."""
    match kind:
        case click.Choice():
            return say("write one of {choices}", choices=", ".join(map(str, kind.choices)))
        case click.IntRange(max=None):
            return say("write a whole number from {first}", first=kind.min)
        case click.IntRange():
            return say("write a whole number from {first} to {last}", first=kind.min, last=kind.max)
        case click.Path(exists=True):
            return say("the system does not let it be read")
        case click.Path(file_okay=False):
            return say("a folder is wanted here, not a file")
        case _:
            return say("a file is wanted here, not a folder")
