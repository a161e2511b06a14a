"""The writing page: what its server does with a site's files."""
