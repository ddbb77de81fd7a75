"""What Anil writes himself in the demonstration: invented words, real figures."""

from __future__ import annotations

from datetime import date
from typing import Any

CITED: tuple[dict[str, Any], ...] = (
    {
        "slug": "population-2011",
        "title": "Population of Wolverhampton in 2011, as the strategy prints it",
        "statement": "The strategy of 2014 gives the population as just under this number.",
        "value": "250,000",
        "unit": "residents, just under",
        "source": "Safer Wolverhampton Partnership, Crime Reduction, Community Safety and Drugs Strategy 2014-2017",
        "source_on": date(2014, 4, 1),
        "excerpt": "The city's population has increased by 6% to just under 250,000 people since 2001",
    },
)

FINDINGS: tuple[tuple[str, str, str], ...] = ()

ABSENCES: dict[str, str] = {
    "reasons": "Police counts show what was recorded and not why. The agencies are asked for their reasons at the next meeting.",
    "views-of-the-public": "No consultation has been held for this period yet; one is planned before the next plan is made.",
    "last-plan": "The progress of the last partnership plan is not recorded in this system yet.",
}
