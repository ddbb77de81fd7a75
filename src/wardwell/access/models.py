"""Partnerships, the people who work in them, and the grants by which they may see anything at all."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from wardwell.access.policy import Role
from wardwell.access.protection import ProtectedModel, time_ordered_key


class Partnership(ProtectedModel):
    """A Community Safety Partnership: the wall within which everything else stands."""

    partnership_column = "id"
    classification = {"public": "id code name kind lad_code csp_code force_code geography colour public_from"}

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100, default="Community Safety Partnership")
    lad_code = models.CharField("local authority district", max_length=9)
    csp_code = models.CharField("partnership's own code (ONS)", max_length=9)
    force_code = models.CharField("police force area", max_length=9)
    geography = models.CharField(max_length=300, blank=True)
    colour = models.CharField("the partnership's own colour, as #rrggbb", max_length=7, default="#12436d")
    public_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PartnershipName(models.Model):
    """Another name of a partnership, for as long as it bears it (the second hat of July 2013, for instance)."""

    classification = {"public": "id partnership name abbreviation active_from active_until date_precision basis note"}

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=20, blank=True)
    active_from = models.DateField(null=True)
    active_until = models.DateField(null=True)
    date_precision = models.CharField(max_length=10, default="day")
    basis = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["active_from", "name"]

    def __str__(self) -> str:
        return self.name


class WorkerManager(BaseUserManager["Worker"]):
    """Makes workers; there is no way to make a superuser."""

    def get_by_natural_key(self, username: str | None) -> Worker:
        return self.get(email__iexact=username)


class Worker(AbstractBaseUser):
    """Somebody who signs in, or a service that acts in somebody's place. Without a grant, a worker sees nothing.

    There is no superuser bit and no staff bit: power is a dated `Grant` with a reason.
    """

    classification = {
        "personal": "id email name last_login",
        "operational": "password kind job_title is_active is_synthetic joined_at",
    }

    class Kind(models.TextChoices):
        PERSON = "person"
        SERVICE = "service"

    id = models.UUIDField(primary_key=True, default=time_ordered_key, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON)
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField("invented for a demonstration or a test", default=False)
    joined_at = models.DateTimeField()

    objects: ClassVar[WorkerManager] = WorkerManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Grant(ProtectedModel):
    """A role, held by a worker in a partnership, from a moment until a moment, for a reason.

    Read by row security itself, so it carries none; the policy still filters every query for it.
    """

    row_security = False
    classification = {
        "operational": "id partnership role reason active_from active_until",
        "personal": "worker given_by",
    }

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="grants")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=50, choices=[(role.value, role.value) for role in Role if role != Role.PUBLIC])
    reason = models.CharField(max_length=500)
    active_from = models.DateTimeField()
    active_until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-active_from"]
        indexes = [models.Index(fields=["worker", "partnership", "role"], name="grant_in_force")]
        constraints = [
            models.CheckConstraint(name="grant_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
            ),
            models.CheckConstraint(
                name="staff_session_has_an_end",
                condition=~Q(role=Role.STAFF_SESSION.value) | Q(active_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.active_from:%d %B %Y}"
