"""Help and errors of usage in both languages: whole, aligned, and in one language only."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from generator.cli.main import main
from generator.cli.speech import Command
from generator.ground.text import display_width

WORDS = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(
    r"--?[\w-]+|\[[\w|]+\]|\b(?:SITE|BUNDLE|DIR|TITLE|NAME|KIND|FILE|PATH|DATE|ID|URL|ADDRESS|PLACE|N)\b|"
    r"[a-z0-9]+://\S*?(?=[之，。 ]|$)|\w+(?:\.\w+)+|\w+/|"
    r"\b(?:Rizhi|rizhi|Markdown|Word|YAML|JSON|Schema|Ctrl-C|publish_at|status|enterprise|village|docx|chronicle|archive|"
    r"zip|PDF|portal|Dask)\b"
)
"""What is written in Latin letters in Chinese, too."""


def commands(
    command: click.Command = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from commands(one, (*path, name))


def spoken(language: str, *arguments: str) -> tuple[int, str, str]:
    ran = CliRunner(env={"RIZHI_LANGUAGE": language}).invoke(main, arguments, prog_name="rizhi", terminal_width=80)
    return ran.exit_code, ran.stdout, ran.stderr


def test_help_is_whole_and_in_one_language() -> None:
    for path, command in commands():
        assert isinstance(command, Command), path
        for language in ("en", "zh"):
            status, text, _ = spoken(language, *path, "--help")
            assert status == 0
            assert [line for line in text.splitlines() if display_width(line) > 80] == [], path
            assert "…" not in text
            assert re.sub(r"(?:\[\S+\]|[A-Z]+)\.\.\.", "", text).count("...") == 0, text
            assert ("Exit status: 0 " in text) == (language == "en"), path
            if language == "zh":
                body = re.sub(r"(?m)^  (?:\w+|-.*?)(?:  +|$)|^用法.*$", "", text)
                assert WORDS.findall(NAMES.sub("", body)) == [], text


def test_what_serves_until_ctrl_c_says_that_it_ends_well() -> None:
    serving = [path for path, _ in commands() if "130 after Ctrl-C" not in spoken("en", *path, "--help")[1]]
    assert serving == [("serve",), ("write",), ("portal", "serve")]
    for path in serving:
        assert (
            "Exit status: 0 after Ctrl-C, 1 where it cannot serve, 2 for wrong usage."
            in spoken("en", *path, "--help")[1]
        )


def test_every_option_says_what_it_does() -> None:
    for path, command in commands():
        for param in command.params:
            assert not isinstance(param, click.Option) or param.help, (path, param.name)


def test_columns_stand_below_one_another() -> None:
    _, text, _ = spoken("zh", "export", "chronicle", "--help")
    lines = text.split("选项：\n")[1].split("\n\n")[0].splitlines()
    begin = lines[0].index("第一天") if "第一天" in lines[0] else len(re.match(r" +\S+ \S+ +", lines[0])[0])  # type: ignore[index]
    assert all(line[begin - 1] == " " and line[begin] != " " for line in lines)


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (
            "chek",
            'there is no command "chek"\nhint: did you mean "check"?',
            "没有“chek”这个命令\n建议：是不是“check”？",
        ),
        (
            "build --strct",
            "there is no option --strct\nhint: did you mean",
            "没有 --strct 这个选项\n建议：是不是“--strict”？",
        ),
        ("build --jobs", "--jobs needs a value", "--jobs 后面要写一个值"),
        ("build --jobs 0", "--jobs: write a whole number from 1", "--jobs：请写一个不小于1的整数"),
        ("export report --target a --target b", "--target is given twice", "--target 写了两次"),
        ("build --strict=3", "--strict takes no value", "--strict 后面不用写值"),
        ("serve --port 99999", "--port: write a whole number from 0 to 65535", "--port：请写一个0到65535的整数"),
        ("new entry", "TITLE is missing", "缺少 TITLE"),
        ("new entry a b c", "too much was given: c", "多写了：c"),
        ("schema foo", "KIND: write one of entry, page", "KIND：请写其中之一：entry, page"),
        (f"build {__file__}", "SITE: a folder is wanted here, not a file", "SITE：这里要写文件夹，不是文件"),
        ("verify . --receipt .", "--receipt: a file is wanted here", "--receipt：这里要写文件，不是文件夹"),
        ("export chronicle --format odt", "--format: write one of docx, pdf, html, md", "--format：请写其中之一：docx"),
        ("init", "DIR is missing", "缺少 DIR"),
    ],
)
def test_errors_of_usage(arguments: str, english: str, chinese: str) -> None:
    for language, label, expected in (("en", "Error: ", english), ("zh", "错误：", chinese)):
        status, out, err = spoken(language, *arguments.split())
        assert (status, out) == (2, "")
        assert label + expected in err
        assert (label == "Error: ") == ("Error" in err)
        assert ("用法：rizhi" in err) == (language == "zh" and "Usage: rizhi" not in err and "\n\n" in err)


def test_without_a_command_there_is_help() -> None:
    for language, first in (("en", "Usage: rizhi [OPTIONS] COMMAND"), ("zh", "用法：rizhi [选项] 命令")):
        status, _, err = spoken(language)
        assert (status, err.startswith(first)) == (2, True)
