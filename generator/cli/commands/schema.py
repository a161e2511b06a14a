"""``rizhi schema``."""

from __future__ import annotations

import json

import click

from generator.cli.speech import Command, _


@click.command(
    "schema", cls=Command, help=_("Print the JSON Schema of a kind of file, for editors that complete and check YAML.")
)
@click.argument(
    "kind",
    type=click.Choice(["entry", "page", "people", "policy", "portal", "site", "target"]),
    default="entry",
)
def schema(kind: str) -> None:
    """Prints a schema."""
    from generator.read.descriptions import json_schema

    click.echo(json.dumps(json_schema(kind), ensure_ascii=False, indent=2))
