"""Repairs what has only one possible repair: found in memory, shown as a difference, written file by file."""
