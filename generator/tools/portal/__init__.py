"""Many teams, one portal: a site over the sites of teams. ``portal`` tells the whole story.

Three stages of pure functions: each team's published data → its digest → merged by region → pages.
"""
