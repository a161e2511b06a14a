"""An article as a document to work on: our own HTML as a Word file, or as Markdown."""

from generator.render.documents.commonmark import markdown
from generator.render.documents.word import docx

__all__ = ["docx", "markdown"]
