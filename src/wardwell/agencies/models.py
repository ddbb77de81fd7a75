"""Agencies, dated, with those that came after them; and who works for which."""

from __future__ import annotations

from django.db import models

CERTAINTIES = [("", "as the strategy says"), ("high", "high"), ("medium", "medium")]


class Agency(models.Model):
    """A public body, charity or company that works in partnerships, for as long as it exists under this name.

    `responsible_authority` is the law's term (Crime and Disorder Act 1998, section 5); it is not the same as holding a
    statutory seat, and neither is ever inferred from the other.
    """

    classification = {
        "public": "id code name kind responsible_authority active_from active_until basis certainty note successors"
    }

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    responsible_authority = models.BooleanField(default=False)
    active_from = models.DateField(null=True)
    active_until = models.DateField("exclusive", null=True)
    basis = models.CharField(max_length=300, blank=True)
    certainty = models.CharField(max_length=10, blank=True, choices=CERTAINTIES)
    note = models.TextField(blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A worker works for an agency, from a date until a date; some work for two."""

    classification = {"operational": "id agency active_from active_until", "personal": "worker"}

    worker = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    active_from = models.DateField()
    active_until = models.DateField(null=True)

    class Meta:
        ordering = ["active_from"]

    def __str__(self) -> str:
        return f"post at {self.agency_id}"
