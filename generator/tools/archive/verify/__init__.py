"""Checks a bundle that somebody hands over. Whatever is in it may be meant to do harm."""
