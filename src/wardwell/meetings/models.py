"""Groups that meet, the seats in them, and what they decide."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wardwell.access.protection import ProtectedModel

# The group that delivers everything: the one Board of a partnership, whatever boards it works with.
THE_BOARD = "all"


class Group(ProtectedModel):
    """A group with seats: the Board, a panel, a forum; or a linked body outside the partnership."""

    classification = {
        "public": "id partnership code name kind parent delivers basis note active_from active_until public_from"
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.CASCADE, related_name="+")
    code = models.SlugField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    delivers = models.CharField("what it delivers, by priority code", max_length=100, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    active_from = models.DateField(null=True)
    active_until = models.DateField(null=True)
    public_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["partnership", "code"], name="one_group_a_code")]

    def __str__(self) -> str:
        return self.name


class Seat(ProtectedModel):
    """A seat at a group. The seat, not the agency that fills it, is statutory or not: the council has both."""

    classification = {
        "public": "id partnership group line side area agencies active_from active_until basis note position public_from"
    }

    class Side(models.TextChoices):
        STATUTORY = "statutory", "statutory"
        NON_STATUTORY = "non-statutory", "non-statutory"

    partnership = models.ForeignKey("access.Partnership", on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField("order on the page")
    line = models.CharField("as the constitution words it", max_length=300)
    side = models.CharField(max_length=15, choices=Side.choices)
    area = models.CharField(max_length=120, blank=True)
    agencies = models.ManyToManyField("agencies.Agency", related_name="seats")
    active_from = models.DateField()
    active_until = models.DateField(null=True)
    basis = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    public_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.line


class SeatHolding(ProtectedModel):
    """A seat is filled from a date until a date. Who fills it is not kept here: roles only, no names."""

    classification = {"public": "id partnership seat active_from active_until public_from"}

    partnership = models.ForeignKey("access.Partnership", on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="holdings")
    active_from = models.DateField()
    active_until = models.DateField("exclusive", null=True)
    public_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["active_from"]
        constraints = [
            models.CheckConstraint(
                name="holding_ends_after_it_begins",
                condition=Q(active_until__isnull=True) | Q(active_until__gt=F("active_from")),
            )
        ]

    def __str__(self) -> str:
        return f"holding from {self.active_from}"


class Decision(ProtectedModel):
    """What a group decided, about what, with its reasons: options, reason, interests declared, regard to equality, who was there.

    Source: duties.md GOV-11 (the record that every decision of the partnership needs).
    """

    classification = {
        "operational": "id partnership group taken_at about_kind about_id summary options reason interests equality",
        "personal": "taken_by present",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="decisions")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=80)
    about_id = models.UUIDField()
    summary = models.CharField(max_length=300)
    options = models.TextField(blank=True)
    reason = models.TextField()
    interests = models.TextField("interests declared", blank=True)
    equality = models.TextField("regard to equality", blank=True)
    present = models.TextField("who was present, by role", blank=True)

    class Meta:
        ordering = ["-taken_at"]
        constraints = [models.CheckConstraint(name="decision_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.summary
