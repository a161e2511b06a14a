"""What is to be published: planned from the sources, or from the cache."""
