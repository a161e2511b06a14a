"""Floor 2: from bytes on a disk to typed fields and parsed Markdown."""
