"""Floor 1: the values that flow through the generator, frozen; and where each stands in the site."""
