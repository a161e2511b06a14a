"""``rizhi schema``."""

from __future__ import annotations

import json

import click

from generator.cli.speech import Command, _


@click.command(
    "schema", cls=Command, help=_("Print the JSON Schema of a kind of file, for editors that complete and check YAML.")
)
@click.argument("kind", type=click.Choice(["entry", "page", "people", "policy", "site", "target"]), default="entry")
def schema(kind: str) -> None:
    """Prints a schema."""
    from generator.read.schema import SCHEMAS

    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **SCHEMAS[kind].model_json_schema()}
    click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
