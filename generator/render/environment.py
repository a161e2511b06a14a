"""The Jinja2 environment: it escapes every value, with a fast path for values that need no escaping."""

from __future__ import annotations

import re
from typing import Final

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_SPECIAL: Final = re.compile("[&<>\"']")


class _Generator(CodeGenerator):
    """Compiles templates to call ``Environment.escaped``, which does not wrap plain strings in Markup."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)


class Environment(jinja2.Environment):
    """A Jinja2 environment that escapes through ``escaped``."""

    code_generator_class = _Generator

    @staticmethod
    def escaped(value: object) -> str:
        """The value as HTML. Markup is left as it is; everything else is escaped."""
        if type(value) is str:
            return value if _SPECIAL.search(value) is None else escape(value)
        return value if type(value) is Markup else escape(value)
