"""Areas of England and Wales and how they nest, as at a date. Public reference data; nobody's secret."""

from __future__ import annotations

from django.db import models


class Area(models.Model):
    """A named area with its code, valid from a date until a date: a district, a ward, an LSOA of 2011 or of 2021.

    The same code may stand in two editions (an LSOA unchanged between 2011 and 2021); the edition tells them apart.
    """

    classification = {
        "public": "id code name kind edition district_code active_from active_until source licence boundary"
    }

    class Kind(models.TextChoices):
        DISTRICT = "district", "local authority district"
        WARD = "ward", "ward"
        LSOA = "lsoa", "lower layer super output area"
        MSOA = "msoa", "middle layer super output area"
        CONSTITUENCY = "constituency", "parliamentary constituency"
        FORCE = "force", "police force area"

    code = models.CharField(max_length=9)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    edition = models.CharField("edition of the codes, such as 2021 or 2025", max_length=10)
    district_code = models.CharField(max_length=9, blank=True)
    active_from = models.DateField(null=True)
    active_until = models.DateField(null=True)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=300)
    boundary = models.JSONField("GeoJSON geometry, WGS84, simplified for the screen", null=True)

    class Meta:
        ordering = ["kind", "edition", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "edition", "code"], name="one_area_a_code_and_edition")]
        indexes = [models.Index(fields=["district_code", "kind", "edition"], name="areas_of_a_district")]

    def __str__(self) -> str:
        return self.name


class Nesting(models.Model):
    """A smaller area lies in a larger one, by a published look-up (best fit where the publisher says so)."""

    classification = {"public": "id inner outer basis"}

    inner = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="lies_in")
    outer = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="holds")
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inner", "outer"], name="nested_once")]

    def __str__(self) -> str:
        return f"{self.inner_id} in {self.outer_id}"
