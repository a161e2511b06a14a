"""Floor 1: the immutable values that pass through the generator, and the URLs and paths of the site."""
