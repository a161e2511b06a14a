"""Floor 6: tools around the build."""
