"""The full Markdown parser: markdown-it with our rules installed. It turns any text into prose and problems."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_core import StateCore
from mdit_py_plugins.deflist import deflist_plugin

from generator.ground.errors import in_order
from generator.model.prose import Parsed
from generator.read.markdown import (
    attributes,
    captions,
    comments,
    definitions,
    depth,
    directives,
    emphasis,
    footnotes,
    interruptions,
    links,
    pitfalls,
    raw_html,
    roles,
    softbreaks,
    tables,
    typos,
)
from generator.read.markdown.addresses import Address, legible
from generator.read.markdown.brackets import label_end
from generator.read.markdown.definitions import Definitions
from generator.read.markdown.depth import DEEPEST, flatten_inline
from generator.read.markdown.parse_state import ParseState, parse_state_of
from generator.read.markdown.renderer import render


class Syntax(MarkdownIt):
    """markdown-it with addresses kept as they were written. They are checked later, when links are resolved."""

    def normalizeLink(self, url: str) -> str:  # noqa: D102, N802
        return Address(url)

    def normalizeLinkText(self, link: str) -> str:  # noqa: D102, N802
        return legible(link)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, D102, N802
        return True


def parse(text: str, *, path: str, first_line: int = 1) -> Parsed:
    """Parses any Markdown text into its prose and problems. It never raises.

    ``path`` goes into the problems; ``first_line`` is the line of that file on which the text begins.
    """
    parse_state = ParseState(text, path=path, first_line=first_line)
    defined = Definitions()
    env = {"parse_state": parse_state, "references": defined}
    tokens = _production().parse(text, env)
    typos.report(tokens, defined, parse_state)
    pitfalls.report(tokens, parse_state)
    raw_html.report(tokens, parse_state)
    definitions.report(defined, env, parse_state)
    prose = render(tokens, parse_state)
    return Parsed(prose, in_order(parse_state.problems))


def syntax(*, html: bool = False) -> MarkdownIt:
    """A parser of our Markdown. ``html`` allows raw HTML, for the conformance test only."""
    md = Syntax("commonmark", {"html": html, "tasklists": True})
    md.enable(["table", "strikethrough"])
    if not html:
        md.disable(["html_block", "html_inline"])
        comments.install(md)
    md.use(deflist_plugin)
    for rule in (
        depth,
        tables,
        emphasis,
        links,
        footnotes,
        roles,
        attributes,
        directives,
        softbreaks,
        captions,
        interruptions,
    ):
        rule.install(md)
    md.core.ruler.at("inline", inlines)
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=label_end,
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkTitle=helpers.parseLinkTitle,
    )
    return md


def inlines(state: StateCore) -> None:
    """Parse the inlines of each block. It replaces markdown-it's rule, to record which block is parsed."""
    parse_state = parse_state_of(state.env)
    for token in state.tokens:
        if token.type == "inline" and token.content:
            parse_state.inline = token
            token.children = state.md.inline.parse(token.content, state.md, state.env, token.children or [])
            if len(token.children) > 2 * DEEPEST:
                flatten_inline(token, parse_state)


@cache
def _production() -> MarkdownIt:
    md = syntax()
    md.core.ruler.push("tags", links.show_tags)
    return md
