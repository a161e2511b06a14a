"""Rizhi: a folder of Markdown entries becomes a published diary site."""

__version__ = "0.1.0"
