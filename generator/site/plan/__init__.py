"""Site → Pages: every file of the site to be, each with exactly what it may show."""

from generator.site.plan.chronicle import article as article
from generator.site.plan.components import components as components
from generator.site.plan.plan import plan as plan
