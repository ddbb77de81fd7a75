"""Places that partners look at together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wardwell.access.protection import ProtectedModel
from wardwell.neighbourhoods.rules import Grade


class PriorityArea(ProtectedModel):
    """A Priority Area as it was drawn from a date until a date. Redrawing it is a new version; the old one stays.

    Source: duties.md NBH-1 and KPI-10. `is_illustrative` says that nobody published this polygon: it is a drawing around a
    named place, and every figure made with it says so.
    """

    classification = {
        "public": "id partnership code name grade meaning polygon is_illustrative basis active_from active_until public_from"
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField()
    name = models.CharField(max_length=200)
    grade = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Grade])
    meaning = models.CharField(max_length=100)
    polygon = models.JSONField("GeoJSON geometry, WGS 84")
    is_illustrative = models.BooleanField()
    basis = models.CharField("where the polygon comes from", max_length=400)
    active_from = models.DateField()
    active_until = models.DateField("exclusive", null=True)
    public_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "active_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "code"],
                condition=Q(active_until__isnull=True),
                name="one_present_priority_area_a_code",
            ),
            models.CheckConstraint(
                name="priority_area_ends_after_it_begins",
                condition=Q(active_until__isnull=True) | Q(active_until__gt=F("active_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
