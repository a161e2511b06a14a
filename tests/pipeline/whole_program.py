"""All of the program, loaded: for the server that ``processes`` are forked from."""

from __future__ import annotations

import importlib
import pkgutil

import generator

for _module in pkgutil.walk_packages(generator.__path__, "generator."):
    # The one that runs the command is loaded, and runs nothing.
    importlib.import_module(_module.name)
