"""The commands of ``rizhi``, in the order in which help lists them."""

from __future__ import annotations

import click

from generator import __version__
from generator.cli.commands.archive import archive
from generator.cli.commands.build import build
from generator.cli.commands.changes import changes
from generator.cli.commands.check import check
from generator.cli.commands.export import export
from generator.cli.commands.fix import fix
from generator.cli.commands.import_ import import_
from generator.cli.commands.init import init
from generator.cli.commands.new import new
from generator.cli.commands.portal import portal
from generator.cli.commands.requests import requests
from generator.cli.commands.schema import schema
from generator.cli.commands.serve import serve
from generator.cli.commands.verify import verify
from generator.cli.commands.write import write
from generator.cli.speech import Program, _

# Commands import what they need when they run, because a build without changes needs few modules.


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Rizhi turns a folder of Markdown entries into a published diary site."),
)
@click.version_option(__version__, prog_name="rizhi", message="%(prog)s %(version)s", help=_("Show the version."))
def main() -> None:
    """Entry point of ``rizhi`` and ``python -m generator``."""


for _command in (
    build,
    check,
    fix,
    serve,
    write,
    init,
    new,
    import_,
    requests,
    changes,
    export,
    archive,
    verify,
    portal,
    schema,
):
    main.add_command(_command)
