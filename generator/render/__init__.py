"""Floor 4: Page → Output. Nothing is written."""
