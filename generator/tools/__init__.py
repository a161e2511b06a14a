"""Floor 6: the tools around the build: preview, export, reports of problems, new sites and files."""
