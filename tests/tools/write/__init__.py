"""Tests of the writing page's server."""
