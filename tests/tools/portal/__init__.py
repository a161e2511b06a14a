"""A portal over the sites of teams."""
