"""Plans the pages: Site → Pages. Each Page holds exactly what its template may show."""

from generator.site.plan.chronicle import article as article
from generator.site.plan.components import components as components
from generator.site.plan.plan import plan as plan
