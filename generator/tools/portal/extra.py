"""The libraries of the portal, which only who builds one has installed."""

from __future__ import annotations

import importlib
from typing import Any

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.ground.shell import install_command


def required(name: str) -> Any:
    """A library of the portal. Raises Fault with the command that installs it where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        raise Fault(
            say("the portal needs {name}, which is not installed", name=package),
            say("install it: {command}", command=install_command(package)),
        ) from None
