"""Floor 2: reads files: finds them, decodes them, and parses YAML, Markdown and pictures."""
