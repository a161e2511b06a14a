"""Floor 7: the command line: commands, options and what they print."""
