"""Word files, web pages and plain texts become drafts of entries; nothing of them is lost."""
