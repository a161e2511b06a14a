"""Jinja2 as this program sets it up: every value is escaped, and those that need none cost nothing."""

from __future__ import annotations

import re
from typing import Final

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_SPECIAL: Final = re.compile("[&<>\"']")


class _Generator(CodeGenerator):
    """Writes templates that escape by ``_escaped``, which need not wrap what is only to be joined."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)


class Environment(jinja2.Environment):
    """Where templates are compiled and run."""

    code_generator_class = _Generator

    @staticmethod
    def escaped(value: object) -> str:
        """The value as HTML, escaped but where it is HTML already."""
        if type(value) is str:
            return value if _SPECIAL.search(value) is None else escape(value)
        return value if type(value) is Markup else escape(value)
