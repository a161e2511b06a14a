"""Exports an article as an editable document: converts the HTML of its template to a Word file or to Markdown."""

from generator.render.documents.commonmark import markdown
from generator.render.documents.word import docx

__all__ = ["docx", "markdown"]
