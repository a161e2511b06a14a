"""Floor 3: builds the site from what was read (entries, targets, requests, indexes) and plans its pages."""
