"""Reads Word files (.docx): their XML becomes our blocks at once, so that each piece knows its place."""
