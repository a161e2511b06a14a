"""Tests of the Markdown rules."""
