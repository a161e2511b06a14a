"""Floor 5: from a folder to a published site. Only this floor writes."""
