"""Stale files made: pages rendered and staged, the search index, what is worth telling."""
