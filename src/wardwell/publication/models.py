"""Releases: what was published, frozen, with the files that were published and everything it takes to check them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wardwell.access.protection import ProtectedModel


class Release(ProtectedModel):
    """A publication as it went out. It may be withdrawn, never changed and never removed.

    `manifest` names every output with its SHA-256; `seal` is one digest over the manifest and the frozen figures, and stands in
    the audit trail too. `audit_length` and `audit_head` are where the audit trail stood at that moment. `verified_at` says when
    every number was last counted again, and `verified_faults` how many things did not hold.
    """

    own_column = "published_by_id"
    classification = {
        "public": "id partnership number reference title period_from period_until released_on published_at state withdrawn_at"
        " withdrawn_reason public_from library audit_length audit_head manifest seal supersedes verified_at verified_faults",
        "operational": "assessment checked_reason revision_reason",
        "personal": "published_by withdrawn_by",
    }

    class State(models.TextChoices):
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("counted within the partnership")
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    period_from = models.DateField()
    period_until = models.DateField("exclusive")
    released_on = models.DateField("date printed on the documents")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    checked_reason = models.TextField("what was checked before it went out")
    revision_reason = models.TextField("why small changes of counts already published are shown", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    withdrawn_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    public_from = models.DateTimeField(null=True)
    library = models.CharField("version of wardstats", max_length=20)
    audit_length = models.PositiveBigIntegerField()
    audit_head = models.CharField(max_length=64, blank=True)
    manifest = models.JSONField("SHA-256 of every output, by its name")
    seal = models.CharField(max_length=64)
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_faults = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-published_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_release_a_number"),
            models.UniqueConstraint(fields=["reference"], name="one_release_a_reference"),
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(state="published"), name="one_release_out_of_an_assessment"
            ),
            models.CheckConstraint(name="release_was_checked", condition=~Q(checked_reason="")),
            models.CheckConstraint(
                name="withdrawal_says_who_when_and_why",
                condition=Q(
                    state="published", withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_reason=""
                )
                | Q(
                    ~Q(withdrawn_reason=""),
                    state="withdrawn",
                    withdrawn_by__isnull=False,
                    withdrawn_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Output(ProtectedModel):
    """One published file. `path` is its place below the folder of releases."""

    classification = {"public": "id partnership release name media_type sha256 bytes path public_from"}

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="outputs")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()
    path = models.CharField(max_length=300)
    public_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="one_output_a_name")]

    def __str__(self) -> str:
        return self.name


class ReleasedFigure(ProtectedModel):
    """A figure as it was published, frozen: only what disclosure let out, and enough to compute it again.

    `evidence` lists the kept files with their digests, and which of their parts were current; `files` says of each what a reader
    wants to know (source, edition, licence, period, rows). `cited_facts` counts how often the text prints each of its numbers.
    """

    classification = {
        "public": "id partnership release position slug kind title measure measure_version parameters evidence files disclosed"
        " cited_facts excerpt excerpt_sha256 copy_name copy_sha256 public_from",
        "operational": "figure",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    figure = models.ForeignKey("assessment.Figure", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("its printed number")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    measure = models.CharField(max_length=60, blank=True)
    measure_version = models.PositiveIntegerField(null=True)
    parameters = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    files = models.JSONField(default=list)
    disclosed = models.JSONField()
    cited_facts = models.JSONField(default=dict)
    excerpt = models.TextField(blank=True)
    excerpt_sha256 = models.CharField(max_length=64, blank=True)
    copy_name = models.CharField(max_length=200, blank=True)
    copy_sha256 = models.CharField(max_length=64, blank=True)
    public_from = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["release", "slug"], name="one_released_figure_a_slug")]

    def __str__(self) -> str:
        return self.title
