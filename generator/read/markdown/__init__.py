"""Markdown: CommonMark, what Chinese needs of it, and the extensions that the site's writers may use."""

from generator.read.markdown.parser import parse, syntax

__all__ = ["parse", "syntax"]
