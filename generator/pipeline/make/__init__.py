"""Planned files made: pages rendered, pictures encoded, the search index, links and privacy checked."""
