"""Which template shows which view, and which string names a section in the menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator.model import lists, portal, urls, views
from generator.model.period_report import ReportView

TEMPLATES: Final[Mapping[type, str]] = {
    views.HomeView: "home.html",
    views.EntryView: "entry.html",
    views.DatesView: "dates.html",
    views.YearView: "year.html",
    views.MonthView: "month.html",
    views.DayView: "day.html",
    lists.TargetsView: "targets.html",
    lists.KindView: "kind.html",
    views.TargetView: "target.html",
    lists.PartsView: "parts-of-target.html",
    lists.ReceivedView: "received.html",
    lists.TagsView: "tags.html",
    lists.TagView: "tag.html",
    lists.AuthorsView: "authors.html",
    lists.AuthorView: "author.html",
    views.LedgerView: "requests.html",
    views.RequestView: "request.html",
    views.PoliciesView: "policies.html",
    views.PolicyView: "policy.html",
    views.CountersView: "counters.html",
    views.CounterView: "counter.html",
    views.ChronicleView: "chronicle.html",
    lists.MajorView: "major.html",
    views.CorrectionsView: "corrections.html",
    lists.ChangesView: "changes.html",
    lists.SubscribeView: "subscribe.html",
    views.StaticPageView: "page.html",
    views.SearchView: "search.html",
    views.NotFoundView: "404.html",
    views.RedirectView: "redirect.html",
    portal.PortalHomeView: "portal-home.html",
    portal.RegionView: "portal-region.html",
    portal.PortalTeamView: "portal-team.html",
    portal.TeamsView: "portal-teams.html",
    portal.PortalKindsView: "portal-kinds.html",
    portal.PortalKindView: "portal-kind.html",
    portal.PortalLedgerView: "portal-requests.html",
    portal.PortalFiguresView: "portal-figures.html",
}
"""The template of each type of view."""
ARTICLES: Final[Mapping[type, str]] = {
    views.ChronicleView: "article.html",
    views.EntryView: "item.html",
    lists.MajorView: "events.html",
    ReportView: "report.html",
}
"""The templates of documents outside the site."""
SECTIONS: Final[Mapping[str, str]] = {
    urls.HOME: "home",
    urls.SEARCH: "search",
    urls.CHRONICLE: "chronicle",
    urls.MAJOR: "major",
    urls.DATES: "dates",
    urls.TARGETS: "targets",
    urls.REQUESTS: "ledger",
    urls.POLICIES: "all_policies",
    urls.COUNTERS: "counters",
    urls.TAGS: "tags",
    urls.REGIONS: "portal.regions",
    urls.TEAMS: "portal.teams",
    urls.KINDS: "portal.kinds",
    urls.FIGURES: "portal.figures",
}
"""The keys of the strings that name the sections in the menu."""
