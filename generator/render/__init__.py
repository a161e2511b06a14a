"""Floor 4: renders pages to bytes, Page → Output. Nothing is written to disk here."""
